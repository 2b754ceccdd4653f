"""`cq draw-jury commit`: what is promised before chance speaks, and that it is promised once.

Nothing random here: the list and its key were frozen before, the sources speak afterwards.
"""

import itertools
import re
from dataclasses import dataclass

from cq.content import logbook
from cq.draw import canon, page
from cq.draw import pool as pools
from cq.draw.plan import Plan
from cq.draw.sources import DICE, DRAND, ENOUGH_BITS, LOTTO, WORDS, Source
from cq.draw.transcript import MOST_SOURCES, Commitment, stage_digest
from cq.french.folding import fold
from cq.jury import frozen, moments, people, proposed
from cq.jury.folders import JOURNAL, PROMISED, Backwards, Entry, Folders, Refused, Step
from cq.spreadsheet import is_formula
from cq.terminal import one_line

ADVISED_DAYS = 10  # between the promise and the draw: the rule of the notaires
_DAY = 86_400
_LONGEST = 200  # characters of a title, of a source's name
_MOST_VALUES = 1_000
_KINDS = {"drand": DRAND, "des": DICE, "de": DICE, "loto": LOTTO, "mots": WORDS}
_SPELLINGS = (
    "attendu : --source drand (avec --at), --source 'des:32:Dés lancés dans la salle', "
    "--source 'loto:5:Loto du samedi 5 décembre' ou --source 'mots:Mot proposé par le public'"
)
_NOT_YET = {
    Step.NEW: "la liste de {0} n’est pas gelée : rien à engager\n"
    "commencez par : cq draw-jury freeze {0} LISTE.csv",
    Step.FROZEN: "le plan de {0} n’est pas proposé : rien à engager\n"
    "proposez-le : cq draw-jury plan {0} --seats NOMBRE",
}


@dataclass(frozen=True)
class Wish:
    """What was asked for. Moments are seconds since 1970; `at` is None where none was given."""

    title: str
    sources: tuple[Source, ...]
    at: int | None
    published: int


@dataclass(frozen=True)
class Ready:
    """A promise that can be kept, with the files that make it."""

    promise: Commitment
    plan: Plan
    files: dict[str, bytes]

    @property
    def page(self) -> str:
        """The fingerprint of the page that verifies this draw."""
        return page.fingerprint(self.files[page.NAME])


def source(typed: str, at: int | None) -> Source:
    """« drand », « drand:12345 », « des:32:Dés de la salle », « loto:5:… », « mots:… ».

    Raises Refused.
    """
    word, _, rest = typed.partition(":")
    kind = _KINDS.get(fold(word.strip()))
    if kind is None:
        raise Refused(f"« {one_line(typed)} » n’est pas une source\n{_SPELLINGS}")
    if kind == DRAND:
        return Source(DRAND, round=_round(rest.strip(), at))
    if kind == WORDS:
        return Source(WORDS, label=_label(rest, typed))
    count, _, label = rest.partition(":")
    if not re.fullmatch("[1-9][0-9]{0,3}", count.strip()) or int(count) > _MOST_VALUES:
        raise Refused(
            f"« {one_line(typed)} » ne dit pas combien il y aura de nombres : annoncé d’avance, "
            f"personne ne choisit quand s’arrêter\n{_SPELLINGS}"
        )
    return Source(kind, label=_label(label, typed), count=int(count))


def _round(typed: str, at: int | None) -> int:
    if re.fullmatch("[1-9][0-9]{0,12}", typed):
        return int(typed)
    if typed:
        raise Refused(f"« {one_line(typed)} » n’est pas le numéro d’un tour de drand")
    if at is None:
        raise Refused(
            "--source drand demande le moment du tirage\n"
            "ajoutez par exemple : --at 2026-12-05T11:00"
        )
    return moments.first_round(at)


def _label(text: str, typed: str) -> str:
    label = _cleaned(text, "le nom d’une source")
    if not label:
        raise Refused(f"« {one_line(typed)} » n’a pas de nom\n{_SPELLINGS}")
    return label


def _cleaned(text: str, what: str) -> str:
    try:
        words = canon.clean(text)
    except canon.BadText:
        raise Refused(f"{what} contient un caractère invisible : tapez-le à nouveau") from None
    if len(words) > _LONGEST:
        raise Refused(f"{what} est trop long : {_LONGEST} caractères au plus")
    if is_formula(words):
        raise Refused(f"{what} commence par « {words[0]} » : un tableur en ferait une formule")
    return words


