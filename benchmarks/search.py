"""cq's search beside MiniSearch, on the same pages and the same questions.

    python benchmarks/search.py                  the demo, then 10,000 pages of the bench's corpus
    python benchmarks/search.py --sizes          the demo alone

On the demo both are asked the golden questions (`tests/golden/recherche.txt`). The corpus repeats
its subjects, so no page of it is *the* answer: there only bytes and times are taken. The asking is
done by `yardstick/ask.mjs`; the table goes to the screen, everything measured to
`build/bench/search.json`.
"""

import argparse
import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random  # noqa: TID251 - one instance with a seed, handed on
from typing import Any

import generators
import installed
from corpus import SEED, corpus
from generators import BENCH, CHECKOUT, HERE
from layouts import LAYOUTS

sys.path.insert(0, str(CHECKOUT))

from cq import front, pipeline, settings
from cq.content.item import Item
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.ledger import Texts
from cq.search.bag import facts
from cq.search.stop import STOP
from cq.site.plan.search import keys_of, searched
from tests.golden_search import golden

YARDSTICK = HERE / "yardstick"  # MiniSearch
INSTALLED = CHECKOUT / ".cache" / "bench-npm"
QUESTIONS = 42
Json = dict[str, Any]


def main() -> int:
    options = _options()
    installed.with_npm(YARDSTICK, INSTALLED)
    found = {"demo": _measured(CHECKOUT, BENCH / "search", _golden(), options.jobs)}
    for size in options.sizes:
        site = BENCH / "search" / str(size)
        generators.set_aside(site)
        pages = corpus(size, Random(SEED))  # noqa: S311 - a corpus is no secret
        LAYOUTS["cq"](pages, site)
        asked = list(_titles([page.title for page in pages]))
        found[str(size)] = _measured(site, site / "measured", asked, options.jobs)
    generators.clear()
    (BENCH / "search.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, one in found.items():
        print(f"\n{name}, {one['pages']} pages, {one['questions']} questions\n")
        print(_table(one))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="La recherche de cq à côté de MiniSearch.")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--jobs", type=int)
    return parser.parse_args()


def _golden() -> list[Json]:
    return [{"question": one.question, "first": sorted(one.first)} for one in golden()]


def _titles(titles: Sequence[str]) -> Iterator[Json]:
    """Questions of two words each: the longest of titles taken evenly from the corpus."""
    for title in titles[:: max(1, len(titles) // QUESTIONS)][:QUESTIONS]:
        words = sorted(re.findall(r"[^\W\d_]{3,}", title), key=lambda word: -len(word))[:2]
        yield {"question": " ".join(words), "first": []}


def _measured(root: Path, folder: Path, asked: list[Json], jobs: int | None) -> Json:
    """Builds the site of `root`, and asks both searches of it."""
    folder.mkdir(parents=True, exist_ok=True)
    output = folder / "site"
    chosen = settings.resolve(
        root=root, output=output, jobs=jobs, today=date.fromisoformat(generators.TODAY)
    )
    run = front.open_run(dataclasses.replace(chosen, cache=folder / "cache"))
    if not pipeline.build(run).written:
        sys.exit(f"{root} : le site n'a pas pu être construit ; lancez cq validate")
    content = front.front(run, want_content=True).content
    if content is None:
        raise AssertionError("the front half was asked for its content")
    seen = content.seen_by(PUBLIC, generators.TODAY)
    texts = Texts(folder / "cache" / "ledger.sqlite")
    task = {
        "site": str(output),
        "engine": str(CHECKOUT / "themes" / "default" / "recherche-moteur.js"),
        "installed": str(INSTALLED),
        "stop": sorted(STOP),
        "documents": [_document(seen, item, texts) for item in searched(seen)],
        "asked": asked,
    }
    run.ledger.close()
    given = folder / "task.json"
    given.write_text(json.dumps(task), encoding="utf-8")
    done = subprocess.run(
        ["node", str(YARDSTICK / "ask.mjs"), str(given)], check=True, stdout=subprocess.PIPE
    )
    result: Json = json.loads(done.stdout)
    return result


def _document(content: Content, item: Item, texts: Texts) -> Json:
    """What cq's own index knows of a page, field by field; its headings stand in the text too."""
    text = texts.get(item.key)
    papers = [texts.paper(key) for key in keys_of(content, item)[1:]]
    community = content.communities.get(item.id)
    return {
        "adresse": item.address,
        "titre": community.name if community else item.title,
        "mots_cles": "\n".join(item.keywords),
        "resume": item.summary,
        "titres": "\n".join(heading.text for heading in text.headings),
        "texte": "\n".join((text.text, *facts(item), *papers)),
        "jour": item.day or "",
    }


def _table(found: Json) -> str:
    columns = list(found["engines"])
    rows = [f"| | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    for key in dict.fromkeys(key for one in found["engines"].values() for key in one):
        cells = [str(found["engines"][name].get(key, "")) for name in columns]
        rows.append(f"| {key} | {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
