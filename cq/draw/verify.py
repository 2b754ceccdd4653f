"""A draw done again from its public files: five lights, and what is wrong in words.

No solver, no secret, no network. A light that depends on one that is red stays off: what it would
say is worth nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from cq.draw import canon, plan, pool, sources
from cq.draw.canon import BadFile
from cq.draw.plan import Plan
from cq.draw.pool import Person
from cq.draw.replacement import NotSeated
from cq.draw.seating import seed_of
from cq.draw.sources import DRAND, Valued
from cq.draw.transcript import Commitment, Result, commitment, stage_digest

# Whether a signature is that of the round; None where nothing here can tell.
Signed = Callable[[int, bytes], bool | None]
_MOST = {"pool.txt": 256_000_000}  # bytes, of each file
_MOST_JSON = 64_000_000


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
        """Whether nothing is wrong: no red light, and none that a red one keeps off."""
        return all(light.state is not State.RED for light in self.lights.values())


def verified(
    files: Mapping[str, bytes],
    *,
    signed: Signed = lambda _round, _signature: None,
    fingerprint: str = "",
    previous: bytes | None = None,
) -> Verdict:
    """The verdict on the public files of a draw, by name (`transcript.NAMES`).

    `fingerprint` is the one that was published or spoken; `previous` the transcript of the first
    stage, where there is one.
    """
    return _Verifier(files, signed, fingerprint, previous).verdict()


class _Verifier:
    def __init__(
        self, files: Mapping[str, bytes], signed: Signed, fingerprint: str, previous: bytes | None
    ) -> None:
        self._files, self._signed = files, signed
        self._fingerprint, self._previous = fingerprint, previous
        self._found = Verdict({name: Light(name) for name in LIGHTS})
        self._promise: Commitment | None = None
        self._pool: tuple[Person, ...] = ()
        self._plan: Plan | None = None
        self._values: tuple[Valued, ...] = ()
        self._said: dict[str, Any] = {}  # what the transcript says

    def verdict(self) -> Verdict:
        drawn = "transcript.json" in self._files or "sources.json" in self._files
        steps: dict[str, Callable[[], Iterator[str]]] = {LIST: self._list, PLAN: self._lottery}
        if drawn:
            steps |= {
                SEED: self._seed, DRAW: self._draw, REPLACEMENTS: self._replacements
            }  # fmt: skip
        self._read_promise()
        for name, step in steps.items():
            self._light(name, step)
        if not drawn:
            self._found.lights[SEED].said.append("Le tirage n’a pas encore eu lieu.")
        return self._found

    def _light(self, name: str, step: Callable[[], Iterator[str]]) -> None:
        light = self._found.lights[name]
        light.state = State.GREEN
        try:
            for sentence in step():
                light.said.append(sentence)
        except (_Wrong, BadFile) as fault:
            light.state = State.RED
            light.said.append(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
        except _Off as off:
            light.state = State.OFF
            light.said = [str(off)]

    def _file(self, name: str) -> bytes:
        data = self._files.get(name)
        if data is None:
            raise BadFile(f"le fichier {name} manque")
        if len(data) > _MOST.get(name, _MOST_JSON):
            raise BadFile(f"le fichier {name} est trop gros")
        return data

    def _json(self, name: str) -> Any:  # noqa: ANN401 - each reader says what it must be
        try:
            return canon.read(self._file(name))
        except BadFile as fault:
            raise BadFile(f"{name} : {fault}") from None

    def _read_promise(self) -> None:
        try:
            self._promise = commitment(self._json("commitment.json"))
        except BadFile as fault:
            self._why = str(fault)
        self._found.promise = self._promise

    def _promised(self) -> Commitment:
        if self._promise is None:
            raise BadFile(self._why)
        return self._promise

    def _amber(self, name: str) -> None:
        self._found.lights[name].state = State.AMBER

    def _list(self) -> Iterator[str]:
        promise = self._promised()
        data = self._file("pool.txt")
        people = pool.read(data)
        if len(people) != promise.pool_size:
            raise _Wrong(
                f"la liste a {len(people)} lignes, l’engagement en annonce {promise.pool_size}"
            )
        if pool.root(data) != promise.pool_root:
            raise _Wrong("la liste n’est pas celle de l’engagement : son empreinte diffère")
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
        first = canon.read(self._previous)
        if stage_digest(first) != promise.previous:
            raise _Wrong("le premier tirage donné n’est pas celui que l’engagement nomme")
        if not {one.pid for one in people} <= _called(first):
            raise _Wrong("une personne de la liste n’a pas été tirée au premier tirage")
        yield "Toutes ont été tirées au premier tirage."

    def _lottery(self) -> Iterator[str]:
        promise = self._promised()
        made = plan.of_json(self._json("plan.json"))
        if made.digest() != promise.plan:
            raise _Wrong("le plan n’est pas celui de l’engagement : son empreinte diffère")
        if sum(made.counts) != promise.pool_size:
            raise _Wrong("le plan ne compte pas toutes les personnes de la liste")
        if self._found.lights[LIST].state is State.RED:
            yield "Il n’a pas pu être comparé à la liste."
        else:
            counts = [0] * len(made.types)
            for person in self._pool:
                if person.type >= len(counts):
                    raise _Wrong(f"la personne {person.pid} est d’un type que le plan n’a pas")
                if person.household and not made.household:
                    raise _Wrong("la liste nomme des foyers, dont le plan ne fait rien")
                counts[person.type] += 1
            if tuple(counts) != made.counts:
                raise _Wrong("le plan ne compte pas les types comme la liste")
        self._plan = made
        yield f"Chaque composition a {made.k} sièges et tient les quotas."

    def _seed(self) -> Iterator[str]:
        promise = self._promised()
        if self._fingerprint and self._fingerprint != promise.digest().hex():
            raise _Wrong("l’empreinte de l’engagement n’est pas celle qui a été annoncée")
        said = self._json("transcript.json")
        if not isinstance(said, dict):
            raise _Wrong("transcript.json n’est pas un procès-verbal de tirage")
        values = self._json("sources.json")
        if not isinstance(values, list):
            raise _Wrong("sources.json n’est pas une liste de sources")
        self._said, self._values = said, tuple(map(sources.valued, values))
        if [one.source for one in self._values] != list(promise.sources):
            raise _Wrong("les sources ne sont pas celles que l’engagement nomme, dans leur ordre")
        if not _same(said.get("commitment"), promise.as_json()):
            raise _Wrong("le procès-verbal reprend un autre engagement")
        if said.get("commit") != promise.digest().hex():
            raise _Wrong("l’empreinte de l’engagement n’est pas la bonne dans le procès-verbal")
        if not _same(said.get("sources"), values):
            raise _Wrong("le procès-verbal reprend d’autres valeurs que sources.json")
        for one in self._values:
            yield from self._source(one, promise)
        seed = seed_of(promise.digest(), [one.seed() for one in self._values])
        if said.get("seed") != seed.hex():
            raise _Wrong("la graine n’est pas celle que donnent l’engagement et les sources")
        yield "La graine est celle que donnent l’engagement et les sources."

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
            raise _Off("Le tirage ne peut pas être refait tant qu’une lumière est rouge.")
        result = Result(self._promised(), self._plan, self._pool, self._values)
        made = result.transcript()
        if self._said.keys() != made.keys() or self._said["protocol"] != canon.PROTOCOL:
            raise _Wrong("transcript.json n’est pas un procès-verbal de tirage")
        for key, words in _WORDS.items():
            if not _same(self._said[key], made[key]):
                raise _Wrong(f"{words} ne sont pas ceux que la graine donne")
        self._found.result = result
        yield f"Refait depuis la liste, il donne les mêmes {self._plan.k} personnes."

    def _replacements(self) -> Iterator[str]:
        result = self._found.result
        if result is None:
            raise _Off("Les remplacements ne peuvent pas être refaits sans le tirage.")
        events = self._said["events"]
        if not isinstance(events, list):
            raise _Wrong("les remplacements ne sont pas une liste")
        panel = result.panel()
        for number, event in enumerate(events, 1):
            leaving = event.get("out") if isinstance(event, dict) else None
            try:
                made = panel.replace(leaving if isinstance(leaving, str) else "")
            except NotSeated:
                raise _Wrong(
                    f"remplacement {number} : la personne remplacée ne siège pas"
                ) from None
            if not _same(event, made.as_json()):
                raise _Wrong(f"remplacement {number} : ce n’est pas celui que la règle donne")
        count = len(events)
        yield (
            "Aucun remplacement." if not count else f"Remplacements conformes à la règle : {count}."
        )

    def _standing(self, *names: str) -> bool:
        return all(self._found.lights[one].state is not State.RED for one in names)


class _Off(Exception):
    """What keeps a light off."""


_NO_EVENT = "Aucun remplacement."
# In the order in which a reader would look.
_WORDS = {
    "ticket": "le billet et la composition",
    "composition": "le billet et la composition",
    "seats": "les sièges",
    "passed_household": "les foyers passés",
    "waived_household": "les foyers admis deux fois",
    "reserve": "les suppléants",
}


def _same(one: object, other: object) -> bool:
    """Whether two values are one in a file: in Python True is 1 as well."""
    return canon.canonical(one) == canon.canonical(other)


def _called(transcript: Any) -> set[str]:  # noqa: ANN401 - it comes from a file of anyone's
    """Who was drawn by a first stage: seats, and those who came after. Raises `BadFile`."""
    try:
        seats = {pid for pid, _ in transcript["seats"]}
        return seats | {event["in"] for event in transcript["events"] if event["in"]}
    except (KeyError, TypeError, ValueError):
        raise BadFile("le premier tirage donné n’est pas un procès-verbal de tirage") from None
