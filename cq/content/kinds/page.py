"""A plain page: legal pages, « à propos », and the words of a home (`index.md`)."""

from collections.abc import Iterator

from cq.content import layout, legal, statement
from cq.content.kind import Draft, Kind, PageFields
from cq.diagnostic import Diagnostic, Span, warning


def check(draft: Draft) -> Iterator[Diagnostic]:
    """ACC-04, ACC-05, LEG-01, LEG-04, RGPD-03: a legal page that the site writes itself says all
    that the one in its place would have said.
    """
    fields: PageFields = draft.fields
    own = layout.address(layout.identity(draft.path))
    names = {one.strip("/").casefold() for one in (own, *fields.old_addresses)}
    if layout.place(draft.path).private or names.isdisjoint(legal.PAGES):
        return
    for name in legal.PAGES:
        if name not in names:
            continue
        headings = [one.text for one in draft.body.headings]
        lacking = tuple(statement.unsaid(name, headings, draft.body.text))
        if lacking:
            yield warning(
                "legal-page",
                f"cette page ne dit pas tout ce que la loi demande : {', '.join(lacking)}",
                Span(draft.path),
                "sans elle, le site ferait la page lui-même, entière",
                "\n".join(("complétez-la, par exemple :", *(f"## {one}" for one in lacking))),
            )


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
    check=check,
    example=("pages/a-propos.md", EXAMPLE),
)
