"""The golden questions of the search: what Python and the browser are both held to."""

from pathlib import Path
from typing import NamedTuple

from cq.search.query import Index

_FILE = Path(__file__).parent / "golden" / "recherche.txt"

# What is typed by accident, by a machine or in ill will.
HOSTILE = (
    ".*", "(((", "[a-", "\\", "$^", "banc.*", "c++", "%00", "a" * 10_000, "é" * 10_000,
    "e\u0301" * 5000, "plénière " * 500, "🎉🎉", "قناة", "канал", "運河", "İSTANBUL", "ﬁn ½ Ⅳ",
    "<b>banc</b>", "<img src=x onerror=alert(1)>", "__proto__ constructor", "\u202ebanc\u200b",
    "ΣΊΣΥΦΟΣ", "l d’ a", " ", "banc ", "banc\u00a0", "10EME", "piscine olympique banc",
)  # fmt: skip


class Golden(NamedTuple):
    """A question, and the addresses of the pages that must come first, in any order."""

    question: str
    first: frozenset[str]
    part: str  # the heading of the file under which it stands


def golden() -> list[Golden]:
    found: list[Golden] = []
    part = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            address = line.strip()
            found[-1] = found[-1]._replace(first=found[-1].first | {address.lstrip("/")})
        elif line.startswith("## "):
            part = line[3:]
        elif line and not line.startswith("#"):
            found.append(Golden(line, frozenset(), part))
    return found


def published(site: Path) -> Index:
    """The index of a built site."""
    folder = site / "recherche"
    return Index(lambda name: (folder / name).read_text(encoding="utf-8"))


def addresses(index: Index, question: str, most: int) -> list[str]:
    return [index.card(number).address for number in index.search(question).numbers[:most]]
