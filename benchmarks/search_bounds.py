"""Where the search index is cut: writes `cq/search/bounds.py`'s table, once, from French words.

    python benchmarks/search_bounds.py > table.txt

The words are those of this repository: the demonstration, the French documents and the
bench's phrases. A word weighs the square root of how often it stands there: the words of a
council's site are met by the thousand, those of French once. Between two words the cut is the
shortest text that parts them, so that it seldom falls between two forms of one word. To run it
again makes another index of every site: only a new version of the format may.
"""

import math
import sys
import textwrap
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARDS = 512
_SOURCES = (
    "content/**/*.md", "content/**/*.yml", "LISEZMOI.md", "docs/diagnostics.md",
    "docs/formats/content.md", "docs/formats/donnees.md", "benchmarks/phrases.py",
    "benchmarks/rubrics.py",
)  # fmt: skip
WIDTH = 96


def main() -> None:
    from cq.search.words import forms, is_kept

    counted: Counter[str] = Counter()
    for source in _SOURCES:
        for path in sorted(ROOT.glob(source)):
            text = path.read_text("utf-8")
            counted.update(word for word in forms(text) if is_kept(word) and word[0].isascii())
    words = sorted(counted)
    whole = sum(math.sqrt(count) for count in counted.values())
    cuts, weight = [""], 0.0
    for before, word in zip(["", *words], words, strict=False):
        if weight >= whole * len(cuts) / SHARDS and len(cuts) < SHARDS:
            cut = _between(before, word)
            if cut > cuts[-1]:
                cuts.append(cut)
        weight += math.sqrt(counted[word])
    print(f"{len(words)} mots, {len(cuts)} coupes", file=sys.stderr)
    print(textwrap.fill(" ".join(cuts[1:]), WIDTH, break_on_hyphens=False))


def _between(before: str, word: str) -> str:
    """The shortest beginning of `word` that comes after `before`."""
    for length in range(1, len(word) + 1):
        if word[:length] > before:
            return word[:length]
    return word


if __name__ == "__main__":
    main()
