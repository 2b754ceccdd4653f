"""What the public files of a draw tell a site: facts, from bytes that anyone may have written.

The five lights are worked out again here, once for the same bytes (`cq.front` remembers them); what
a red one means for the site is said by `cq.content.checks.draws`.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from cq import digest
from cq.content import draws
from cq.content.draws import Draw, Entry, Event, Fault, Group, Light, Shard, Source
from cq.draw import canon, page, pool, words
from cq.draw.plan import Plan, of_json
from cq.draw.seating import RESERVES
from cq.draw.sources import DRAND, Valued
from cq.draw.transcript import Commitment, Result, stage_digest, stage_of
from cq.draw.verify import DRAW, LIST, PLAN, REPLACEMENTS, State, Verdict, verified
from cq.jury import criteria
from cq.jury.signature import signed
from cq.spreadsheet import is_formula

_HEAD = ["date", "etape", "empreinte", "note"]
_MOST_LINES = 20_000
_MOST_JOURNAL = 4_000_000  # bytes
_HEX = frozenset("0123456789abcdef")
# Characters of a note. Words said in the room are 10,000 at the most (`cq.draw.sources`); a refusal
# has two of them, and the name of their source.
_LONGEST = 21_000


class Known(NamedTuple):
    """Files by their names, and how to have the transcripts of the site's other draws, by the
    digest that a second stage calls them: only a second stage asks.
    """

    files: Mapping[str, bytes]
    stages: Callable[[], Mapping[str, bytes]]


def stages(transcripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The transcripts, by the name that a commitment calls them."""
    return {stage_of(data): data for data in transcripts.values()}


def told(identifier: str, key: str, known: Known) -> Draw:
    """The facts of one draw; never raises for what its files say."""
    files = known.files
    entries, faults = _journal(files.get(draws.JOURNAL))
    made = Draw(identifier, key, journal=entries, faults=tuple(faults))
    own = files.get(draws.PAGE)
    if own is not None:
        made = made._replace(page=page.fingerprint(own), page_known=page.known(own))
    if draws.PROMISE not in files:
        return made
    promised = _promise(files)
    wanted = promised.previous if promised else None
    first = known.stages().get(wanted) if wanted else None
    verdict = verified(files, signed=signed, previous=first)
    lights = tuple(
        Light(one.name, one.state.value, tuple(one.said)) for one in verdict.lights.values()
    )
    made = made._replace(lights=lights, drawn=draws.TRANSCRIPT in files)
    if promised is None:
        return made
    made = _promised(made, promised)
    state = {name: light.state for name, light in verdict.lights.items()}
    if state[LIST] is not State.RED:
        made = made._replace(shards=tuple(_shards(files[draws.POOL])))
    if state[PLAN] in (State.GREEN, State.AMBER) and state[LIST] is not State.RED:
        plan = of_json(canon.read(files[draws.PLAN]))
        made = _planned(made, plan, verdict.result)
    return _drawn(made, verdict, files) if state[DRAW] is State.GREEN else made


def _promise(files: Mapping[str, bytes]) -> Commitment | None:
    from cq.draw.transcript import commitment

    try:
        return commitment(canon.read(files[draws.PROMISE]))
    except ValueError:
        return None


def _promised(made: Draw, promise: Commitment) -> Draw:
    fingerprint = promise.digest()
    return made._replace(
        title=promise.title,
        published=promise.published,
        fingerprint=fingerprint.hex(),
        words=words.control(fingerprint),
        previous=promise.previous or "",
        people=promise.pool_size,
        sources=tuple(
            Source(
                one.kind, one.label, one.count, one.round,
                one.time() if one.kind == DRAND else 0, "",
            )
            for one in promise.sources
        ),
        faults=(*made.faults, *_other(made.id, promise)),
    )  # fmt: skip


def _other(identifier: str, promise: Commitment) -> Iterator[Fault]:
    folder = identifier.rpartition("/")[2]
    if promise.draw != folder:
        yield Fault(
            draws.PROMISE, 1, f"l’engagement est celui de « {promise.draw} », non de « {folder} »"
        )


