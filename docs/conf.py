"""How Sphinx builds these pages: `make docs`."""

from alescrawl import __version__

project = "alescrawl"
author = "The alescrawl authors"
release = version = __version__
extensions = ["myst_nb"]
source_suffix = {".md": "myst-nb"}
# The notebooks are run when the pages are built: what they show is what this version does.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"alescrawl {version}"
# Pages are read without a network, too.
html_theme_options = {"top_of_page_buttons": []}
