"""A plain page: legal pages, « à propos », and the words of a home (`index.md`)."""

from cq.content.kind import Kind, PageFields

KIND = Kind(
    name="page",
    label="page",
    plural="pages",
    folder="pages",
    model=PageFields,
    template="page.html",
    references=("groupes", "dossiers"),
)
