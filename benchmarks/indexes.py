"""The search index of each site: cq's own, and the one that Pagefind makes of the peers' pages.

Whether an index holds the pages that it should, and what it weighs. A peer that indexes fewer pages
or no French words would be quick at nothing. Must not measure time, nor know a command line.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import HOMES, Page

NAMED = 5  # pages named in a message, at most
SHARE = 0.9  # of the words of a page that its index must hold
_HEAD = b"pagefind_dcd"  # stands before what Pagefind packs
_TARGET = re.compile(r"\]\(@\d+\)")
_WORD = re.compile(r"\w+")
Json = dict[str, Any]
_FILES = {".pf_index", ".pf_filter"}


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as a server sends them: Pagefind's files as it packed them, cq's each by itself."""

    pages: int
    files: int
    words: int  # what a question is looked up in
    shown: int  # what is shown of the pages: cq's cards, Pagefind's fragments with the whole text


def lacking(pages: Sequence[Page], output: Path) -> list[str]:
    """What Pagefind's index of a site lacks, in words; nothing where each page is in it."""
    head = _head(output)
    if head is None:
        return ["pas d’index de Pagefind"]
    if list(head) != ["fr"] or head["fr"]["wasm"] != "fr":
        return [f"index de Pagefind en {', '.join(head) or 'aucune langue'}, et non en français"]
    return [*counted(pages, output), *_compared(_wanted(pages), dict(_fragments(output)))]


def counted(pages: Sequence[Page], output: Path) -> list[str]:
    """The same at one look, for after each round."""
    head = _head(output) or {}
    count = sum(language["page_count"] for language in head.values())
    wanted = len(pages) + len(HOMES)
    return [] if count == wanted else [f"{count} pages dans l’index au lieu de {wanted}"]


def lacking_in_cq(pages: Sequence[Page], output: Path) -> list[str]:
    """The same of cq's own index, whose cards have no text."""
    folder = output / "recherche"
    if not (folder / "index.json").exists():
        return ["pas d’index de recherche"]
    found = {
        card[1].strip("/")
        for path in folder.glob("p/*.json")
        for card in json.loads(path.read_bytes())[1:]
    }
    return list(_compared(dict.fromkeys(_wanted(pages), ""), dict.fromkeys(found, "")))


def says(page: Page, output: Path, words: str) -> bool:
    """Whether Pagefind knows these words of a page; fragments of before stay where they are."""
    return any(address == page.address and words in text for address, text in _fragments(output))


def _head(output: Path) -> Json | None:
    """What Pagefind says of each language."""
    try:
        entry: Json = json.loads((output / "pagefind" / "pagefind-entry.json").read_bytes())
    except (OSError, ValueError):
        return None
    languages: Json = entry["languages"]
    return languages


def _wanted(pages: Sequence[Page]) -> dict[str, str]:
    """Address and source of all that cq indexes: the pages, the words of quartiers and groupes."""
    return dict(HOMES) | {page.address: text_of(page) for page in pages}


def _fragments(output: Path) -> Iterator[tuple[str, str]]:
    for path in (output / "pagefind" / "fragment").iterdir():
        one = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_HEAD))
        text = one["content"].replace("\N{NO-BREAK SPACE}", " ")
        yield one["url"].strip("/"), text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def _compared(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for words, some in (
        ("absentes de l’index", wanted.keys() - found.keys()),
        ("de trop dans l’index", found.keys() - wanted.keys()),
        (
            "dont l’index n’a pas le texte",
            {
                address
                for address in wanted.keys() & found.keys()
                if _length(found[address]) < SHARE * _length(wanted[address])
            },
        ),
    ):
        if some:
            named = ", ".join(sorted(some)[:NAMED])
            yield f"pages {words} : {len(some)} ({named}{', …' if len(some) > NAMED else ''})"


def _length(text: str) -> int:
    return len(_WORD.findall(text))


def text_of(page: Page) -> str:
    """Title, summary and text as they are written, without the targets of links."""
    return "\n".join((page.title, page.summary, _TARGET.sub("]", page.body)))


def texts(pages: Sequence[Page]) -> dict[str, int]:
    """Bytes of the texts: as they are, packed each by itself, packed as one.

    The corpus repeats its sentences, so as one it packs far better than a council's texts would.
    """
    written = [text_of(page).encode() for page in pages]
    return {
        "raw": sum(map(len, written)),
        "each": sum(len(gzip.compress(text)) for text in written),
        "whole": len(gzip.compress(b"\n".join(written))),
    }


def weight(output: Path) -> Weight:
    """Of Pagefind's index right after the first run: later ones leave old files beside the new."""
    folder = output / "pagefind"
    shown = [path.stat().st_size for path in folder.glob("fragment/*.pf_fragment")]
    words = [path.stat().st_size for path in folder.glob("*.pf_meta")]
    words += [path.stat().st_size for path in folder.glob("*/*") if path.suffix in _FILES]
    words.append(_packed(folder / "pagefind-entry.json"))
    return Weight(len(shown), len(shown) + len(words), sum(words), sum(shown))


def weight_of_cq(output: Path) -> Weight:
    """What docs/formats/search-v1.md describes; the search page and the scripts are no index."""
    folder = output / "recherche"
    shown = [_packed(path) for path in folder.glob("p/*.json")]
    words = [_packed(path) for path in (folder / "index.json", *folder.glob("m/*.txt"))]
    pages = json.loads((folder / "index.json").read_bytes())["pages"]
    return Weight(pages, len(shown) + len(words), sum(words), sum(shown))


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
