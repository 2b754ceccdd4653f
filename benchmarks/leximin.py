"""Lotteries under quotas: cq beside sortition-algorithms, the best of its peers, on the same pools.

    python benchmarks/leximin.py [--setup] [--tools cq,peer] [--runs N] [--pools NAMES] [--limit S]

For each pool: whole process and search (medians of N runs, and the range), the worst chance and the
Gini of everyone's chances; then cq beside the peer, as ratios, and whether the targets are held.
Then the reproducibility: three processes of each tool, one seed, three hash seeds. Pools are made
from a fixed seed; volunteers are not the town: older, more educated, some quartiers come more.
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
LIMIT = 200  # seconds, after which a tool has not answered; `--limit` says another
TARGETS = {"748-100-5": ("wall", 60.0), "2000-200-3": ("search", 0.1)}  # seconds, of cq
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


@dataclass(frozen=True, slots=True)
class Found:
    """What one tool made of one pool: seconds of each run, and the chance of each person."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    search: tuple[float, ...]
    chances: tuple[float, ...]

    def row(self) -> str:
        wall = f"{_median(self.wall)} ({min(self.wall):.2f} - {max(self.wall):.2f})"
        return (
            f"{wall:>24}  {_median(self.cpu):>7}  {statistics.median(self.search):8.3f}  "
            f"{min(self.chances):9.6f}  {max(self.chances):9.6f}  {gini(self.chances):7.4f}"
        )


def _median(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f}"


def call(tool: str, pool: Pool, out: Path, limit: int, hashes: int = 0) -> Call:
    """With a seed for the hashes, the peer draws one jury and searches for no chances."""
    wanted, people = pool.lay_out()
    out.unlink(missing_ok=True)
    if tool == "cq":
        command = [sys.executable, str(HERE / "lottery.py")]
    else:
        command = [str(PEER_VENV / "bin" / "python"), str(PEER / "lottery.py")]
    command += [str(wanted), str(people), str(pool.seats), str(out)]
    if hashes and tool == "peer":
        command.append(str(SEED))
    command = ["timeout", str(limit), *command]
    return Call(command, CHECKOUT, {"PYTHONHASHSEED": str(hashes)}, out.with_suffix(".log"))


def gini(chances: Sequence[float]) -> float:
    people, total = len(chances), sum(chances)
    ranked = enumerate(sorted(chances), 1)
    return sum((2 * rank - people - 1) * one for rank, one in ranked) / (people * total)


def measured(pool: Pool, tool: str, runs: int, limit: int) -> Found | None:
    """None where the tool has no answer in time, or none at all."""
    out = BENCH / "lotteries" / pool.name / f"{tool}.json"
    rounds: list[Timing] = []
    search: list[float] = []
    chances: list[float] = []
    for _ in range(runs):
        try:
            rounds.append(timing(call(tool, pool, out, limit)))
        except CallError:
            return None
        found = json.loads(out.read_text("utf-8"))
        search.append(found["seconds"])
        chances = found["chances"]
    return Found(
        tuple(one.wall for one in rounds), tuple(one.cpu for one in rounds), tuple(search),
        tuple(chances),
    )  # fmt: skip


def compared(pool: Pool, tools: Sequence[str], runs: int, limit: int) -> None:
    both = {}
    for tool in tools:
        made = measured(pool, tool, runs, limit)
        said = made.row() if made else f"no answer in {limit} s, or a fault: {tool}.log says which"
        print(f"{pool.name:>12}  {tool:>4}  {said}", flush=True)
        if made:
            both[tool] = made
    cq, peer = both.get("cq"), both.get("peer")
    if cq and pool.name in TARGETS:
        what, most = TARGETS[pool.name]
        took = statistics.median(cq.wall if what == "wall" else cq.search)
        held = "held" if took <= most else "NO"
        print(f"{'':>12}  target: {what} of cq at most {most} s: {held}")
    if cq and peer:
        ratios = [
            f"{name} {statistics.median(one) / statistics.median(other):.3f}"
            for name, one, other in (
                ("wall", cq.wall, peer.wall), ("cpu", cq.cpu, peer.cpu),
                ("search", cq.search, peer.search),
            )
        ]  # fmt: skip
        least = min(cq.chances) - min(peer.chances)
        print(
            f"{'':>12}  cq / peer: {', '.join(ratios)}, Gini "
            f"{gini(cq.chances) / gini(peer.chances):.3f}; least chance {least:+.1e}",
            flush=True,
        )


def repeated(pool: Pool, tools: Sequence[str]) -> None:
    """Three processes of one seed: whether they say the same, and how much of it."""
    for tool in tools:
        said = []
        for hashes in (1, 2, 3):
            out = BENCH / "lotteries" / pool.name / f"{tool}-{hashes}.json"
            timing(call(tool, pool, out, LIMIT, hashes))
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
    options.add_argument("--runs", type=int, default=3, help="of which the median is shown")
    options.add_argument("--pools", default="", help="150-30-5,748-100-5,2000-200-3: all of them")
    options.add_argument("--limit", type=int, default=LIMIT, help="seconds, for one run")
    asked = options.parse_args()
    if asked.setup:
        installed.with_pip(PEER / "requirements.txt", PEER_VENV)
    tools = asked.tools.split(",")
    small, large = volunteers("150-30-5", 150, 30), volunteers("748-100-5", 748, 100)
    pools = {one.name: one for one in (small, large, three_types())}
    chosen = asked.pools.split(",") if asked.pools else list(pools)
    if unknown := [one for one in chosen if one not in pools]:
        options.error(f"no such pool: {', '.join(unknown)}")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"medians of {asked.runs}; search is without starting and reading")
    head = f"{'wall s (range)':>24}  {'cpu s':>7}  {'search s':>8}"
    print(f"{'pool':>12}  {'tool':>4}  {head}  {'least':>9}  {'most':>9}  {'Gini':>7}")
    for name in chosen:
        compared(pools[name], tools, asked.runs, asked.limit)
    repeated(small, tools)
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
