"""cq beside Hugo and Pelican on one corpus, in one run: `make bench`.

    python benchmarks/bench.py --setup          the peers' own environment first, if it is missing
    python benchmarks/bench.py                  1,000 and 10,000 pages, medians of 5

Rounds alternate between the tools, so that a slow minute of the machine hurts all of them. The
table goes to the screen, everything measured to `build/bench/results.json` (`table.py` makes the
one from the other).
"""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on

import generators
import pieces
import table
from corpus import SEED, Page, corpus
from generators import BENCH, Tool
from layouts import LAYOUTS
from measure import Call, CallError, Timing, peak, timing

Rounds = dict[str, list[Timing]]


def main() -> int:
    options = _options()
    if options.setup:
        generators.set_up()
    wanted = [generators.TOOLS[name] for name in options.tools]
    BENCH.mkdir(parents=True, exist_ok=True)
    found: dict[str, object] = {
        "machine": _machine(),
        "versions": generators.versions(),
        "sizes": {},
    }
    try:
        found["sizes"] = {
            str(size): _size(size, wanted, options.runs, options.seed) for size in options.sizes
        }
        if generators.CQ in wanted:
            found["start"] = _start_up(options.runs)
    except CallError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        generators.clear()
    found["load_after"] = os.getloadavg()
    options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _say(f"mesures : {options.out}")
    print(table.markdown(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="cq, Hugo et Pelican sur les mêmes pages.")
    parser.add_argument(
        "--setup", action="store_true", help="installe d'abord Hugo et Pelican, à part"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--tools", nargs="+", choices=generators.TOOLS, default=list(generators.TOOLS)
    )
    parser.add_argument("--out", type=Path, default=BENCH / "results.json")
    return parser.parse_args()


def _size(size: int, wanted: Sequence[Tool], runs: int, seed: int) -> dict[str, object]:
    """All that is measured at one size. Every tool has its own copy of the corpus."""
    pages = corpus(size, Random(seed))  # noqa: S311 - a corpus is no secret
    folder = BENCH / str(size)
    generators.set_aside(folder)
    sites = {}
    for tool in wanted:
        sites[tool.name] = folder / tool.name
        LAYOUTS[tool.name](pages, sites[tool.name])
    # The runs for memory come first: they also warm the disk's cache and every tool's bytecode.
    memory: dict[str, dict[str, int]] = {"cold": {}, "again": {}}
    counts = {}
    for tool in wanted:
        _say(f"{size} pages : mémoire, {tool.name}")
        call = tool.call(sites[tool.name])
        memory["cold"][tool.name] = peak(call)
        counts[tool.name] = _held(pages, sites[tool.name], tool)
        memory["again"][tool.name] = peak(call)

    page = _edited(pages)
    edits = {tool.name: generators.Edit(page, sites[tool.name], tool) for tool in wanted}

    def edit(tool: Tool, number: int) -> None:
        edits[tool.name].make(number)

    def shown(tool: Tool, number: int) -> None:
        if not edits[tool.name].shown(number):
            raise CallError(f"{tool.name} : la page modifiée n'a pas été reconstruite")

    def measured(
        scenario: str,
        before: Callable[[Tool, int], None] = lambda *_: None,
        after: Callable[[Tool, int], None] = lambda *_: None,
    ) -> Rounds:
        rounds: Rounds = {tool.name: [] for tool in wanted}
        for number in range(runs):
            _say(f"{size} pages : {scenario}, tour {number + 1} sur {runs}")
            for tool in wanted:
                before(tool, number)
                rounds[tool.name].append(timing(tool.call(sites[tool.name])))
                after(tool, number)
        return rounds

    result: dict[str, Rounds] = {
        "cold": measured("construction à froid", lambda tool, _: tool.clean(sites[tool.name])),
        "again": measured("rien n'a changé"),
        "edit": measured("une page modifiée", edit, shown),
    }
    if generators.CQ in wanted:
        call = generators.validate(sites["cq"])
        timing(call)  # the first one fills the cache
        result["validate"] = {"cq": [timing(call) for _ in range(runs)]}
    times = {
        scenario: {name: _spread(rounds) for name, rounds in by_tool.items()}
        for scenario, by_tool in result.items()
    }
    words = sum(len(page.body.split()) for page in pages) / len(pages)
    return {"words": words, "times": times, "memory": memory, "counts": counts}


def _held(pages: Sequence[Page], site: Path, tool: Tool) -> dict[str, object]:
    """What the site holds, after a look at whether its pages have all that the others' have."""
    output = site / tool.output
    if lacking := pieces.missing(pages, output):
        raise CallError(f"{tool.name} fait moins que les autres :\n" + "\n".join(lacking))
    return asdict(generators.count(pages, output))


def _edited(pages: Sequence[Page]) -> Page:
    """The oldest news item of a quartier: on no home, in no feed, as most pages of a site."""
    news = (page for page in pages if page.kind == "actualite" and "quartiers/" in page.home)
    return min(news, key=lambda page: (page.day, page.number))


def _start_up(runs: int) -> dict[str, object]:
    """Short runs, so three times as many; the first of each is not counted."""
    calls: dict[str, Call] = generators.start_up(BENCH)
    rounds: Rounds = {name: [] for name in calls}
    for number in range(3 * runs + 1):
        for name, call in calls.items():
            run = timing(call)
            if number:
                rounds[name].append(run)
    _say("démarrage mesuré")
    return {name: _spread(found) for name, found in rounds.items()}


def _spread(rounds: Sequence[Timing]) -> dict[str, float]:
    walls = [run.wall for run in rounds]
    return {
        "min": min(walls),
        "median": statistics.median(walls),
        "max": max(walls),
        "cpu": statistics.median(run.cpu for run in rounds),
    }


def _machine() -> dict[str, object]:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": os.getloadavg(),
    }


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
