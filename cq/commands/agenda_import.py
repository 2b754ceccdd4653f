"""`cq agenda --import`: what an .ics file would bring is shown, then written."""

from pathlib import Path

import typer

from cq.content.model import Community, Content
from cq.settings import Settings


def bring(
    chosen: Settings, content: Content, file: Path, where: Community | None,
    *, private: bool, yes: bool, veiled: bool,
) -> None:  # fmt: skip
    """Propose a file for each meeting of `file`, and write them once somebody agreed.

    `where` is whose they are; `veiled` keeps what is private of known ones back. Exit
    code 1 where something could not be taken up.
    """
    from cq import console, selection
    from cq.agenda.ical import MOST_BYTES
    from cq.agenda.imported import proposed
    from cq.agenda.value import NotRead
    from cq.french.numbers import counted
    from cq.scaffold import item
    from cq.terminal import printable

    name = where.slug if where else ""
    wish = (
        item.Wish(group=name, private=private)
        if where and where.kind == "group"
        else item.Wish(quartier=name, private=private)
    )
    try:
        with file.open("rb") as source:
            found = proposed(chosen.root, content, source.read(MOST_BYTES + 1), wish, veiled=veiled)
    except NotRead as fault:
        raise selection.Misused(f"{printable(file)} : {fault}") from None
    for head, lines in (
        ("à écrire", [f"{new.path}\n    {words}" for new, words in found.made]),
        ("déjà là", found.known), ("à relire", found.said), ("non repris", found.unread),
    ):  # fmt: skip
        for line in lines:
            typer.echo(f"{head} : {line}")
    count = counted(len(found.made), "réunion")
    if not found.made:
        typer.echo("rien à écrire")
    elif console.allowed(f"Écrire {count} ?", yes=yes):
        for new, _ in found.made:
            item.write(chosen.root, new)
        typer.echo(f"{count} : relisez, puis lancez : cq validate")
    else:
        typer.echo(f"rien n’a été écrit ; {count} à écrire : --yes")
    if found.unread:
        raise typer.Exit(1)
