"""Writes draw-tampers.json: examples changed in one place, and the lights that both verifiers show.

    .venv/bin/python tests/vectors/make_jury_tampers.py

Nothing of cq, as in make_jury_v1.py. A case is `why`, the folder `example` (beside this file), the
`changes`: in `file`, `old` stands once and becomes `new`; `new` null takes the file away; and the
`lights` in their order: V green, O amber, R red, - off. `previous` is the folder of the first
stage, whose transcript.json may be changed too, as the file `previous`; `table` that whose
types.json is given, to be changed likewise. `announced` and `last_event` are what was told
elsewhere. drand's signature is not looked at, so that its light is amber at best.

Where somebody would have changed what depends on the place as well, the case does so too: the hand
that forges may know the protocol.
"""

import json
import sys
from pathlib import Path

from make_jury_v1 import cj, h, root

HERE = Path(__file__).parent
PLACE = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "draw-tampers.json"
SIMPLE, QUOTAS, FIRST, SECOND, SEALED = (
    "draw-simple-12", "draw-quotas-16", "draw-two-stages/1", "draw-two-stages/2", "draw-sealed-16",
)  # fmt: skip
NAMES = ("pool.txt", "plan.json", "commitment.json", "sources.json", "transcript.json")
ABSENT = object()


def files_of(example):
    found = {name: (HERE / example / name).read_bytes().decode() for name in NAMES}
    if example == SECOND:
        found["previous"] = (HERE / FIRST / "transcript.json").read_bytes().decode()
    if example == SEALED:
        found["types.json"] = (HERE / SEALED / "types.json").read_bytes().decode()
    return found


