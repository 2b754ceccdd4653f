"""Bytes to text: encodings, line ends, characters nobody sees, merge conflicts."""

import sys
import unicodedata
from pathlib import PurePosixPath

import pytest

from cq.content import characters
from cq.content.scan import Source
from cq.content.text import columns, decode, encode, recode, visible
from cq.diagnostic import Diagnostic, Severity
from cq.repair import repaired

PATH = PurePosixPath("content/pages/canal.md")
FRENCH = "Réunion à l’école : « ça » coûte 3 €, là-haut, où Noël a-t-il lieu ?\n"


def read(data: bytes | str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    made = decode(Source(PATH, data if isinstance(data, bytes) else data.encode(), ""))
    return made.value, made.found


def only(data: bytes | str) -> Diagnostic:
    found = read(data)[1]
    assert len(found) == 1, found
    return found[0]


def place(one: Diagnostic) -> tuple[int, int, int]:
    return one.span.line, one.span.column, one.span.width


def mended(text: str) -> str:
    return repaired(text, [edit for one in read(text)[1] for edit in one.fixes])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("été\n".encode(), "été\n"),
        ("\ufeffété\n".encode(), "été\n"),
        (b"un\r\ndeux\r\n", "un\ndeux\n"),
        (b"un\rdeux\r", "un\ndeux\n"),
        (b"Titre\n=======\n\nTexte\tici\n", "Titre\n=======\n\nTexte\tici\n"),
        ("« l’eau » – 3\u202f€\xa0!\n".encode(), "« l’eau » – 3\u202f€\xa0!\n"),
    ],
    ids=["empty", "utf-8", "bom", "crlf", "cr", "lone equals signs", "typography"],
)
def test_read_without_a_word(data: bytes, text: str) -> None:
    assert read(data) == (text, ())


def test_mixed_line_ends_are_read_and_noted() -> None:
    text, (one,) = read(b"un\ndeux\r\ntrois\nquatre\rcinq\n")
    assert text == "un\ndeux\ntrois\nquatre\ncinq\n"
    assert (one.code, one.severity, place(one)) == ("mixed-newlines", Severity.NOTE, (2, 5, 0))
    assert one.message == "2 fins de ligne diffèrent des autres"
    assert repaired(text, one.fixes) == text


@pytest.mark.parametrize(
    ("like", "data"),
    [
        (b"a\r\nb\r\n", b"x\r\ny\r\n"),
        (b"a\rb", b"x\ry\r"),
        (b"a\nb\r\n", b"x\ny\n"),
        (b"", b"x\ny\n"),
        (b"\xef\xbb\xbfa", b"\xef\xbb\xbfx\ny\n"),
    ],
    ids=["crlf", "cr", "mixed", "none", "bom"],
)
def test_text_is_written_as_the_file_was(like: bytes, data: bytes) -> None:
    assert encode("x\ny\n", like) == data


