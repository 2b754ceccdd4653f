"""cq's sealed spaces beside StatiCrypt, PageCrypt and mkdocs-encryptcontent, in one run.

    python benchmarks/seal.py --setup             the peers' own environments first, if missing
    python benchmarks/seal.py                     1,000 private pages, medians of 3
    python benchmarks/seal.py --size 50 --runs 1  a quick look

What is asked: how long, how many files change when nothing has, how heavy, what stands in clear
all the same, how long a reader waits. The table goes to the screen, everything measured to
`build/bench/seal.json`. See README.md for how it is kept fair.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from typing import Any

import bench
import generators
import planted
import sealers
import unlock
import weights
from corpus import SEED, corpus
from generators import BENCH
from measure import CallError, Timing, peak, spread, timing
from sealers import SEALERS, Sealer

PLACE = BENCH / "seal"
LARGE = "releve.csv"
_LARGE_PAGE = "2026-03-03-releve"
Found = dict[str, Any]
Rounds = dict[str, Timing]


def main() -> int:
    options = _options()
    if options.setup:
        sealers.set_up()
    PLACE.mkdir(parents=True, exist_ok=True)
    machine = bench.machine()
    try:
        found = Trial(options).measured()
    except CallError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        generators.clear()
    found |= {"machine": machine, "versions": sealers.versions(), "load_after": os.getloadavg()}
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (BENCH / "seal.json").write_text(text, encoding="utf-8")
    print(table(found))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Les espaces de cq à côté de trois autres.")
    parser.add_argument("--setup", action="store_true", help="installe d'abord les trois autres")
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tools", nargs="+", choices=SEALERS, default=list(SEALERS))
    parser.add_argument("--large", type=int, default=100, help="Mo du gros fichier (0 : sans)")
    parser.add_argument("--no-browser", action="store_true")
    return parser.parse_args()


class Trial:
    """Every tool with its own copy of the corpus."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.tools = [SEALERS[name] for name in options.tools]
        generators.set_aside(PLACE)
        pages = corpus(options.size, Random(SEED))  # noqa: S311 - a corpus is no secret
        self.pages = sealers.private(pages)
        self.sites = {tool.name: PLACE / tool.name for tool in self.tools}
        for tool in self.tools:
            sealers.lay_out(self.pages, self.sites[tool.name], tool)

    def measured(self) -> Found:
        told = {tool.name: self._looked(tool) for tool in self.tools}
        cold = self._rounds("à froid", clean=True)
        before = {name: self._digests(name) for name in told}
        again = self._rounds("rien n'a changé", clean=False)
        alone = self._alone(cold)
        for tool in self.tools:
            one, first, then = told[tool.name], before[tool.name], self._digests(tool.name)
            one |= {
                "cold": spread([_sum(run.values()) for run in cold[tool.name]]),
                "again": spread([_sum(run.values()) for run in again[tool.name]]),
                "changed": sum(first.get(path) != then.get(path) for path in {*first, *then}),
                "files": len(then),
            }
            if alone[tool.name]:
                one["alone"] = spread(alone[tool.name])
            if not self.options.no_browser:
                one |= self._waited(tool)
        return {"pages": len(self.pages), "tools": told}

    def _digests(self, name: str) -> dict[str, str]:
        return weights.digests(SEALERS[name].published(self.sites[name]))

    def _looked(self, tool: Sealer) -> Found:
        """One build that is not timed: what it leaves."""
        site = self.sites[tool.name]
        _say(f"{tool.name} : ce qui est publié")
        if tool.plain:
            timing(sealers.call(site, "mkdocs"))  # the same pages, not sealed
        most = max(peak(call) for call in tool.all(site).values())
        output = tool.published(site)
        weights.whole(tool, site, self.pages)
        return {
            "leaks": planted.leaks(output.parent if tool.name == "cq" else output),
            "attachments_in_clear": weights.attachments(output),
            "iterations": tool.iterations,
            "memory": most,
            **asdict(weights.of(tool, site, self.pages)),
        }

    def _rounds(self, what: str, *, clean: bool) -> Mapping[str, list[Rounds]]:
        """Of each tool, of each round, what each of its calls took."""
        rounds: dict[str, list[Rounds]] = {tool.name: [] for tool in self.tools}
        for number in range(self.options.runs):
            for tool in self.tools:
                _say(f"{what}, tour {number + 1} sur {self.options.runs}, {tool.name}")
                site = self.sites[tool.name]
                if clean:
                    sealers.clean(site)
                calls = tool.all(site)
                rounds[tool.name].append({name: timing(call) for name, call in calls.items()})
        return rounds

    def _alone(self, cold: Mapping[str, list[Rounds]]) -> Mapping[str, list[Timing]]:
        """Sealing the same ready pages, those that MkDocs has made, and nothing else."""
        found = {
            tool.name: [run[tool.alone] for run in cold[tool.name] if tool.alone in run]
            for tool in self.tools
        }
        lent = next((self.sites[tool.name] for tool in self.tools if tool.plain), None)
        if lent is not None and "cq" in found:
            for number in range(self.options.runs):
                _say(f"sceller des pages prêtes, tour {number + 1} sur {self.options.runs}, cq")
                generators.set_aside(lent / "alone")
                found["cq"].append(timing(sealers.call(lent, "seal_html")))
        return found

    def _waited(self, tool: Sealer) -> Found:
        """In the browser."""
        site = self.sites[tool.name]
        root = tool.published(site)
        page = f"actualites/{planted.NEWS}/"
        address, words = page, planted.PLANTED["intertitre"]
        if tool.name == "cq":
            root, address = root.parent, f"espace/#/conseillers/{page}"
        waits = []
        for number in range(self.options.runs):
            _say(f"{tool.name} : ouverture {number + 1}")
            waits.append(unlock.opening(root, address, sealers.PHRASE, words))
        found: Found = {"unlock": {"min": min(waits), "median": statistics.median(waits)}}
        if tool.name == "cq" and self.options.large:
            found["large"] = self._large(tool)
        return found

    def _large(self, tool: Sealer) -> Found:
        """A file of so many megabytes, sealed, then saved from the browser."""
        site = self.sites[tool.name]
        folder = site / "content" / "prive"
        line = ("2026-03-03;quai de Valmy;" + "1234567890;" * 6).ljust(99) + "\n"
        size = self.options.large * 1_000_000
        with (folder / "documents" / LARGE).open("w", encoding="ascii") as stream:
            for _ in range(size // 100):
                stream.write(line)
        text = f"# Le relevé\n\n## Tout le relevé\n\n[Le relevé entier](../documents/{LARGE})\n"
        (folder / "actualites" / f"{_LARGE_PAGE}.md").write_text(text, encoding="utf-8")
        sealers.remember(site)
        _say(f"un fichier de {self.options.large} Mo")
        sealed = timing(sealers.call(site, "cq"))
        root = tool.published(site).parent
        address = f"espace/#/conseillers/actualites/{_LARGE_PAGE}/"
        waits = []
        for _ in range(self.options.runs):
            waited, saved = unlock.fetched(
                root, address, sealers.PHRASE, "Tout le relevé", "Le relevé entier"
            )
            if saved != size:
                raise CallError(f"cq : {saved} octets enregistrés au lieu de {size}")
            waits.append(waited)
        return {"megabytes": self.options.large, "sealed": sealed.wall,
                "opened": statistics.median(waits)}  # fmt: skip


def _sum(runs: Iterable[Timing]) -> Timing:
    return sum(runs, start=Timing(0, 0))


def table(found: Found) -> str:
    """Markdown: a column a tool."""
    tools: Mapping[str, Found] = found["tools"]
    rows = [
        ["", *tools],
        ["à froid, en entier (s)", *(_seconds(one, "cold") for one in tools.values())],
        ["sceller des pages prêtes (s)", *(_seconds(one, "alone") for one in tools.values())],
        ["rien n’a changé (s)", *(_seconds(one, "again") for one in tools.values())],
        ["fichiers changés, de", *(f"{one['changed']} / {one['files']}" for one in tools.values())],
        ["une page scellée (octets)", *(f"{one['sealed']:.0f}" for one in tools.values())],
        ["de la page en clair", *(_ratio(one, "plain") for one in tools.values())],
        ["de la page en clair, gzip", *(_ratio(one, "packed") for one in tools.values())],
        ["mots privés trouvés", *(f"{len(one['leaks'])} / {len(planted.PLANTED)}"
                                  for one in tools.values())],
        ["les mêmes, sans l’index de MkDocs", *(f"{len(_besides(one))}" for one in tools.values())],
        ["pièces jointes en clair", *(str(one["attachments_in_clear"]) for one in tools.values())],
        ["mémoire (Mo)", *(f"{one['memory'] / 1e6:.0f}" for one in tools.values())],
        ["tours de la dérivation", *(f"{one['iterations']}" for one in tools.values())],
        ["ouvrir une page (s)", *(_seconds(one, "unlock") for one in tools.values())],
    ]  # fmt: skip
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|---|" + "---:|" * len(tools))
    lines += ["", f"{found['pages']} pages privées ; charge {found['load_after'][0]:.2f}"]
    for name, one in tools.items():
        if "large" in one:
            large = one["large"]
            lines.append(
                f"{name} : un fichier de {large['megabytes']} Mo, site scellé en "
                f"{large['sealed']:.1f} s, ouvert par le navigateur en {large['opened']:.1f} s"
            )
        lines += [f"{name} : {word}, dans {places[0]}" for word, places in one["leaks"].items()]
    return "\n".join(lines)


def _besides(one: Found) -> list[str]:
    """What would stand in clear all the same if MkDocs had made no search."""
    return [
        word
        for word, places in one["leaks"].items()
        if not all(place.startswith("search/") for place in places)
    ]


def _seconds(one: Found, key: str) -> str:
    return f"{one[key]['median']:.2f}" if key in one else "–"


def _ratio(one: Found, key: str) -> str:
    return f"× {one['sealed'] / one[key]:.2f}"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
