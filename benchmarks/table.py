"""The bench's table in Markdown, from what it measured, with the targets that we hold it to.

    python benchmarks/table.py build/bench/results.json

Must not measure, nor round a number before it is compared.
"""

import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

SCENARIOS = {
    "cold": "construction à froid",
    "again": "rien n’a changé",
    "edit": "une page modifiée",
    "validate": "`cq validate`, rien n’a changé",
}
TOOLS = {
    "cq": "cq",
    "hugo": "Hugo",
    "hugo+pagefind": "Hugo + Pagefind",
    "pelican": "Pelican",
    "pelican+pagefind": "Pelican + Pagefind",
}


class Target(NamedTuple):
    """cq's time at most `factor` × the peer's, without a search and with one."""

    scenario: str
    peer: str
    factor: float
    size: int | None = None  # any


TARGETS = (
    Target("cold", "pelican", 0.6),
    Target("cold", "hugo", 3.5),
    Target("again", "hugo", 0.5, 1_000),
    Target("again", "hugo", 0.08, 10_000),
    Target("edit", "hugo", 0.9, 1_000),
    Target("edit", "hugo", 0.15, 10_000),
)
MEMORY = 500e6  # bytes, all processes, cold, at 10,000 pages
VALIDATE = 1.5  # seconds, at 10,000 items
INDEX = 0.25  # of the texts, each packed by itself, at 10,000 pages
START = {"version": 0.15, "help": 0.25}  # seconds beyond `python -c pass`


def markdown(found: dict[str, Any]) -> str:
    """The whole report: times, targets, memory, what sites and indexes hold, the machine."""
    parts = (_times(found), _targets(found), _counts(found), _indexes(found), _machine(found))
    return "\n\n".join(part for part in parts if part)