@pytest.mark.parametrize(
    ("coding", "name"),
    [
        ("cp1252", "Windows-1252 (Latin-1)"),
        ("mac_roman", "Mac Roman"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_another_encoding_is_named_and_converted(coding: str, name: str) -> None:
    text = f"titre: x\n{FRENCH}"
    data = text.encode(coding)
    value, (one,) = read(data)
    assert value is None
    assert (one.code, one.severity) == ("not-utf8", Severity.ERROR)
    assert name in one.message
    assert recode(data) == text


def test_latin_1_has_its_place_and_its_line() -> None:
    one = only("titre: x\nRue de l'Aqueduc, à côté\n".encode("latin-1"))
    assert place(one) == (2, 19, 1)
    assert "lue ainsi, la ligne 2 dit : Rue de l'Aqueduc, à côté" in one.hints


def test_dos_bytes_are_converted() -> None:
    text = "L'été à côté, déjà là\n"
    assert recode(text.encode("cp850")) == text


def test_a_line_pasted_from_another_encoding_is_mended() -> None:
    data = "été “à” la\n".encode() + "déjà là\n".encode("cp1252")
    assert "mêlé de Windows-1252" in only(data).message
    assert recode(data) == "été “à” la\ndéjà là\n"


def test_a_no_break_space_and_a_guillemet_are_no_samaritan_letter() -> None:
    text = "« il est là\xa0» dit-on, déjà\n"
    assert recode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "data",
    [bytes(range(128, 256)) * 3, b"\xff\x00\x01\x02"],
    ids=["every byte", "binary"],
)
def test_an_unknown_encoding_is_not_guessed(data: bytes) -> None:
    assert "inconnu" in only(data).message
    assert read(data)[0] is None
    assert recode(data) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x00", "Word"),
        (b"\x89PNG\r\n", "PNG"),
        (b"{\\rtf1 Bonjour}", "RTF"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, words: str) -> None:
    one = only(data)
    assert (one.code, one.severity) == ("not-utf8", Severity.ERROR)
    assert words in one.message
    assert recode(data) is None


@pytest.mark.parametrize(
    "character", ["\x00", "\x02", "\x03", "\x0b", "\x0c", "\x7f", "\x92", "\ufffe"]
)
def test_control_characters_are_errors_with_their_line(character: str) -> None:
    text, (one,) = read(f"un\nde{character}ux {character}\n")
    assert text == f"un\nde{character}ux {character}\n"
    assert (one.code, one.severity, place(one)) == ("control-character", Severity.ERROR, (2, 3, 1))
    assert f"U+{ord(character):04X}" in one.message
    assert "2 fois" in one.message
    assert one.fixes == ()


@pytest.mark.parametrize(("character", "meant"), [("\x19", "’"), ("\x92", "’"), ("\x9c", "œ")])
def test_a_half_lost_character_is_named(character: str, meant: str) -> None:
    assert any(f"« {meant} »" in hint for hint in only(f"x{character}").hints)


@pytest.mark.parametrize(
    "character", ["\u200b", "\xad", "\ufeff", "\u2060", "\u200e", "\u200c", "\u3164", "\U000e0041"]
)
def test_invisible_characters_are_noted_and_removed(character: str) -> None:
    text = f"un\nLe ca- {character}nal\n"
    value, (one,) = read(text)
    assert value == text
    assert (one.code, one.severity) == ("invisible-character", Severity.NOTE)
    assert place(one) == (2, 8, 1)
    assert visible(text) == "un\nLe ca- nal\n" == mended(text)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_foreign_line_ends_part_words_and_count_as_no_line(character: str) -> None:
    text = f"a{character}b {character}c\nd\u200b"
    one = only(text)
    assert place(one) == (1, 2, 1)
    assert [edit.line for edit in one.fixes] == [1, 2]
    assert visible(text) == "a b c\nd" == mended(text)


def test_three_hundred_are_one_finding() -> None:
    text = "a\xadb\n" * 300 + "c\u200bd\n"
    one = only(text)
    assert one.message.endswith("(U+00AD), 300 fois ; espace sans chasse (U+200B)")
    assert len(one.fixes) == 301
    assert mended(text) == "ab\n" * 300 + "cd\n"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🚒",
        "👩🏽\u200d🚒",
        "❤️\u200d🔥",
        "क्\u200dष",
        "می\u200cخواهم",
        "ש\u200f!",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_what_scripts_and_pictures_need_stays(text: str) -> None:
    assert read(text) == (text, ())
    assert visible(text) == text


@pytest.mark.parametrize(
    "text", ["a\u200d", "\u200db", "a \u200d b", "a\u200d\u200db", "a\u200d\nb"]
)
def test_joiners_elsewhere_go(text: str) -> None:
    assert visible(text) == text.replace("\u200d", "") == mended(text)


def test_overrides_are_an_error_without_a_safe_repair() -> None:
    text, (one,) = read("mot de passe \u202e1234\u202c\n")
    assert text is not None
    assert (one.code, one.severity, place(one)) == (
        "invisible-character",
        Severity.ERROR,
        (1, 14, 1),
    )
    assert one.fixes == ()
    assert visible(text) == "mot de passe 1234\n"


def test_marks_around_a_telephone_number_can_be_repaired() -> None:
    text = "tél. \u202a01 53 72 10 20\u202c\n"
    assert only(text).severity is Severity.ERROR
    assert mended(text) == "tél. 01 53 72 10 20\n"


def test_letters_in_two_pieces_are_noted_and_composed() -> None:
    text = "un\nRe\u0301union a\u0300 l'e\u0301cole\n"
    value, (one,) = read(text)
    assert value == text
    assert (one.code, one.severity, place(one)) == ("not-nfc", Severity.NOTE, (2, 2, 15))
    assert visible(text) == "un\nRéunion à l'école\n" == mended(text)


def test_a_heap_of_accents_is_an_error_where_it_begins_to_be_one() -> None:
    text = "Du the\u0301 :\ne" + "\u0301\u0327" * 200 + "t\n"
    found = only(text)
    assert (found.code, place(found)) == ("heaped-accents", (2, 32, 1))
    shown = visible(text)
    assert visible(shown) == shown
    assert len(shown) < 45
    assert shown.endswith("t\n")
    assert only("o" + "\u0301" * 30 + "o" + "\u0301" * 30).code == "not-nfc"


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301" * 31,
        "\u01d6" + "\u0301" * 29,  # has two of its own
        "e" + "\u0344" * 16,  # each is two
        "e" + "\u200b\u0301" * 31,  # one, once what nobody sees is gone
        "\u0301" * 31,
    ],
)
def test_no_letter_is_shown_with_more_marks_than_thirty(text: str) -> None:
    shown = visible(text)
    apart = unicodedata.normalize("NFD", shown)
    assert sum(unicodedata.combining(one) > 0 for one in apart) == 30
    assert visible(shown) == shown
    assert len(columns(text)) == len(shown) + 1