def guard(folders: Folders) -> None:
    """Raise Backwards unless this draw may be promised now."""
    step, name = folders.step(), folders.name
    if folders.is_cancelled():
        raise Backwards(
            f"le tirage {name} est annulé, et le reste\nun nouveau tirage demande un autre nom"
        )
    if step in _NOT_YET:
        raise Backwards(_NOT_YET[step].format(name))
    if step > Step.PLANNED:
        raise Backwards(
            f"le tirage {name} est déjà engagé : un second engagement laisserait choisir entre "
            "deux listes ; rien n’a été fait\n"
            f"la suite : cq draw-jury draw {name} ; pour y renoncer, au su de tous : "
            f"cq draw-jury cancel {name} --raison TEXTE"
        )
    said = next((one for one in folders.journal() if one.step == logbook.PROMISED), None)
    if said is not None or (folders.private / PROMISED).is_file():
        since = f" le {one_line(said.day)}" if said else ""
        raise Backwards(
            f"le tirage {name} a été engagé{since}, et {folders.public / 'commitment.json'} manque "
            "ici : un second engagement laisserait choisir entre deux listes ; rien n’a été fait\n"
            f"remettez les fichiers publiés : git checkout -- content/jurys/{name} ; "
            "ou donnez à un nouveau tirage un autre nom"
        )


def ready(folders: Folders, wish: Wish) -> Ready:
    """What would be published. Raises Backwards, Refused, BadFile or OSError; writes nothing."""
    guard(folders)
    frozen.unchanged(folders)
    _check_sources(wish)
    made = proposed.of(folders)
    found = people.pool(people.entries(folders), made, folders.key())
    if len(found) != sum(made.counts):
        raise Refused(
            f"la liste a {len(found)} personnes, le plan en compte {sum(made.counts)}\n"
            f"refaites le plan : cq draw-jury plan {folders.name}"
        )
    data = pools.written(found)
    title = _cleaned(wish.title, "le titre")
    if not title:
        raise Refused("un tirage a un titre : --title 'Jury citoyen du canal'")
    promise = Commitment(
        folders.name, title, len(found), pools.root(data), made.digest(), wish.sources,
        moments.iso(wish.published), _previous(folders),
    )  # fmt: skip
    files = {
        "pool.txt": data,
        "plan.json": canon.written(made.as_json()),
        page.NAME: page.page(),
        "commitment.json": canon.written(promise.as_json()),
    }
    return Ready(promise, made, files)


def _check_sources(wish: Wish) -> None:
    """Raise Refused where what follows could be known, or chosen, beforehand."""
    if not wish.sources:
        raise Refused(f"un tirage nomme ses sources de hasard\n{_SPELLINGS}")
    if len(wish.sources) > MOST_SOURCES:
        raise Refused(f"pas plus de {MOST_SOURCES} sources")
    labels = [f"{one.label} : " if one.label else f"{one.round}" for one in wish.sources]
    if any(one.startswith(other) for one, other in itertools.permutations(labels, 2)):
        # The journal tells by the name alone what each has given.
        raise Refused("deux fois la même source : nommez-les différemment")
    bits = sum(one.bits() for one in wish.sources)
    if bits < ENOUGH_BITS:
        raise Refused(
            f"ces sources ne suffisent pas : {int(bits)} bits de hasard, il en faut {ENOUGH_BITS}, "
            "sinon qui tient la liste pourrait les essayer toutes d’avance\n"
            "ajoutez : --source drand --at AAAA-MM-JJTHH:MM (ou lancez 32 dés)"
        )
    for one in wish.sources:
        if one.kind == DRAND and one.time() <= wish.published:
            raise Refused(
                f"le tour {one.round} de drand est déjà passé : il est connu de tous\n"
                "choisissez un moment à venir : --at AAAA-MM-JJTHH:MM"
            )
    if wish.at is not None and wish.at <= wish.published:
        raise Refused("ce moment est déjà passé : choisissez-en un à venir, --at AAAA-MM-JJTHH:MM")


def _previous(folders: Folders) -> str | None:
    first = people.first_of(folders)
    if first is None:
        return None
    path = first.public / "transcript.json"
    if not path.is_file():
        raise Backwards(f"le premier tirage, {first.name}, n’a pas encore eu lieu")
    return stage_digest(canon.read(path.read_bytes()))


def keep(folders: Folders, made: Ready, day: str, note: str) -> None:
    """Publish the promise and its lines in the journal in one go. Raises OSError."""
    lines = (
        Entry(day, logbook.PAGE, made.page, page.NAME),
        Entry(day, logbook.PROMISED, made.promise.digest().hex(), note),
    )
    folders.publish_together({**made.files, JOURNAL: folders.noted(*lines)})
    folders.keep(PROMISED, made.files["commitment.json"])


def is_soon(wish: Wish) -> bool:
    """Whether the draw comes sooner after its promise than is advised."""
    times = [one.time() for one in wish.sources if one.kind == DRAND]
    times += [wish.at] if wish.at is not None else []
    return bool(times) and min(times) - wish.published < ADVISED_DAYS * _DAY
