"""How Sphinx builds these pages: `make docs`."""

from alescrawl import __version__

project = "alescrawl"
author = "The alescrawl authors"
release = version = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"alescrawl {version}"
# Pages are read without a network, too.
html_theme_options = {"top_of_page_buttons": []}
