"""The public list of a draw: one line a person, which says nothing of who it is.

A person's row and a salt of their own make their number (pid): the town hall can show one person
their own row and nobody else's.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from operator import lt
from typing import NamedTuple

from cq.draw.canon import BadFile, canonical, digest, keyed

SHARDS = 256
MOST_PEOPLE = 2_000_000  # more than any French commune has voters
_LINE = re.compile(r"([0-9a-f]{32}),(0|[1-9][0-9]{0,5}),((?:[0-9a-f]{16})?)\n")


class Person(NamedTuple):
    """One line of `pool.txt`. `household` is "" where the rule is off or no address was given."""

    pid: str
    type: int
    household: str = ""

    def line(self) -> str:
        return f"{self.pid},{self.type},{self.household}\n"


def salt_of(key: bytes, identifier: str) -> bytes:
    """The 16 bytes that one person gets by letter, with their row."""
    return keyed(key, "salt", identifier.encode())[:16]


def pid_of(salt: bytes, row: Mapping[str, str]) -> str:
    """32 hexadecimal digits. `row` holds cleaned texts (`canon.clean`), `id` among them."""
    return digest("leaf", salt, canonical(dict(row)))[:16].hex()


def household_of(key: bytes, address: Sequence[str]) -> str:
    """16 hexadecimal digits for all who live at `address`; "" where nothing of it is known."""
    text = "\n".join(address).casefold().encode()
    if not text.strip():
        return ""
    return digest("foyer", keyed(key, "foyer-salt", text)[:16], text)[:8].hex()


def written(people: Iterable[Person]) -> bytes:
    """`pool.txt`, in the order of pids. Raises `ValueError` where two have the same."""
    listed = sorted(people)
    if any(one.pid == other.pid for one, other in itertools.pairwise(listed)):
        raise ValueError("two people with one pid")
    return "".join(person.line() for person in listed).encode("ascii")


@functools.lru_cache(maxsize=1)
def read(data: bytes) -> tuple[Person, ...]:
    """The people of `pool.txt`. Raises `BadFile` with the line that is wrong.

    A draw reads its list when it checks, draws and verifies: the same bytes are read once.
    """
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as fault:
        number = data.count(b"\n", 0, fault.start) + 1
        raise BadFile(f"ligne {number} : un caractère qui n’a pas sa place") from None
    lines = text.count("\n")
    if lines > MOST_PEOPLE:
        raise BadFile(f"plus de {MOST_PEOPLE} lignes")
    found = _LINE.findall(text)
    pids = [one[0] for one in found]
    # Whole lines have been found, and nothing is left between them.
    length = sum(len(pid) + len(kind) + len(household) + 3 for pid, kind, household in found)
    if len(found) != lines or length != len(text) or not all(map(lt, pids, pids[1:])):
        raise BadFile(_fault(text))
    return tuple(Person(pid, int(kind), household) for pid, kind, household in found)


def _fault(text: str) -> str:
    """What is wrong with a list in which something is."""
    *lines, rest = text.split("\n")
    if rest:
        return "la dernière ligne n’est pas terminée"
    before = ""
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line + "\n"):
            return f"ligne {number} : attendu « numéro,type,foyer »"
        if line[:32] <= before:
            return f"ligne {number} : les numéros ne se suivent pas dans l’ordre"
        before = line[:32]
    raise AssertionError("nothing is wrong")


def shards(data: bytes) -> list[bytes]:
    """The 256 digests of `pool.txt`, one for each beginning of two digits; `read` accepted it."""
    by_start = {
        start: b"".join(lines)
        for start, lines in itertools.groupby(data.splitlines(keepends=True), lambda one: one[:2])
    }
    return [digest("shard", by_start.get(b"%02x" % number, b"")) for number in range(SHARDS)]


def root(data: bytes) -> str:
    """`pool_root`: 64 hexadecimal digits that stand for the whole list."""
    return digest("pool", *shards(data)).hex()
