"""A draw done again from its public files: five lights, and what is wrong in words.

No solver, no secret, no network. A light that depends on one that is red stays off: what it would
say is worth nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from cq.draw import canon, plan, pool, sealing, sources
from cq.draw.canon import BadFile
from cq.draw.plan import Plan
from cq.draw.pool import Person
from cq.draw.replacement import NotSeated
from cq.draw.seating import seed_of
from cq.draw.sources import DRAND, Valued
from cq.draw.transcript import NAMES, Commitment, Result, called, commitment, stage_digest

# Whether a signature is that of the round; None where nothing here can tell.
Signed = Callable[[int, bytes], bool | None]
_MOST = {"pool.txt": 128_000_000}  # bytes, of each file
_MOST_JSON = 16_000_000
# Replacements × (types × features + quotas): seconds, not hours, on a folder of anyone's.
_MOST_STEPS = 100_000_000


class State(Enum):
    """What a light shows."""

    GREEN = "vert"
    AMBER = "orange"  # true as far as it could be looked at
    RED = "rouge"
    OFF = "éteint"  # not looked at, or not there yet


LIST, PLAN, SEED, DRAW, REPLACEMENTS = "liste", "plan", "graine", "tirage", "remplacements"
LIGHTS = (LIST, PLAN, SEED, DRAW, REPLACEMENTS)


@dataclass
class Light:
    """One light; `said` are whole French sentences."""

    name: str
    state: State = State.OFF
    said: list[str] = field(default_factory=list)


T = TypeVar("T")
U = TypeVar("U")


class _Wrong(Exception):
    """What turns a light red."""


@dataclass
class Verdict:
    """The five lights, and the draw done again where that could be done."""

    lights: dict[str, Light]
    result: Result | None = None
    promise: Commitment | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong: no red light, and so none that a red one keeps off.

        A draw that is promised and not done yet is good: `waiting` tells it from one that is done.
        """
        return all(light.state is not State.RED for light in self.lights.values())

    @property
    def waiting(self) -> bool:
        """Whether nothing is wrong with a draw that has not taken place."""
        return self.good and self.result is None


def verified(
    files: Mapping[str, bytes],
    *,
    signed: Signed = lambda _round, _signature: None,
    fingerprint: str = "",
    last_event: str = "",
    previous: bytes | None = None,
) -> Verdict:
    """The verdict on the public files of a draw, by name (`transcript.NAMES`), and on the table of
    its types (`sealing.NAME`) where they are sealed and it is given.

    `fingerprint` is the one that was published or spoken, `last_event` that of the latest
    replacement on the public journal: without it nothing shows that the last ones are missing.
    `previous` is the transcript of the first stage, where there is one.
    """
    return _Verifier(files, signed, (fingerprint, last_event), previous).verdict()


