"""The door to PDFium: what a PDF says, as plain text. Only ever called in a process `apart`.

Nothing is drawn, no font of the machine is opened, no form or script of the PDF is run. Raises
nothing: whatever PDFium cannot make sense of is a state of its own.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000

# A word cut at the end of a line: by a hyphen made for it, or by any other, which PDFium marks.
_CUT = re.compile(r"(?<=\w)([\u2010\u00ad\ufffe\x02])\n(\w\S*)[^\S\n]*\n?")
_MADE = frozenset("\u2010\u00ad")
_COMPOUND = re.compile(r"(?<!\w)\w{1,40}-\w{1,40}(?!\w)")  # bounded: a hostile word is long
_START, _END = re.compile(r"\w+\Z"), re.compile(r"\w+")
_LONG = 40  # letters: no French word has more
_SPACES = re.compile(r"[^\S\n]+")
_EDGES = re.compile(r" ?\n ?")
_BLANKS = re.compile(r"\n{3,}")
_LETTER = re.compile(r"[^\W_]")
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}  # ﬀ ﬁ ﬂ …: shapes of a font, not letters
_TURN = "\0"  # between two pages, while their text is evened; no text has it
_KEPT = {"\n", " ", _TURN, "\u200c", "\u200d"}  # two joiners spell words in some scripts


class Told(NamedTuple):
    """What a PDF told of itself."""

    state: str = ""  # "": it was read; "locked": a password is asked for; "broken"
    pages: int = 0
    bare: int = 0  # of them, pictures without a letter
    cut: bool = False  # there is more than was read
    text: str = ""
    starts: tuple[tuple[int, int], ...] = ()  # where each page with text begins; its number
    lost: int = 0  # pages that cannot be opened, while others can


class _Leaf(NamedTuple):
    """One page as it was read."""

    text: str = ""
    bare: bool = False  # a picture without a letter
    lost: bool = False


def prepare() -> None:
    """Load whatever `read` needs: it may have no file to open."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401 - its import is the point

    codecs.lookup("utf-16-le")


def read(data: bytes) -> Told:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        keys = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        return Told("locked" if fault.err_code in keys else "broken")
    try:
        with document:
            pages = len(document)
            return _joined(pages, list(_pages(document, min(pages, MOST_PAGES))))
    except Exception:  # noqa: BLE001 - whatever a hostile file brings a wrapper of C to
        return Told("broken")


def _pages(document: Any, count: int) -> Iterator[_Leaf]:  # noqa: ANN401 - not loaded
    """Each page, while there is room. One that cannot be opened does not hide the others, which
    a reader's program shows.
    """
    room = MOST_CHARACTERS
    for number in range(count):
        if room <= 0:
            return
        try:
            leaf = _leaf(document[number])
        except Exception:  # noqa: BLE001 - as in `read`
            leaf = _Leaf(lost=True)
        room -= len(leaf.text)
        yield leaf


def _leaf(page: Any) -> _Leaf:  # noqa: ANN401 - not loaded
    text = page.get_textpage().get_text_bounded()
    bare = not _LETTER.search(text) and _has_picture(page)
    page.close()
    return _Leaf(text, bare)


def _has_picture(page: Any) -> bool:  # noqa: ANN401 - not loaded
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # type: ignore[import-untyped]

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _joined(pages: int, read: list[_Leaf]) -> Told:
    lost = sum(leaf.lost for leaf in read)
    if lost == len(read):
        return Told("broken")
    whole = f"\n{_TURN}".join(leaf.text.replace(_TURN, "") for leaf in read)
    parts = [part.strip() for part in _even(whole[:MOST_CHARACTERS]).split(_TURN)]
    starts, at = [], 0
    for number, part in enumerate(parts, 1):
        if part:
            starts.append((at, number))
            at += len(part) + 2
    text = "\n\n".join(part for part in parts if part)
    if not _LETTER.search(text):
        text, starts = "", []
    cut = len(read) < pages or len(whole) > MOST_CHARACTERS
    return Told("", pages, sum(leaf.bare for leaf in read), cut, text, tuple(starts), lost)


def plain(raw: str) -> str:
    """Lines of text with whole words, and without signs that nobody sees."""
    return _even(raw.replace(_TURN, "")).strip()


def _even(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    text = _SPACES.sub(" ", text)
    text = _EDGES.sub("\n", text)
    text = _rejoined(text)
    unseen = {
        ord(sign): None
        for sign in set(text)
        if sign not in _KEPT and unicodedata.category(sign)[0] == "C"
    }
    text = unicodedata.normalize("NFC", text.translate(unseen))
    return _BLANKS.sub("\n\n", text)


def _rejoined(text: str) -> str:
    """Without the hyphens that only a line's end has made: « Louis-Blanc » keeps its own."""
    compounds = {one.casefold() for one in _COMPOUND.findall(text)}

    def join(cut: re.Match[str]) -> str:
        mark, end = cut.groups()
        first = _START.search(text[max(0, cut.start() - _LONG) : cut.start()])
        last = _END.match(end)
        own = mark not in _MADE and first and last and (
            (last[0][0].isupper() and not first[0].isupper())
            or f"{first[0]}-{last[0]}".casefold() in compounds
        )  # fmt: skip
        return f"-{end}\n" if own else f"{end}\n"

    return _CUT.sub(join, text)