def _number(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def _spread(spread: dict[str, float] | None) -> str:
    if spread is None:
        return "–"
    low, middle, high = (_number(spread[key]) for key in ("min", "median", "max"))
    return f"**{middle}** ({low} – {high}) ; {_number(spread['cpu'])}"


def _times(found: dict[str, Any]) -> str:
    lines = [
        "Secondes, processus entier : **médiane** (minimum – maximum) ; temps de processeur.",
        "",
        "| pages | mesure | " + " | ".join(TOOLS.values()) + " |",
        "|---:|---|" + "---:|" * len(TOOLS),
    ]
    for size, result in found["sizes"].items():
        for scenario, by_tool in result["times"].items():
            cells = " | ".join(_spread(by_tool.get(tool)) for tool in TOOLS)
            lines.append(f"| {_thousands(int(size))} | {SCENARIOS[scenario]} | {cells} |")
        for scenario, by_tool in result["memory"].items():
            cells = " | ".join(
                f"{by_tool[tool] / 1e6:.0f} Mo" if tool in by_tool else "–" for tool in TOOLS
            )
            words = f"mémoire, {SCENARIOS[scenario]}"
            lines.append(f"| {_thousands(int(size))} | {words} | {cells} |")
    return "\n".join(lines)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _targets(found: dict[str, Any]) -> str:
    rows = [*_ratios(found), *_absolutes(found)]
    if not rows:
        return ""
    lines = ["| pages | mesure | résultat | cible | tenue |", "|---:|---|---:|---:|---|"]
    return "\n".join([*lines, *rows])


def _ratios(found: dict[str, Any]) -> Iterator[str]:
    for size, result in found["sizes"].items():
        for target, name in product(TARGETS, ("{}", "{}+pagefind")):
            times = result["times"].get(target.scenario, {})
            key = name.format(target.peer)
            if target.size not in {None, int(size)} or not {"cq", key} <= times.keys():
                continue
            ratio = times["cq"]["median"] / times[key]["median"]
            peer = TOOLS[key]
            yield _row(
                _thousands(int(size)),
                SCENARIOS[target.scenario],
                f"{_number(ratio, 3)} × {peer}",
                f"≤ {_number(target.factor)} × {peer}",
                held=ratio <= target.factor,
            )


def _absolutes(found: dict[str, Any]) -> Iterator[str]:
    large = found["sizes"].get("10000", {})
    if "cq" in large.get("memory", {}).get("cold", {}):
        held = large["memory"]["cold"]["cq"]
        words = f"≤ {MEMORY / 1e6:.0f} Mo"
        yield _row(
            _thousands(10_000), "mémoire", f"{held / 1e6:.0f} Mo", words, held=held <= MEMORY
        )
        time = large["times"]["validate"]["cq"]["median"]
        yield _row(
            _thousands(10_000),
            SCENARIOS["validate"],
            f"{_number(time)} s",
            f"≤ {_number(VALIDATE)} s",
            held=time <= VALIDATE,
        )
    if "cq" in large.get("indexes", {}):
        share = _size(large["indexes"]["cq"]) / large["text"]["each"]
        yield _row(
            _thousands(10_000),
            "l’index de la recherche, compressé",
            f"{_number(100 * share, 1)} % du texte",
            f"≤ {100 * INDEX:.0f} %",
            held=share <= INDEX,
        )
    if start := found.get("start"):
        for name, most in START.items():
            beyond = start[name]["median"] - start["python"]["median"]
            words = f"`cq --{name}` au-delà de `python -c pass`"
            yield _row(
                "", words, f"{_number(beyond, 3)} s", f"≤ {_number(most)} s", held=beyond <= most
            )


def _row(*cells: str, held: bool) -> str:
    return f"| {' | '.join(cells)} | {'oui' if held else '**non**'} |"


def _counts(found: dict[str, Any]) -> str:
    """What each tool wrote, and in words whether one did less than cq's peers or than cq."""
    lines = [
        "Ce que chaque site contient (un outil qui en ferait moins serait le plus rapide à tort) :",
        "",
        "| pages | outil | items | listes | flux | entrées du flux | sitemap | fichiers | Mo |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    remarks = []
    for size, result in found["sizes"].items():
        counts = result["counts"]
        for tool, held in counts.items():
            cells = (
                *(held[key] for key in ("items", "lists", "feeds", "entries", "sitemap", "files")),
                _number(held["megabytes"], 1),
            )
            row = " | ".join(map(str, cells))
            lines.append(f"| {_thousands(int(size))} | {TOOLS[tool]} | {row} |")
        for key, words in (("items", "pages d’items"), ("lists", "listes"), ("feeds", "flux")):
            most = max(held[key] for held in counts.values())
            less = [
                f"{TOOLS[tool]} {held[key]}" for tool, held in counts.items() if held[key] < most
            ]
            if less:
                said = ", ".join(less)
                remarks.append(f"- {_thousands(int(size))} pages, {words} : {most} au plus, {said}")
    verdict = "Écarts :\n" + "\n".join(remarks) if remarks else "Mêmes comptes pour tous."
    return "\n".join(lines) + "\n\n" + verdict


def _size(weight: dict[str, int]) -> int:
    return weight["words"] + weight["shown"]


def _indexes(found: dict[str, Any]) -> str:
    """What each search index weighs, beside the texts of the pages."""
    lines = [
        "Index de recherche, en ko compressés (gzip) : ce où l’on cherche, ce qui montre les pages",
        "trouvées (cq : titres et résumés ; Pagefind : les textes entiers).",
        "",
        "| pages | site | dans l’index | fichiers | chercher | montrer | en tout | du texte |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    texts = []
    for size, result in found["sizes"].items():
        number = _thousands(int(size))
        for tool, weight in result.get("indexes", {}).items():
            name = TOOLS.get(f"{tool}+pagefind", TOOLS[tool])
            whole, text = _size(weight), result["text"]["each"]
            cells = (
                *(number, name, *(_thousands(weight[key]) for key in ("pages", "files"))),
                *(_kilobytes(one) for one in (weight["words"], weight["shown"], whole)),
                f"{_number(100 * whole / text, 1)} %",
            )
            lines.append(f"| {' | '.join(cells)} |")
        if text := result.get("text"):
            each, one, raw = (_kilobytes(text[key]) for key in ("each", "whole", "raw"))
            texts.append(
                f"- {number} pages : {each} ko compressés page par page (la mesure de la dernière "
                f"colonne), {one} d’un seul tenant, {raw} tels quels"
            )
    return "\n".join([*lines, "", "Textes du corpus :", *texts]) if texts else ""


def _kilobytes(count: int) -> str:
    return _thousands(round(count / 1000))


def _machine(found: dict[str, Any]) -> str:
    machine = found["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    words = ", ".join(
        f"{_number(result['words'], 0)} mots par page à {_thousands(int(size))} pages"
        for size, result in found["sizes"].items()
    )
    before, after = (_number(load[0]) for load in (machine["load_before"], found["load_after"]))
    return (
        f"{machine['processor']}, {machine['cores']} cœurs, {machine['system']} ; {versions} ; "
        f"{words} ; charge {before} avant, {after} après."
    )


if __name__ == "__main__":
    print(markdown(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