class _Verifier:
    def __init__(
        self,
        files: Mapping[str, bytes],
        signed: Signed,
        announced: tuple[str, str],
        previous: bytes | None,
    ) -> None:
        self._files, self._signed = files, signed
        self._fingerprint, self._last_event = announced
        self._previous = previous
        self._why = ""  # there is no commitment
        self._found = Verdict({name: Light(name) for name in LIGHTS})
        self._promise: Commitment | None = None
        self._pool: tuple[Person, ...] = ()
        self._plan: Plan | None = None
        self._values: tuple[Valued, ...] = ()
        self._said: dict[str, Any] = {}  # what the transcript says

    def verdict(self) -> Verdict:
        drawn = "transcript.json" in self._files or "sources.json" in self._files
        self._read_promise()
        self._light(LIST, self._list)
        self._light(PLAN, self._lottery)
        self._light(SEED, self._seed if drawn else self._no_seed)
        if drawn:
            self._light(DRAW, self._draw)
            self._light(REPLACEMENTS, self._replacements)
        return self._found

    def _light(self, name: str, step: Callable[[], Iterator[str]]) -> None:
        light = self._found.lights[name]
        light.state = State.GREEN
        try:
            for sentence in step():
                light.said.append(sentence)
        except (_Wrong, BadFile) as fault:
            light.state = State.RED
            light.said.append(_sentence(str(fault)))
        except MemoryError:
            light.state = State.RED
            light.said.append("La mémoire de cette machine ne suffit pas pour lire ces fichiers.")
        except _Off as off:
            light.state = State.OFF
            light.said = [str(off)]

    def _read(self, name: str, reader: Callable[[bytes], T]) -> T:
        """What `reader` makes of a file. Raises `BadFile`, which says of which file it speaks."""
        data = self._files.get(name)
        if data is None:
            raise BadFile(f"le fichier {name} manque")
        if len(data) > _MOST.get(name, _MOST_JSON):
            raise BadFile(f"le fichier {name} est trop gros")
        return _within(f"dans {name}", reader, data)

    def _read_promise(self) -> None:
        try:
            self._promise = self._read("commitment.json", lambda data: commitment(canon.read(data)))
        except BadFile as fault:
            self._why = str(fault)
        self._found.promise = self._promise

    def _promised(self, *, first: bool = True) -> Commitment:
        """The commitment; that there is none is said by the first light that looks for it."""
        if self._promise is None:
            raise BadFile(self._why) if first else _Off("L’engagement n’a pas pu être lu.")
        return self._promise

    def _amber(self, name: str) -> None:
        self._found.lights[name].state = State.AMBER

    def _list(self) -> Iterator[str]:
        promise = self._promised()
        people = self._read("pool.txt", pool.read)
        if len(people) != promise.pool_size:
            raise _Wrong(
                f"pool.txt a {len(people)} lignes, l’engagement en annonce {promise.pool_size}"
            )
        if pool.root(self._files["pool.txt"]) != promise.pool_root:
            raise _Wrong("pool.txt n’est pas la liste de l’engagement : son empreinte diffère")
        yield f"La liste des {len(people)} personnes est celle de l’engagement."
        yield from self._first_stage(people)
        self._pool = people

    def _first_stage(self, people: tuple[Person, ...]) -> Iterator[str]:
        promise = self._promised()
        if promise.previous is None:
            return
        if self._previous is None:
            self._amber(LIST)
            yield "Ce tirage en suit un autre, dont le résultat n’a pas été donné à vérifier."
            return
        if len(self._previous) > _MOST_JSON:
            raise _Wrong("le premier tirage donné est trop gros")
        first = _within("dans le premier tirage", canon.read, self._previous)
        if stage_digest(first) != promise.previous:
            raise _Wrong("le premier tirage donné n’est pas celui que l’engagement nomme")
        if not {one.pid for one in people} <= called(first):
            raise _Wrong("une personne de la liste n’a pas été tirée au premier tirage")
        yield "Toutes ont été tirées au premier tirage."

    def _lottery(self) -> Iterator[str]:
        promise = self._promised(first=False)
        made = self._read("plan.json", lambda data: plan.of_json(canon.read(data)))
        if made.digest() != promise.plan:
            raise _Wrong("plan.json n’est pas le plan de l’engagement : son empreinte diffère")
        if sum(made.counts) != promise.pool_size:
            raise _Wrong("plan.json ne compte pas toutes les personnes de la liste")
        if sealing.NAME in self._files:
            made = sealing.opened(made, self._files[sealing.NAME])
            yield "La table des types est celle que le plan scelle."
        if self._found.lights[LIST].state is State.RED:
            yield "Il n’a pas pu être comparé à la liste."
        else:
            counts = [0] * len(made.counts)
            for person in self._pool:
                if person.type >= len(counts):
                    raise _Wrong(f"pool.txt met {person.pid} dans un type que plan.json n’a pas")
                if person.household and not made.household:
                    raise _Wrong("pool.txt nomme des foyers, dont plan.json ne fait rien")
                counts[person.type] += 1
            if tuple(counts) != made.counts:
                raise _Wrong("plan.json ne compte pas les types comme pool.txt")
        self._plan = made
        if not made.is_closed:
            yield f"Chaque composition a {made.k} sièges et tient les quotas."
            return
        self._amber(PLAN)
        yield f"Chaque composition a {made.k} sièges."
        yield (
            "Les types sont scellés : les quotas ne se vérifient qu’avec leur table, remise au "
            "témoin du tirage."
        )

    def _announced(self) -> Commitment:
        """The commitment, if it is the one that was announced and its sources are worth it."""
        promise = self._promised(first=False)
        if self._fingerprint not in ("", promise.digest().hex()):
            raise _Wrong("l’empreinte de l’engagement n’est pas celle qui a été annoncée")
        if not sources.enough(promise.sources):
            raise _Wrong(
                "les sources laissent si peu de valeurs possibles qu’on a pu les essayer toutes"
            )
        return promise

    def _no_seed(self) -> Iterator[str]:
        self._announced()
        yield from ()
        raise _Off("Le tirage n’a pas encore eu lieu.")

    def _seed(self) -> Iterator[str]:
        promise = self._announced()
        self._given(promise)
        for one in self._values:
            yield from self._source(one, promise)
        seed = seed_of(promise.digest(), [one.seed() for one in self._values])
        if self._said.get("seed") != seed.hex():
            raise _Wrong(
                "la graine de transcript.json n’est pas celle de l’engagement et des sources"
            )
        yield "La graine est celle que donnent l’engagement et les sources."

    def _given(self, promise: Commitment) -> None:
        """Read what the sources gave, as `sources.json` and the transcript have it alike."""
        said = self._read("transcript.json", canon.read)
        if not isinstance(said, dict):
            raise _Wrong("transcript.json n’est pas un procès-verbal de tirage")
        values = self._read("sources.json", canon.read)
        if not isinstance(values, list) or len(values) != len(promise.sources):
            raise _Wrong(
                "sources.json n’a pas autant de sources que l’engagement en nomme : "
                f"{len(promise.sources)}"
            )
        self._values = tuple(_within("dans sources.json", sources.valued, one) for one in values)
        if [one.source for one in self._values] != list(promise.sources):
            raise _Wrong(
                "les sources de sources.json ne sont pas celles de l’engagement, dans leur ordre"
            )
        if not _same(said.get("commitment"), promise.as_json()):
            raise _Wrong("transcript.json reprend un autre engagement")
        if said.get("commit") != promise.digest().hex():
            raise _Wrong("l’empreinte de l’engagement n’est pas la bonne dans transcript.json")
        if not _same(said.get("sources"), values):
            raise _Wrong("transcript.json reprend d’autres valeurs que sources.json")
        self._said = said

    def _source(self, one: Valued, promise: Commitment) -> Iterator[str]:
        if one.source.kind != DRAND:
            return
        number = one.source.round
        if one.source.time() <= sources.seconds_of(promise.published):
            raise _Wrong(f"le tour {number} de drand est d’avant l’engagement")
        answer = self._signed(number, bytes.fromhex(one.value))
        if answer is False:
            raise _Wrong(f"la signature du tour {number} de drand est fausse")
        if answer is None:
            self._amber(SEED)
            yield f"La signature du tour {number} de drand n’a pas pu être vérifiée ici."
        else:
            yield f"Le tour {number} de drand est bien signé."

    def _draw(self) -> Iterator[str]:
        if self._plan is None or not self._standing(LIST, PLAN, SEED):
            raise _Off("Le tirage ne peut pas être refait tant qu’un feu est rouge.")
        result = Result(self._promised(), self._plan, self._pool, self._values)
        made = result.transcript()
        if self._said.keys() != made.keys() or self._said["protocol"] != canon.PROTOCOL:
            raise _Wrong("transcript.json n’est pas un procès-verbal de tirage")
        for key, words in _WORDS.items():
            if not _same(self._said[key], made[key]):
                raise _Wrong(f"dans transcript.json, {words} ne sont pas ceux que la graine donne")
        self._found.result = result
        yield f"Refait depuis la liste, il donne les mêmes {self._plan.k} personnes."

    def _replacements(self) -> Iterator[str]:
        result = self._found.result
        if result is None:
            raise _Off("Les remplacements ne peuvent pas être refaits sans le tirage.")
        events = self._said["events"]
        if not isinstance(events, list):
            raise _Wrong("dans transcript.json, les remplacements ne sont pas une liste")
        width = len(result.plan.counts) * max(1, len(result.plan.features))
        if len(events) * (width + len(result.plan.quotas)) > _MOST_STEPS:
            raise _Wrong("transcript.json a trop de remplacements pour être vérifié")
        panel = result.panel()
        for number, event in enumerate(events, 1):
            told = event if isinstance(event, dict) else {}
            leaving, entering = (
                one if isinstance(one, str) else "" for one in (told.get("out"), told.get("in"))
            )
            try:
                made = panel.replace(leaving, entering)
            except NotSeated:
                raise _Wrong(
                    f"remplacement {number} : la personne remplacée ne siège pas"
                ) from None
            if not _same(event, made.as_json()):
                raise _Wrong(f"remplacement {number} : ce n’est pas celui que la règle donne")
        if self._last_event not in ("", panel.events[-1].digest() if events else result.commit):
            raise _Wrong("le dernier remplacement n’est pas celui qui a été annoncé")
        yield (
            f"Remplacements conformes à la règle : {len(events)}."
            if events
            else "Aucun remplacement."
        )
        if panel.believed:
            self._amber(REPLACEMENTS)
            yield (
                "Choix d’un autre type, qui ne se vérifient qu’avec la table des types : "
                f"{panel.believed}."
            )

    def _standing(self, *names: str) -> bool:
        return all(self._found.lights[one].state is not State.RED for one in names)


class _Off(Exception):
    """What keeps a light off."""


# In the order in which a reader would look.
_WORDS = {
    "ticket": "le billet et la composition",
    "composition": "le billet et la composition",
    "seats": "les sièges",
    "passed_household": "les foyers passés",
    "waived_household": "les foyers admis deux fois",
    "reserve": "les suppléants",
}


def _within(place: str, reader: Callable[[U], T], given: U) -> T:
    """`reader(given)`, whose faults say where they are."""
    try:
        return reader(given)
    except BadFile as fault:
        raise BadFile(f"{place} : {fault}") from None


def _sentence(words: str) -> str:
    """A sentence of them; the name of a file stays as it is."""
    begin = words if words.startswith(NAMES) else words[:1].upper() + words[1:]
    return f"{begin}."


def _same(one: object, other: object) -> bool:
    """Whether two values are one in a file: in Python True is 1 as well."""
    return canon.canonical(one) == canon.canonical(other)
