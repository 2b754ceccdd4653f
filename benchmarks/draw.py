"""How long a draw among 180,000 people takes: whole processes of cq, and the most they hold.

    python benchmarks/draw.py                     180,000 people, 10,000 letters, medians of 3
    python benchmarks/draw.py --people 5000 --seats 200 --runs 1      a quick look

The list is made up from a seed: households of one to nine at true-looking addresses, one hostel of
45, types by quartier and age. Each round is a draw of its own, from the list to the verdict; its
chance is 31 dice, so that nothing asks the network. A command that fails stops the bench.
"""

import argparse
import csv
import json
import os
import shutil
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on

import bench
from corpus import SEED
from generators import BENCH
from measure import Call, CallError, peak, timing

PLACE = BENCH / "draw"
LIST = PLACE / "liste.csv"
DICE = " ".join("3162254416352116542336124556214")
# Seconds, and bytes; what a commune waits for (issue 6, 8).
TARGETS = {"freeze": (20.0, 1 << 30), "draw": (5.0, 1 << 30)}
_SYLLABLES = ["ba", "ce", "di", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "zé"]
_SIZES = (9, 9, 5, 4, 2, 1, 1, 1, 1)  # how many households of one, of two…
_STREETS = ("rue", "avenue", "quai", "passage")


def main() -> int:
    options = _options()
    prepare(options.people)
    machine = bench.machine()
    try:
        found = measured(options)
    except CallError as error:
        print(error, file=sys.stderr)
        return 1
    text = {"machine": machine, "people": options.people, "seats": options.seats, "found": found}
    (BENCH / "draw.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(found, options)))
    return 0


def prepare(people: int) -> None:
    """An empty site, and the list of `people`."""
    shutil.rmtree(PLACE, ignore_errors=True)
    (PLACE / "site" / "content").mkdir(parents=True)
    (PLACE / "site" / "content" / "site.yml").write_text("titre: Mesure\n", encoding="utf-8")
    _write(LIST, people)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=180_000)
    parser.add_argument("--seats", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def _write(place: Path, people: int) -> None:
    """A list as a town hall exports it: commas, accents, one line a person."""
    chance = Random(SEED)  # noqa: S311 - made-up people

    def name() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()

    with place.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("id", "nom", "prenoms", "naissance", "numero", "voie", "quartier", "age"))
        number = 0
        while number < people:
            street = f"{chance.choice(_STREETS)} {name()}"
            home = (chance.randint(1, 200), street, f"Quartier {chance.randint(1, 10)}")
            size = 45 if not number else chance.choices(range(1, 10), _SIZES)[0]
            for _ in range(min(size, people - number)):
                number += 1
                year = chance.randint(1935, 2007)
                band = "16-29" if year > 1996 else "30-59" if year > 1966 else "60 et plus"
                born = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                table.writerow((f"E{number:06}", name(), name(), born, *home, band))


def steps(options: argparse.Namespace, name: str) -> dict[str, list[str]]:
    """The commands of one draw, in order."""
    freeze = [
        name, f"LP={LIST}", "--id", "id", "--noms", "nom,prenoms", "--naissance", "naissance",
        "--adresse", "numero,voie", "--criteres", "quartier,age", "--age", "16",
        "--le", "2026-11-22", "--source", "Liste fictive", "--finalite", "Mesure",
        "--detruire", "2027-11-22", "--information", "Personne n’existe",
    ]  # fmt: skip
    return {
        "freeze": freeze,
        "plan": [name, "--seats", str(options.seats), "--foyers"],
        "commit": [name, "--title", "Courriers", "--source", "des:31:Dés", "--yes"],
        "draw": [name, "--value", DICE],
        "verify": [name],
    }


def measured(options: argparse.Namespace) -> dict[str, dict[str, list[float]]]:
    """For each step its seconds, round by round, and the most it held, in the round before."""
    found: dict[str, dict[str, list[float]]] = {}
    for number in range(options.runs + 1):
        for step, arguments in steps(options, f"tirage-{number}").items():
            call = call_of(["draw-jury", step, *arguments], step)
            one = found.setdefault(step, {"seconds": [], "cpu": [], "bytes": []})
            if number:
                took = timing(call)
                one["seconds"].append(took.wall)
                one["cpu"].append(took.cpu)
            else:
                one["bytes"].append(peak(call))
    return found


def call_of(arguments: Sequence[str], step: str) -> Call:
    """`cq` with these arguments, in the site of the bench."""
    variables: Mapping[str, str] = {
        "HOME": str(PLACE / "home"),
        "CQ_CACHE_DIR": str(PLACE / "cache"),
        "CQ_JURYS": str(PLACE / "prive"),
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    command = [sys.executable, "-m", "cq", *arguments]
    return Call(command, PLACE / "site", variables, PLACE / f"{step}.log")


def table(
    found: Mapping[str, Mapping[str, Sequence[float]]], options: argparse.Namespace
) -> list[str]:
    asked = f"{options.people} personnes, {options.seats} sièges, {options.runs} tours"
    lines = [
        f"{asked} ; charge {os.getloadavg()[0]:.1f}",
        "",
        "| étape | médiane | de … à | processeur | mémoire | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for step, one in found.items():
        seconds, cpu, held = one["seconds"], one["cpu"], max(one["bytes"])
        middle, verdict = statistics.median(seconds), ""
        if step in TARGETS:
            most, bytes_ = TARGETS[step]
            good = middle <= most and held <= bytes_
            verdict = f"{'tenu' if good else 'manqué'} : {most:.0f} s, {bytes_ >> 20} Mio"
        lines.append(
            f"| `{step}` | {middle:.2f} s | {min(seconds):.2f} … {max(seconds):.2f} | "
            f"{statistics.median(cpu):.2f} s | {held / (1 << 20):.0f} Mio | {verdict} |"
        )
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
