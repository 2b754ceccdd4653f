"""What a sealed site weighs, what changed in it, and whether it has all its pages.

Of cq the sealed files are opened with the keys of the bench, which is how one knows which page is
which. Must not measure time.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import planted
from corpus import Page
from measure import CallError
from sealers import PHRASE, Sealer

from cq.seal.file import unseal
from cq.seal.keys import SpaceKey
from cq.seal.ring import Ring


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a page of the corpus, on average."""

    sealed: float  # as it is published
    plain: float  # the same page, if it were not sealed
    packed: float  # and as a server would send that


def digests(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in output.rglob("*")
        if path.is_file()
    }


def of(tool: Sealer, site: Path, pages: Sequence[Page]) -> Weight:
    pairs = [*_pairs(tool, site, pages)]
    return Weight(
        *(
            sum(some) / len(pairs)
            for some in (
                [sealed for sealed, _ in pairs],
                [len(plain) for _, plain in pairs],
                [len(gzip.compress(plain, 6)) for _, plain in pairs],
            )
        )
    )


def _pairs(tool: Sealer, site: Path, pages: Sequence[Page]) -> Iterator[tuple[int, bytes]]:
    """Of each page the bytes that are published, and the page in clear."""
    output = tool.published(site)
    if tool.name == "cq":
        key = key_of(site)
        for page in pages:
            name = key.file_id(f"/{page.address}/")
            data = (output / "f" / name[:2].lower() / name).read_bytes()
            yield len(data), unseal(key, name, data).body
        return
    for page in pages:
        place = f"{page.address}/index.html"
        yield (output / place).stat().st_size, (site / tool.plain / place).read_bytes()


def key_of(site: Path) -> SpaceKey:
    line = json.loads((site / "keys.json").read_text("utf-8"))["CQ_CLES"]
    [key] = Ring.of_line(line).keys.values()
    return key


def whole(tool: Sealer, site: Path, pages: Sequence[Page]) -> None:
    """Stop where a page is absent, or has lost its text, or nothing of it was sealed."""
    for page, (_, plain) in zip(pages, _pairs(tool, site, pages), strict=True):
        if len(plain) < len(page.body) / 2:
            raise CallError(f"{tool.name} : {page.address} n'a pas son texte")
    if not tool.plain:
        return
    place = f"{pages[0].address}/index.html"
    plain = (site / tool.plain / place).read_text("utf-8")
    words = max(re.findall(r"[^<>.]+", plain.partition("<main>")[2]), key=len).strip()
    sealed = (tool.published(site) / place).read_text("utf-8")
    if len(words) < 20 or words in sealed or PHRASE in sealed:
        raise CallError(f"{tool.name} : le texte de {place} est en clair : {words}")


def attachments(output: Path) -> int:
    """How many of the planted files lie there as they were."""
    wanted = {hashlib.sha256(data).hexdigest() for data in planted.attachments().values()}
    return len(wanted & {*digests(output).values()})
