"""`cq agenda --import`: what an .ics file would bring is shown, then written."""

from pathlib import Path

import typer

from cq.content.model import Content
from cq.settings import Settings


def bring(
    chosen: Settings, content: Content, file: Path, where: tuple[str | None, str | None],
    *, private: bool, yes: bool,
) -> None:  # fmt: skip
    """Propose a file for each meeting of `file`, and write them once somebody agreed.

    `where` is the quartier and the groupe. Exit code 1 where something could not be taken up.
    """
    from cq import console, selection
    from cq.agenda.ical import MOST_BYTES, NotRead
    from cq.agenda.imported import proposed
    from cq.french.numbers import counted
    from cq.scaffold import item
    from cq.terminal import printable

    wish = item.Wish(quartier=where[0] or "", group=where[1] or "", private=private)
    try:
        with file.open("rb") as source:
            found = proposed(chosen.root, content, source.read(MOST_BYTES + 1), wish)
    except NotRead as fault:
        raise selection.Misused(f"{printable(file)} : {fault}") from None
    for new, words in found.made:
        typer.echo(f"à écrire : {new.path}\n    {words}")
    for line in found.known:
        typer.echo(f"déjà là : {line}")
    for line in found.said:
        typer.echo(f"à relire : {line}")
    for line in found.unread:
        typer.echo(f"non repris : {line}")
    count = counted(len(found.made), "réunion")
    if not found.made:
        typer.echo("rien à écrire")
    elif yes or (console.is_conversation() and console.agreed(f"Écrire {count} ?")):
        for new, _ in found.made:
            item.write(chosen.root, new)
        typer.echo(f"{count} : relisez, puis lancez : cq validate")
    else:
        typer.echo(f"rien n’a été écrit ; {count} à écrire : --yes")
    if found.unread:
        raise typer.Exit(1)
