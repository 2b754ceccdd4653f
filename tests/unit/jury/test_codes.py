"""Codes by the thousand are those that segno draws, module for module."""

import re
import string

import pytest
import segno

from cq.jury import codes

LETTERS = string.ascii_letters + string.digits + "#/:.=-_"


def modules(svg: str) -> tuple[int, list[list[int]]]:
    """The dark modules of a drawing, read back from its path."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1]) - 8
    found = [[0] * side for _ in range(side)]
    row = column = 0
    for letter, first, second in re.findall(r"([Mmh])(\d+)(?: ([\d.]+))?", svg.partition('d="')[2]):
        if letter == "M":
            row, column = int(float(second)) - 4, int(first) - 4
            continue
        if letter == "h":
            found[row][column : column + int(first)] = [1] * int(first)
        column += int(first)
    return side, found


def of_length(length: int, seed: int) -> str:
    return "a" + "".join(
        LETTERS[(seed * 7919 + at * at * 31 + at * 17) % len(LETTERS)] for at in range(length - 1)
    )


@pytest.fixture
def by_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """segno puts a codeword of zeros before those that fill up, where none is wanted (7.4.10): no
    reader looks there, but every module around the code would differ.
    """
    monkeypatch.setattr(
        "segno.encoder.write_padding_bits",
        lambda buff, _, length: buff.extend([0] * (-length % 8)),
    )


@pytest.mark.usefixtures("by_the_book")
@pytest.mark.parametrize("version", range(1, 41))
def test_each_version_is_segno_s(version: int):
    counter = 2 if version >= 10 else 1
    side = 17 + 4 * version
    whole = len(list(codes._zigzag(side, codes._functional(version, side)))) // 8
    most = whole - codes._REDUNDANT[version - 1] * codes._BLOCKS[version - 1] - counter - 1
    for length in (most, most - 1, most - 6):
        text = of_length(length, version)
        wanted = segno.make(text, error="l", micro=False, boost_error=False, mask=0)
        assert wanted.version == version
        found, shown = modules(codes.drawing(text))
        assert found == side
        assert shown == [list(row) for row in wanted.matrix]


def test_it_is_a_picture_with_a_name():
    svg = codes.drawing("https://conseils.example/#l=00.abc")
    assert 'role="img" aria-label="Votre ligne, en code QR"' in svg
    assert svg.count("<path") == 1
    assert "style" not in svg
