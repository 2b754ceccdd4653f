"""`cq draw-jury freeze`, between the command line and `cq.jury.freezing`: words into values, files
into bytes, and the questions that only a person at the keyboard can answer.
"""

import datetime
import re
import secrets
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cq.access import kept
from cq.draw import canon
from cq.french.folding import fold
from cq.jury import decisions, freezing
from cq.jury.cases import BLANK, Case, Rules
from cq.jury.columns import Wanted, key_of
from cq.jury.folders import Backwards, Folders, Refused, is_id
from cq.jury.likeness import TWICE
from cq.jury.lists import MOST_BYTES, Given, Lists
from cq.repository import would_take
from cq.settings import Settings
from cq.terminal import one_line

_MOST_LISTS = 20
_SHOWN = 300  # characters of a row
_MEANING = {  # of the choices that a case has
    **dict.fromkeys(
        TWICE, "« garder » : ce sont plusieurs personnes ; un numéro : ne garder que celui-là"
    ),
    "critere": f"« garder » : elle reste, comptée sous « {BLANK} »",
    "date": "« garder » : elle reste, quel que soit son âge",
    "perimetre": "« garder » : elle est du périmètre",
    "repetition": "« exclure » : une seule de ces lignes reste",
}
_ABOUT = {
    "source": ("--source", "D’où viennent ces listes"),
    "purpose": ("--finalite", "Pour quoi elles servent"),
}


@dataclass(frozen=True)
class Asked:
    """The command line, as it was typed."""

    files: tuple[str, ...]
    id: str
    birth: str
    names: str
    address: str
    features: str
    perimeter: str
    least: int
    most: int
    on: datetime.date | None
    renamed: tuple[str, ...]
    without: str
    kept: str
    prefixed: bool
    decisions: Path | None
    about: dict[str, str]
    until: datetime.date | None
    redo: bool
    after: str
    bands: str


class Ask(Protocol):
    """`console.asked`."""

    def __call__(
        self, question: str, default: str = "", *, fits: Callable[[str], bool], wanted: str
    ) -> str: ...


def freeze(
    run: Settings, folders: Folders, asked: Asked, ask: Ask | None, say: Callable[[str], None]
) -> list[str]:
    """What to say, once it is done. `ask` is None where nobody is there. Raises Refused."""
    if folders.is_cancelled():
        raise Backwards(
            f"le tirage {folders.name} est annulé, et le reste\n"
            "un nouveau tirage demande un autre nom"
        )
    bands = _bands(asked.bands)
    if (asked.least or asked.most or bands) and not asked.on:
        raise Refused("un âge se compte à un jour donné : ajoutez --le AAAA-MM-JJ, jour du jury")
    if asked.most and asked.least > asked.most:
        raise Refused(f"personne n’a à la fois {asked.least} ans au moins et {asked.most} au plus")
    perimeter, _, inside = asked.perimeter.partition("=")
    values = tuple(fold(one).strip() for one in inside.split(",") if one.strip())
    if asked.after and not is_id(asked.after):
        raise Refused(f"« {one_line(asked.after)} » n’est pas le nom d’un tirage : --after NOM")
    if asked.perimeter and not values:
        raise Refused("le périmètre nomme une colonne et ses valeurs : --perimetre bureau=12,13")
    wish = freezing.Wish(
        given=_given(run, asked.files),
        wanted=Wanted(
            id=asked.id,
            names=_columns(asked.names),
            birth=asked.birth,
            address=_columns(asked.address),
            features=_columns(asked.features),
            perimeter=perimeter,
            renamed=dict(map(_renamed, asked.renamed)),
            without=tuple(map(key_of, _columns(asked.without))),
            kept=_columns(asked.kept),
            prefixed=asked.prefixed,
        ),
        rules=Rules(asked.on or run.today, asked.least, asked.most, values, bands),
        about=_about(run, asked, ask),
        day=run.today.isoformat(),
        batch=(asked.decisions.name, _bytes(run, asked.decisions)) if asked.decisions else None,
        redo=asked.redo,
        after=folders.sibling(asked.after) if asked.after else None,
    )
    person = freezing.Person(_asks(ask, say) if ask else None, veiled=run.ci)
    return freezing.freeze(folders, wish, person, secrets.token_bytes(32))


def _given(run: Settings, files: tuple[str, ...]) -> list[Given]:
    if len(files) > _MOST_LISTS:
        raise Refused(f"plus de {_MOST_LISTS} listes à la fois")
    found = []
    for typed in files:
        label, equals, rest = typed.partition("=")
        named = equals and not Path(typed).exists()
        path = Path(rest if named else typed)
        name = _clean(path.name, "ce nom de fichier")
        label = _clean(label if named else Path(name).stem, "ce nom de liste")
        found.append(Given(label, name, _bytes(run, path)))
    labels = [one.label for one in found]
    double = next((one for one in labels if labels.count(one) > 1), "")
    if double:
        raise Refused(f"deux listes s’appellent « {one_line(double)} » : NOM=FICHIER les distingue")
    return found


