"""The demo's jury draw, complete and fictitious: 180 invented volunteers, twelve seats, two
replacements. Run again, it writes the same bytes.

    python docs/demo/jury.py            # the town hall's own side, under .cache/demo/jurys/
    python docs/demo/jury.py --public   # the public side as well, under content/jurys/

The people have words of the street for names and live in streets that do not exist; their key is
written below, so that the demo's list hides nobody: a true one is random and never committed. The
round of drand is a true one, so that its signature can be verified.
"""

import csv
import datetime
import hashlib
import io
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from cq.draw import canon, page, plan, pool, sources
from cq.draw.canon import written
from cq.draw.transcript import Commitment, Result
from cq.jury import counts
from cq.jury.folders import DECISIONS, FROZEN, KEY, PEOPLE, PLAN, REASONS, Entry, Folders
from cq.jury.frozen import Frozen

TOP = Path(__file__).parents[2]
NAME = "jury-des-bancs-2026"
HOME = Path(".cache/demo")
TITLE = "Jury des bancs : douze personnes disent où les poser (exemple fictif)"
SECRET = hashlib.sha256(b"cq, the demo's jury: a key that everyone knows").digest()

COLUMNS = (
    "id", "nom", "prenom", "naissance", "adresse", "code_postal", "quartier", "age",
)  # fmt: skip
FEATURES = ("quartier", "age")
ADDRESS = ("adresse", "code_postal")
AGES = {"16 à 34 ans": (16, 34), "35 à 59 ans": (35, 59), "60 ans et plus": (60, 88)}
# How many volunteers of each age.
QUARTIERS = {
    "Château-d’Eau – Lancry": (8, 12, 14),
    "Faubourg-du-Temple – Hôpital-Saint-Louis": (7, 13, 12),
    "Grange-aux-Belles – Terrage": (6, 9, 11),
    "Louis-Blanc – Aqueduc": (9, 14, 10),
    "Porte-Saint-Denis – Paradis": (7, 10, 9),
    "Saint-Vincent-de-Paul – Lariboisière": (6, 11, 12),
}
SEATS = 12
QUOTAS = (
    ("age", "16 à 34 ans", 3, 5), ("age", "35 à 59 ans", 4, 6), ("age", "60 ans et plus", 3, 5),
    *(("quartier", one, 2, 2) for one in QUARTIERS),
)  # fmt: skip
# The lottery that leximin gives for these people and quotas: seats by quartier, then by age, and
# tickets of a million. The worst-off have 1 chance in 17, as two seats for 34 volunteers allow.
LOTTERY = (
    ("002101200020020002", 228_586),
    ("002200020101002020", 91_769),
    ("011020110200002002", 19_095),
    ("020002020101002200", 76_643),
    ("020002200020002110", 10_019),
    ("020020002020200101", 112_044),
    ("020020200002011110", 16_634),
    ("101020002200011011", 102_821),
    ("101020020020002200", 60_905),
    ("110002020200020011", 66_605),
    ("110011002002200020", 189_502),
    ("200101020011011002", 25_377),
)
ROUND = 27_448_023  # of drand's quicknet: 2 April 2026, 18:30:33 in Paris
SIGNATURE = (
    "967e8a7aa839aa8f672800bb50b1ee29dfa4757d120112c7"
    "b858b1f625193a41fb156ad7c69fefc644b9719f88d60313"
)
DICE = sources.Source(sources.DICE, label="vingt dés jetés en séance", count=20)
LIST, VALIDATED = "volontaires", "l’adjointe à la démocratie locale"
FROZEN_ON, PUBLISHED, DRAWN_ON = "2026-03-16", "2026-03-19T09:00:00Z", "2026-04-02"
# Whose seat was left, by rank, why, and when.
LEFT = ((3, "refus", "2026-04-08"), (7, "sans-reponse", "2026-04-17"))

