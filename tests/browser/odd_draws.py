"""A site with the draws that no demo shows: 261 types and 400 replacements, one that was cancelled
after its commitment, one of which only the list is frozen, one that is only announced.
"""

import hashlib
import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path

from cq.draw import canon, page, plan, pool, sources
from cq.draw.pool import Person
from cq.draw.transcript import Commitment, Result
from cq.jury.folders import Entry, Folders
from tests.conftest import SITES

GREAT, CANCELLED, FROZEN, ANNOUNCED = "grand-jury", "jury-annule", "jury-gele", "jury-annonce"
TYPES, PEOPLE, SEATS, LEFT = 261, 748, 100, 400
# The longest value that a plan may have, in one word.
LONGEST = "Longue" * 33 + "xx"
PUBLISHED, DAY, SOON = "2026-09-01T09:00:00Z", "2026-09-15", "2026-12-15"
_DICE = sources.Source(sources.DICE, label="Quarante dés jetés en salle", count=40)
_FEATURES = ("diplome", "genre", "logement", "quartier", "tranche_d_age")
_VALUES = (
    ("Aucun", "Baccalauréat", "Licence ou plus", LONGEST),
    ("Femme", "Homme"),
    ("Locataire", "Logement social", "Propriétaire"),
    ("Château-d’Eau – Lancry", "Grange-aux-Belles – Terrage", "Louis-Blanc – Aqueduc"),
    ("16 à 24 ans", "25 à 39 ans", "40 à 59 ans", "60 ans et plus"),
)
_INDEX = """\
---
titre: {title}
resume: Un tirage d’essai, que personne n’a voulu.
tirage: {day}
lieu: Salle des fêtes de la mairie, à 19 h
finalite: Un essai
base_legale: Un essai
source_liste: Des personnes inventées
destruction: 2027-01-15
valide_par: une élue
---

Un essai.
"""


def _chance(*what: object, below: int) -> int:
    """The same one each time: made of what it is for."""
    made = hashlib.sha256(repr(what).encode()).digest()
    return int.from_bytes(made[:8], "big") % below


def _plan() -> tuple[plan.Plan, Sequence[Person]]:
    """Volunteers of a town: most types hold a few of them, many only one. The quotas are those that
    two compositions hold alike.
    """
    every = sorted(itertools.product(*_VALUES), key=lambda one: _chance(one, below=1 << 40))
    types = tuple(sorted(every[:TYPES]))
    counts = [1] * TYPES
    for number in range(PEOPLE - TYPES):
        counts[_chance("type", number, below=TYPES) // 2] += 1
    first = [0] * TYPES
    for kind in sorted(range(TYPES), key=lambda kind: -counts[kind])[:SEATS]:
        first[kind] = 1
    second = list(first)
    taken, given = first.index(1), first.index(0)
    second[taken], second[given] = 0, 1
    held: dict[tuple[str, str], list[int]] = {}
    for seats in (first, second):
        found: dict[tuple[str, str], int] = {}
        for values, many in zip(types, seats, strict=True):
            for pair in zip(_FEATURES, values, strict=True):
                found[pair] = found.get(pair, 0) + many
        for pair, many in found.items():
            held.setdefault(pair, []).append(many)
    made = plan.Plan(
        _FEATURES, types, tuple(counts), SEATS,
        tuple(plan.Quota(*pair, min(many), max(many)) for pair, many in sorted(held.items())),
        tuple(sorted((tuple(first), tuple(second)))), (123_456, 876_544), ("adresse",),
    )  # fmt: skip
    people = [
        Person(
            f"{_chance('a', kind, rank, below=1 << 63):016x}"
            f"{_chance('b', kind, rank, below=1 << 63):016x}",
            kind,
            f"{_chance('foyer', kind, rank, below=600):016x}",
        )
        for kind, many in enumerate(counts)
        for rank in range(many)
    ]
    return made, people


def _promised(folders: Folders, made: plan.Plan, people: Sequence[Person]) -> Commitment:
    listed = pool.written(people)
    promise = Commitment(
        folders.name, f"Un tirage d’essai : {folders.name}", len(people), pool.root(listed),
        made.digest(), (_DICE,), PUBLISHED,
    )  # fmt: skip
    folders.publish("pool.txt", listed)
    folders.publish("plan.json", canon.written(made.as_json()))
    folders.publish("commitment.json", canon.written(promise.as_json()))
    folders.publish(page.NAME, page.page())
    folders.note(Entry(PUBLISHED[:10], "gel", "ab" * 32))
    folders.note(Entry(PUBLISHED[:10], "page", page.fingerprint(page.page()), page.NAME))
    folders.note(Entry(PUBLISHED[:10], "engagement", promise.digest().hex()))
    return promise


def _great(folders: Folders) -> None:
    made, people = _plan()
    promise = _promised(folders, made, people)
    value = _DICE.valued(" ".join(str(1 + _chance("dé", n, below=6)) for n in range(_DICE.count)))
    result = Result(promise, made, sorted(people), [value])
    panel = result.panel()
    for number in range(LEFT):
        panel.replace(sorted(panel.sitting)[number % len(panel.sitting)])
    folders.publish("sources.json", canon.written([value.as_json()]))
    folders.publish("transcript.json", canon.written(result.transcript(panel.events)))
    folders.note(Entry(DAY, "tirage", result.seed.hex(), "validé par : une élue"))
    for event in panel.events:
        folders.note(Entry(DAY, f"remplacement {event.number}", event.digest()))


def _cancelled(folders: Folders) -> None:
    people = [Person(f"{number:032x}", 0) for number in range(1, 31)]
    _promised(folders, plan.simple(len(people), 5), people)
    folders.note(Entry("2026-09-10", "annulation", "", "la liste avait perdu un bureau de vote"))


def make(folder: Path) -> Path:
    """The site, ready to be built."""
    site = Path(shutil.copytree(SITES / "minimal", folder / "site"))
    titles = {
        GREAT: "Le grand jury", CANCELLED: "Le jury annulé", FROZEN: "Le jury gelé",
        ANNOUNCED: "Le jury annoncé",
    }  # fmt: skip
    for name, title in titles.items():
        folders = Folders(name, site / "content" / "jurys" / name, folder / "prive" / name)
        folders.public.mkdir(parents=True)
        day = DAY if name == GREAT else SOON
        (folders.public / "index.md").write_text(
            _INDEX.format(title=title, day=day), encoding="utf-8"
        )
        if name == GREAT:
            _great(folders)
        elif name == CANCELLED:
            _cancelled(folders)
        elif name == FROZEN:
            folders.note(Entry("2026-11-20", "gel", "cd" * 32, "30 personnes"))
    return site
