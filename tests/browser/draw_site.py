"""Draws as a site publishes them: the examples of the protocol, and one that was changed."""

import csv
from pathlib import Path

from cq.draw import canon, page, pool
from cq.draw.transcript import NAMES

VECTORS = Path(__file__).parents[1] / "vectors"
SIMPLE, QUOTAS, SECOND, CHANGED, SEALED = "simple", "quotas", "second", "change", "scelle"
FIRST = VECTORS / "draw-two-stages" / "1"
_OF = {
    SIMPLE: VECTORS / "draw-simple-12",
    QUOTAS: VECTORS / "draw-quotas-16",
    SECOND: VECTORS / "draw-two-stages" / "2",
    CHANGED: VECTORS / "draw-simple-12",
    SEALED: VECTORS / "draw-sealed-16",
}
HOSTILE = "<img src=x onerror=alert(1)>"


def files(name: str) -> dict[str, bytes]:
    """The five public files of a draw."""
    found = {one: (_OF[name] / one).read_bytes() for one in NAMES}
    if name == CHANGED:
        promise = found["commitment.json"]
        found["commitment.json"] = promise.replace(b"Jury d'essai", HOSTILE.encode())
        assert found["commitment.json"] != promise
    return found


def make(folder: Path) -> Path:
    """All of them under `jurys/` of a folder, with their page and the shards of their lists."""
    for name in _OF:
        place = folder / "jurys" / name
        (place / "verifier").mkdir(parents=True)
        (place / "eclats").mkdir()
        for one, data in files(name).items():
            (place / one).write_bytes(data)
        for one in (place / page.NAME, place / "verifier" / "index.html"):
            one.write_bytes(page.page())
        listed = files(name)["pool.txt"]
        digests = pool.shards(listed)
        (place / "eclats" / "index.txt").write_text("".join(f"{one.hex()}\n" for one in digests))
        for number in range(pool.SHARDS):
            start = b"%02x" % number
            lines = [line for line in listed.splitlines(keepends=True) if line.startswith(start)]
            (place / "eclats" / f"{start.decode()}.txt").write_bytes(b"".join(lines))
    (folder / "jurys" / SECOND / "previous.json").write_bytes(
        (FIRST / "transcript.json").read_bytes()
    )
    return folder


def line(number: int, name: str = SIMPLE) -> tuple[bytes, dict[str, str]]:
    """The salt and the row of a person of a draw, as their letter has them."""
    with (_OF[name] / "pool.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    row = {name: canon.clean(text) for name, text in rows[number].items()}
    key = bytes.fromhex((_OF[name] / "key.hex").read_text())
    return pool.salt_of(key, row["id"]), row