_FIRST = (
    "Alix", "Andréa", "Ange", "Camille", "Céleste", "Charlie", "Claude", "Dominique", "Eden",
    "Élie", "Lou", "Maxime", "Morgan", "Noa", "Noor", "Sacha", "Swann", "Yaël",
)  # fmt: skip
_LAST = (
    "Arcade", "Auvent", "Balustrade", "Belvédère", "Bitume", "Boulodrome", "Caniveau", "Corbeille",
    "Digicode", "Écluse", "Enseigne", "Gouttière", "Horloge", "Impasse", "Kiosque", "L’Escale",
    "Lampadaire", "Margelle", "Marquise", "Marronnier", "Passerelle", "Pavé", "Péniche", "Platane",
    "Portillon", "Potelet", "Préau", "Réverbère", "Ruelle", "Sémaphore", "Soupirail", "Tilleul",
    "Trottoir", "Vitrine",
)  # fmt: skip
_STREETS = (
    "rue des Exemples", "passage de l’Hypothèse", "rue du Brouillon", "impasse de la Maquette",
    "quai des Essais", "square de la Fiction",
)  # fmt: skip


def number(*what: object, below: int) -> int:
    """The same one each time: made of what it is for."""
    made = hashlib.sha256("/".join(map(str, what)).encode()).digest()
    return int.from_bytes(made[:8], "big") % below


def people() -> list[dict[str, str]]:
    """The rows of the list, in the order in which they came."""
    rows = []
    names = sorted(
        itertools.product(_FIRST, _LAST), key=lambda pair: number("nom", *pair, below=1 << 32)
    )
    for quartier, ages in QUARTIERS.items():
        for (age, (youngest, oldest)), many in zip(AGES.items(), ages, strict=True):
            for place in range(many):
                first, last = names[len(rows)]
                years = youngest + number(last, first, below=oldest - youngest + 1)
                # Before the spring, so that whoever turns sixteen has turned so.
                born = datetime.date(2026 - years, 1, 1) + datetime.timedelta(
                    days=number(first, last, below=80)
                )
                # One in twelve shares the home of whoever came before.
                home = number("foyer", len(rows), below=12) == 0 and place
                rows.append(
                    {
                        "nom": last,
                        "prenom": first,
                        "naissance": born.isoformat(),
                        "adresse": rows[-1]["adresse"] if home else _address(len(rows)),
                        "code_postal": "75010",
                        "quartier": quartier,
                        "age": age,
                    }
                )
    rows.sort(key=lambda row: number(row["nom"], row["prenom"], below=1 << 32))
    return [{"id": f"V{rank:03}", **row} for rank, row in enumerate(rows, 1)]


def _address(rank: int) -> str:
    return f"{1 + rank // len(_STREETS)}, {_STREETS[rank % len(_STREETS)]}"


def proposed() -> plan.Plan:
    """The plan, read again as a verifier would."""
    return plan.of_json(
        plan.Plan(
            features=FEATURES,
            types=tuple(itertools.product(QUARTIERS, AGES)),
            counts=tuple(itertools.chain.from_iterable(QUARTIERS.values())),
            k=SEATS,
            quotas=tuple(plan.Quota(*one) for one in QUOTAS),
            compositions=tuple(tuple(map(int, seats)) for seats, _ in LOTTERY),
            tickets=tuple(tickets for _, tickets in LOTTERY),
            household=ADDRESS,
        ).as_json()
    )


def numbered(rows: list[dict[str, str]], made: plan.Plan) -> list[pool.Person]:
    """The public list, in the order of `rows`."""
    return [
        pool.Person(
            pool.pid_of(pool.salt_of(SECRET, row["id"]), row),
            made.types.index(tuple(row[feature] for feature in FEATURES)),
            pool.household_of(SECRET, [row[column] for column in ADDRESS]),
        )
        for row in rows
    ]