def test_columns_lead_back() -> None:
    line = "a\u200be\u0301\xadb"
    assert visible(line) == "aéb"
    assert columns(line) == [0, 2, 5, 6]
    assert columns("abc") == [0, 1, 2, 3]


def test_the_first_look_misses_nothing() -> None:
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if not characters._UNUSUAL.match(chr(code))
        and (
            characters._SEEN_BY_NOBODY.match(chr(code))
            or unicodedata.combining(chr(code))
            or not unicodedata.is_normalized("NFC", chr(code))
        )
    ]
    assert missed == []


CONFLICT = "un\n<<<<<<< HEAD\nle 5 mars\n=======\nle 6 mars\n>>>>>>> reunion\nfin\n"


def test_a_conflict_is_shown_side_by_side() -> None:
    text, (one,) = read(CONFLICT)
    assert text is None
    assert (one.code, one.severity, place(one)) == ("merge-conflict", Severity.ERROR, (2, 1, 7))
    assert one.hints[:2] == ("la vôtre : le 5 mars", "l’autre : le 6 mars")


def test_several_conflicts_are_one_finding_with_their_places() -> None:
    one = only(CONFLICT * 3)
    assert [label.span.line for label in one.labels] == [9, 16]


def test_a_conflict_in_three_ways_shows_both_sides() -> None:
    one = only("<<<<<<< a\n||||||| base\nvieux\n=======\nneuf\nencore\n>>>>>>> b\n")
    assert one.hints[:2] == ("la vôtre : (rien)", "l’autre : neuf / encore")


def test_a_conflict_inside_closed_code_is_noted() -> None:
    text, (one,) = read(f"```\n{CONFLICT}```\n")
    assert text is not None
    assert (one.code, one.severity, one.span.line) == ("merge-conflict", Severity.NOTE, 3)


@pytest.mark.parametrize("fence", ["```\n", "```\nx\n```\n", "~~~\n```\n"])
def test_a_conflict_after_a_fence_is_an_error(fence: str) -> None:
    assert only(fence + CONFLICT).severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "=======\n",
        ">>>>>>> b\n=======\n<<<<<<< a\n",
        "<<<<<<< a\n>>>>>>> b\n=======\n",
        "<<<<<<<< a\n=======\n>>>>>>>> b\n",
    ],
)
def test_marks_in_another_order_are_text(text: str) -> None:
    assert read(text) == (text, ())
