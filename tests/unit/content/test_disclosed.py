"""What the text of a PDF tells of persons: over its lines, beside its tables, within bounds."""

import time

import pytest

from cq.content.disclosed import disclosed
from cq.content.item import PaperTrace

ALL = [(0, 1)]


def told(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in disclosed(text, ALL).traces]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Écrire à jean@x.fr.", "email", "jean@x.fr"),
        ("jean (at)\nx.fr", "email", "jean (at) x.fr"),
        ("Tél. 06 12 34 56 78", "mobile", "06 12 34 56 78"),
        ("On l’appelle au 06 12 34\n56 78.", "mobile", "06 12 34 56 78"),
        ("au +33 6 12 34\n56 78", "mobile", "+33 6 12 34 56 78"),
        ("06 12 34 56 78 07 12 34 56 79", "mobile", "06 12 34 56 78"),
        ("Mobile 06 12 34 56 78 12 rue Bichat", "mobile", "06 12 34 56 78"),
        ("Elle habite au\n12, rue Bichat", "home", "12, rue Bichat"),
        ("Mme Durand,\nhabitante", "resident", "Mme Durand, habitante"),
    ],
)
def test_what_is_told(text: str, kind: str, words: str) -> None:
    assert told(text)[0] == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "Écrire à contact@x.fr ou mairie (at) x.fr",
        "01 02 03 04 05 06 07 08 09 10 11 12",
        "06 07 08 09 10",
        "06 13 20 27 04 11 18",
        "06\n12\n34\n56\n78",
        "06 12 34\n56 78",
        "de 06 12 34\n56 78 90",
        "Mme Durand\n\nhabitante",
        "Tél. 01 12 34 56 78",
        "",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert told(text) == []


def test_each_is_told_once_with_its_first_page() -> None:
    pages = ["rien", "jean@x.fr", "Jean@X.fr, lea@x.fr : 06 12 34 56 78", "06.12.34.56.78"]
    starts = [(0, 1), (6, 3), (17, 4), (55, 9)]
    text = "\n\n".join(pages)
    assert [text[at:][:3] for at, _ in starts] == ["rie", "jea", "Jea", "06."]
    assert disclosed(text, starts).traces == (
        PaperTrace("email", "jean@x.fr", 3),
        PaperTrace("email", "lea@x.fr", 4),
        PaperTrace("mobile", "06 12 34 56 78", 4),
    )


def test_ten_thousand_are_counted_and_few_are_kept() -> None:
    several = " ".join(f"p{number}@x.fr, contact{number}@x.fr," for number in range(10_000))
    many = " ".join(f"tel 06{number:08}" for number in range(10_000))
    found = disclosed(f"{several}\n{many}", ALL)
    # « contact7 » begins with a function: no person's.
    assert dict(found.more) == {"email": 9_800, "mobile": 9_980}
    assert len(found.traces) == 220


@pytest.mark.parametrize(
    "text",
    ["@" * 1_000_000, "a@" * 500_000, "06 " * 330_000, "06 12 34 56 78 " * 66_000,
     "étage 12, rue x " * 60_000, "habite 12 rue " * 70_000, "M. A" * 250_000,
     "12, rue Bichat, Mairie, 3e étage. " * 30_000, "a@" + "x." * 500_000,
     "06 12 34\n56 78 " * 66_000, "jean(at)x.fr" * 80_000, "\n" * 1_000_000],
)  # fmt: skip
def test_hostile_papers_are_quick_and_small(text: str) -> None:
    begin = time.process_time()
    found = disclosed(text, ALL)
    assert time.process_time() - begin < 10
    assert sum(len(one.text) for one in found.traces) < 60_000
