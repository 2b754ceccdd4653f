"""`cq access phrase`: another phrase for the keyring, and the sheet that tells it.

Neither who enters nor any key changes, so that nothing is to be published. The sheet is handed over
before the keyring is locked anew: a phrase that nobody was told would be the loss of everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cq import admit, selection, settings, unlock
from cq.access import begin, kept, sheet
from cq.admit import Person
from cq.content.model import Content
from cq.front import Progress
from cq.settings import Settings

Say = Callable[[str], object]
_DONE = (
    "la phrase du trousseau est changée ; pour les membres rien ne change, et rien n’est à publier",
    "détruisez l’ancienne fiche de secours, et changez ce que CQ_PHRASE ou le coffre du système a",
    "les copies du trousseau s’ouvrent encore avec l’ancienne : refaites-les depuis ce fichier",
)


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    output: Path | None  # a file for the sheet
    chosen: bool = False  # the phrase is asked for, not drawn
    force: bool = False  # though it is weak


def relock(run: Settings, order: Order, person: Person, say: Say, progress: Progress) -> None:
    """Change the phrase, and `say` what is to be known. Raises what says why it cannot be."""
    if order.output is not None:
        kept.guard(order.output, run.root, run.output)
    elif not order.chosen:
        admit.shown("une fiche de secours", looks=person.looks)
    content = selection.read(run, progress)
    with unlock.changing(run, person.ask) as change:
        words = begin.made()
        if order.chosen:
            words = admit.typed_twice(
                person, "Nouvelle phrase de passe du trousseau", content, change.before.iterations,
                force=order.force,
            )  # fmt: skip
        text = recovery(run, content, words)
        with kept.unless_it_fails() as made:
            if order.output is not None:
                kept.create(order.output, text)
                made.append(order.output)
            elif not order.chosen:
                say(text)
            change.relock(words)
    if order.output is not None:
        say(f"fiche de secours : {order.output}")
    say("\n".join(_DONE))


def recovery(run: Settings, content: Content, words: str) -> str:
    """The recovery sheet of the keyring of this site."""
    name, path = str(content.site.get("nom") or ""), settings.keyring_file(run.root)
    return sheet.recovery(name, path, words, run.today.isoformat())