def _planned(made: Draw, plan: Plan, result: Result | None) -> Draw:
    seats = plan.compositions[result.drawn.composition] if result else None
    room = draws.SHOWN
    groups = []
    for kind in range(min(len(plan.counts), draws.SHOWN)):
        held = [one[kind] for one in plan.compositions]
        chance = plan.chance(kind)
        rest: tuple[str, ...] = ()
        if result is not None and seats is not None:
            rest = result.drawn.reserve[kind][: min(RESERVES * seats[kind], room)]
            room -= len(rest)
        groups.append(Group(
            kind, () if plan.sealed else plan.types[kind], plan.counts[kind], min(held),
            max(held), seats[kind] if seats else None, (chance.numerator, chance.denominator), rest,
        ))  # fmt: skip
    return made._replace(
        seats=plan.k,
        features=tuple(map(criteria.words, plan.features)),
        household=plan.household,
        quotas=tuple(
            (criteria.words(one.feature), one.value, one.least, one.most) for one in plan.quotas
        ),
        compositions=len(plan.compositions),
        total=plan.total,
        types=len(plan.counts),
        sealed=plan.sealed,
        small=sum(many < draws.SMALL for many in plan.counts),
        groups=tuple(groups),
    )


def _drawn(made: Draw, verdict: Verdict, files: Mapping[str, bytes]) -> Draw:
    result = verdict.result
    if result is None:
        return made
    events: list[Any] = []
    if verdict.lights[REPLACEMENTS].state in (State.GREEN, State.AMBER):
        events = canon.read(files[draws.TRANSCRIPT])["events"]
    return made._replace(
        stage=stage_digest(canon.read(files[draws.TRANSCRIPT])),
        ticket=result.drawn.ticket,
        composition=result.drawn.composition,
        seed=result.seed.hex(),
        jury=tuple((one.pid, one.type) for one in result.drawn.seats[: draws.SHOWN]),
        passed=len(result.drawn.passed_household),
        waived=len(result.drawn.waived_household),
        replaced=len(events),
        events=tuple(map(_event, events[-draws.SHOWN :])),
        sources=tuple(
            one._replace(value=_value(valued))
            for one, valued in zip(made.sources, result.sources, strict=True)
        ),
    )


def _value(valued: Valued) -> str:
    """What a reader compares with drand's own site is its randomness, not the signature."""
    return valued.seed().hex() if valued.source.kind == DRAND else valued.value


def _event(event: dict[str, Any]) -> Event:
    fingerprint = canon.digest("event", canon.canonical(event)).hex()
    return Event(
        event["n"], event["out"], event["in"] or "", event["type"], event["gap"], fingerprint
    )


def _shards(data: bytes) -> Iterator[Shard]:
    """The places of the 256 shards in `pool.txt`, which was read and is in order."""
    start = 0
    for number, leaf in enumerate(pool.shards(data)):
        end = start
        begin = b"%02x" % number
        while data[end : end + 2] == begin:
            end = data.index(b"\n", end) + 1
        yield Shard(start, end - start, digest.of_bytes(data[start:end]), leaf.hex())
        start = end


def _journal(data: bytes | None) -> tuple[tuple[Entry, ...], list[Fault]]:
    """The lines of the public log, and what is wrong with the first one that is."""
    if data is None:
        return (), []
    if len(data) > _MOST_JOURNAL:
        return (), [Fault(draws.JOURNAL, 1, "le journal est trop gros")]
    try:
        text = data.decode("utf-8")
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        return tuple(_entries(rows)), []
    except UnicodeDecodeError as fault:
        number = data.count(b"\n", 0, fault.start) + 1
        return (), [Fault(draws.JOURNAL, number, "le journal n’est pas en UTF-8")]
    except _Line as fault:
        return (), [Fault(draws.JOURNAL, fault.number, str(fault))]
    except csv.Error:
        return (), [Fault(draws.JOURNAL, 1, "le journal n’est pas un tableau CSV")]


class _Line(Exception):
    """A line of the journal that is none."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.number = number


def _entries(rows: Any) -> Iterator[Entry]:  # noqa: ANN401 - csv's own reader has no public name
    number = 1
    if next(rows, None) != _HEAD:
        raise _Line(1, f"la première ligne du journal doit être : {','.join(_HEAD)}")
    before = ""
    for row in rows:
        number, first = rows.line_num, number + 1
        if number > _MOST_LINES:
            raise _Line(first, "le journal a trop de lignes")
        if len(row) != len(_HEAD):
            raise _Line(first, f"cette ligne a {len(row)} colonnes au lieu de {len(_HEAD)}")
        day, step, fingerprint, said = row
        if not _is_day(day):
            raise _Line(first, "la date du journal attend AAAA-MM-JJ")
        if day < before:
            raise _Line(first, "le journal ne suit pas l’ordre des jours : une ligne y a bougé")
        if not _HEX.issuperset(fingerprint):
            raise _Line(first, "l’empreinte du journal n’est pas en chiffres hexadécimaux")
        if len(said) + len(step) > _LONGEST:
            raise _Line(first, "cette ligne du journal est trop longue")
        if is_formula(step) or is_formula(said):
            raise _Line(first, "un tableur prendrait cette ligne du journal pour une formule")
        before = day
        yield Entry(day, step, fingerprint, said, first)


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