def _clean(text: str, what: str) -> str:
    """`text` as the files of a draw have it: a Mac writes « é » as two signs. Raises Refused."""
    try:
        return canon.clean(text)
    except canon.BadText:
        raise Refused(f"{what} a un caractère invisible : {one_line(text)}") from None


def _bytes(run: Settings, path: Path) -> bytes:
    """A file that names people: not among what everyone reads, nor where git would keep it."""
    real, typed = path.resolve(), one_line(str(path))
    away = f"mettez-le ailleurs, par exemple : mv {shlex.quote(typed)} {run.root.parent}"
    if kept.among(real, run.root, run.output):
        raise Refused(f"{typed} nomme des gens, parmi les contenus ou le site construit\n{away}")
    if path.is_file() and would_take(real):
        raise Refused(
            f"{typed} nomme des gens, dans un dépôt git qui le garderait pour toujours\n"
            f"{away}\ns’il y est déjà enregistré, dites-le à qui protège les données : l’effacer "
            "ne suffit pas"
        )
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:  # a list with a line less is another list
        raise Refused(
            f"{one_line(path.name)} : plus de {MOST_BYTES // 1_000_000} Mo, rien n’en est lu\n"
            "enlevez-en les colonnes inutiles, ou faites-en plusieurs listes"
        )
    return data


def _bands(text: str) -> tuple[int, ...]:
    ages = [one.strip() for one in text.split(",") if one.strip()]
    numbers = tuple(int(one) for one in ages if re.fullmatch("[1-9][0-9]?", one))
    if len(numbers) != len(ages) or list(numbers) != sorted(set(numbers)):
        raise Refused("les tranches se disent par leur premier âge : --tranches 16,30,45,60")
    return numbers


def _columns(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _renamed(text: str) -> tuple[str, str]:
    other, equals, name = text.partition("=")
    if not equals or not key_of(other) or not key_of(name):
        raise Refused(f"« {one_line(text)} » : attendu --renommer AUTRE=COLONNE")
    return key_of(other), key_of(name)


def _about(run: Settings, asked: Asked, ask: Ask | None) -> dict[str, str]:
    """Where the lists come from, what for, until when: kept with them (RGPD)."""
    about = {key: _clean(text, "ce texte") for key, text in asked.about.items()}
    for key, (option, question) in _ABOUT.items():
        if not about[key]:
            if ask is None:
                raise Refused(f"{question.lower()} ? cela se déclare (RGPD) : {option} TEXTE")
            typed = ask(question, fits=bool, wanted="quelques mots")
            about[key] = _clean(typed, "ce texte")
    until = asked.until
    if until is None:
        if ask is None:
            raise Refused(
                "jusqu’à quel jour la liste est-elle gardée ? cela se déclare (RGPD) : "
                "--detruire AAAA-MM-JJ"
            )
        until = datetime.date.fromisoformat(
            ask("À détruire le (AAAA-MM-JJ)", fits=_is_day, wanted="un jour comme 2027-06-30")
        )
    if until <= run.today:
        raise Refused(f"le jour de la destruction, {until}, est déjà passé : --detruire AAAA-MM-JJ")
    return {**about, "destruction": until.isoformat()}


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _asks(ask: Ask, say: Callable[[str], None]) -> Callable[[Case, Lists, int], tuple[str, str]]:
    """A case, shown with its rows, and what is answered: a choice, then its reason."""

    def settle(case: Case, read: Lists, left: int) -> tuple[str, str]:
        after = f"encore {left} après celui-ci" if left else "le dernier"
        say(f"\n{one_line(case.words)} ({after})")
        for row in (read.rows[number] for number in case.rows):
            text = " | ".join(cell for cell in row.cells if cell)
            say(f"  {read.where(row)} : {one_line(text)[:_SHOWN]}")
        possible = [*case.choices, *([decisions.FIRST] if case.kind in TWICE else [])]
        say(f"  {_MEANING[case.kind]}")
        typed = ask(
            f"Choix ({', '.join(map(one_line, possible))})",
            fits=lambda text: bool(decisions.choice_of(case, text)),
            wanted="l’un de ces choix",
        )
        reason = ask("Raison", fits=bool, wanted="quelques mots, gardés avec la décision")
        return decisions.choice_of(case, typed), reason

    return settle