def smallest(before, after):
    """What became what: the least of `before` that stands in it once."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    stop = len(before) - end
    while stop == start or before.count(before[start:stop]) != 1:
        start, stop = (start - 1, stop) if start else (start, stop + 1)
    return before[start:stop], after[start : len(after) - (len(before) - stop)]


CASES = []


def case(why, example, lights, *changes, **told):
    before = files_of(example)
    found = []
    for file, change in changes:
        if change is ABSENT:
            found.append({"file": file, "new": None})
            continue
        text = before[file]
        if isinstance(change, tuple):
            old, new = change
            assert old in text, (why, old)
            after = text.replace(old, new, 1)
        elif file == "pool.txt":
            lines = text.splitlines(keepends=True)
            change(lines)
            after = "".join(lines)
        else:
            value = json.loads(text)
            made = change(value)
            after = cj(value if made is None else made).decode() + "\n"
        assert after != text, why
        old, new = smallest(text, after)
        assert text.count(old) == 1, why
        assert text.replace(old, new) == after, why
        found.append({"file": file, "new": new, "old": old})
    first = {"previous": FIRST} if example == SECOND else {}
    CASES.append(
        {"changes": found, "example": example, "lights": lights, "why": why} | first | told
    )


def put(*path):
    """Sets, in a value, what stands at a path: `put("tickets", 0, 12)`."""
    *way, last, new = path

    def change(value):
        for step in way:
            value = value[step]
        if new is ABSENT:
            del value[last]
        else:
            value[last] = new

    return change


def both(*some):
    def change(value):
        for one in some:
            one(value)

    return change


def told(example, file):
    text = files_of(example)[file]
    return text if file == "pool.txt" else json.loads(text)


def replanned(change, example=QUOTAS):
    """A plan changed, and the commitment that names it, by whoever knows how."""
    plan = told(example, "plan.json")
    change(plan)
    name = put("plan", h("plan", cj(plan)).hex())
    return (("plan.json", change), ("commitment.json", name))


def relisted(example, change):
    lines = told(example, "pool.txt").splitlines(keepends=True)
    change(lines)
    people = [
        dict(zip(("pid", "type", "home"), line.rstrip("\n").split(","), strict=True))
        for line in lines
    ]
    name = both(put("pool_root", root(people)), put("pool_size", len(people)))
    return (("pool.txt", change), ("commitment.json", name))


def untouched():
    case("untouched", SIMPLE, "VVOVV")
    case("untouched, with quotas and four sources", QUOTAS, "VVOVV")
    case("untouched, first stage, dice alone", FIRST, "VVVVV")
    case("untouched, second stage", SECOND, "VVOVV")
    gone = (("sources.json", ABSENT), ("transcript.json", ABSENT))
    case("promised, not drawn", QUOTAS, "VV---", *gone)
    case("announced as it is", QUOTAS, "VVOVV",
         announced=told(QUOTAS, "transcript.json")["commit"])  # fmt: skip
    event = told(QUOTAS, "transcript.json")["events"][-1]
    case("last replacement as announced", QUOTAS, "VVOVV",
         last_event=h("event", cj(event)).hex())  # fmt: skip


def pools():
    red = "RVO--"
    lines = told(QUOTAS, "pool.txt").splitlines(keepends=True)

    def renamed(some):
        some[4] = some[4][:31] + f"{int(some[4][31], 16) ^ 1:x}" + some[4][32:]

    case("a digit of a pid", QUOTAS, red, ("pool.txt", renamed))
    case("one person less", QUOTAS, red, ("pool.txt", lambda some: some.pop(3)))
    case("one person more", QUOTAS, red, ("pool.txt", lambda some: some.append("f" * 32 + ",0,\n")))
    case(
        "somebody in another type",
        QUOTAS,
        red,
        ("pool.txt", (lines[2], lines[2][:33] + f"{(int(lines[2][33]) + 1) % 6}" + lines[2][34:])),
    )
    homed = next(line for line in lines if not line.endswith(",\n"))
    case("a household taken away", QUOTAS, red, ("pool.txt", (homed, homed[:35] + "\n")))
    case("two lines exchanged", QUOTAS, red,
         ("pool.txt", lambda some: some.insert(0, some.pop(1))))  # fmt: skip
    case("a person twice", QUOTAS, red, ("pool.txt", lambda some: some.insert(1, some[0])))
    case("lines that end with CR LF", QUOTAS, red, ("pool.txt", (lines[0], lines[0][:-1] + "\r\n")))
    case("no line feed at the end", QUOTAS, red, ("pool.txt", (lines[-1], lines[-1][:-1])))
    case("a pid in capitals", QUOTAS, red,
         ("pool.txt", (lines[1][:32], lines[1][:32].upper())))  # fmt: skip
    case("a type with a zero before it", SIMPLE, red, ("pool.txt", (",0,\n", ",00,\n")))
    case("a mark of byte order", SIMPLE, red, ("pool.txt", lambda some: some.insert(0, "\ufeff")))
    case("nobody", SIMPLE, red, ("pool.txt", lambda some: some.clear()))
    case("no list", SIMPLE, red, ("pool.txt", ABSENT))
    case("somebody more, promised anew", SIMPLE, "VRR--",
         *relisted(SIMPLE, lambda some: some.append("f" * 32 + ",0,\n")))  # fmt: skip
    case(
        "somebody of a type that the plan has not, promised anew",
        SIMPLE,
        "VRR--",
        *relisted(SIMPLE, lambda some: some.append(some.pop().replace(",0,", ",7,"))),
    )
    case(
        "households where the plan has none, promised anew",
        SIMPLE,
        "VRR--",
        *relisted(SIMPLE, lambda some: some.append(some.pop()[:-1] + "0123456789abcdef\n")),
    )


def plans():
    red = "VRO--"
    file = "plan.json"
    case("a ticket moved", QUOTAS, red,
         (file, both(put("tickets", 0, 412_346), put("tickets", 1, 249_999))))  # fmt: skip
    case("a minimum lowered", QUOTAS, red, (file, put("quotas", 0, "min", 0)))
    case("a value renamed", QUOTAS, red, (file, put("quotas", 0, "value", "16-28")))
    case("the rule of households off", QUOTAS, red, (file, put("household", [])))
    case("a seat moved", QUOTAS, red, (file, put("compositions", 0, [1, 0, 2, 2, 1, 0])))
    case("a blank more", QUOTAS, red, (file, ('"k":6', '"k": 6')))
    case("a key twice", QUOTAS, red, (file, ('"k":6', '"k":6,"k":6')))
    case("a number with a fraction", QUOTAS, red, (file, ('"k":6', '"k":6.0')))
    case("true for one", SIMPLE, red, (file, ('"total":1', '"total":true')))
    case("no line feed at the end", SIMPLE, red, (file, ("}\n", "}")))
    case("nothing but brackets", SIMPLE, red, (file, lambda _: [[[[[]]]]]))
    case("no plan", SIMPLE, red, (file, ABSENT))
    anew = "VRR--"
    case("tickets that do not add up, promised anew", QUOTAS, anew,
         *replanned(put("tickets", 0, 412_344)))  # fmt: skip
    case("a panel that misses a quota, promised anew", QUOTAS, anew,
         *replanned(put("compositions", 3, [2, 0, 2, 0, 2, 0])))  # fmt: skip
    case("a panel with a seat less, promised anew", QUOTAS, anew,
         *replanned(put("compositions", 3, [2, 0, 1, 0, 2, 0])))  # fmt: skip
    case("a panel of more than there are, promised anew", QUOTAS, anew,
         *replanned(put("compositions", 1, [0, 3, 0, 0, 0, 3])))  # fmt: skip
    case("panels that are not in order, promised anew", QUOTAS, anew,
         *replanned(lambda plan: plan["compositions"].reverse()))  # fmt: skip
    case("a panel without a ticket, promised anew", QUOTAS, anew,
         *replanned(both(put("tickets", 0, 0), put("tickets", 1, 662_345))))  # fmt: skip
    case("types counted otherwise, promised anew", QUOTAS, anew,
         *replanned(both(put("counts", 0, 3), put("counts", 1, 2))))  # fmt: skip
    case("a quota of an unknown feature, promised anew", QUOTAS, anew,
         *replanned(put("quotas", 0, "feature", "aage")))  # fmt: skip
    case("a minimum above its maximum, promised anew", QUOTAS, anew,
         *replanned(put("quotas", 0, "min", 4)))  # fmt: skip
    case("one ticket given to another panel, promised anew", QUOTAS, "VVR--",
         *replanned(both(put("tickets", 0, 412_346), put("tickets", 1, 249_999))))  # fmt: skip


def commitments():
    file = "commitment.json"
    case("another title", QUOTAS, "VVR--", (file, put("title", "Jury d’essai")))
    case("another day", QUOTAS, "VVR--", (file, put("published", "2023-08-23T15:59:22Z")))
    case("another draw", QUOTAS, "VVR--", (file, put("draw", "quotas-17")))
    case("another list", QUOTAS, "RVR--", (file, put("pool_root", "0" * 64)))
    case("another plan", QUOTAS, "VRR--", (file, put("plan", "0" * 64)))
    case("another number of people", QUOTAS, "RRR--", (file, put("pool_size", 17)))
    case("another round", QUOTAS, "VVR--", (file, put("sources", 0, "round", 1001)))
    case("a die less", QUOTAS, "VVR--", (file, put("sources", 1, "count", 4)))
    case("a source less", QUOTAS, "VVR--", (file, lambda value: value["sources"].pop() and None))
    case("a first stage that was none", QUOTAS, "OVR--", (file, put("previous", "0" * 64)))
    case("no sources", QUOTAS, "R----", (file, put("sources", [])))
    case("another chain of drand", QUOTAS, "R----", (file, put("sources", 0, "chain", "0" * 64)))
    case("another protocol", QUOTAS, "R----", (file, put("protocol", "cq/jury/v2")))
    case("a key more", QUOTAS, "R----", (file, put("note", "")))
    case("a day that is none", QUOTAS, "R----", (file, put("published", "2023-02-30T10:00:00Z")))
    case(
        "a day in another spelling",
        QUOTAS,
        "R----",
        (file, put("published", "2023-8-23T15:59:23Z")),
    )
    case("no commitment", QUOTAS, "R----", (file, ABSENT))
    case("not the fingerprint that was announced", QUOTAS, "VVR--", announced="0" * 64)
    case(
        "not the fingerprint that was announced, before the draw",
        QUOTAS,
        "VVR--",
        ("sources.json", ABSENT),
        ("transcript.json", ABSENT),
        announced="0" * 64,
    )
    case("five dice alone", FIRST, "VVR--", (file, put("sources", 0, "count", 5)))
    early = put("published", "2023-08-23T15:59:24Z")
    late = told(QUOTAS, file)
    early(late)
    commit = h("commit", cj(late)).hex()
    case("a round that was known at the commitment", QUOTAS, "VVR--", (file, early),
         ("transcript.json", both(put("commitment", late), put("commit", commit))))  # fmt: skip


def drawn():
    red = "VVR--"
    case("another throw", QUOTAS, red, ("sources.json", put(1, "text", "1 1 2 6 6")))
    case("another throw, in both files", QUOTAS, red,
         ("sources.json", put(1, "text", "1 1 2 6 6")),
         ("transcript.json", put("sources", 1, "text", "1 1 2 6 6")))  # fmt: skip
    case("a seven", QUOTAS, red, ("sources.json", put(1, "text", "1 1 2 6 7")))
    case("a die more", QUOTAS, red, ("sources.json", put(1, "text", "1 1 2 6 5 5")))
    case("lottery numbers not in order", QUOTAS, red,
         ("sources.json", put(2, "text", "8 7 8 19 31 46")))  # fmt: skip
    case("two blanks between words", QUOTAS, red,
         ("sources.json", put(3, "text", "l’été,  un vélo !")))  # fmt: skip
    case("no words", QUOTAS, red, ("sources.json", put(3, "text", "")))
    case("a digit of the signature", SIMPLE, red, ("sources.json", ("ed5e39", "ed5e38")))
    case("the point at infinity", SIMPLE, red,
         ("sources.json", put(0, "signature", "c0" + "0" * 94)))  # fmt: skip
    case("sources exchanged", QUOTAS, red, ("sources.json", lambda value: value[::-1]))
    case("a source twice", SIMPLE, red, ("sources.json", lambda value: value * 2))
    case("no sources", SIMPLE, red, ("sources.json", ABSENT))
    case("no transcript", SIMPLE, red, ("transcript.json", ABSENT))
    file = "transcript.json"
    case("another seed", SIMPLE, red, (file, ("614109", "614108")))
    case("another fingerprint", SIMPLE, red, (file, put("commit", "0" * 64)))
    case("another commitment in the transcript", SIMPLE, red,
         (file, put("commitment", "title", "Jury")))  # fmt: skip
    case("a list for a transcript", SIMPLE, red, (file, lambda _: []))


def results():
    red = "VVOR-"
    file = "transcript.json"
    old = told(QUOTAS, file)
    case("another ticket", QUOTAS, red, (file, put("ticket", old["ticket"] + 1)))
    case("another composition", QUOTAS, red, (file, put("composition", old["composition"] ^ 1)))
    case(
        "false for the composition nought",
        SIMPLE,
        red,
        (file, lambda value: {**value, "composition": False}),
    )
    case("a friend for a seat", QUOTAS, red, (file, put("seats", 2, 0, old["reserve"]["1"][0])))
    case(
        "seats exchanged",
        QUOTAS,
        red,
        (file, both(put("seats", 0, old["seats"][1]), put("seats", 1, old["seats"][0]))),
    )
    case("a seat less", QUOTAS, red, (file, lambda value: value["seats"].pop() and None))
    case("reserves exchanged", SIMPLE, red,
         (file, put("reserve", "0", told(SIMPLE, file)["reserve"]["0"][::-1])))  # fmt: skip
    case("nobody passed over", QUOTAS, red, (file, put("passed_household", [])))
    case("nobody let in all the same", QUOTAS, red, (file, put("waived_household", [])))
    case("a key less", QUOTAS, red, (file, put("waived_household", ABSENT)))
    case("a key more", QUOTAS, red, (file, put("note", "")))
    case("another protocol in the transcript", QUOTAS, red, (file, put("protocol", "cq/jury/v2")))


def chains():
    red = "VVOVR"
    file = "transcript.json"
    events = told(QUOTAS, file)["events"]
    case("another who enters", QUOTAS, red, (file, put("events", 0, "in", events[3]["in"])))
    case("another gap", QUOTAS, red, (file, put("events", 2, "gap", 9)))
    case("the first replacement left out", QUOTAS, red,
         (file, lambda value: value["events"].pop(0) and None))  # fmt: skip
    case("a replacement left out in the middle", QUOTAS, red,
         (file, lambda value: value["events"].pop(4) and None))  # fmt: skip
    case("two replacements exchanged", QUOTAS, red,
         (file, both(put("events", 0, events[1]), put("events", 1, events[0]))))  # fmt: skip
    case("somebody replaced who does not sit", QUOTAS, red,
         (file, put("events", 0, "out", "0" * 32)))  # fmt: skip
    case("a number for somebody", QUOTAS, red, (file, put("events", 0, "out", 0)))
    case("a list for somebody", QUOTAS, red, (file, put("events", 0, "out", [[]])))
    case("an event that is none", QUOTAS, red, (file, put("events", 0, None)))
    case("events that are no list", QUOTAS, red, (file, put("events", {})))
    case("true for the number one", QUOTAS, red, (file, ('"n":1,', '"n":true,')))
    case("a reason told", QUOTAS, red, (file, put("events", 0, "raison", "refus")))
    case("somebody for nobody", QUOTAS, red,
         (file, put("events", len(events) - 1, "in", "0" * 32)))  # fmt: skip
    case("the last replacement left out, which was announced", QUOTAS, red,
         (file, lambda value: value["events"].pop() and None),
         last_event=h("event", cj(events[-1])).hex())  # fmt: skip


def stages():
    case("another first stage", SECOND, "RVO--", ("previous", ('"ticket":0', '"ticket":1')))
    case(
        "a first stage that is no JSON", SECOND, "RVO--", ("previous", ('"ticket":0', '"ticket":'))
    )

    def friend(some):
        some[-1] = "f" * 32 + some[-1][32:]

    case("somebody whom the first stage did not draw, promised anew", SECOND, "RVR--",
         *relisted(SECOND, friend))  # fmt: skip


def resealed(change):
    """Another table, the plan that seals it, and the commitment that names that plan."""
    table = told(SEALED, "types.json")
    change(table)
    seal = put("sealed", h("types", cj(table)).hex())
    return (("types.json", change), *replanned(seal, SEALED))


def tables():
    witness = {"table": SEALED}
    case("untouched, sealed types", SEALED, "VOVVO")
    case("untouched, sealed types with their table", SEALED, "VVVVV", **witness)
    gone = (("sources.json", ABSENT), ("transcript.json", ABSENT))
    case("sealed types, not drawn", SEALED, "VO---", *gone)
    case("sealed types with their table, not drawn", SEALED, "VV---", *gone, **witness)
    case("a table where nothing is sealed", QUOTAS, "VRO--", **witness)

    file, red = "types.json", "VRV--"
    table = told(SEALED, file)
    case("two types of the table exchanged", SEALED, red,
         (file, both(put("types", 0, table["types"][1]), put("types", 1, table["types"][0]))),
         **witness)  # fmt: skip
    case("another value in the table", SEALED, red, (file, ('"60 et plus"]', '"60 ou plus"]')),
         **witness)  # fmt: skip
    case("a quota of the table moved", SEALED, red, (file, put("quotas", 0, "min", 0)), **witness)
    case("a quota of the table taken away", SEALED, red,
         (file, lambda value: value["quotas"].pop() and None), **witness)  # fmt: skip
    case("another nonce", SEALED, red,
         (file, put("nonce", table["nonce"][:-1] + "1")), **witness)  # fmt: skip
    case("a nonce that is none", SEALED, red, (file, put("nonce", "00")), **witness)
    case("a nonce that is a number", SEALED, red, (file, put("nonce", 0)), **witness)
    case("a table that is a list", SEALED, red, (file, lambda value: [value]), **witness)
    case("a table with a key more", SEALED, red, (file, put("k", 6)), **witness)
    case("types of the table that are texts", SEALED, red, (file, put("types", 0, "homme")),
         **witness)  # fmt: skip
    case("a table with a blank more", SEALED, red, (file, ('","quotas"', '", "quotas"')), **witness)

    unheld = both(put("quotas", 3, "max", 4), put("quotas", 3, "min", 4))
    case("no type in the table, promised anew", SEALED, "VRR--",
         *resealed(put("types", [])), **witness)  # fmt: skip
    case("a type less in the table, promised anew", SEALED, "VRR--",
         *resealed(lambda value: value["types"].pop() and None), **witness)  # fmt: skip
    case("two types exchanged, promised anew", SEALED, "VRR--",
         *resealed(both(put("types", 0, table["types"][1]), put("types", 1, table["types"][0]))),
         **witness)  # fmt: skip
    case("a type with a value less, promised anew", SEALED, "VRR--",
         *resealed(lambda value: value["types"][0].pop() and None), **witness)  # fmt: skip
    case("quotas that the panels do not hold, promised anew", SEALED, "VRR--",
         *resealed(unheld), **witness)  # fmt: skip
    case("the same, told to nobody", SEALED, "VOR--",
         *resealed(unheld)[1:])  # fmt: skip
    case("a quota of a feature that is none, promised anew", SEALED, "VRR--",
         *resealed(put("quotas", 4, "feature", "taille")), **witness)  # fmt: skip

    file, red = "plan.json", "VRV--"
    case("another seal", SEALED, red, (file, put("sealed", "0" * 64)))
    case("no seal", SEALED, red, (file, put("sealed", ABSENT)))
    case("a seal that is none, promised anew", SEALED, "VRR--",
         *replanned(put("sealed", ""), SEALED))  # fmt: skip
    case("a seal that is a list, promised anew", SEALED, "VRR--",
         *replanned(put("sealed", []), SEALED))  # fmt: skip
    case("types beside their seal, promised anew", SEALED, "VRR--",
         *replanned(both(put("types", table["types"]), put("quotas", [])), SEALED))  # fmt: skip
    case("more seats than people of a sealed type, promised anew", SEALED, "VRR--",
         *replanned(put("compositions", 0, [0, 0, 0, 2, 3, 1]), SEALED))  # fmt: skip
    case("a seat less in a sealed type, promised anew", SEALED, "VRR--",
         *replanned(put("compositions", 0, 5, 1), SEALED))  # fmt: skip
    case("a sealed type counted otherwise, promised anew", SEALED, "VRR--",
         *replanned(both(put("counts", 0, 2), put("counts", 1, 3)), SEALED))  # fmt: skip

    file, red = "transcript.json", "VOVVR"
    events = told(SEALED, file)["events"]
    case("a sealed gap that is not", SEALED, red, (file, put("events", 0, "gap", 0)))
    case("somebody for who was next of a sealed type", SEALED, red,
         (file, both(put("events", 3, "in", events[7]["in"]),
                     put("events", 3, "gap", 6))))  # fmt: skip
    case("somebody of another sealed type who is not the first of it", SEALED, red,
         (file, put("events", 0, "in", events[6]["in"])))  # fmt: skip

    def farther(value):  # the first of another type, whom only the table shows to be no match
        value["events"][0]["in"] = events[9]["in"]
        del value["events"][1:]

    case("another sealed type than the nearest", SEALED, "VOVVO", (file, farther))
    case("the same, with the table", SEALED, "VVVVR", (file, farther), **witness)


def main():
    for part in (untouched, pools, plans, commitments, drawn, results, chains, stages, tables):
        part()
    text = ",\n".join(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in CASES)
    PLACE.write_bytes(f"[\n{text}\n]\n".encode())


if __name__ == "__main__":
    main()
