# `make demo` and `make test` do all their own set-up, each what it needs; a second call finds it done.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := $(VENV)/ready-for-demo
READY  := $(VENV)/ready

# `make test ROOM=routes` runs the tests of one room: a folder of tests/ (here tests/crawling/routes).
ROOM   :=
TESTS  := $(if $(ROOM),$(or $(sort $(shell find tests -type d -path '*/$(ROOM)')),$(error there is no room tests/…/$(ROOM))),tests)

.PHONY: demo test test-cms docs lint types unit coverage clean

demo: $(DEMO)
	$(BIN)/scrapy demo

test: $(if $(ROOM),unit,lint types unit)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(TESTS)

coverage: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term

# The pages of docs/ as a site, in docs/_build.
docs: $(READY)
	$(BIN)/sphinx-build -q -W --keep-going docs docs/_build

# Real content management systems and a pywb as partners, where the system's packages offer them.
test-cms: $(READY)
	tests/cms/install.sh
	$(BIN)/python -m pytest -m cms -rs tests/cms

# What the tests need holds what the demo needs.
$(DEMO): EXTRA := report
$(DEMO): STAMPS := $(DEMO)
$(READY): EXTRA := test
$(READY): STAMPS := $(DEMO) $(READY)

$(DEMO) $(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "alescrawl needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	@echo "1/2 A Python environment of its own, in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@echo "2/2 Packages from the registry: a minute or two the first time …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-compile --editable '.[$(EXTRA)]'
	touch $(STAMPS)

clean:
	rm -rf $(VENV) docs/_build .mypy_cache .ruff_cache .pytest_cache .coverage* *.egg-info
