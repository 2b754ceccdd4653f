"""The loader on hostile input: no exception, places inside the file, repairs that settle."""

from pathlib import PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cq.content.front_matter import split
from cq.content.scan import Source
from cq.content.text import columns, decode, encode, recode, visible
from cq.content.tree import Block, Listing, Scalar, Tree, plain
from cq.content.yaml import read
from cq.content.yaml.sheet import Sheet
from cq.content.yaml.wording import quoted
from cq.diagnostic import Diagnostic, Severity, has_errors
from cq.repair import repaired

PATH = PurePosixPath("content/pages/x.md")

# Signs that mean something to YAML, to Markdown or to nobody, and words to put between them.
NASTY = [
    *"\n\n\n::: --##[]{}\"'&*!|>%@`?,~\\\t.=<",
    *"\r\x00\x02\x0b\x1b\x85\x92\xa0\xad\u0301\u061c\u200b\u200d\u200e\u2028\u202a\u202e\u202f",
    *"\ufeff\ufffe\U0001f3f4\U000e0067👩éœב",
    *("\r\n", "\n---\n", "---\n", "...\n", "\n  ", "\n- ", "\n\t", "\n# ", "|\n", ">\n  ", "```\n"),
    *("titre", "Titre", "date", "l'eau", "canal", "Rue du Canal", "2026-01-05", "19:30", "19h30"),
    *("https://x.fr", "null", "!!str ", "&a ", "*a", '\\"', "\\x", "''", "%YAML 1.2\n"),
    *(": ", " : ", ":\xa0", " #", "- ", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n"),
]
nasty = st.lists(st.sampled_from(NASTY), max_size=40).map("".join)
anything = st.text(max_size=60)
texts = nasty | anything | st.tuples(nasty, anything).map("".join)
headers = texts.map(lambda text: text.replace("\r", "\n"))
files = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "replace")),
    texts.map(lambda text: f"---\n{text}\n---\n{text}".encode("utf-8", "replace")),
    texts.map(lambda text: text.encode("cp1252", "replace")),
    texts.map(lambda text: text.encode("utf-16", "replace")),
    st.binary(max_size=200),
    st.tuples(texts, st.binary(max_size=6)).map(
        lambda two: two[0].encode("utf-8", "replace") + two[1]
    ),
)
fuzz = settings(settings.get_profile("fuzz"))
few = settings(max_examples=300)


def source(data: bytes) -> Source:
    return Source(PATH, data, "")


def check_inside(found: tuple[Diagnostic, ...], lines: list[str]) -> None:
    for one in found:
        for span in (one.span, *(label.span for label in one.labels)):
            assert 1 <= span.line <= len(lines), one
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1, one
            assert span.width >= 0
            assert span.column + span.width <= len(lines[span.line - 1]) + 2, one
        for edit in one.fixes:
            start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
            assert start <= end, one
            assert edit.line >= 1, one
            assert edit.end_line <= len(lines), one
            assert 1 <= edit.column <= len(lines[edit.line - 1]) + 1, one
            assert edit.end_column <= len(lines[edit.end_line - 1]) + 1, one
        assert one.message
        one.message.encode("utf-8")
        for hint in one.hints:
            hint.encode("utf-8")


def check_tree(tree: Tree, lines: list[str], first: int) -> None:
    assert first <= tree.line < first + len(lines)
    line = lines[tree.line - first]
    assert 1 <= tree.column <= len(line) + 1
    if isinstance(tree, Scalar):
        str(tree).encode("utf-8")
        assert tree.column + tree.width <= len(line) + 1
        assert visible(tree) == tree
    elif isinstance(tree, Block):
        assert set(tree) <= set(tree.places)
        for value in tree.values():
            check_tree(value, lines, first)
    else:
        assert isinstance(tree, Listing)
        for value in tree:
            check_tree(value, lines, first)


