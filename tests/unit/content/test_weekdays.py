"""Days of the week that their dates contradict."""

from pathlib import PurePosixPath

import pytest

from cq.content.weekdays import contradictions, named_in

PATH = PurePosixPath("content/pages/a.md")


@pytest.mark.parametrize(
    "text",
    ["lundi 10 mars 2026", "Dimanche 10 mars 2026", "mercredi 1er janvier 2026",
     "jeudi\xa010\xa0mars\xa02026", "vendredi 10 aout 2026"],
)  # fmt: skip
def test_contradictions(text: str) -> None:
    (one,) = contradictions(f"Ligne\n  Le {text}.", PATH)
    assert one.code == "weekday-mismatch"
    assert (one.span.line, one.span.column, one.span.width) == (2, 6, len(text))


@pytest.mark.parametrize(
    "text",
    ["mardi 10 mars 2026", "dimanche 1er mars 2026", "lundi 10 mars", "lundi 31 février 2026",
     "samedi 10 h", "le midi 10 mars 2026", "un lundi, le 10 mars 2026", "alundi 10 mars 2026"],
)  # fmt: skip
def test_no_contradiction(text: str) -> None:
    assert not list(contradictions(text, PATH))


def test_a_hostile_page_gets_the_first_ones() -> None:
    assert len(list(contradictions("lundi 10 mars 2026\n" * 5000, PATH))) == 20


def test_a_title_takes_the_year_of_its_page() -> None:
    named = named_in("Plénière du lundi 10 mars", 2026)
    assert named is not None
    assert named[0] == "lundi"
    assert named[1].isoformat() == "2026-03-10"
    assert named_in("Plénière du lundi 10 mars 2025", 2026) is None
    assert named_in("Plénière", 2026) is None
