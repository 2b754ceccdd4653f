"""A plain page: legal pages, « à propos », and the words of a home (`index.md`)."""

from cq.content.kind import Kind, PageFields

EXAMPLE = """\
---
titre: À propos
resume: Ce que sont les conseils de quartier.
---

Les conseils de quartier sont ouverts à toutes et à tous.
"""

KIND = Kind(
    name="page",
    label="page",
    plural="pages",
    folder="pages",
    model=PageFields,
    template="page.html",
    references=("groupes", "dossiers"),
    example=("pages/a-propos.md", EXAMPLE),
)
