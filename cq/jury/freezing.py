"""From lists to a frozen list: read, looked at, settled, counted, kept.

Whatever is said is fit for a log where `veiled`: counts and lines of files, never a person.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cq.draw.tables import alike
from cq.french.numbers import counted
from cq.jury import cases, counts, decisions, frozen, lists, second
from cq.jury.cases import BLANK, REASONS, Case, Examined
from cq.jury.columns import Wanted, key_of
from cq.jury.decisions import Decision, Register
from cq.jury.folders import Folders, Refused, Step
from cq.jury.frozen import Frozen
from cq.jury.likeness import TWICE
from cq.jury.lists import Given, Lists, shortened

# What no stratum may be made of: what the law calls sensitive, and the sound of a name.
_NAMES = frozenset(
    ("nom", "noms", "nom_de_naissance", "nom_d_usage", "nom_de_famille", "nom_usuel", "name",
     "last_name", "surname", "first_name", "full_name")
)  # fmt: skip
_SENSITIVE = (
    "prenom", "patronyme", "consonance", "religi", "culte", "confession", "nationalit", "ethni",
    "race", "racial", "origine", "langue_maternelle", "pays_de_naissance", "lieu_de_naissance",
    "commune_de_naissance", "sante", "handicap", "syndic", "politique", "vote", "orientation",
)  # fmt: skip
# What these stems would take for an opinion: where people vote, and a policy of the State.
_HARMLESS = re.compile("(?:bureau|lieu)x?(?:_de)?_votes?|politique_de_la_ville")
_ROLL = re.compile("electora|electeur|(?:^|_)(?:lp|lcm|lcp|lce|lc2)(?:_|$)")


class Wish(NamedTuple):
    """What was asked. `about` are the source, the purpose, the day of destruction, the notice."""

    given: Sequence[Given]
    wanted: Wanted
    rules: cases.Rules
    about: dict[str, str]
    day: str  # of today, AAAA-MM-JJ
    batch: tuple[str, bytes] | None = None  # a file of decisions
    redo: bool = False
    after: Folders | None = None  # the first stage, where this is a second


class Person(NamedTuple):
    """Whoever is at the keyboard. `asks` is a choice and its reason for a case, shown with its
    rows; None where nobody is there.
    """

    asks: Callable[[Case, Lists, int], tuple[str, str]] | None
    veiled: bool


def freeze(folders: Folders, wish: Wish, person: Person, key: bytes) -> list[str]:
    """What to say, once it is done. Raises Refused or Backwards where it cannot be."""
    digests = [hashlib.sha256(one.data).hexdigest() for one in wish.given]
    if frozen.again(folders, digests, redo=wish.redo):
        return _again(folders)
    forbidden([*wish.wanted.features, wish.wanted.perimeter])
    read, hashed, told = _read(wish)
    found = cases.examined(read, wish.rules)
    said = [*told, *found.told, *_warnings(wish, read)]
    open_ = settle(folders, read, found, wish, person)
    if open_:
        raise Refused("\n".join([*_unsettled(folders, read, open_, veiled=person.veiled), *said]))
    left = [row for number, row in enumerate(read.rows) if number not in found.out]
    if not left:
        why = Counter(found.out.values())
        said_why = ", ".join(f"{REASONS[one]} : {many}" for one, many in sorted(why.items()))
        raise Refused(f"tout le monde est exclu ({said_why}) : il n’y a rien à geler")
    rows, respelt = _alike([row.cells for row in left], read.at(read.roles.features))
    if respelt:
        said.append(f"mêmes valeurs écrites autrement, réunies : {', '.join(shortened(respelt))}")
    by_list = counts.counted_by_list(read, found.out)
    made = Frozen(
        day=wish.day,
        features=read.roles.features,
        household=read.roles.address,
        hashed=hashed,
        lists=tuple(one._asdict() for one in read.files),
        counts=by_list,
        about=wish.about,
        first=wish.after.name if wish.after else None,
    )
    if wish.after:
        key = wish.after.key()
    people = frozen.Table(read.columns, rows)
    note = counts.note(by_list)
    if wish.after:
        note = f"parmi les personnes tirées de {wish.after.name}. {note}"
    mark = frozen.keep(folders, made, people, key, note)
    (folders.private / decisions.TO_SETTLE).unlink(missing_ok=True)  # nothing is left to settle
    return [*said, *counts.table(by_list), f"empreinte du gel : {mark}", *_next(folders)]


def _read(wish: Wish) -> tuple[Lists, tuple[str, ...], tuple[str, ...]]:
    """The lists, the columns that make a number, and what is said of both."""
    if wish.after is None:
        read = lists.read(wish.given, wish.wanted)
        return cases.banded(read, wish.rules), read.columns, read.said
    second.guard(wish.after)
    if wish.rules.ages() or wish.rules.bands or wish.wanted.perimeter:
        raise Refused("l’âge et le périmètre se règlent au premier tirage : enlevez ces options")
    wanted = wish.wanted._replace(names=(), birth="", address=(), features=(), kept=None)
    answers = lists.read(wish.given, wanted)
    joined = second.joined(answers, wish.after, wish.wanted)
    files = [line for line in answers.said if "d’après son nom" not in line]
    return joined.lists, joined.hashed, (*files, *joined.said)


def _alike(
    rows: Sequence[tuple[str, ...]], strata: Sequence[int]
) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows, a value of a stratum always spelt as most spell it, or said to be blank; and the
    spellings that are gone.
    """
    to: dict[tuple[int, str], str] = {}
    gone = []
    for place in strata:
        spellings = Counter(row[place] or BLANK for row in rows)
        by_sense: dict[str, list[str]] = {}
        for one, _ in sorted(spellings.items(), key=lambda pair: (-pair[1], pair[0])):
            by_sense.setdefault(alike(one), []).append(one)
        for first, *others in by_sense.values():
            gone += [f"« {one} » est « {first} »" for one in others]
            to.update(((place, one), first) for one in others)
        to[place, ""] = to.get((place, BLANK), BLANK)
    return [
        tuple(to.get((place, text), text) for place, text in enumerate(row))
        if any((place, row[place]) in to for place in strata)
        else row
        for row in rows
    ], gone


