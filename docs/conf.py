"""
How Sphinx builds the documentation.
"""

from __future__ import annotations

import importlib.metadata
import typing

from pygments.lexers.special import TextLexer

if typing.TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "overdue_visit"
author = "overdue_visit contributors"
copyright = author
release = importlib.metadata.version("overdue_visit")
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

# Docstrings: `name` is code, sections are Args, Returns, Raises.
default_role = "code"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"overdue_visit {release}"
html_show_sphinx = False


def setup(app: Sphinx) -> None:
    """
    Show as plain text what Pygments knows no colours for.
    """
    for name in ("csv", "mermaid"):
        app.add_lexer(name, TextLexer)