@pytest.mark.fuzz
@fuzz
@given(files)
def test_any_file_is_read_or_refused_with_words(data: bytes) -> None:
    text = decode(source(data))
    if text.value is None:
        assert has_errors(text.found)
        if text.found[0].code == "not-utf8":
            lines = (recode(data) or data.decode("utf-8", "replace")).replace("\r\n", "\n")
            assert text.found[0].span.line <= lines.replace("\r", "\n").count("\n") + 1
        return
    lines = text.value.split("\n")
    check_inside(text.found, lines)
    assert decode(source(encode(text.value, data))).value == text.value
    parts = split(text.value, PATH)
    check_inside(parts.found, lines)
    header, header_line, body, body_line = parts.value
    assert 1 <= header_line <= len(lines)
    assert 1 <= body_line <= len(lines)
    if body:
        assert text.value.endswith(body)
        assert lines[body_line - 1 :] == body.split("\n")
    if header:
        count = header.count("\n")
        assert lines[header_line - 1 : header_line - 1 + count] == header.split("\n")[:-1]
    tree = read(header, PATH, header_line)
    check_inside(tree.found, lines)
    whole = read(text.value, PATH)
    check_inside(whole.found, lines)


@pytest.mark.fuzz
@fuzz
@given(headers, st.integers(1, 9))
def test_any_header_becomes_a_tree_or_words(header: str, first: int) -> None:
    tree = read(header, PATH, first)
    lines = header.split("\n")
    check_inside(tree.found, [""] * (first - 1) + lines)
    if tree.value is None:
        assert has_errors(tree.found)
    else:
        check_tree(tree.value, lines, first)


def repairs(header: str) -> str:
    """`header` after as many runs of `--fix` as it takes."""
    for _ in range(20):
        edits = [edit for one in read(header, PATH).found for edit in one.fixes]
        mended = repaired(header, edits)
        if mended == header:
            break
        header = mended
    return header


@pytest.mark.fuzz
@fuzz
@given(headers.map(visible))
@example("titre: 'l'eau'")
@example("titre : [Enquête] le canal\nresume: Canal : que\n  faire : rien\n")
@example("mots: [a : b, @c, 'l'eau']")
def test_a_repaired_header_says_the_same_without_a_word(header: str) -> None:
    before = read(header, PATH)
    if before.value is None or has_errors(before.found):
        return
    mended = repairs(header)
    after = read(mended, PATH)
    assert after.found == ()
    assert after.value is not None
    assert plain(after.value) == plain(before.value)


@pytest.mark.fuzz
@fuzz
@given(nasty.map(lambda text: text.replace("\r", "").replace("\n", "")))
def test_a_value_on_one_line_is_kept_or_refused(value: str) -> None:
    shown = visible(value).strip()
    tree = read(f"titre: {value}\nfin: oui", PATH)
    assert isinstance(tree.value, Block)
    assert tree.value.get("fin") == "oui" or has_errors(tree.found)
    title = tree.value.get("titre")
    if has_errors(tree.found) or not isinstance(title, Scalar) or title.quoted:
        return
    if " #" in shown or "\t#" in shown:
        assert title  # a date or an hour, and a remark
        assert shown.startswith(str(title))
    else:
        assert str(title) == ("" if shown in {"~", "null"} else shown.replace("\t", " "))


@few
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_is_put_in_quotes_is_read_back(text: str) -> None:
    text = visible(text.replace("\r", ""))
    tree = read(f"titre: {quoted(text)}", PATH)
    assert tree.found == ()
    assert tree.value == {"titre": text}


@few
@given(texts)
def test_what_is_visible_stays_visible(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert shown.count("\n") == text.count("\n")


@few
@given(texts)
def test_columns_lead_back_to_the_line(text: str) -> None:
    line = text.replace("\n", " ")
    places = columns(line)
    assert len(places) == len(visible(line)) + 1
    assert places == sorted(places)
    assert places[-1] == len(line)


@few
@given(texts)
@example("\u200e\ufeff\nב")
def test_repairs_of_the_text_settle_and_change_nothing_visible(text: str) -> None:
    data = text.encode("utf-8", "replace")
    before = decode(source(data))
    if before.value is None:
        return
    now = before.value
    for _ in range(3):
        found = decode(source(encode(now, data))).found
        now = repaired(now, [edit for one in found for edit in one.fixes])
    after = decode(source(encode(now, b"")))
    assert not [one for one in after.found if one.severity is Severity.NOTE]
    assert after.value is not None
    assert visible(after.value) == visible(before.value)


@few
@given(headers)
def test_a_sheet_without_changes_is_the_header(header: str) -> None:
    assert Sheet(header, PATH, 1).text() == visible(header)
