"""What stands inside a line: links, code, emphasis, bare addresses, breaks. One pass.

Python-Markdown runs each of its patterns over the whole text again and keeps what it finds in
numbered placeholders: 57 s on 20,000 `[`, and emphasis that forges see otherwise. This reads a
text once, by cmark-gfm's rules. It writes HTML of its own alone; raw HTML goes through `clean`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import unescape

from cq.content.markup import advice, clean, emphasis, guard, targets
from cq.content.markup.page import Mark, Page
from cq.content.markup.places import Source
from cq.diagnostic import Span

_ANYTHING = re.compile(r"[\\`*_~\[\]<>&\n]")
# Every alternative begins with one letter, so that the regex engine can skip all others at once.
_SIGNS = re.compile(r"\\[!-/:-@\[-`{-~\n]|``*|\*\**|__*|~~*|!\[|\[|\]|<|>|&|\n")
_BARE = re.compile(
    r"(?<![A-Za-z])(?:https?|ftp)://[^\s<]+|(?<![^\s*_~(])www\.[^\s<]+"
    r"|(?<![\w.+-])[A-Za-z0-9._+-]++@[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)+",
    re.IGNORECASE,
)
_TICKS = re.compile(r"`+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NOTE = re.compile(r"\[\^([^\]\s\[]{1,99})\]")
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_AUTOMAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)>")
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]++|\\.){0,999}+)\]")
_TAG = re.compile(r"<[^>]*>")
_ALT = re.compile(r"<img [^>]*?alt=\"([^\"]*)\"[^>]*>")


def escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    return escape(text).replace('"', "&quot;")


@dataclass(slots=True)
class _Opening:
    """A `[` or `![` that may become a link or an image."""

    piece: int
    start: int  # in the text, of the bracket or the exclamation mark
    inside: int  # where its words begin
    image: bool
    runs: int  # how many runs of emphasis stand before it
    active: bool = True


@dataclass(slots=True)
class _Reading:
    """One text on its way."""

    text: Source
    pieces: list[str] = field(default_factory=list)
    runs: list[emphasis.Run] = field(default_factory=list)
    openings: list[_Opening] = field(default_factory=list)
    found_urls: list[tuple[int, str]] = field(default_factory=list)  # piece, words
    ticks: dict[int, list[int]] | None = None


class Inline:
    """Reads the texts of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def render(self, text: Source) -> str:
        """HTML of one block's text."""
        bare = "@" in text or "://" in text or "www." in text.lower()
        if not bare and not _ANYTHING.search(text):
            return text
        guard.check_brackets(text, self._page)
        reading = _Reading(text)
        if bare:
            at = 0
            for found in _BARE.finditer(text):
                at = self._signs(reading, at, found.start())
                if at == found.start():  # else it is part of code, of a link's target, …
                    at = self._bare(reading, found[0], at)
            self._signs(reading, at, len(text))
        else:
            self._signs(reading, 0, len(text))
        if reading.runs:
            self._emphasis(reading, 0)
        return "".join(reading.pieces)

    def _signs(self, reading: _Reading, at: int, stop: int) -> int:
        """Read from `at` as far as a sign before `stop` says; returns where that ends."""
        text, append, search = reading.text, reading.pieces.append, _SIGNS.search
        while at < stop:
            found = search(text, at, stop)
            if not found:
                append(text[at:stop])
                return stop
            start = found.start()
            if start > at:
                append(text[at:start])
            at = self._token(reading, found[0], start)
        return at

    def _emphasis(self, reading: _Reading, first: int) -> None:
        depth = emphasis.resolve(reading.pieces, reading.runs[first:])
        guard.check_emphasis(depth, reading.text, self._page)
        del reading.runs[first:]

    def _token(self, reading: _Reading, sign: str, start: int) -> int:  # noqa: PLR0911, C901 - one line a sign
        """Read what begins with `sign`; returns where to go on."""
        pieces, end = reading.pieces, start + len(sign)
        first = sign[0]
        if first in "*_~" and not sign.strip(first):
            return self._run(reading, sign, start)
        if first == "\n":
            if pieces and pieces[-1].endswith(" "):
                words = pieces[-1].rstrip(" ")
                pieces.append("<br>\n" if len(pieces[-1]) - len(words) > 1 else "\n")
                pieces[-2] = words
            else:
                pieces.append(sign)
            return end
        if first == "\\":
            pieces.append("<br>\n" if sign == "\\\n" else escape(sign[1:]))
            return end
        if first == "[" or sign == "![":
            return self._open(reading, sign, start)
        if first == "]":
            return self._shut(reading, start)
        if first == "`":
            return self._code(reading, sign, start)
        if first == "<":
            return self._angle(reading, start)
        if first == ">":
            pieces.append("&gt;")
            return end
        if first == "&":
            return self._entity(reading, start)
        return self._bare(reading, sign, start)

    def _run(self, reading: _Reading, sign: str, start: int) -> int:
        text, end = reading.text, start + len(sign)
        reading.pieces.append(sign)
        if sign[0] == "~" and len(sign) > 2:
            return end
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        opens, closes = emphasis.flanks(sign[0], before, after)
        if opens or closes:
            size = len(sign)
            piece = len(reading.pieces) - 1
            reading.runs.append(emphasis.Run(piece, sign[0], size, size, opens, closes))
        return end

    def _entity(self, reading: _Reading, start: int) -> int:
        found = _ENTITY.match(reading.text, start)
        if not found:
            reading.pieces.append("&amp;")
            return start + 1
        reading.pieces.append(escape(unescape(found[0])))
        return found.end()

    def _code(self, reading: _Reading, sign: str, start: int) -> int:
        text, end = reading.text, start + len(sign)
        if reading.ticks is None:
            reading.ticks = {}
            for found in _TICKS.finditer(text):
                reading.ticks.setdefault(len(found[0]), []).append(found.start())
        places = reading.ticks.get(len(sign), [])
        following = bisect_left(places, end)
        if following == len(places):
            reading.pieces.append(sign)
            return end
        close = places[following]
        code = text[end:close].replace("\n", " ")
        if code[:1] == " " == code[-1:] and code.strip(" "):
            code = code[1:-1]
        reading.pieces.append(f"<code>{escape(code)}</code>")
        return close + len(sign)

    def _angle(self, reading: _Reading, start: int) -> int:
        text = reading.text
        if found := _AUTOLINK.match(text, start):
            self._address(reading, found[1], found[1], start, found.end())
            return found.end()
        if found := _AUTOMAIL.match(text, start):
            self._address(reading, "mailto:" + found[1], found[1], start, found.end())
            return found.end()
        html, end = clean.inline(text, start, self._page)
        reading.pieces.append(html)
        return end

    def _bare(self, reading: _Reading, sign: str, start: int) -> int:
        """A URL or a mail address that stands in the text without any sign around."""
        text = reading.text
        if "://" not in sign and sign[:4].lower() != "www.":
            if not sign[-1].isalpha() or reading.text[start + len(sign) :][:1] in tuple("-_"):
                reading.pieces.append(escape(sign[:1]))
                return start + 1
            self._address(reading, "mailto:" + sign, sign, start, start + len(sign))
            return start + len(sign)
        host = start if sign[:4].lower() == "www." else start + sign.index("://") + 3
        stop = start + len(sign)
        if reading.openings and (bracket := text.find("]", start, stop)) >= 0:
            stop = bracket  # in the words of what may be a link
        end = targets.bare_url(text, start, stop, host)
        if end < 0:
            reading.pieces.append(sign[:1])
            return start + 1
        words = text[start:end]
        target = "http://" + words if host == start else words
        self._address(reading, unescape(target), words, start, end)
        return end

    def _address(self, reading: _Reading, target: str, words: str, start: int, end: int) -> None:
        """A link whose words are its address."""
        shown = escape(unescape(words))
        mark = Mark("auto", self._page.places.span(reading.text, start, end), target)
        if targets.verdict(target) == "forbidden":
            clean.forbidden(target, mark.span, self._page)
            reading.pieces.append(shown)
            return
        number = self._page.mark(mark)
        reading.found_urls.append((len(reading.pieces), shown))
        reading.pieces.append(f'<a data-cq="{number}" href="{attribute(target)}">{shown}</a>')

    def _open(self, reading: _Reading, sign: str, start: int) -> int:
        text, pieces = reading.text, reading.pieces
        if sign == "[":
            if text.startswith("^", start + 1) and (found := _NOTE.match(text, start)):
                note = self._page.notes.get(found[1].casefold())
                if note:
                    self._call(reading, found[1])
                    return found.end()
            if text.startswith("[", start + 1) and (found := _WIKI.match(text, start)):
                target, words = found[1].strip(), (found[2] or found[1]).strip()
                if target:
                    span = self._page.places.span(text, start, found.end())
                    number = self._page.mark(Mark("wiki", span, targets.plain(target)))
                    words = escape(targets.plain(words))
                    reading.found_urls.append((len(pieces), words))
                    pieces.append(f'<a data-cq="{number}" href="wiki">{words}</a>')
                    return found.end()
            if text.startswith("[", start + 1):
                advice.unmade_wiki_link(text, start, self._page)
        inside = start + len(sign)
        opening = _Opening(len(pieces), start, inside, sign == "![", len(reading.runs))
        reading.openings.append(opening)
        pieces.append(sign)
        return inside

    def _call(self, reading: _Reading, name: str) -> None:
        page = self._page
        note = page.notes[name.casefold()]
        if not note.number:
            page.called.append(note)
            note.number = len(page.called)
        note.calls += 1
        here = f"{note.number}-{note.calls}" if note.calls > 1 else str(note.number)
        reading.pieces.append(
            f'<sup class="appel-note"><a data-cq="note" id="appel_{here}" '
            f'href="#note_{note.number}" aria-label="Note {note.number}">{note.number}</a></sup>'
        )

    def _shut(self, reading: _Reading, start: int) -> int:
        """A `]`: a link or an image if its partner may begin one and a target follows."""
        text = reading.text
        opening = reading.openings.pop() if reading.openings else None
        found = None
        if opening is not None and opening.active:
            if text.startswith("(", start + 1):
                found = targets.destination(text, start + 1)
            if found is None and self._page.references:
                found = self._referred(text, opening, start)
        if opening is None or found is None:
            if opening is not None and opening.active and text.startswith(("(", " ("), start + 1):
                advice.unmade_link(text, opening.start, start, self._page)
            reading.pieces.append("]")
            return start + 1
        if len(reading.runs) > opening.runs:
            self._emphasis(reading, opening.runs)
        span = self._page.places.span(text, opening.start, found.end)
        if opening.image:
            self._image(reading, opening, found, span)
        else:
            self._link(reading, opening, found, span)
        return found.end

    def _link(
        self, reading: _Reading, opening: _Opening, found: targets.Destination, span: Span
    ) -> None:
        pieces = reading.pieces
        while reading.found_urls and reading.found_urls[-1][0] > opening.piece:
            piece, words = reading.found_urls.pop()
            pieces[piece] = words  # a link holds no other
        if targets.verdict(found.target) == "forbidden":
            clean.forbidden(found.target, span, self._page)
            pieces[opening.piece] = ""
            return
        number = self._page.mark(Mark("a", span, found.target))
        said = f' title="{attribute(found.title)}"' if found.title else ""
        pieces[opening.piece] = f'<a data-cq="{number}" href="{attribute(found.target)}"{said}>'
        pieces.append("</a>")
        for earlier in reversed(reading.openings):
            if not earlier.image:
                if not earlier.active:
                    break
                earlier.active = False

    def _image(
        self, reading: _Reading, opening: _Opening, found: targets.Destination, span: Span
    ) -> None:
        pieces = reading.pieces
        words = "".join(pieces[opening.piece + 1 :])
        del pieces[opening.piece :]
        while reading.found_urls and reading.found_urls[-1][0] >= opening.piece:
            reading.found_urls.pop()
        if targets.verdict(found.target) != "inside":
            clean.remote_image(found.target, span, self._page)
            return
        alt = _TAG.sub("", _ALT.sub(r"\1", words)).replace('"', "&quot;").strip()
        number = self._page.mark(Mark("img", span, found.target))
        said = f' title="{attribute(found.title)}"' if found.title else ""
        source = attribute(found.target)
        pieces.append(f'<img data-cq="{number}" alt="{alt}" src="{source}"{said}>')

    def _referred(self, text: Source, opening: _Opening, start: int) -> targets.Destination | None:
        """`[words][label]`, `[label][]` or `[label]`: its target, title, and where it ends."""
        page, end = self._page, start + 1
        found = _REFERENCE.match(text, end)
        name = found[1] if found else ""
        if found:
            end = found.end()
        if not name.strip():
            if start - opening.inside > 999:
                return None
            name = text[opening.inside : start]
        entry = page.references.get(targets.label(name))
        if entry is None:
            return None
        page.budget -= len(entry[0]) + len(entry[1])
        if page.budget < 0:  # as cmark does: a long definition used a thousand times is a bomb
            return None
        return targets.Destination(entry[0], entry[1], end)
