"""What git remembers of a text, as pages may tell it."""

import pytest

from cq.content.past import Pasts, Version, may_be_told, row_of
from tests.unit.annals import NOON

PATH = "content/wiki/canal.md"
DAY = 86400
NAMES = [("Camille Exemple", "Camille Exemple"), ("cexemple", "Camille Exemple"),
         ("Zoé N’Diaye", "Zoé N’Diaye")]  # fmt: skip
Row = tuple[str, int, str, bool, str]


def row(number: int, name: str = "Camille Exemple", *, merge: bool = False, blob: str | None = None,
        when: int | None = None) -> Row:  # fmt: skip
    at = NOON + number * DAY if when is None else when
    return (f"{number:040x}", at, name, merge, f"b{number}" if blob is None else blob)


def pasts(*rows: Row, path: str = PATH, zone: str = "Europe/Paris", today: str = "2026-11-22"):
    return Pasts({path: row_of(rows)}, NAMES, zone=zone, today=today)


def test_versions() -> None:
    past = pasts(row(2, "cexemple"), row(1, "Un autre"), row(0, " zoe  n'diaye "))[PATH]
    assert [(one.day, one.name) for one in past.versions] == [
        ("2026-03-04", "Camille Exemple"), ("2026-03-03", ""), ("2026-03-02", "Zoé N’Diaye"),
    ]  # fmt: skip
    assert (past.first, past.last) == ("2026-03-02", "2026-03-04")
    assert past.authors == ("Camille Exemple", "Zoé N’Diaye")
    assert past.versions[0] == Version("2026-03-04", "Camille Exemple", "0" * 10, "b2")


@pytest.mark.parametrize(
    "name", ["Camille", "Camille Exemple <x>", "camille@exemple.fr", "", "Exemple Camille", "☃"]
)
def test_nobody_is_named_but_who_agreed(name: str) -> None:
    assert pasts(row(0, name))[PATH].versions[0].name == ""


def test_days_are_those_of_the_site() -> None:
    late = row(0, when=NOON + 11 * 3600 + 1800)  # half past eleven at night in Greenwich
    assert pasts(late)[PATH].last == "2026-03-03"
    assert pasts(late, zone="America/Martinique")[PATH].last == "2026-03-02"
    assert pasts(late, zone="Nulle/Part")[PATH].last == "2026-03-02"


@pytest.mark.parametrize("when", [NOON + 400 * DAY, 1 << 37])
def test_a_day_to_come_is_shown_as_today(when: int) -> None:
    assert pasts(row(0, when=when))[PATH].last == "2026-11-22"


def test_a_text_begins_after_it_was_removed() -> None:
    assert len(pasts(row(3), row(2), row(1, blob=""), row(0))[PATH].versions) == 2
    gone = pasts(row(1, blob=""), row(0))
    assert PATH not in gone
    assert (len(gone), list(gone)) == (0, [])


def test_a_merge_names_nobody_for_anothers_work() -> None:
    """It stays where it has put two changes together."""
    past = pasts(row(3, merge=True, blob="b1"), row(2, merge=True), row(1, "x"), row(0))[PATH]
    assert [one.blob for one in past.versions] == ["b2", "b1", "b0"]
    # a merge that brings back an older state by itself is a change
    past = pasts(row(1), row(2, merge=True, blob="b1"), row(0))[PATH]
    assert [one.blob for one in past.versions] == ["b1", "b1", "b0"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("content/wiki/a.md", True), ("content/quartiers/un/quartier.yml", True),
        ("content/quartiers/un/wiki/a.md", True), ("content/prive/a.md", False),
        ("content/quartiers/un/prive/a.md", False), ("content/groupes/un/prive/wiki/a.md", False),
        ("content/wiki/prive/a.md", False), ("content/Privé/a.md", False),
        ("content/wiki/PRIVATE.md", False), ("content/quartiers/prive/wiki/a.md", False),
        ("content/wiki/a.pdf", False), ("themes/a.md", False), ("a.md", False),
    ],
)  # fmt: skip
def test_nothing_private_has_a_past(path: str, told: bool) -> None:  # noqa: FBT001
    assert may_be_told(path) is told
    assert (path in pasts(row(0), path=path)) is told


def test_an_audience_has_the_pasts_of_what_it_sees() -> None:
    both = Pasts({PATH: row_of([row(0)]), "content/wiki/b.md": row_of([row(1)])}, NAMES)
    seen = both.of([PATH, "content/wiki/c.md"], "2026-11-22")
    assert list(seen) == [PATH]
    assert seen.lack([PATH, "content/wiki/c.md"]) == ["content/wiki/c.md"]


def test_what_was_removed_and_stands_again_is_not_known() -> None:
    gone = (*row(1)[:4], "")
    known = Pasts(
        {PATH: row_of([gone, row(0)]), "content/wiki/b.md": row_of([row(2), gone])}, NAMES
    )
    assert known.lack([PATH, "content/wiki/b.md"]) == [PATH]


def test_the_digest_is_of_all_that_is_told() -> None:
    first = pasts(row(0)).digest
    assert pasts(row(0)).digest == first
    others = [
        pasts(row(1)),
        pasts(row(0), zone="Indian/Reunion"),
        pasts(row(0), today="2026-01-01"),
        pasts(row(0), path="content/wiki/b.md"),
        Pasts({PATH: row_of([row(0)])}),
    ]
    assert len({first, *(one.digest for one in others)}) == 6
