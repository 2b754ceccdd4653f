"""Writes the examples of drawn juries, with nothing of cq:

    .venv/bin/python tests/vectors/make_jury_v1.py

A second hand on docs/formats/jury-v1.md, slow and plain: what cq.draw and the page that verifies
make must be these bytes. `draw-simple-12` came before and is not written here. The protocol is
frozen, so this runs again only to *add* examples: those that stand must stay.

An example is a folder: the five public files, and for whoever makes them `key.hex` and `pool.csv`
(the people as a list of a town hall has them), `answers.csv` in a second stage. The people are
made up; drand's round 1000 is true.
"""

import csv
import hashlib
import hmac
import io
import itertools
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
ROUND_1000 = {
    "chain": CHAIN, "kind": "drand", "round": 1000,
    "signature": "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
                 "e342b73a8dd2bacbe47e4b6b63ed5e39",
}  # fmt: skip


# The bytes.


def h(tag, *parts):
    return hashlib.sha256(b"cq/jury/v1/" + tag.encode() + b"\n" + b"".join(parts)).digest()


def m(key, tag, text):
    return hmac.new(key, b"cq/jury/v1/" + tag.encode() + b"\n" + text, hashlib.sha256).digest()


def cj(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def text(value):
    value = unicodedata.normalize("NFC", value)
    return re.sub(f"[{BLANKS}]+", " ", value).strip(" ")


def rows_of(table):
    found = csv.DictReader(io.StringIO(table, newline=""))
    return [{key: text(value) for key, value in row.items()} for row in found]


def pid(key, row):
    return h("leaf", m(key, "salt", row["id"].encode())[:16], cj(row))[:16].hex()


def home(key, row, columns):
    address = "\n".join(row[one] for one in columns).casefold().encode()
    if not columns or not address.replace(b"\n", b""):
        return ""
    return h("foyer", m(key, "foyer-salt", address)[:16], address)[:8].hex()


def root(people):
    shards = []
    for number in range(256):
        lines = [line(one) for one in people if one["pid"][:2] == f"{number:02x}"]
        shards.append(h("shard", "".join(lines).encode()))
    return h("pool", *shards).hex()


def line(one):
    return f"{one['pid']},{one['type']},{one['home']}\n"


# A draw.


def seed(commit, values):
    parts = []
    for one in values:
        if one["kind"] == "drand":
            said = hashlib.sha256(bytes.fromhex(one["signature"])).digest()
        else:
            said = one["text"].encode()
        parts += [len(said).to_bytes(4, "big"), said]
    return h("seed", commit, *parts)


def ticket(seed_, total):
    most = 2**256 // total * total
    counter = 0
    while True:
        value = int.from_bytes(m(seed_, "lottery", counter.to_bytes(4, "big")), "big")
        if value < most:
            return value % total
        counter += 1


def sat(plan, order, number):
    """Who sits, who was passed over, who was let in all the same: lists of people, by rank."""
    want, seated, passed, waived = list(plan["compositions"][number]), [], [], []
    for one in order:
        if want[one["type"]] == 0:
            continue
        if plan["household"] and one["home"] and one["home"] in [x["home"] for x in seated]:
            passed.append(one)
        else:
            seated.append(one)
            want[one["type"]] -= 1
    for one in passed:
        if want[one["type"]]:
            waived.append(one)
            want[one["type"]] -= 1
    return [one for one in order if one in seated + waived], passed, waived


def published(plan):
    """What `plan.json` says: of a sealed plan everything but the table."""
    if "sealed" not in plan:
        return plan
    return {key: value for key, value in plan.items() if key not in ("types", "quotas")}


def sealed(plan, key, name):
    """The plan under other numbers, which says the digest of its table; and that table."""
    nonce = m(key, "types", name.encode())
    order = sorted(
        range(len(plan["types"])), key=lambda at: m(nonce, "type", cj(plan["types"][at]))
    )
    lots = sorted(
        ([seats[at] for at in order], tickets)
        for seats, tickets in zip(plan["compositions"], plan["tickets"], strict=True)
    )
    types = [plan["types"][at] for at in order]
    table = {"nonce": nonce.hex(), "quotas": plan["quotas"], "types": types}
    return {
        **plan, "types": types, "counts": [plan["counts"][at] for at in order],
        "compositions": [seats for seats, _ in lots], "tickets": [many for _, many in lots],
        "sealed": h("types", cj(table)).hex(),
    }, table  # fmt: skip


def gap(plan, number, panel, *, told=False):
    """Of a sealed plan what is told of it is counted from the composition."""
    if not plan["quotas"] or (told and "sealed" in plan):
        wanted = plan["compositions"][number]
        return sum(
            abs(sum(one["type"] == kind for one in panel) - many)
            for kind, many in enumerate(wanted)
        )
    found = 0
    for quota in plan["quotas"]:
        place = plan["features"].index(quota["feature"])
        have = sum(plan["types"][one["type"]][place] == quota["value"] for one in panel)
        found += max(0, quota["min"] - have, have - quota["max"])
    return found


def replaced(plan, number, order, panel, leavers, commit):
    """The chain of events. `leavers` are places in the panel as it stands, by rank."""
    panel, asked, events, before = list(panel), [one["pid"] for one in panel], [], commit.hex()
    for place in leavers:
        leaving = panel.pop(place)
        left = [one for one in order if one["pid"] not in asked]
        homes = [one["home"] for one in panel if one["home"] and plan["household"]]
        apart = [one for one in left if one["home"] not in homes]
        same = [one for one in apart if one["type"] == leaving["type"]]
        some = same[:1] or apart or left
        entering = min(some, key=lambda one: gap(plan, number, [*panel, one]), default=None)
        if entering:
            asked.append(entering["pid"])
            panel = [one for one in order if one in [*panel, entering]]
        event = {
            "gap": gap(plan, number, panel, told=True), "in": entering and entering["pid"],
            "n": len(events) + 1, "out": leaving["pid"], "prev": before, "type": leaving["type"],
        }  # fmt: skip
        events.append(event)
        before = h("event", cj(event)).hex()
    return events


def draw(plan, people, promise, values, leavers):
    commit = h("commit", cj(promise))
    start = seed(commit, values)
    order = sorted(people, key=lambda one: (m(start, "rank", one["pid"].encode()), one["pid"]))
    won = ticket(start, plan["total"])
    number, sum_ = 0, plan["tickets"][0]
    while sum_ <= won:
        number += 1
        sum_ += plan["tickets"][number]
    seats, passed, waived = sat(plan, order, number)
    composition = plan["compositions"][number]
    return {
        "commit": commit.hex(), "commitment": promise, "composition": number,
        "events": replaced(plan, number, order, seats, leavers, commit),
        "passed_household": [one["pid"] for one in passed], "protocol": "cq/jury/v1",
        "reserve": {
            str(kind): [
                one["pid"] for one in order if one["type"] == kind and one not in seats
            ][: 3 * many]
            for kind, many in enumerate(composition) if many
        },
        "seats": [[one["pid"], one["type"]] for one in seats], "seed": start.hex(),
        "sources": values, "ticket": won, "waived_household": [one["pid"] for one in waived],
    }  # fmt: skip


def lottery(rows, features, quotas, tickets, k, household=()):
    """A plan over the first panels, of all that the quotas allow, taken at even distances."""
    types = sorted({tuple(row[one] for one in features) for row in rows})
    counts = [sum(tuple(row[one] for one in features) == kind for row in rows) for kind in types]
    panels = []
    for seats in itertools.product(*(range(many + 1) for many in counts)):
        held = [
            sum(many for kind, many in zip(types, seats, strict=True)
                if kind[features.index(one["feature"])] == one["value"])
            for one in quotas
        ]  # fmt: skip
        fits = [one["min"] <= many <= one["max"] for one, many in zip(quotas, held, strict=True)]
        if sum(seats) == k and all(fits):
            panels.append(list(seats))
    step = len(panels) // len(tickets)
    return {
        "compositions": sorted(panels[step // 2 :: step][: len(tickets)]), "counts": counts,
        "features": list(features), "household": list(household), "k": k, "quotas": quotas,
        "tickets": tickets, "total": sum(tickets), "types": [list(one) for one in types],
    }  # fmt: skip


def listed(key, rows, plan, known=None):
    return sorted(
        (
            {
                "pid": known[row["id"]] if known else pid(key, row),
                "type": plan["types"].index([row[one] for one in plan["features"]]),
                "home": home(key, row, plan["household"]),
            }
            for row in rows
        ),
        key=lambda one: one["pid"],
    )


def promised(name, title, people, plan, values, day, previous=None):
    sources = [{key: one[key] for key in one if key not in ("signature", "text")} for one in values]
    return {
        "draw": name, "plan": h("plan", cj(published(plan))).hex(), "pool_root": root(people),
        "pool_size": len(people), "previous": previous, "protocol": "cq/jury/v1",
        "published": day, "sources": sources, "title": title,
    }  # fmt: skip


def write(name, people, plan, transcript, **private):
    folder = HERE / name
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "pool.txt": "".join(map(line, people)).encode(),
        "plan.json": cj(published(plan)) + b"\n",
        "commitment.json": cj(transcript["commitment"]) + b"\n",
        "sources.json": cj(transcript["sources"]) + b"\n",
        "transcript.json": cj(transcript) + b"\n",
        **{name.replace("_", "."): data.encode() for name, data in private.items()},
    }
    for file, data in made.items():
        (folder / file).write_bytes(data)
    return {file: data.decode() for file, data in made.items()}


def quota(feature, value, least, most):
    return {"feature": feature, "max": most, "min": least, "value": value}


# Sixteen people, six seats, quotas, households, four sources; replaced until nobody is left.
# On purpose: spellings of one address, no address, an e with its accent apart, a comma, quotes.

SIXTEEN = """id,nom,sexe,age,numero,voie
A1,Abadie,femme,16-29,3,rue des Lilas
A2,Bouchard-Étienne,femme,16-29,3,RUE DES LILAS
A3,"Caron, veuve ""Dupuis\""",femme,30-59,3,rue  des\u00a0Lilas
A4,Diallo,homme,16-29,12 bis,quai de l’Écluse
A5,E\u0301mery,homme,30-59,12 BIS,quai de l’E\u0301cluse
A6,Faure,femme,60 et plus,,
A7,Gómez,homme,60 et plus,,
A8,Hô,homme,30-59,7,Hauptstraße
A9,Ikhlef,femme,30-59,7,HAUPTSTRASSE
B1,Jacquet,femme,60 et plus,1,place du Marché
B2,Kone,homme,16-29,1,place du Marché
B3,Lévy,homme,60 et plus,1,place du Marché
B4,Mercier,femme,30-59,22,impasse Nº 4
B5,N’Guessan,homme,30-59,9,rue Haute
B6,Ó Briain,homme,16-29,9,rue Haute
B7,Petit,femme,60 et plus,41,rue Basse
"""
SIXTEEN_KEY = bytes(range(32, 64))
SIXTEEN_QUOTAS = [
    quota("age", "16-29", 1, 3), quota("age", "30-59", 2, 3), quota("age", "60 et plus", 1, 3),
    quota("sexe", "femme", 3, 3), quota("sexe", "homme", 3, 3),
]  # fmt: skip
SIXTEEN_LEAVE = [0, 5, 2, 2, 1, 4, 3, 0, 2, 1, 3, 4]


def sixteen(dice="1 1 2 6 5"):
    rows = rows_of(SIXTEEN)
    tickets = [412_345, 250_000, 187_655, 150_000]
    plan = lottery(rows, ["sexe", "age"], SIXTEEN_QUOTAS, tickets, 6, ["numero", "voie"])
    people = listed(SIXTEEN_KEY, rows, plan)
    values = [
        ROUND_1000,
        {"count": 5, "kind": "des", "label": "Cinq dés lancés en séance", "text": dice},
        {"count": 6, "kind": "loto", "label": "Loto du 23 août 2023", "text": "7 8 8 19 31 46"},
        {"kind": "mots", "label": "Mots dits par l’assistance", "text": "l’été, un vélo !"},
    ]
    promise = promised(
        "quotas-16", "Jury d’essai à quotas", people, plan, values, "2023-08-23T15:59:23Z"
    )
    return people, plan, draw(plan, people, promise, values, SIXTEEN_LEAVE)


# The same sixteen by sealed types, with dice alone.


def sixteen_sealed():
    rows = rows_of(SIXTEEN)
    tickets = [412_345, 250_000, 187_655, 150_000]
    plan = lottery(rows, ["sexe", "age"], SIXTEEN_QUOTAS, tickets, 6, ["numero", "voie"])
    plan, table = sealed(plan, SIXTEEN_KEY, "sealed-16")
    people = listed(SIXTEEN_KEY, rows, plan)
    dice = "2 6 1 3 5 4 4 1 2 6 3 3 5 1 6 2 4 5 1 1 3 6 2 5 4 3 2 6 1 5 4"
    values = [{"count": 31, "kind": "des", "label": "Trente et un dés", "text": dice}]
    promise = promised(
        "sealed-16", "Jury d’essai à types scellés", people, plan, values, "2023-08-23T15:59:23Z"
    )
    return people, plan, draw(plan, people, promise, values, SIXTEEN_LEAVE), table


# Thirty people, twelve letters by fixed seats for each quartier; then three seats among nine of
# those who got one, who keep their pids and have told their age.

THIRTY = "id,nom,quartier\n" + "".join(
    f"{number:03d},Nom {number},{'Nord' if number % 3 else 'Sud'}\n" for number in range(1, 31)
)
THIRTY_KEY = bytes(range(64, 96))


def letters():
    rows = rows_of(THIRTY)
    plan = lottery(rows, ["quartier"], [], [1], 12)
    plan["compositions"] = [[8, 4]]  # the largest remainders of 12 for 20 and 10
    people = listed(THIRTY_KEY, rows, plan)
    dice = "3 1 6 2 2 5 4 4 1 6 3 5 2 1 1 6 5 4 2 3 3 6 1 2 4 5 5 6 2 1 4"
    values = [{"count": 31, "kind": "des", "label": "Trente et un dés", "text": dice}]
    promise = promised(
        "courriers", "Courriers d’essai", people, plan, values, "2023-08-20T09:00:00Z"
    )
    return people, plan, draw(plan, people, promise, values, [3, 7])


def willing(first):
    rows = rows_of(THIRTY)
    numbers = {row["id"]: pid(THIRTY_KEY, row) for row in rows}
    came = {one for one, _ in first["seats"]} | {one["in"] for one in first["events"]}
    said = [row for row in rows if numbers[row["id"]] in came][:9]
    answers = [{**row, "age": "jeune" if place % 3 == 0 else "aîné"}
               for place, row in enumerate(said)]  # fmt: skip
    quotas = [quota("age", "aîné", 1, 2), quota("age", "jeune", 1, 2)]
    plan = lottery(answers, ["age"], quotas, [400_001, 599_999], 3)
    people = listed(THIRTY_KEY, answers, plan, numbers)
    previous = h("transcript", cj(first)).hex()
    promise = promised(
        "jury", "Jury d’essai, second temps", people, plan, [ROUND_1000],
        "2023-08-22T10:00:00Z", previous,
    )  # fmt: skip
    table = "id,age\n" + "".join(f"{one['id']},{one['age']}\n" for one in answers)
    return people, plan, draw(plan, people, promise, [ROUND_1000], [1]), table


def main():
    people, plan, transcript = sixteen()
    write("draw-quotas-16", people, plan, transcript,
          key_hex=SIXTEEN_KEY.hex() + "\n", pool_csv=SIXTEEN)  # fmt: skip
    people, plan, transcript, table = sixteen_sealed()
    write("draw-sealed-16", people, plan, transcript, types_json=cj(table).decode() + "\n",
          key_hex=SIXTEEN_KEY.hex() + "\n", pool_csv=SIXTEEN)  # fmt: skip
    people, plan, first = letters()
    write("draw-two-stages/1", people, plan, first,
          key_hex=THIRTY_KEY.hex() + "\n", pool_csv=THIRTY)  # fmt: skip
    people, plan, second, table = willing(first)
    write("draw-two-stages/2", people, plan, second,
          key_hex=THIRTY_KEY.hex() + "\n", answers_csv=table)  # fmt: skip


if __name__ == "__main__":
    main()