class Draw:
    """The whole draw, step by step as the commands do it."""

    def __init__(self) -> None:
        self.rows, self.plan = people(), proposed()
        self.people = numbered(self.rows, self.plan)
        self.pool = pool.written(self.people)
        beacon = sources.Source(sources.DRAND, round=ROUND)
        dice = " ".join(str(1 + number("dé", rank, below=6)) for rank in range(DICE.count))
        self.promise = Commitment(
            NAME, TITLE, len(self.rows), pool.root(self.pool), self.plan.digest(),
            (beacon, DICE), PUBLISHED,
        )  # fmt: skip
        self.values = [beacon.valued(SIGNATURE), DICE.valued(dice)]
        self.result = Result(self.promise, self.plan, self.people, self.values)
        self.panel = self.result.panel()
        for rank, _, _ in LEFT:
            self.panel.replace(self.result.drawn.seats[rank].pid)

    def public(self) -> dict[str, bytes]:
        """The five files."""
        return {
            "pool.txt": self.pool,
            "plan.json": written(self.plan.as_json()),
            "commitment.json": written(self.promise.as_json()),
            "sources.json": written([one.as_json() for one in self.values]),
            "transcript.json": written(self.result.transcript(self.panel.events)),
        }

    def journal(self, mark: str) -> Iterator[Entry]:
        """The public journal; `mark` is the fingerprint of the frozen list."""
        yield Entry(FROZEN_ON, "gel", mark, counts.note(self.counts()))
        yield Entry(PUBLISHED[:10], "page", page.fingerprint(page.page()), page.NAME)
        yield Entry(PUBLISHED[:10], "engagement", self.promise.digest().hex())
        yield Entry(DRAWN_ON, "valeurs", "", f"{DICE.label} : {self.values[1].value}")
        yield Entry(DRAWN_ON, "tirage", self.result.seed.hex(), f"validé par : {VALIDATED}")
        for event, (_, _, day) in zip(self.panel.events, LEFT, strict=True):
            yield Entry(day, f"remplacement {event.number}", event.digest())

    def counts(self) -> dict[str, object]:
        many = len(self.rows)
        return {
            "kept": many,
            "lists": [{"excluded": {}, "kept": many, "label": LIST, "read": many}],
        }

    def frozen(self) -> Frozen:
        """What the freeze settled."""
        made = {
            "digest": hashlib.sha256(self.listed().encode("cp1252")).hexdigest(),
            "file": "volontaires.csv",
            "label": LIST,
            "rows": len(self.rows),
        }
        about = {
            "destruction": "2027-01-15",
            "notice": "bulletin d’inscription et affichage (fictifs)",
            "purpose": "composer un jury qui dit où poser douze bancs (exemple fictif)",
            "source": "volontaires inscrits en février 2026 (personnages fictifs)",
        }
        return Frozen(FROZEN_ON, FEATURES, ADDRESS, COLUMNS, (made,), self.counts(), about)

    def listed(self) -> str:
        """The list as the town hall had it: what « Tirer un jury au sort » rehearses with."""
        stream = io.StringIO(newline="")
        table = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n", delimiter=";")
        table.writeheader()
        table.writerows(self.rows)
        return stream.getvalue()

    def reasons(self) -> str:
        """`remplacements.csv`."""
        identifiers = {
            person.pid: row["id"] for person, row in zip(self.people, self.rows, strict=True)
        }
        lines = ["n,pid,id,raison,date"]
        for event, (_, reason, day) in zip(self.panel.events, LEFT, strict=True):
            out = event.leaving
            lines.append(f"{event.number},{out},{identifiers[out]},{reason},{day}")
        return "\n".join([*lines, ""])


def quotas() -> str:
    """The quotas as `cq draw-jury plan --quotas` reads them."""
    rows = [f"{feature},{value},{least},{most}" for feature, value, least, most in QUOTAS]
    return "\n".join(["feature,value,min,max", *rows, ""])


def main(home: Path = HOME, top: Path = TOP) -> None:
    made = Draw()
    folders = Folders(NAME, top / "content" / "jurys" / NAME, home / "jurys" / NAME)
    folders.private.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    folders.keep(KEY, (SECRET.hex() + "\n").encode())
    folders.keep_people(COLUMNS, made.rows)
    listed = hashlib.sha256(folders.kept(PEOPLE)).hexdigest()
    folders.keep(FROZEN, written(made.frozen().as_json(listed)))
    folders.keep(PLAN, written(made.plan.as_json()))
    folders.keep(DECISIONS, b"")
    folders.keep(REASONS, made.reasons().encode())
    # Windows-1252, as the office of a town hall saves it.
    (home / "volontaires.csv").write_bytes(made.listed().encode("cp1252"))
    (home / "quotas.csv").write_text(quotas(), encoding="utf-8")
    if "--public" in sys.argv[1:]:
        folders.public.mkdir(parents=True, exist_ok=True)
        for name, data in made.public().items():
            folders.publish(name, data)
        folders.publish(page.NAME, page.page())
        (folders.public / "journal.csv").unlink(missing_ok=True)
        mark = canon.keyed(SECRET, "list", bytes.fromhex(listed)).hex()
        for entry in made.journal(mark):
            folders.note(entry)


if __name__ == "__main__":
    main()