def forbidden(features: Sequence[str]) -> None:
    """Raise Refused for a stratum or a perimeter of names, origins, beliefs or health (CNIL, RGPD
    article 9).
    """
    for name in features:
        key = key_of(name)
        words = _HARMLESS.sub("", f"_{key}")
        if key in _NAMES or any(f"_{stem}" in words for stem in _SENSITIVE):
            raise Refused(
                f"« {name} » ne peut pas être un critère : trier des personnes d’après leur nom, "
                "leur origine, leur nationalité, leurs opinions ou leur santé est interdit\n"
                "gardez par exemple l’âge, le genre ou le quartier : --criteres age,genre,quartier"
            )


def settle(
    folders: Folders, read: Lists, found: Examined, wish: Wish, person: Person
) -> list[Case]:
    """Every case, by what was decided before, by a file, or by whoever is asked; those that are
    open still. Raises Refused for a file that cannot be followed.
    """
    register = Register(folders)
    if wish.batch:
        register.add(decisions.batch(*wish.batch, found.cases, read, wish.day))
    withdrawn = register.withdrawn()
    found.out.update(
        (number, decisions.WITHDRAWN)
        for number, row in enumerate(read.rows)
        if row.cells[0] in withdrawn and number not in found.out
    )
    open_: list[Case] = []
    left = len(found.cases)
    for case in found.cases:
        left -= 1
        if all(row in found.out for row in case.rows):
            continue
        choice = register.of(case)
        if not choice and person.asks:
            choice, reason = person.asks(case, read, left)
            register.add([Decision(case.kind, case.name, choice, reason, wish.day, case.mark)])
        if choice:
            cases.settled(found, read, [(case, choice)])
        else:
            open_.append(case)
    return open_


def _unsettled(folders: Folders, read: Lists, left: list[Case], *, veiled: bool) -> list[str]:
    """What is left to decide, and how; the file to fill in is written."""
    folders.keep(decisions.TO_SETTLE, decisions.to_settle(left, read))
    kinds = Counter(case.kind for case in left)
    lines = [f"{counted(len(left), 'cas', 'cas')} à décider avant le gel :"]
    lines += [f"  {REASONS[kind]} : {many}" for kind, many in sorted(kinds.items())]
    lines += shortened([
        f"  {_places(read, case)} : {REASONS[case.kind] if veiled else case.words}"
        for case in left
    ])  # fmt: skip
    path = folders.private / decisions.TO_SETTLE
    return [
        *lines,
        "décidez dans un terminal, ou remplissez choix et raison dans ce fichier, puis relancez :",
        f"cq draw-jury freeze {folders.name} … --decisions {path}",
        *_at_once(kinds),
    ]


def _at_once(kinds: Counter[str]) -> list[str]:
    """The line that settles all cases of the commonest kind, where they are many."""
    kind, many = kinds.most_common(1)[0]
    if many < cases.MANY:
        return []
    choice = decisions.FIRST if kind in TWICE else cases.DROP
    line = f"{kind};{decisions.ALL};{choice};RAISON"
    return [f"ou tous à la fois, par une ligne de ce fichier, par exemple : {line}"]


def _places(read: Lists, case: Case) -> str:
    return ", ".join(shortened([read.where(read.rows[row]) for row in case.rows], 3))


def _warnings(wish: Wish, read: Lists) -> list[str]:
    """What the law has to say of these lists."""
    said = []
    if all(_ROLL.search(key_of(one.label)) for one in read.files):
        said.append(
            "attention : les listes électorales seules laissent de côté les étrangers et qui n’est "
            "pas inscrit, alors que les conseils sont ouverts à tous : ajoutez par exemple des "
            "volontaires, ou les listes des bailleurs"
        )
    if not wish.about.get("notice"):
        said.append(
            "attention : personne n’est dit informé (RGPD, article 14) ; une fois que c’est fait, "
            "dites comment : --information TEXTE"
        )
    return said


def _again(folders: Folders) -> list[str]:
    """What to say of lists that are frozen already: until the promise they may be frozen anew."""
    same = "ces listes sont gelées déjà : rien à faire"
    if folders.step() >= Step.COMMITTED:
        return [
            f"{same}, et le tirage est engagé",
            "la prochaine étape est dite par : cq draw-jury",
        ]
    return [f"{same} ; avec d’autres options : --refaire", *_next(folders)]


def _next(folders: Folders) -> list[str]:
    return [
        f"la liste est dans {folders.private}, hors du site : elle n’en sort pas",
        f"ensuite : cq draw-jury plan {folders.name} --seats NOMBRE",
    ]
