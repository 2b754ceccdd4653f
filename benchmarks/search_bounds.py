"""Where the search index is cut: writes `cq/search/bounds.py`'s table, once, from French words.

    python benchmarks/search_bounds.py > table.txt

The words are those of this repository: the demonstration, the French documents and the
bench's phrases. A word weighs the square root of how often it stands there: the words of a
council's site are met by the thousand, those of French once. Between two words the cut is the
shortest text that parts them, moved to before the first form of a word that it would part. To run
it again makes another index of every site: only a new version of the format may.
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
    from cq.search.stems import stem
    from cq.search.words import forms, is_kept

    counted: Counter[str] = Counter()
    for source in _SOURCES:
        for path in sorted(ROOT.glob(source)):
            text = path.read_text("utf-8")
            counted.update(word for word in forms(text) if is_kept(word) and word[0].isascii())
    words = sorted(counted)
    ends: dict[str, tuple[str, str]] = {}  # the first and the last form of each stem
    for word in words:
        root = stem(word, word)
        ends[root] = ends.get(root, (word, word))[0], word
    whole = sum(math.sqrt(count) for count in counted.values())
    cuts, weight = [""], 0.0
    for before, word in zip(["", *words], words, strict=False):
        if weight >= whole * len(cuts) / SHARDS and len(cuts) < SHARDS:
            cut = _between(before, word)
            cut = _whole(cut, ends)
            if cut > cuts[-1]:
                cuts.append(cut)
        weight += math.sqrt(counted[word])
    print(f"{len(words)} mots, {len(cuts)} coupes", file=sys.stderr)
    print(textwrap.fill(" ".join(cuts[1:]), WIDTH, break_on_hyphens=False))


def _whole(cut: str, ends: dict[str, tuple[str, str]]) -> str:
    """The nearest cut before that falls between no two forms of one word."""
    while apart := [first for first, last in ends.values() if first < cut <= last]:
        cut = min(apart)
    return cut


def _between(before: str, word: str) -> str:
    """The shortest beginning of `word` that comes after `before`."""
    for length in range(1, len(word) + 1):
        if word[:length] > before:
            return word[:length]
    return word


if __name__ == "__main__":
    main()
