"""Lotteries under quotas: cq beside sortition-algorithms, the best of its peers, on the same pools.

    python benchmarks/leximin.py [--setup] [--tools cq,peer] [--runs N]

For each pool: whole process and search, the worst chance and the Gini of everyone's chances. Then
the reproducibility: three processes of each tool, one seed, three hash seeds. Pools are made from a
fixed seed; volunteers are not the town: older, more educated, and some quartiers come more.
"""

import argparse
import json
import os
import random  # noqa: TID251 - pools of a fixed seed
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import installed
from generators import BENCH, CHECKOUT, HERE
from measure import Call, CallError, Timing, timing

PEER = HERE / "peers" / "sortition"
PEER_VENV = CHECKOUT / ".cache" / "bench-sortition-venv"
SEED = 1
LIMIT = 200  # seconds, after which a tool has not answered
# Feature → value → share of the town.
TOWN = {
    "genre": {"femme": 0.52, "homme": 0.48},
    "âge": {"18-29": 0.22, "30-44": 0.30, "45-59": 0.24, "60+": 0.24},
    "diplôme": {"sans": 0.25, "bac": 0.25, "supérieur": 0.50},
    "conseil": {
        "nord": 0.22,
        "sud": 0.20,
        "est": 0.18,
        "ouest": 0.15,
        "canal": 0.14,
        "gares": 0.11,
    },
    "logement": {"propriétaire": 0.34, "locataire": 0.42, "social": 0.24},
}
_DEGREES = {
    "18-29": (0.05, 0.30, 0.65), "30-44": (0.05, 0.15, 0.80), "45-59": (0.10, 0.20, 0.70),
    "60+": (0.15, 0.30, 0.55),
}  # fmt: skip
_HOMES = {"sans": (0.20, 0.30, 0.50), "bac": (0.35, 0.40, 0.25), "supérieur": (0.60, 0.35, 0.05)}


@dataclass(frozen=True, slots=True)
class Pool:
    """People by feature, and quotas: feature, value, least, most."""

    name: str
    features: tuple[str, ...]
    people: tuple[tuple[str, ...], ...]
    quotas: tuple[tuple[str, str, int, int], ...]
    seats: int

    def lay_out(self) -> tuple[Path, Path]:
        folder = BENCH / "lotteries" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        rows = [",".join((f"{at:05}", *one)) for at, one in enumerate(self.people)]
        text = "\n".join([",".join(("id", *self.features)), *rows, ""])
        (folder / "people.csv").write_text(text, encoding="utf-8")
        lines = [f"{one},{value},{least},{most}" for one, value, least, most in self.quotas]
        wanted = "\n".join(["feature,value,min,max", *lines, ""])
        (folder / "quotas.csv").write_text(wanted, encoding="utf-8")
        return folder / "quotas.csv", folder / "people.csv"


def volunteers(name: str, people: int, seats: int) -> Pool:
    """Five features that go together, as they do in life; each quota is two or three seats wide."""
    chance = random.Random(SEED)  # noqa: S311 - a pool, not a draw
    made = []
    for _ in range(people):
        conseil = chance.choices(list(TOWN["conseil"]), (0.3, 0.22, 0.15, 0.15, 0.1, 0.08))[0]
        age = chance.choices(list(TOWN["âge"]), (0.08, 0.22, 0.30, 0.40))[0]
        degree = chance.choices(list(TOWN["diplôme"]), _DEGREES[age])[0]
        homes = (0.05, 0.75, 0.20) if age == "18-29" else _HOMES[degree]
        home = chance.choices(list(TOWN["logement"]), homes)[0]
        gender = chance.choices(list(TOWN["genre"]), (0.58, 0.42))[0]
        made.append((gender, age, degree, conseil, home))
    quotas = tuple(
        (feature, value, max(0, int(share * seats) - 1), int(share * seats) + 2)
        for feature, values in TOWN.items()
        for value, share in values.items()
    )
    return Pool(name, tuple(TOWN), tuple(made), quotas, seats)


def three_types() -> Pool:
    many = {"a": 1200, "b": 700, "c": 100}
    people = tuple((one,) for one, count in many.items() for _ in range(count))
    quotas = (("type", "a", 80, 90), ("type", "b", 60, 80), ("type", "c", 20, 60))
    return Pool("2000-200-3", ("type",), people, quotas, 200)


def call(tool: str, pool: Pool, out: Path, *, draw: bool = False, hashes: int = 0) -> Call:
    wanted, people = pool.lay_out()
    out.unlink(missing_ok=True)
    if tool == "cq":
        command = [sys.executable, str(HERE / "lottery.py")]
    else:
        command = [str(PEER_VENV / "bin" / "python"), str(PEER / "lottery.py")]
    command += [str(wanted), str(people), str(pool.seats), str(out)]
    if draw and tool == "peer":
        command.append(str(SEED))
    command = ["timeout", str(LIMIT), *command]
    return Call(command, CHECKOUT, {"PYTHONHASHSEED": str(hashes)}, out.with_suffix(".log"))


def gini(chances: Sequence[float]) -> float:
    people, total = len(chances), sum(chances)
    ranked = enumerate(sorted(chances), 1)
    return sum((2 * rank - people - 1) * one for rank, one in ranked) / (people * total)


def compared(pool: Pool, tools: Sequence[str], runs: int) -> None:
    for tool in tools:
        out = BENCH / "lotteries" / pool.name / f"{tool}.json"
        try:
            rounds: list[Timing] = [timing(call(tool, pool, out)) for _ in range(runs)]
        except CallError:
            print(f"{pool.name:>12}  {tool:>4}  no answer in {LIMIT} s, or a fault: {out.stem}.log")
            continue
        found = json.loads(out.read_text("utf-8"))
        wall = statistics.median(one.wall for one in rounds)
        cpu = statistics.median(one.cpu for one in rounds)
        least, most = min(found["chances"]), max(found["chances"])
        print(
            f"{pool.name:>12}  {tool:>4}  {wall:8.2f}  {cpu:8.2f}  {found['seconds']:8.3f}  "
            f"{least:9.6f}  {most:9.6f}  {gini(found['chances']):7.4f}",
            flush=True,
        )


def repeated(pool: Pool, tools: Sequence[str]) -> None:
    """Three processes of one seed: whether they say the same, and how much of it."""
    for tool in tools:
        said = []
        for hashes in (1, 2, 3):
            out = BENCH / "lotteries" / pool.name / f"{tool}-{hashes}.json"
            timing(call(tool, pool, out, draw=True, hashes=hashes))
            said.append(json.loads(out.read_text("utf-8")))
        if tool == "cq":
            print(f"cq, plans of three processes: {len({one['plan'] for one in said})} different")
        else:
            juries = [set(one["jury"]) for one in said]
            shared = [len(juries[0] & one) for one in juries[1:]]
            print(f"peer, juries of three processes and one seed: {pool.seats} seats, of which the "
                  f"second and the third share with the first {shared}", flush=True)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--setup", action="store_true", help="install the peer first")
    options.add_argument("--tools", default="cq,peer")
    options.add_argument("--runs", type=int, default=1)
    asked = options.parse_args()
    if asked.setup:
        installed.with_pip(PEER / "requirements.txt", PEER_VENV)
    tools = asked.tools.split(",")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("        pool  tool    wall s     cpu s  search s      least       most     gini")
    small, large = volunteers("150-30-5", 150, 30), volunteers("748-100-5", 748, 100)
    for pool in (small, large, three_types()):
        compared(pool, tools, asked.runs)
    repeated(small, tools)
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
