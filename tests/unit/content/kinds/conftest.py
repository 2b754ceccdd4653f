"""One file of content, read as the front half reads it."""

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from cq import digest
from cq.content.parse import parse
from cq.content.parsed import Parsed
from cq.content.scan import Source

Reader = Callable[..., Parsed]


@pytest.fixture
def read() -> Reader:
    """`read("content/agenda/2026-03-10-x.md", "lieu: ici")`: a header, and a line of text."""

    def one(path: str, header: str) -> Parsed:
        text = header if path.endswith(".yml") else f"---\n{header}\n---\nDu texte.\n"
        data = text.encode()
        return parse(Source(PurePosixPath(path), data, digest.of_bytes(data)))

    return one


@pytest.fixture
def said(read: Reader) -> Callable[..., list[str]]:
    """`line:column code message` of each finding, in the order of places."""

    def one(path: str, header: str) -> list[str]:
        return [
            f"{it.span.line}:{it.span.column} {it.code} {it.message}".replace("\xa0", " ")
            for it in sorted(read(path, header).found, key=lambda it: it.span)
        ]

    return one
