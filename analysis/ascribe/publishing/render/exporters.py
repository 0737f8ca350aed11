"""Both formats as nbconvert exporters: `jupyter nbconvert --to ascribe-html NOTEBOOK`, `--to ascribe-pdf NOTEBOOK`."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, List, Unicode

from ascribe.publishing.render import html
from ascribe.publishing.render.document import Document, document
from ascribe.publishing.render.pdf import typeset as pdf


class _AscribeExporter(Exporter):
    def _document(self, nb: NotebookNode, resources: dict) -> Document:
        metadata = resources.get("metadata", {})
        folder = metadata.get("path")
        name = str(metadata.get("name") or "notebook")
        return document(nb, name, Path(folder) if folder is not None else None)


class AscribeHTML(_AscribeExporter):
    """One HTML file that needs nothing else: no script, no request; code folded away."""

    export_from_notebook = "Ascribe HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: object) -> tuple[str, dict]:
        """The notebook's HTML, and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return html.render(self._document(nb, resources)), resources


class AscribePDF(_AscribeExporter):
    """A tagged PDF (PDF/UA-1), set by Typst; nothing but the package's dependencies is needed."""

    export_from_notebook = "Ascribe PDF"
    output_mimetype = "application/pdf"
    font_folders = List(Unicode(), help="Folders with fonts beyond those that come with the package.").tag(config=True)
    include_code = Bool(False, help="Set the code cells too.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: object) -> tuple[bytes, dict]:
        """The notebook's PDF, and nbconvert's resources. Raises RenderError where Typst refuses it."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        made = pdf.render(self._document(nb, resources), self.font_folders, self.include_code)
        for warning in made.warnings:
            self.log.warning(warning)
        return made.content, resources
