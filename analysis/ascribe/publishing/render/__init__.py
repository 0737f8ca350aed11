"""An executed notebook drawn as a page: a document of plain elements, then HTML or PDF."""
