"""A page of the wiki: what the council knows; it needs no front matter."""

from cq.content.kind import Kind, PageFields

EXAMPLE = """\
# Tenir une réunion

Prévenir dix jours avant, et apporter de quoi écrire.
"""

KIND = Kind(
    name="wiki",
    label="page de wiki",
    plural="pages de wiki",
    folder="wiki",
    model=PageFields,
    template="wiki.html",
    nested=True,
    references=("groupes", "dossiers"),
    example=("wiki/pratique/tenir-une-reunion.md", EXAMPLE),
)
