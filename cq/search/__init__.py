"""The search index: words, what a page says with them, and the files that a browser reads.

Knows content's values and French, neither pages nor where the files go
(docs/formats/search-v1.md).
"""
