"""cq beside Hugo and Pelican on one corpus, in one run, with and without a search: `make bench`.

    python benchmarks/bench.py --setup          the peers' own environment first, if it is missing
    python benchmarks/bench.py                  1,000 and 10,000 pages, medians of 5

Rounds alternate between the tools, so that a slow minute of the machine hurts all of them. cq makes
its search index in the build; after each of their builds the others get theirs by Pagefind, and a
column more, the sum of both: Pagefind is called on what the round has just built. The
table goes to the screen, everything measured to `build/bench/results.json` (`table.py` makes the
one from the other).
"""

import argparse
import json
import os
import platform
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on

import generators
import indexes
import pieces
import table
from corpus import SEED, Page, corpus
from generators import BENCH, TOOLS, Edit, Tool
from layouts import LAYOUTS
from measure import Call, CallError, Timing, peak, spread, timing

Rounds = dict[str, list[Timing]]
Step = Callable[[Tool, int], None]  # of a round: the tool and the round's number


def _nothing(_tool: Tool, _number: int) -> None:
    pass


def main() -> int:
    options = _options()
    if options.setup:
        generators.set_up()
    wanted = [generators.TOOLS[name] for name in options.tools]
    BENCH.mkdir(parents=True, exist_ok=True)
    found: dict[str, object] = {
        "machine": machine(),
        "versions": generators.versions(),
        "sizes": {},
    }
    try:
        found["sizes"] = {
            str(size): Size(size, wanted, options.runs, options.seed).measured()
            for size in options.sizes
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
        "--setup", action="store_true", help="installe d'abord Hugo, Pelican et Pagefind, à part"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--tools", nargs="+", choices=generators.TOOLS, default=list(generators.TOOLS)
    )
    parser.add_argument("--out", type=Path, default=BENCH / "results.json")
    return parser.parse_args()


class Size:
    """All that is measured at one size. Every tool has its own copy of the corpus."""

    def __init__(self, size: int, wanted: Sequence[Tool], runs: int, seed: int) -> None:
        self.size, self.wanted, self.runs = size, wanted, runs
        self.pages = corpus(size, Random(seed))  # noqa: S311 - a corpus is no secret
        folder = BENCH / str(size)
        generators.set_aside(folder)
        self.sites = {tool.name: folder / tool.name for tool in wanted}
        for name, site in self.sites.items():
            LAYOUTS[name](self.pages, site)

    def measured(self) -> dict[str, object]:
        # The runs for memory come first: they also warm the disk's cache and every tool's bytecode.
        held = self._memory()
        page = _edited(self.pages)
        edits = {name: Edit(page, site, TOOLS[name]) for name, site in self.sites.items()}

        def edit(tool: Tool, number: int) -> None:
            edits[tool.name].make(number)

        def shown(tool: Tool, number: int) -> None:
            if not edits[tool.name].shown(number):
                raise CallError(f"{tool.name} : la page modifiée n'a pas été reconstruite")

        def found(tool: Tool, number: int) -> None:
            if not indexes.says(page, self._output(tool), Edit.words(number)):
                raise CallError(f"{tool.name} : l'index de Pagefind n'a pas la page modifiée")

        result: dict[str, Rounds] = {
            "cold": self._rounds(
                "construction à froid", lambda tool, _: tool.clean(self.sites[tool.name])
            ),
            "again": self._rounds("rien n'a changé"),
            "edit": self._rounds("une page modifiée", edit, shown, found),
        }
        if generators.CQ in self.wanted:
            call = generators.validate(self.sites["cq"])
            timing(call)  # the first one fills the cache
            result["validate"] = {"cq": [timing(call) for _ in range(self.runs)]}
        times = {
            scenario: {name: spread(rounds) for name, rounds in by_tool.items()}
            for scenario, by_tool in result.items()
        }
        words = sum(len(page.body.split()) for page in self.pages) / len(self.pages)
        return {"words": words, "times": times, **held, "text": indexes.texts(self.pages)}

    def _memory(self) -> dict[str, object]:
        """The most memory, cold and again; what the sites and their indexes hold in between."""
        cold, again, counts, weights = {}, {}, {}, {}
        for tool in self.wanted:
            self._say(f"mémoire, {tool.name}")
            site = self.sites[tool.name]
            search = tool.search(site)
            cold[tool.name] = peak(tool.call(site))
            counts[tool.name] = _held(self.pages, site, tool)
            if search:
                cold[tool.searched] = max(cold[tool.name], peak(search))
            weights[tool.name] = _indexed(self.pages, site, tool)
            again[tool.name] = peak(tool.call(site))
            if search:
                again[tool.searched] = max(again[tool.name], peak(search))
        memory = {"cold": cold, "again": again}
        return {"memory": memory, "counts": counts, "indexes": weights}

    def _rounds(
        self, scenario: str, before: Step = _nothing, built: Step = _nothing, found: Step = _nothing
    ) -> Rounds:
        rounds: Rounds = defaultdict(list)
        for number in range(self.runs):
            self._say(f"{scenario}, tour {number + 1} sur {self.runs}")
            for tool in self.wanted:
                site = self.sites[tool.name]
                before(tool, number)
                run = timing(tool.call(site))
                rounds[tool.name].append(run)
                built(tool, number)
                if search := tool.search(site):
                    rounds[tool.searched].append(run + timing(search))
                    _whole(indexes.counted(self.pages, self._output(tool)), tool)
                    found(tool, number)
        return rounds

    def _output(self, tool: Tool) -> Path:
        return self.sites[tool.name] / tool.output

    def _say(self, words: str) -> None:
        _say(f"{self.size} pages : {words}")


def _held(pages: Sequence[Page], site: Path, tool: Tool) -> dict[str, object]:
    """What the site holds, after a look at whether its pages have all that the others' have."""
    output = site / tool.output
    if lacking := pieces.missing(pages, output):
        raise CallError(f"{tool.name} fait moins que les autres :\n" + "\n".join(lacking))
    return asdict(generators.count(pages, output))


def _indexed(pages: Sequence[Page], site: Path, tool: Tool) -> dict[str, int]:
    """What the index of the site weighs, after a look at whether all pages are in it."""
    output = site / tool.output
    if tool is generators.CQ:
        _whole(indexes.lacking_in_cq(pages, output), tool)
        return asdict(indexes.weight_of_cq(output))
    _whole(indexes.lacking(pages, output), tool)
    return asdict(indexes.weight(output))


def _whole(lacking: Sequence[str], tool: Tool) -> None:
    if lacking:
        raise CallError(f"{tool.name} : la recherche est incomplète :\n" + "\n".join(lacking))


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
    return {name: spread(found) for name, found in rounds.items()}


def machine() -> dict[str, object]:
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
