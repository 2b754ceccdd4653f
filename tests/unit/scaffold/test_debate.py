"""A débat opened in a conversation, and what a synthesis may be."""

import datetime
from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from cq import digest
from cq.content.parse import parse
from cq.content.scan import Source
from cq.scaffold import NotMade
from cq.scaffold.debate import Plan, asked, concluded, phase
from cq.scaffold.item import Wish

PATH = PurePosixPath("content/debats/quai/index.md")
PHASES = b"phases: [{nom: Recueil, debut: 2026-03-01, fin: 2026-04-30}]"
FILE = b"---\ntitre: Le quai\n" + PHASES + b"\n---\nOui.\n"


def answers(*given: str) -> Callable[[str, str], str]:
    left = iter(given)
    return lambda _, default: next(left) or default


def test_a_conversation_asks_for_phases_until_there_are_no_more() -> None:
    today = datetime.date(2026, 3, 1)
    wish, plan = asked(
        Wish(), Plan(()), today,
        answers("Le quai ?", "", "", "", "", "Synthèse", "", "2026-04-30", "", "une deux"),
    )  # fmt: skip
    assert (wish.title, wish.quartier, plan.meetings) == ("Le quai ?", "", ("une", "deux"))
    assert [(name, str(first), str(last)) for name, first, last in plan.phases] == [
        ("Recueil des arguments", "2026-03-01", "2026-03-31"),
        ("Synthèse", "2026-04-01", "2026-04-30"),
    ]


@pytest.mark.parametrize(
    "written", ["Recueil", "=2026-03-01..2026-03-02", "R=hier..demain", "R=.."]
)
def test_a_phase_that_cannot_be_read(written: str) -> None:
    with pytest.raises(NotMade):
        phase(written)


@pytest.mark.parametrize(
    "text",
    ["Oui.", "  - une liste\n# un dièse\n", "---\n", "a: b: c\n\n\n\n{d} [e] & *f !g %h @i `j",
     "…\t…", "<script>alert(1)</script>", "'\"'\\n"],
)  # fmt: skip
@pytest.mark.parametrize("data", [FILE, FILE.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + FILE])
def test_a_synthesis_is_all_that_changes(text: str, data: bytes) -> None:
    new = concluded(data, PATH, text)
    read = parse(Source(PATH, new, digest.of_bytes(new)))
    assert read.item is not None
    assert read.item.debate is not None
    assert read.item.debate.synthesis.split() == text.split()
    assert read.body.text == "Oui."
    assert (b"\r\n" in new) == (b"\r\n" in data)
    assert new.startswith(data[:20])


@pytest.mark.parametrize("text", ["", " \n\n ", "x" * 100_001])
def test_a_synthesis_that_is_none(text: str) -> None:
    with pytest.raises(NotMade):
        concluded(FILE, PATH, text)


@pytest.mark.parametrize(
    "data",
    [b"", b"Oui.\n", FILE.replace(b"---\nOui", b"Oui"),
     FILE.replace(b"---\nOui", b"synthese: Non.\n---\nOui"),
     FILE.replace(b"phases", b"fases")],
)  # fmt: skip
def test_a_file_that_cannot_be_completed(data: bytes) -> None:
    with pytest.raises(NotMade):
        concluded(data, PATH, "Oui.")
