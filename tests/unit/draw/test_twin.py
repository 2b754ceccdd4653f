"""The page's script and Python say the same of the same files: lights, and sentence by sentence."""

import base64
import hashlib
import hmac
import json
import subprocess
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cq.draw import canon, page, plan, pool, sealing, sources
from cq.draw.pool import Person
from cq.draw.transcript import NAMES, Commitment, Result, stage_digest
from cq.draw.verify import verified
from cq.french.odds import percent
from tests.unit.draw.test_tampers import CASES
from tests.unit.draw.test_tampers import changed as tampered

Files = dict[str, bytes]
Ask = Callable[[list[tuple[str, object]]], list[Any]]


@pytest.fixture(scope="module")
def ask(tool: Callable[[str], str], root: Path) -> Ask:
    """What the page's script answers, in Node."""

    def asked(jobs: list[tuple[str, object]]) -> list[Any]:
        done = subprocess.run(
            [tool("node"), Path(__file__).with_name("twin.mjs"), root / "cq/draw/verifier.html"],
            input=json.dumps(jobs),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        answers: list[Any] = json.loads(done.stdout)
        return answers

    return asked


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def lights(files: Files, **known: Any) -> list[Any]:
    """What Python says, as the script's answer is written."""
    found = verified(files, **known).lights
    return [[one.name, one.state.value, one.said] for one in found.values()]


def job(
    files: Files, previous: bytes | None = None, fingerprint: str = "", last_event: str = ""
) -> tuple[str, object]:
    given: dict[str, object] = {
        "files": {name: b64(data) for name, data in files.items()},
        "fingerprint": fingerprint,
        "lastEvent": last_event,
    }
    return "verify", given | ({"previous": b64(previous)} if previous else {})


DICE = sources.Source(sources.DICE, label="Dés jetés en salle", count=40)
SPOKEN = sources.Source(sources.WORDS, label="Mots d’un enfant")


HOMES = ["00" * 8, "11" * 8, "22" * 8]


def some(length: int, *which: int) -> bytes:
    """Bytes that look like chance, the same each time."""
    return hashlib.shake_128(repr(which).encode()).digest(length)


def two_features(events: int = 12, previous: str | None = None, scale: int = 1) -> Files:
    """A draw with quotas, households, two sources: the shape that a town has, small."""
    rule = plan.Plan(
        features=("age", "genre"),
        types=(("16-29", "F"), ("16-29", "H"), ("30 et plus", "F"), ("30 et plus", "H")),
        counts=tuple(scale * many for many in (3, 4, 6, 5)),
        k=6,
        quotas=(
            plan.Quota("age", "16-29", 2, 3),
            plan.Quota("genre", "F", 3, 3),
            plan.Quota("genre", "H", 3, 3),
        ),
        compositions=((1, 1, 2, 2), (1, 2, 2, 1), (2, 1, 1, 2)),
        tickets=(250_000, 499_999, 250_001),
        household=("adresse",),
    )
    people = [
        Person(some(16, kind, number).hex(), kind, ["", *HOMES][some(1, number)[0] % 4])
        for kind, many in enumerate(rule.counts)
        for number in range(many)
    ]
    listed = pool.written(people)
    promise = Commitment(
        "essai-2", "Jury « d’essai » <img src=x onerror=alert(1)>", len(people), pool.root(listed),
        rule.digest(), (DICE, SPOKEN), "2026-12-05T11:00:00Z", previous,
    )  # fmt: skip
    values = [DICE.valued("4 2 6 1 5 " * 8), SPOKEN.valued("Où  vas-tu, ô cœur ?")]
    result = Result(promise, rule, pool.read(listed), values)
    panel = result.panel()
    for turn in range(events):
        panel.replace(sorted(panel.sitting)[turn % len(panel.sitting)])
    return {
        "pool.txt": listed,
        "plan.json": canon.written(rule.as_json()),
        "commitment.json": canon.written(promise.as_json()),
        "sources.json": canon.written([one.as_json() for one in values]),
        "transcript.json": canon.written(result.transcript(panel.events)),
    }


def changed(files: Files, name: str, change: Callable[[Any], object]) -> Files:
    """The same with another file, in the one spelling."""
    value = json.loads(files[name])
    again = change(value)
    return {**files, name: canon.written(value if again is None else again)}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def field(files: Files, name: str, key: str, value: object) -> tuple[str, Files]:
    return f"{name}, {key} = {value}", changed(files, name, lambda all_: all_.update({key: value}))


# What a field may hold that it should not; and a few that it may.
VALUES = (
    None, True, -1, 0, 1, [], {}, "x", [1], ["a\u200b", "b"], [[]], [[1]], [{}], {"0": 1},
    "2026-2-05T11:00:00Z", "2026-02-31T11:00:00Z", "2026-12-05T11:00:00Z",
    "0000-12-05T11:00:00Z", "0001-12-05T11:00:00Z",
)  # fmt: skip


def edits() -> list[tuple[str, Files]]:
    """Each file changed at one place, byte by byte and field by field."""
    whole = two_features()
    made = [("as it is", whole), ("to exhaustion", two_features(events=15))]
    made += [(f"without {name}", {k: v for k, v in whole.items() if k != name}) for name in NAMES]
    for name in NAMES:
        data = whole[name]
        made += [
            (f"{name} at {at}", {**whole, name: flipped(data, at)})
            for at in range(1, len(data), max(1, len(data) // 25))
        ]  # fmt: skip
        made += [
            (f"{name}, {why}", {**whole, name: other})
            for why, other in {
                "empty": b"",
                "shorter": data[:-1],
                "longer": data + b"\n",
                "carriage returns": data.replace(b"\n", b"\r\n"),
                "marked": b"\xef\xbb\xbf" + data,
                "wide": data.decode().encode("utf-16-le"),
                "deep": b"[" * 3_000 + b"]" * 3_000 + b"\n",
                "too deep": b"[" * 34 + b"]" * 34 + b"\n",
                "deep enough": b"[" * 33 + b"]" * 33 + b"\n",
                "a number": b"7\n",
                "not finite": b"NaN\n",
                "another text": b'"\\ud800"\n',
                "a float": b"1.0\n",
                "too large": b"9007199254740993\n",
            }.items()
        ]
    for name in NAMES[1:3] + NAMES[4:]:
        keys = json.loads(whole[name])
        made += [field(whole, name, key, value) for key in keys for value in VALUES]
    events = [
        lambda t: t["events"].pop(),
        lambda t: t["events"].pop(0),
        lambda t: t["events"][2].update({"in": None}),
        lambda t: t["events"][2].update({"gap": True}),
        lambda t: t["events"].reverse(),
        lambda t: t["events"].append(t["events"][-1]),
        lambda t: t["seats"].reverse(),
        lambda t: t["reserve"].update({"4": []}),
        lambda t: t.update({"more": 1}),
        lambda t: t.pop("ticket"),
    ]
    made += [(f"event {n}", changed(whole, "transcript.json", one)) for n, one in enumerate(events)]
    given = [
        lambda s: s.reverse(),
        lambda s: s.pop(),
        lambda s: s[0].update({"text": "6 6"}),
        lambda s: s[0].update({"text": "7 " * 39 + "1"}),
        lambda s: s[0].update({"signature": "00"}),
        lambda s: s[0].update({"count": 41}),
        lambda s: s[1].update({"text": "Où vas-tu"}),
        lambda s: s[1].update({"label": "x\ufeff"}),
        lambda s: s.append({"kind": "cartes", "label": "x", "text": "y"}),
    ]
    made += [(f"source {n}", changed(whole, "sources.json", one)) for n, one in enumerate(given)]
    return made


FORM = "n’est pas écrit dans la forme unique du protocole."


def plainly(found: list[Any]) -> list[Any]:
    """Python tells more of a value that is not possible, and knows 1.0 from 1."""
    return [
        [
            name, state,
            [
                one.partition(" : la valeur d’une source n’est pas")[0].replace(
                    "n’est pas du JSON du protocole.", FORM
                )
                for one in said
            ],
        ]
        for name, state, said in found
    ]  # fmt: skip


def reds(ask: Ask, cases: Sequence[tuple[str, Mapping[str, bytes]]]) -> int:
    """How many of `cases` turn a light red; both verifiers must say the same of each."""
    told = [lights(files) for _, files in cases]
    answers = ask([job(files) for _, files in cases])
    differ = [
        (why, wanted, found)
        for (why, _), wanted, found in zip(cases, told, answers, strict=True)
        if plainly(wanted) != plainly(found)
    ]
    assert differ == []
    return sum(any(state == "rouge" for _, state, _ in one) for one in told)


def test_every_change_gets_the_same_sentences(ask: Ask) -> None:
    assert reds(ask, edits()) >= 300


def test_the_examples_and_the_forgeries_are_verified_alike(ask: Ask) -> None:
    """Those of the protocol's own vectors, which another hand made."""
    jobs, wanted = [], []
    for case in CASES:
        files = tampered(case)
        previous = files.pop("previous", None)
        known = {
            "fingerprint": case.get("announced", ""),
            "last_event": case.get("last_event", ""),
            "previous": previous,
        }
        jobs.append(job(files, **known))
        wanted.append((case["why"], case["lights"], plainly(lights(files, **known))))
    letters = {"vert": "V", "orange": "O", "rouge": "R", "éteint": "-"}
    found = [
        (case["why"], "".join(letters[state] for _, state, _ in one), plainly(one))
        for case, one in zip(CASES, ask(jobs), strict=True)
    ]
    assert found == wanted


def sealed_edits() -> list[tuple[str, Files]]:
    """A sealed draw with its table or without, changed field by field and byte by byte."""
    place = Path(__file__).parents[2] / "vectors" / "draw-sealed-16"
    closed = {name: (place / name).read_bytes() for name in NAMES}
    table = (place / sealing.NAME).read_bytes()
    whole = {**closed, sealing.NAME: table}
    made = [
        field(files, "plan.json", key, value)
        for key in ("sealed", "counts", "features", "compositions")
        for value in VALUES
        for files in (whole, closed)
    ]
    for key in ("nonce", "quotas", "types"):
        for value in VALUES:
            made.append(field(whole, sealing.NAME, key, value))
            why, again = made[-1]
            made.append((f"{why}, sealed anew", resealed(again)))
    made += [
        (f"table at {at}", {**whole, sealing.NAME: flipped(table, at)})
        for at in range(1, len(table), len(table) // 20)
    ]
    made += [
        (why, {**whole, sealing.NAME: data})
        for why, data in {"empty": b"", "deep": b"[" * 40 + b"]" * 40 + b"\n"}.items()
    ]
    made += [("a table for an open plan", {**two_features(), sealing.NAME: table})]
    return made


def resealed(files: Files) -> Files:
    """The same, its plan sealing the table that is there, and the commitment to that plan."""
    seal = canon.digest("types", files[sealing.NAME][:-1]).hex()
    again = changed(files, "plan.json", lambda one: one.update({"sealed": seal}))
    name = canon.digest("plan", again["plan.json"][:-1]).hex()
    return changed(again, "commitment.json", lambda one: one.update({"plan": name}))


def test_sealed_types_get_the_same_sentences(ask: Ask) -> None:
    cases = sealed_edits()
    assert reds(ask, cases) > len(cases) * 0.9


def test_what_was_announced_is_compared(ask: Ask) -> None:
    whole = two_features()
    said = json.loads(whole["transcript.json"])
    last = canon.digest("event", canon.canonical(said["events"][-1])).hex()
    known = [
        {"fingerprint": said["commit"]}, {"fingerprint": "00" * 32},
        {"last_event": last}, {"last_event": said["commit"]},
    ]  # fmt: skip
    answers = ask([job(whole, **one) for one in known])
    assert answers == [lights(whole, **one) for one in known]
    assert [[state for _, state, _ in one].count("rouge") for one in answers] == [0, 1, 0, 1]


def test_replacements_without_end_are_refused_before_they_are_done(ask: Ask) -> None:
    """A file of anyone's keeps neither a build nor a telephone at work for hours."""
    many = 2_500
    rule = plan.Plan(
        ("rang",), tuple((f"{number:05}",) for number in range(many)), (1,) * many, 1, (),
        ((1, *(0,) * (many - 1)),), (1,),
    )  # fmt: skip
    people = [Person(some(16, number).hex(), number) for number in range(many)]
    listed = pool.written(people)
    promise = Commitment(
        "essai-4", "Long", many, pool.root(listed), rule.digest(), (DICE,), "2026-12-05T11:00:00Z"
    )
    values = [DICE.valued("4 2 6 1 5 " * 8)]
    result = Result(promise, rule, pool.read(listed), values)
    files = {
        "pool.txt": listed,
        "plan.json": canon.written(rule.as_json()),
        "commitment.json": canon.written(promise.as_json()),
        "sources.json": canon.written([one.as_json() for one in values]),
        "transcript.json": canon.written({**result.transcript(), "events": [0] * 40_001}),
    }
    (found,) = ask([job(files)])
    assert found == lights(files)
    assert found[4][2] == ["transcript.json a trop de remplacements pour être vérifié."]


def test_accents_without_end_are_looked_at_once(ask: Ask) -> None:
    """Put in order they would keep a browser, and Python, at work for an hour."""
    whole = two_features()
    marks = ["\u0301\u0316" * 1_000_000, "a" + "\u0316" * 1_000_000 + "\u0301" * 1_000_000]
    cases = [{**whole, "plan.json": f'"{text}"\n'.encode()} for text in marks]
    kept = unicodedata.normalize("NFC", "é" * 499 + "𝒳" + "q\u0323\u0307" * 700)
    start = time.monotonic()
    *answers, same, odd = ask(
        [
            *(job(files) for files in cases),
            ("canonical", {"value": kept}),
            ("canonical", {"value": kept + "e\u0301"}),
        ]
    )
    assert time.monotonic() - start < 30  # one on a calm machine
    assert [plainly(one) for one in answers] == [plainly(lights(files)) for files in cases]
    assert (json.loads(same), "text" in odd["wrong"]) == (kept, True)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (1, "100 %"), (0, "0 %"), (0.2, "20 %"), (1 / 16, "6,25 %"), (1 / 3, "33,33 %"),
        (1 / 18_000, "0,0056 %"), (1 / 999, "0,1 %"), (1e-6, "0,0001 %"), (3e-8, "0,000003 %"),
    ],
)  # fmt: skip
def test_a_chance_is_written_as_on_the_site(ask: Ask, part: float, words: str) -> None:
    assert ask([("percent", {"part": part})]) == [words]
    written = percent(Fraction(part).limit_denominator(10**9))
    assert written.replace("\u00a0", " ") == words


def test_a_second_stage_lies_within_the_first(ask: Ask) -> None:
    first = two_features(events=0, scale=4)
    chosen = json.loads(first["transcript.json"])
    inside = pool.written([Person(pid, 0) for pid, _ in chosen["seats"]])

    def second(listed: bytes, previous: str) -> Files:
        rule = plan.simple(len(listed.splitlines()), 2)
        promise = Commitment(
            "essai-3", "Second", len(listed.splitlines()), pool.root(listed), rule.digest(),
            (DICE,), "2026-12-06T11:00:00Z", previous,
        )  # fmt: skip
        return {
            "pool.txt": listed,
            "plan.json": canon.written(rule.as_json()),
            "commitment.json": canon.written(promise.as_json()),
        }

    before = first["transcript.json"]
    stranger = pool.written([Person("ab" * 16, 0), *pool.read(inside)])
    cases: list[tuple[Files, bytes | None]] = [
        (second(inside, stage_digest(chosen)), before),
        (second(inside, stage_digest(chosen)), None),
        (second(inside, "00" * 32), before),
        (second(stranger, stage_digest(chosen)), before),
        (second(inside, stage_digest(chosen)), b"{}\n"),
        (second(inside, stage_digest({})), b"{}\n"),
        (second(inside, stage_digest(chosen)), before[:-1]),
    ]
    # A transcript that a forger made up: what is not read of it may be anything.
    seats = chosen["seats"]
    pairs = [{seat[0]: 0, "z": 1} for seat in seats]
    made_up = [
        {"seats": seats, "events": [{"in": ["x"]}, {"in": 1}, {}]},
        {"seats": [], "events": [{"in": pid} for pid, _ in seats]},
        {"seats": seats, "events": {}},
        {"seats": pairs, "events": []},
        {"seats": [*seats, [1, 2]], "events": []},
        {"seats": [*seats, [seats[0][0]]], "events": []},
        {"seats": seats, "events": ["in"]},
        [seats, []],
    ]
    cases += [(second(inside, stage_digest(one)), canon.written(one)) for one in made_up]
    answers = ask([job(files, previous) for files, previous in cases])
    assert answers == [lights(files, previous=previous) for files, previous in cases]
    assert [one[0][1] for one in answers] == [
        "vert", "orange", *["rouge"] * 5, "vert", "vert", *["rouge"] * 6,
    ]  # fmt: skip


def test_digests_are_those_of_every_other_program(ask: Ask) -> None:
    whole = [some(length) for length in [*range(200), 4_096, 100_001]]
    cut = [(data[: (at := 7 * len(data) // 13)], data[at:]) for data in whole]
    keys = [some(length) for length in (0, 16, 32, 64)]
    answers = ask(
        [("sha256", {"parts": [b64(one) for one in parts]}) for parts in cut]
        + [("hmac", {"key": b64(key), "message": b64(data)}) for key in keys for data in whole[:80]]
    )
    assert answers == [hashlib.sha256(data).hexdigest() for data in whole] + [
        hmac.digest(key, b"cq/jury/v1/rank\n" + data, "sha256").hex()
        for key in keys
        for data in whole[:80]
    ]


BLANKS = "\t\v\u00a0\u1680\u2003\u2028\u202f\u205f\u3000"


def row_of(value: str) -> Mapping[str, str]:
    return {"id": "E001", "nom": canon.clean(value)}


def test_a_line_gets_the_number_of_the_list(ask: Ask) -> None:
    salt = bytes(range(16))
    typed = ["Müller", "Mu\u0308ller", f"  Le{BLANKS}Goff ", "N'Diaye", "« Ann »", "𝒳 œ"]
    wanted = [pool.pid_of(salt, row_of(one)) for one in typed]
    given = [{"id": "E001", "nom": one} for one in typed]
    quoted = '{ "id" : “E001” , "nom": “N\'Diaye” }'
    lines = "id : E001\n\nnom= N'Diaye\n"
    parted = "id : E001\nnóm : « Ann\n»"
    answers = ask(
        [("pid", {"salt": salt.hex(), "row": json.dumps(row)}) for row in given]
        + [("pid", {"salt": salt.hex().upper() + " ", "row": one}) for one in (quoted, lines)]
        + [("pid", {"salt": salt.hex().replace("0", "O").replace("1", "l"), "row": parted})]
    )
    assert answers == [*wanted, wanted[3], wanted[3], wanted[4]]


def test_what_a_keyboard_changes_is_tried_too(ask: Ask) -> None:
    plain, typed, bare = ask(
        [
            ("variants", {"row": {"id": "1", "nom": "Le Goff"}}),
            ("variants", {"row": {"Id": "1", "nom": "N’Diaye d'Or"}}),
            ("variants", {"row": {"Ids": "1"}}),
        ]
    )
    assert plain == [{"id": "1", "nom": "Le Goff"}]
    assert {"id": "1", "nom": "N'Diaye d'Or"} in typed
    assert {"id": "1", "nom": "N’Diaye d’Or"} in typed
    assert bare == []


@pytest.mark.parametrize(
    ("salt", "row", "words"),
    [
        ("00", '{"id":"a"}', "32 signes"),
        ("zz" * 16, '{"id":"a"}', "32 signes"),
        ("00" * 16, "", "n’est pas complète"),
        ("00" * 16, "[1]", "n’est pas complète"),
        ("00" * 16, '{"id":1}', "n’est pas complète"),
        ("00" * 16, '{"id":"a","œ":"b"}', "comme dans la lettre"),
        ("00" * 16, '{"id":"a","b":null}', "comme dans la lettre"),
        ("00" * 16, '{"id":"\\u0000"}', "n’a pas sa place"),
        ("00" * 16, '{"id":"a","__proto__":"b"}', ""),
    ],
)
def test_a_line_badly_typed_is_told_in_words(ask: Ask, salt: str, row: str, words: str) -> None:
    (found,) = ask([("pid", {"salt": salt, "row": row})])
    if words:
        assert words in found["wrong"]
    else:
        assert found == pool.pid_of(bytes.fromhex(salt), json.loads(row))


def test_the_address_of_a_letter_is_read(ask: Ask) -> None:
    row = {"id": "E010", "nom": "D’Almeida 𝒳"}
    fragment = page.line_fragment(bytes(16), row)
    good, *bad = ask(
        [
            ("fragment", {"text": one})
            for one in (fragment, fragment[:-3] + "___", fragment[:36] + "A", "#l=", "", "#x")
        ]
    )
    assert good == ["00" * 16, canon.canonical(row).decode()]
    assert bad == [None] * 5


def test_one_shard_is_enough(ask: Ask) -> None:
    files = two_features()
    people = pool.read(files["pool.txt"])
    some = people[5]
    start = some.pid[:2]
    lines = files["pool.txt"].splitlines(keepends=True)
    shard = b"".join(one for one in lines if one.startswith(start.encode()))
    index = "".join(f"{one.hex()}\n" for one in pool.shards(files["pool.txt"])).encode()
    promise = json.loads(files["commitment.json"])

    def asked(shard: bytes, index: bytes, pid: str = some.pid) -> tuple[str, object]:
        return "person", {
            "pid": pid, "shard": b64(shard), "index": b64(index), "promise": promise,
        }  # fmt: skip

    found, absent, *wrong = ask(
        [
            asked(shard, index),
            asked(shard, index, start + "00" * 15),
            asked(shard + lines[0], index),
            asked(shard, index.replace(index[:4], b"0000", 1)),
            asked(shard, index[:-65]),
        ]
    )
    assert found == {"pid": some.pid, "type": some.type, "household": some.household}
    assert absent is None
    assert ["engagement" in one["wrong"] for one in wrong] == [True, True, False]
