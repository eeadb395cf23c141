"""The site of the documentation: Markdown pages, the command line and the Python names from the code, the ontology."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from ontology_pages import write_ontology  # noqa: E402  # beside this file

from kg import __version__  # noqa: E402

project = "lgkg"
author = "the lgkg authors"
release = version = __version__
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = "lgkg"
html_show_sphinx = False
# No font, script or style comes from another host.
html_theme_options = {"source_repository": "", "footer_icons": []}
suppress_warnings = ["myst.header"]


def setup(app: object) -> None:
    """Write the reference of the ontology when the site is finished."""
    app.connect("build-finished", _ontology)  # type: ignore[attr-defined]


def _ontology(app: object, error: Exception | None) -> None:
    if error is None:
        write_ontology(Path(app.outdir) / "ontology")  # type: ignore[attr-defined]
