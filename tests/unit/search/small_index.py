"""An index of a few pages in memory, as its files: what a reader of indexes is tried on."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from cq.content.parsed import Parsed
from cq.search.bag import bag_of
from cq.search.bounds import bounds
from cq.search.coding import DIGITS
from cq.search.index import BLOCK, VERSION, built, numbering, shard_file
from cq.search.query import Index
from cq.search.stop import STOP
from tests.unit import petit_bourg


class Town(NamedTuple):
    """An index, and the files that it is read from."""

    files: dict[str, str]
    index: Index


def town(pages: Mapping[str, str]) -> Town:
    """The index of pages, by their path under content/."""
    said = sorted(
        (one for one in petit_bourg.parsed(pages) if one.item is not None), key=_order
    )  # fmt: skip
    items = [one.item for one in said if one.item is not None]
    stamp = numbering(item.address for item in items)
    kinds = sorted({item.kind for item in items})
    homes = sorted({item.home for item in items})
    years = sorted({(item.day or "")[:4] for item in items})
    days = [(item.day or "")[:4] for item in items]
    head = {
        "version": VERSION, "empreinte": stamp, "pages": len(items), "bloc": BLOCK,
        "bornes": list(bounds(len(items))), "vides": " ".join(sorted(STOP)), "sortes": kinds,
        "lieux": [[home, f"{home}/" if home else ""] for home in homes],
        "vie": [[number, last] for number, item in enumerate(items)
                if (last := max(item.years("2026-12-31"), default="")) > (item.day or "")[:4]],
        "annees": [[year, days.index(year)] for year in years],
        "sorte": "".join(DIGITS[kinds.index(item.kind)] for item in items),
        "lieu": "".join(DIGITS[homes.index(item.home)] for item in items),
    }  # fmt: skip
    files = {"index.json": json.dumps(head)}
    for number, state in enumerate(built((bag_of(one) for one in said), len(said))):
        files[f"m/{number}.txt"] = shard_file(stamp, state)
    for start in range(0, len(items), BLOCK):
        cards = [
            [one.title, one.address, one.summary, one.day or "", ""]
            for one in items[start : start + BLOCK]
        ]
        files[f"p/{start // BLOCK}.json"] = json.dumps([stamp, *cards])
    return Town(files, Index(files.__getitem__))


def _order(parsed: Parsed) -> tuple[str, str]:
    item = parsed.item
    return (item.day or "", item.address) if item is not None else ("", "")
