"""The script of Vega and Vega-Lite, out of the package that carries it (the extra `report`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from alescrawl.dataset.errors import DatasetError


@cache
def charting_script() -> str:
    """Return a script that defines ``vegaEmbed`` and asks for nothing over the network.

    Raises :exc:`DatasetError` where the package is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415 - optional
    except ImportError as error:
        raise DatasetError(
            "the package that draws its charts is not installed: pip install 'alescrawl[report]'"
        ) from error
    licences = (files("alescrawl.report") / "templates" / "licences.txt").read_text("utf-8")
    return f"/*\n{licences}*/\n{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}"
