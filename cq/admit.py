"""`cq access add` and `letter`: who comes in, asked and checked before anything is made, the two
files kept, and what is told once afterwards.

Nothing secret is shown unless a person looks: on a terminal, or in a file for its owner alone.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cq import selection, unlock
from cq.access import admission, begin, kept
from cq.access.admission import Entrants
from cq.access.issue import Issued
from cq.content.model import Content
from cq.french.numbers import counted
from cq.front import Progress
from cq.settings import Settings
from cq.terminal import one_line

AFTER = (
    "ensuite : enregistrez acces.json dans git, puis cq build, et publiez",
    "si une autre machine construit le site : cq access export-ci, et changez CQ_CLES",
)


_WITHOUT_ADDRESS = (
    "sans adresse_web dans content/site.yml, une lettre n’a ni l’adresse de l’espace ni dessin à "
    "viser : écrivez-la, puis refaites celles-ci avec cq access letter"
)


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    names: tuple[str, ...]
    output: Path | None  # a file for the phrases
    letters: Path | None  # a folder for the letters
    invitation: bool
    chosen: bool = False  # the phrase is asked for, not drawn
    force: bool = False  # though it is weak
    again: bool = False  # for those who have a way in already
    renew: bool = False  # with new keys for what they could open


@dataclass(frozen=True)
class Person:
    """Whoever is at the keyboard."""

    ask: Callable[[str], str]  # for a secret
    looks: bool  # a terminal shows what is said
    agrees: Callable[[str], bool]


class Unseen(Exception):
    """Nobody would see what is shown once; the words are for the user."""


class Declined(Exception):
    """The person said no; the words are for the user."""


def admit(run: Settings, wish: Wish, person: Person, progress: Progress) -> list[str]:
    """What to say, once it is done. Raises what says why it cannot be."""
    if wish.output is not None:
        kept.guard(wish.output, run.root, run.output)
    content = selection.read(run, progress)
    today = run.today.isoformat()
    with unlock.changing(run, person.ask) as change:
        plan = admission.entrants(change.before, content, today, wish.names, again=wish.again)
        _check(run, wish, person, plan)
        phrase = _chosen(change.before.iterations, wish, person, plan, content)
        after, told = admission.admitted(
            change.before, content, plan, today, invitation=wish.invitation, chosen=phrase,
            renew=wish.renew, step=functools.partial(progress, "phrases"),
        )  # fmt: skip
        # First what is told once: were it lost, the phrases in the keyring would be nobody's.
        with kept.unless_it_fails() as written:
            written.extend(_written(told, wish, content, today))
            changed = change.keep(after)
    lines = [one_line(said) for said in plan.said]
    if told:
        lines += _said(told, wish, written, content)
    for id_, spaces in plan.gained.items():
        lines.append(f"{one_line(id_)} ouvre aussi : {', '.join(spaces)}")
    if not changed:
        return [*lines, "rien à faire : chacun a déjà son accès"]
    if not told and not plan.gained:
        lines.append("le fichier d’accès a été refait ; les phrases de passe restent les mêmes")
    return [*lines, *AFTER]


def shown(what: str, *, looks: bool) -> None:
    """Raise Unseen unless somebody `looks`."""
    if not looks:
        raise Unseen(
            f"{what} ne se montre qu’une fois, et seulement dans un terminal\n"
            "lancez la commande dans un terminal, ou écrivez dans un fichier : --output FICHIER"
        )


def _check(run: Settings, wish: Wish, person: Person, plan: Entrants) -> None:
    """Before the slow part: the places to write to, and whether somebody looks."""
    if wish.letters is not None:
        files = admission.letter_files(plan.members, wish.letters)
        kept.vacant(files)
        for path in files:
            kept.guard(path, run.root, run.output)
    elif plan.members and wish.output is None and not wish.chosen:
        shown("une phrase de passe", looks=person.looks)
    if wish.again:
        who = one_line(", ".join(one.name for one in plan.members))
        if not person.agrees(f"Remplacer la phrase de passe de {who} ?"):
            raise Declined(f"rien n’a été fait : --yes remplace la phrase de passe de {who}")


def _chosen(iterations: int, wish: Wish, person: Person, plan: Entrants, content: Content) -> str:
    """The phrase that the only entrant has chosen, typed twice; "" where it is to be drawn."""
    if not wish.chosen:
        return ""
    if len(plan.members) != 1:
        raise begin.Unfit("--chosen demande une seule personne : cq access add NOM --chosen")
    question = f"Phrase de passe choisie pour {one_line(plan.members[0].name)}"
    return typed_twice(person, question, content, iterations, force=wish.force)


def typed_twice(
    person: Person, question: str, content: Content, iterations: int, *, force: bool
) -> str:
    """A phrase that somebody has chosen. Raises Unfit."""
    typed = person.ask(question)
    begin.fit(typed, content, iterations, force=force)
    if person.ask("Encore une fois") != typed:
        raise begin.Unfit("les deux phrases diffèrent : rien n’a été fait")
    return typed


def _written(told: list[Issued], wish: Wish, content: Content, today: str) -> list[Path]:
    """The letters or the file of phrases; nothing where a terminal shows them."""
    if wish.letters is not None:
        return admission.post(told, content, wish.letters, today)
    if wish.output is None or not told:
        return []
    kept.create(wish.output, admission.told_once(told, content))
    return [wish.output]


def _said(told: list[Issued], wish: Wish, written: list[Path], content: Content) -> list[str]:
    if wish.letters is not None:
        lines = [f"lettre : {path}" for path in written]
        return lines if content.base else [*lines, _WITHOUT_ADDRESS]
    if wish.output is None:
        return [admission.told_once(told, content)]
    return [f"{counted(len(told), 'accès ouvert', 'accès ouverts')} ; à lire dans {wish.output}"]
