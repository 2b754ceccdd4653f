"""The last pass: clean HTML in, `Body` out.

One walk over nh3's canonical output (every attribute quoted, every element closed), by tags; no
HTML parser. It takes internal targets out as holes, numbers headings and ids, sets French
typography in the text nodes, and gathers the plain words. It adds no element of an author's.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from cq.content.body import HOLE, Body, Heading, Link
from cq.content.markup import advice, allowed, clean, targets
from cq.content.markup.page import Mark, Page
from cq.diagnostic import Span
from cq.french.folding import slug
from cq.french.typography import html as typography

_TAGS = re.compile(r"<(/?[a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div",
        "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
        "thead", "tr", "ul",
    }
)
# fmt: on
_CELLS = frozenset({"td", "th"})
_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var"})
_TAG = re.compile(r"(<[^>]*>)")
# One blank that is a space is right as it is.
_WORDS = re.compile(r"[ \t\r\f\v]{2,}|[\t\r\f\v]")
_ID = re.compile(r"[^A-Za-z0-9_.:-]+")
_LANGUAGE = re.compile(r"language-[A-Za-z0-9_+#.-]{1,30}")


@dataclass(slots=True)
class _Open:
    """An element whose words are still to come: a link or a heading."""

    tag: str
    made: int  # where its opening tag stands in the output
    words: int  # where its words begin
    mark: Mark | None
    number: str = ""  # its data-cq
    link: int = -1
    level: int = 0
    anchors: int = 0  # how many ids stood before it


@dataclass(slots=True)
class Finish:
    """The walk, with all that it gathers."""

    page: Page
    keep_title: bool
    nowhere: Span
    made: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: dict[str, None] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    same_page: list[tuple[int, int]] = field(default_factory=list)  # link, place in the output
    title: str | None = None
    level: int = 1
    verbatim: int = 0  # elements open since the one whose text stays as it is
    code: bool = False  # in a <pre>, whose line ends count
    link: _Open | None = None
    # HTML lets a heading stand in a <div> in another: the innermost is the last.
    open_headings: list[_Open] = field(default_factory=list)
    abbreviation: "re.Pattern[str] | None" = None

    def body(self, html: str) -> Body:
        """Walk; then settle what needed the whole page."""
        names = sorted(self.page.abbreviations, key=len, reverse=True)
        if names:
            any_name = "|".join(re.escape(clean.quoted(name)) for name in names[:200])
            self.abbreviation = re.compile(rf"(?<!\w)(?:{any_name})(?!\w)")
        parts = _TAGS.split(html)
        made, words = self.made, self.words
        if parts[0].strip():
            self._text(parts[0])
        for at in range(1, len(parts), 3):
            tag, attributes, text = parts[at], parts[at + 1], parts[at + 2]
            if tag[0] == "/":
                self._closing(tag[1:])
            elif attributes or self.verbatim or tag in _NOTABLE:
                self._opening(tag, attributes)
            else:
                made.append(f"<{tag}>")
                if tag in _BLOCKS:
                    words.append("\n")
            if text == "\n":
                made.append(text)
                words.append(" ")
            elif text:
                self._text(text)
        self._settle_same_page()
        return Body(
            html="".join(made).strip(),
            links=tuple(self.links),
            headings=tuple(self.headings),
            anchors=tuple(self.anchors),
            title=self.title,
            text=_tidy("".join(words)),
        )

    def _text(self, text: str) -> None:
        self.words.append(text.replace("\n", " ") if "\n" in text and not self.code else text)
        if self.verbatim:
            self.made.append(text)
            return
        shown = typography(text)
        if self.abbreviation is not None:
            # typography may have raised an ordinal: tags are no words
            shown = "".join(
                piece if piece[:1] == "<" else self.abbreviation.sub(self._abbreviated, piece)
                for piece in _TAG.split(shown)
            )
        self.made.append(shown)

    def _abbreviated(self, found: "re.Match[str]") -> str:
        title = clean.quoted(self.page.abbreviations.get(unescape(found[0]), ""))
        return f'<abbr title="{title}">{found[0]}</abbr>'

    def _opening(self, tag: str, written: str) -> None:
        """An opening tag that has attributes or a part to play."""
        had = dict(_ATTRIBUTE.findall(written)) if written else {}
        number = had.pop("data-cq", "")
        mark = None
        if number.isdecimal() and int(number) < len(self.page.marks):
            mark = self.page.marks[int(number)]
        if "id" in had:
            ours = number == "note"
            had["id"] = self._anchor(had["id"] if ours else "u-" + _ID.sub("-", had["id"]))
        self._enter_verbatim(tag, had.get("lang", "fr"))
        if tag in _BLOCKS:
            self.words.append("\n")
        if tag == "a":
            self._link(had, number, mark)
        elif tag == "img":
            self._image(had, mark)
        elif tag in allowed.HEADINGS:
            self._begin_heading(tag, had, mark)
        elif tag == "input":
            if number == "task":
                self._write(tag, had)
        else:
            if tag == "code" and not _LANGUAGE.fullmatch(had.get("class", "")):
                had.pop("class", None)
            self._write(tag, had)

    def _enter_verbatim(self, tag: str, language: str) -> None:
        """Code and foreign words keep their signs: count what is open since they began."""
        if tag in allowed.VOID:
            return
        self.code = self.code or tag == "pre"
        if self.verbatim:
            self.verbatim += 1
        elif tag in _VERBATIM or not language.lower().startswith("fr"):
            self.verbatim = 1

    def _write(self, tag: str, had: dict[str, str]) -> None:
        self.made.append(
            f"<{tag}" + "".join([f' {name}="{value}"' for name, value in had.items()]) + ">"
        )

    def _closing(self, tag: str) -> None:
        if self.verbatim:
            self.verbatim -= 1
            self.code = self.code and tag != "pre"
        if tag == "a" and self.link:
            self._end_link(self.link)
            self.link = None
        elif tag in allowed.HEADINGS:
            self._end_heading(self.open_headings.pop())
            return
        self.made.append(f"</{tag}>")
        if tag in _BLOCKS:
            self.words.append("\n")
        elif tag in _CELLS:
            self.words.append(" ")

    def _anchor(self, wanted: str) -> str:
        """An id like `wanted` that the page does not have yet."""
        wanted = wanted or "section"
        found = wanted
        while found in self.anchors:
            self.given[wanted] = self.given.get(wanted, 1) + 1
            found = f"{wanted}-{self.given[wanted]}"
        self.anchors[found] = None
        return found

    def _link(self, had: dict[str, str], number: str, mark: Mark | None) -> None:
        wiki = mark is not None and mark.kind == "wiki"
        href = mark.target if mark and wiki else unescape(had.get("href", ""))
        self.link = _Open("a", len(self.made), len(self.words), mark, number=number)
        if number == "note":
            self._write("a", had)
            return
        kind = targets.verdict(href) if "href" in had else "forbidden"
        if wiki:  # a page's name: « Compost : mode d’emploi » has no scheme
            kind = "inside"
        if kind == "forbidden":
            had.pop("href", None)
            if had and mark is None:
                advice.something_removed(self.page, self.nowhere)
            self._write("a", had)
            return
        span = mark.span if mark else self.nowhere
        self.link.link = len(self.links)
        self.links.append(
            Link("wiki" if wiki else "link", href, "", span.line, span.column, span.width)
        )
        if kind == "inside":
            had["href"] = HOLE.format(self.link.link)
        elif kind == "outside":
            if not href.lower().startswith(("mailto:", "tel:")):
                had["rel"] = "noopener noreferrer"
        else:
            self.same_page.append((self.link.link, len(self.made)))
        self._write("a", had)

    def _end_link(self, link: _Open) -> None:
        if link.number == "note":
            del self.words[link.words :]  # a note's number is no word of the text
        if link.link < 0:
            return
        words = _tidy("".join(self.words[link.words :]))
        self.links[link.link] = self.links[link.link]._replace(text=words)
        if link.mark and link.mark.kind == "a":
            shows_image = any("<img" in piece for piece in self.made[link.made :])
            mark = link.mark
            advice.link_words(words, mark.target, mark.span, self.page, shows_image=shows_image)

    def _image(self, had: dict[str, str], mark: Mark | None) -> None:
        source = unescape(had.get("src", ""))
        if "src" not in had or targets.verdict(source) != "inside":
            return  # said where the tag or the mark-up was read
        span = mark.span if mark else self.nowhere
        alt = unescape(had.get("alt", "")).strip()
        advice.alternative(alt, source, span, self.page)
        had.pop("src")
        had.setdefault("alt", "")
        hole = {"src": HOLE.format(len(self.links))}
        # Last, it may be followed by the picture's own size: `render` knows it.
        had = hole | had if "width" in had or "height" in had else had | hole
        self.links.append(Link("image", source, alt, span.line, span.column, span.width))
        self.words.append(had["alt"])
        self._write("img", had)

    def _begin_heading(self, tag: str, had: dict[str, str], mark: Mark | None) -> None:
        heading = _Open(tag, len(self.made), len(self.words), mark, level=int(tag[1]))
        heading.anchors = len(self.anchors) - ("id" in had)
        self.open_headings.append(heading)
        self._write(tag, had)

    def _end_heading(self, heading: _Open) -> None:
        """Its id, its place in the outline; a leading title leaves the page's text."""
        words = _tidy("".join(self.words[heading.words :])).replace("\n", " ")
        span = heading.mark.span if heading.mark else self.nowhere
        level = heading.level
        # nothing stands before it, and it is the page's own: not in a quote or a list
        leading = level == 1 and self.title is None and not self.headings
        if leading and words and not "".join(self.made[: heading.made]).strip():
            self.title = words
            if not self.keep_title:
                self._forget(heading)
                return
        if not words:
            advice.empty_heading(span, self.page)
            self._forget(heading)
            return
        advice.heading_level(level, self.level, words, span, self.page)
        advice.wordless_heading(words, span, self.page)
        self.level = level = max(level, 2)
        opening = self.made[heading.made]
        known = _ATTRIBUTE.search(opening)
        had = dict(_ATTRIBUTE.findall(opening)) if known else {}
        had["id"] = had.get("id") or self._anchor(slug(words))
        shown = "".join([f' {name}="{value}"' for name, value in had.items()])
        self.made[heading.made] = f"<h{level}{shown}>"
        self.made.append(f"</h{level}>")
        self.words.append("\n")
        self.headings.append(Heading(level, words, had["id"], span.line))

    def _forget(self, heading: _Open) -> None:
        """Leave a heading out. Links in it are kept: they are checked, and hold their number."""
        del self.made[heading.made :]
        del self.words[heading.words :]
        while len(self.anchors) > heading.anchors:
            self.anchors.popitem()

    def _settle_same_page(self) -> None:
        """`#x` may be an id that an author gave: it stands in the page as `u-x`."""
        for number, place in self.same_page:
            link = self.links[number]
            name = link.target[1:]
            if name and name not in self.anchors and f"u-{name}" in self.anchors:
                if place < len(self.made):
                    shown = f'href="#{clean.quoted(name)}"'
                    self.made[place] = self.made[place].replace(shown, f'href="#u-{name}"')
                self.links[number] = link._replace(target=f"#u-{name}")


_NOTABLE = _VERBATIM | allowed.HEADINGS | {"a", "img", "input", "hr"}


def _tidy(words: str) -> str:
    """Plain words: entities undone, one blank between words, one line a paragraph."""
    if "&" in words:
        words = unescape(words)
    if "  " in words or "\t" in words:
        words = _WORDS.sub(" ", words)
    if "\n" in words:
        lines = [line for one in words.split("\n") if (line := one.lstrip())]
        words = "\n".join([line.removesuffix(" ") for line in lines])
    return words.strip()
