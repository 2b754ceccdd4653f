"""Personal data: what is found, and the many things that only look like it."""

import time

import pytest

from cq.content.traces import traces


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in traces(text)]


@pytest.mark.parametrize(
    "number",
    ["06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78", "0612345678",
     "06\xa012\u202f34\xa056\xa078", "+33 6 12 34 56 78", "+33612345678", "+33 (0)6 12 34 56 78",
     "0033 7 12 34 56 78", "07 123 456 78", "06–12–34–56–78"],
)  # fmt: skip
def test_mobile_numbers(number: str) -> None:
    assert kinds(f"Tél. {number}.") == [("mobile", number)]
    assert kinds(f"({number})") == [("mobile", number)]


@pytest.mark.parametrize(
    "text",
    ["01 53 72 10 20", "3975", "le 06/11/2026 à 19 h 30", "06.11.2026 19.30", "2026-06-11 22:33",
     "06 07 08 2026", "n° 0612345678901", "20260612345678", "48.0612345678", "06 12 34 56",
     "https://x.fr/doc/0612345678", "ISBN 978-06-12-34-56-78-9", "0,612345678"],
)  # fmt: skip
def test_numbers_that_are_none(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("jean@x.fr", "jean@x.fr"),
        ("(mailto:jean.petit+a@x.co.fr)", "jean.petit+a@x.co.fr"),
        ("<jean@x.fr>.", "jean@x.fr"),
        ("élise@x.fr", "élise@x.fr"),
        ("jean (at) x.fr", "jean (at) x.fr"),
        ("jean[arobase]x.fr", "jean[arobase]x.fr"),
        ("`jean@x.fr`", "jean@x.fr"),
    ],
)
def test_emails(text: str, email: str) -> None:
    assert kinds(text) == [("email", email)]


@pytest.mark.parametrize(
    "text", ["https://reseau.fr/@conseil", "@conseil", "a@b", "a @ b.fr", "à 3 @ 2", "git@@x.fr"]
)
def test_signs_that_are_no_email(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "habite au 12, rue Bichat",
        "habitent 5 bis rue Bichat",
        "domiciliée 4, passage du Canal",
        "12, rue Bichat, 3e étage",
        "12, rue Bichat, appartement 4",
        "3 rue Bichat, chez Mme Petit",
    ],
)
def test_homes(text: str) -> None:
    assert [kind for kind, _ in kinds(f"Mot {text}.")] == ["home"]


@pytest.mark.parametrize(
    "text",
    [
        "Mairie, 72, rue du Faubourg-Saint-Martin, 2e étage",
        "École, 5, rue Vicq-d’Azir",
        "les travaux du 12, rue Bichat",
        "ceux qui habitent du 12 au 30, rue Bichat",
        "  adresse: 5, rue Bichat, bâtiment B",
        "quarante habitants de la rue Bichat",
    ],
)
def test_places_that_are_no_home(text: str) -> None:
    assert kinds(text) == []


def test_residents() -> None:
    text = "Mme Durand, habitante, et M. Jean de la Tour (riverain), puis Mme Martin, adjointe."
    assert [one.text for one in traces(text)] == [
        "Mme Durand, habitante",
        "M. Jean de la Tour (riverain)",
    ]


def test_places_count_from_one_in_characters() -> None:
    one, two = traces("é\nà jean@x.fr\n\n  06 12 34 56 78 jean@x.fr")[:2]
    assert (one.line, one.column, one.width) == (2, 3, 9)
    assert (two.line, two.column, two.width) == (4, 3, 14)


def test_the_same_words_once_a_line() -> None:
    assert len(traces("[jean@x.fr](mailto:jean@x.fr)\njean@x.fr")) == 2


@pytest.mark.parametrize(
    "text",
    ["@" * 300_000, "a@" * 150_000, "a" * 300_000 + "@", "06 " * 100_000,
     "étage 1 rue x, " * 20_000,
     "habite 12 rue " * 20_000, "M. A" * 70_000, "Mme A-" * 50_000, "étage" + "1" * 300_000,
     "jean@x.fr " * 30_000, "(at)" + "a." * 150_000, "a@" + "x." * 150_000],
)  # fmt: skip
def test_hostile_pages_are_quick(text: str) -> None:
    begin = time.process_time()
    assert len(traces(text)) <= 200
    assert time.process_time() - begin < 5
