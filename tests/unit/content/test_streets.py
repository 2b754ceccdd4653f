"""Tables of streets: what is read, and which numbers two rows have in common."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq import digest
from cq.content.parsed import record_of, row_of
from cq.content.perimeters import Street, streets_of
from cq.content.scan import Source
from cq.content.streets import parse_streets

PATH = PurePosixPath("content/quartiers/canal/rues.csv")
NUMBERS = st.none() | st.integers(1, 30)
ROWS = st.builds(
    Street, st.just("rue X"), st.sampled_from(["pair", "impair", "tous"]), NUMBERS, NUMBERS,
    st.just(2),
)  # fmt: skip


def rows(text: str) -> tuple[Street, ...]:
    data = text.encode()
    parsed = parse_streets(Source(PATH, data, digest.of_bytes(data)))
    assert parsed.found == ()
    return streets_of(record_of(row_of(parsed).record))


@pytest.mark.parametrize(
    "text",
    [
        "voie,cote,de,a\nrue Bichat,pair,2,40\n",
        "\ufeffVoie;Côté;De;À\r\n\r\nrue Bichat;Pairs;2;40\r\n",
        "voie\tcote\tde\ta\nrue Bichat\tpair\t2\t40",
        'a,voie,de,cote\n40," rue  Bichat ",2,PAIR\n',
    ],
)
def test_one_table_in_many_hands(text: str) -> None:
    (street,) = rows(text)
    assert street[:4] == ("rue Bichat", "pair", 2, 40)


def test_what_is_left_out_is_the_whole_street() -> None:
    assert [row[:4] for row in rows("voie\nrue de l'Aqueduc\n")] == [
        ("rue de l’Aqueduc", "tous", None, None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "voie,cote\n" + "x" * 200_000, 'voie\n"' + "x" * 200_000, "voie\n" + "rue X\n" * 6000,
        "voie\n" + "r" * 121, "a,b\n1,2", "\n\n", "voie,de\nrue X,²", "voie,de\nrue X,٣",
        "voie,de\nrue X,-1", "voie,de\nrue X,0", "voie,de\nrue X,99999",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(text: str) -> None:
    data = text.encode()
    parsed = parse_streets(Source(PATH, data, digest.of_bytes(data)))
    assert parsed.record is None
    assert {one.code for one in parsed.found} & {"street-table", "street-row"}


@given(ROWS, ROWS)
def test_the_first_number_in_common(one: Street, other: Street) -> None:
    def has(row: Street, number: int) -> bool:
        return (
            (row.first or 1) <= number <= (row.last or 99)
            and (row.side == "tous" or (row.side == "pair") == (number % 2 == 0))
        )  # fmt: skip

    both = [number for number in range(1, 99) if has(one, number) and has(other, number)]
    assert one.common(other) == (both[0] if both else None)
    assert other.common(one) == one.common(other)


@given(st.text(max_size=200))
def test_no_text_stops_the_reader(text: str) -> None:
    data = ("voie,cote,de,a\n" + text).encode("utf-8", "replace")
    parse_streets(Source(PATH, data, digest.of_bytes(data)))
