"""A page of the wiki: what the council knows; it needs no front matter."""

from cq.content.kind import Kind, PageFields

KIND = Kind(
    name="wiki",
    label="page de wiki",
    plural="pages de wiki",
    folder="wiki",
    model=PageFields,
    template="wiki.html",
    nested=True,
    references=("groupes", "dossiers"),
)
