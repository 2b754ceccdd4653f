"""Where a finding points: a value in a file, or its key's, as the author of the file wrote it."""

from pathlib import PurePosixPath

from cq.content.body import Link
from cq.content.item import Item, Reference, Trace
from cq.content.parsed import Record
from cq.diagnostic import Span


def at(thing: Item | Record, one: Reference | Trace | Link) -> Span:
    """The place of one value of `thing`."""
    return Span(PurePosixPath(thing.path), one.line, one.column, one.width)


def at_key(thing: Item | Record, key: str) -> Span:
    """The place of a key's first value; of the file where the key is not written."""
    for one in (*thing.references, *thing.written):
        if one.field == key:
            return at(thing, one)
    return Span(PurePosixPath(thing.path))
