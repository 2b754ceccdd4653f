"""How long a resident waits for the page that verifies a draw: 180,000 people, headless Chromium.

    PYTHONPATH=. python benchmarks/verifier.py             medians of 5, as `cq build` publishes it
    PYTHONPATH=. python benchmarks/verifier.py --slow 4    on a processor four times slower
    PYTHONPATH=. python benchmarks/verifier.py --people 5000 --seats 200 --runs 1   a quick look

Two ways, each in a new browser that remembers nothing: the whole draw, from the page's address to
five green lights; one's own line, from the address that a letter's QR code has to the answer. The
files come from this machine: what a network takes is not measured, what it carries is counted.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping

import bench
import draw
from generators import BENCH
from measure import CallError, timing
from playwright.sync_api import CDPSession, Page, Response
from unlock import LONGEST, browser_page, served

from cq.draw.page import line_fragment
from cq.jury import people
from cq.jury.folders import Folders

NAME = "mesure"
TARGET = 10.0  # seconds, of the whole draw of 180,000 (issue 6, 8)
LIGHTS = ["vert"] * 5
_STATES = "[...document.querySelectorAll('.feu')].map((one) => one.dataset.etat)"
_SITE = """\
nom: Mesure
id: cq-mesure
arrondissement: {numero: 1, nom: Mesure, code_insee: "00001", code_postal: "00001"}
"""
_PAGE = """\
---
titre: Courriers
tirage: 2026-12-22
finalite: Mesure
base_legale: Mesure
source_liste: Liste fictive
destruction: 2027-11-22
valide_par: une élue
---

Personne n’existe.
"""
Found = dict[str, list[float]]


def main() -> int:
    options = _options()
    machine = bench.machine()
    try:
        found = measured(options, _published(options))
    except CallError as error:
        print(error, file=sys.stderr)
        return 1
    text = {"machine": machine, **vars(options), "found": found}
    (BENCH / "verifier.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(found, options)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=180_000)
    parser.add_argument("--seats", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow", type=int, default=1)
    return parser.parse_args()


def _published(options: argparse.Namespace) -> str:
    """Draw, and build the site: the end of the address in somebody's letter."""
    draw.prepare(options.people)
    site = draw.PLACE / "site"
    (site / "content" / "site.yml").write_text(_SITE, encoding="utf-8")
    for step, arguments in draw.steps(options, NAME).items():
        timing(draw.call_of(["draw-jury", step, *arguments], step))
    folders = Folders(NAME, site / "content" / "jurys" / NAME, draw.PLACE / "prive" / NAME)
    (folders.public / "index.md").write_text(_PAGE, encoding="utf-8")
    timing(draw.call_of(["build"], "build"))
    entry = people.entries(folders)[options.people // 2]
    return line_fragment(entry.salt, entry.hashed)


def measured(options: argparse.Namespace, fragment: str) -> dict[str, Found]:
    """For each way its seconds, those of the page's own processor, the bytes that it asked for, and
    the memory of its script.
    """
    ways: dict[str, Callable[[Page, str], None]] = {
        "tout le tirage": _whole,
        "ma ligne": lambda page, address: _line(page, address + fragment),
    }
    found: dict[str, Found] = {
        way: {"seconds": [], "cpu": [], "bytes": [], "heap": []} for way in ways
    }
    with served(draw.PLACE / "site" / "build" / "site") as base:
        for _ in range(options.runs):
            for way, walk in ways.items():
                _measure(found[way], walk, f"{base}jurys/{NAME}/verifier/", options.slow)
    return found


def _measure(found: Found, walk: Callable[[Page, str], None], address: str, slow: int) -> None:
    received: list[int] = []

    def receive(answer: Response) -> None:
        received.append(int(answer.headers.get("content-length", 0)))

    with browser_page() as page:
        page.set_default_timeout(1000 * LONGEST)
        page.on("response", receive)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        start = time.perf_counter()
        walk(page, address)
        found["seconds"].append(time.perf_counter() - start)
        found["bytes"].append(sum(received))
        metrics = _metrics(session)
        found["cpu"].append(metrics["TaskDuration"])
        found["heap"].append(metrics["JSHeapUsedSize"])


def _whole(page: Page, address: str) -> None:
    page.goto(address)
    page.click("#tout")
    page.locator("#conclusion p").wait_for()
    if (lights := page.evaluate(_STATES)) != LIGHTS:
        raise CallError(f"les feux : {lights}\n{page.inner_text('#feux')}")


def _line(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#reponse p").first.wait_for()
    if "est dans la liste" not in (said := page.inner_text("#reponse")):
        raise CallError(said)


def _metrics(session: CDPSession) -> dict[str, float]:
    found = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: float(one["value"]) for one in found}


def table(found: Mapping[str, Found], options: argparse.Namespace) -> list[str]:
    asked = f"{options.people} personnes, {options.seats} sièges, {options.runs} tours"
    slow = f", processeur ralenti {options.slow} fois" if options.slow > 1 else ""
    lines = [
        f"{asked}{slow} ; charge {os.getloadavg()[0]:.1f}",
        "",
        "| page | médiane | de … à | processeur | reçu | mémoire du script | |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for way, one in found.items():
        seconds, middle, verdict = one["seconds"], statistics.median(one["seconds"]), ""
        if way == "tout le tirage" and options.slow == 1:
            verdict = f"{'tenu' if middle <= TARGET else 'manqué'} : {TARGET:.0f} s"
        lines.append(
            f"| {way} | {middle:.2f} s | {min(seconds):.2f} … {max(seconds):.2f} | "
            f"{statistics.median(one['cpu']):.2f} s | "
            f"{statistics.median(one['bytes']) / 1000:.0f} ko | "
            f"{max(one['heap']) / (1 << 20):.0f} Mio | {verdict} |"
        )
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
