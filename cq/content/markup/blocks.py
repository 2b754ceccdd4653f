"""Blocks as forges cut them: a Python-Markdown block parser that follows cmark-gfm's containers.

Python-Markdown cuts a page at blank lines and wants four spaces for a nested list; forges read it
line by line. Here lines become lists, quotes, code, headings and HTML blocks; what is left,
paragraphs, goes through Python-Markdown's own registry of block processors (abbreviations,
reference definitions, paragraphs). No HTML is written here and nothing inside a line is read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser

from cq.content.markup import guard, lines, tables
from cq.content.markup.page import Note, Page
from cq.content.markup.places import Source

RAW = "raw"  # an HTML block, as written
TIGHT = "tight"  # a paragraph of a list without blank lines: shown without <p>

ALERTS = {
    "note": "Note",
    "tip": "Conseil",
    "important": "Important",
    "warning": "Attention",
    "caution": "Danger",
}


@dataclass(slots=True)
class _Level:
    """The inside of one container, being read: its lines, without the marks around."""

    parent: Element
    lines: list[str]
    base: int  # the number in the body of the first of these lines
    depth: int  # how many containers are around
    here: int = 0
    paragraph: int = -1  # the line on which an open paragraph begins


class GfmParser(BlockParser):
    """Lines in, element tree out; texts in it are `Source`, they know their line."""

    page: Page

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        # Each puts the block that begins here under the parent and goes behind it; or says False:
        # the line is none of its kind.
        self._starts = {
            "#": self._heading,
            "`": self._fenced,
            "~": self._fenced,
            ">": self._quote,
            "<": self._html,
            "[": self._note,
        }

    def parseDocument(  # noqa: N802 - Python-Markdown's name
        self, lines: Iterable[str]
    ) -> "ElementTree[Element | None]":
        self.root = Element(self.md.doc_tag)
        written = list(lines)
        if written and not written[-1]:
            written.pop()  # behind the last line end stands no line
        self._scan(_Level(self.root, written, 0, 0))
        return ElementTree(self.root)

    def _scan(self, level: _Level) -> bool:
        """Put the blocks of a level under its parent; True if blank lines stand between them."""
        guard.check_depth(level.depth, level.base, self.page)
        written, loose = level.lines, False
        while level.here < len(written):
            line = written[level.here]
            body = line.lstrip(" ")
            if not body or body.isspace():
                self._close(level)
                level.here += 1
                continue
            if level.paragraph < 0 and level.here and not loose and len(level.parent):
                loose = not written[level.here - 1].strip()
            if len(line) - len(body) >= 4:
                if level.paragraph < 0:
                    self._indented(level)
                    continue
            elif body[0] in lines.STARTERS and self._starts.get(body[0], self._marked)(level):
                continue
            if level.paragraph < 0:
                level.paragraph = level.here
            level.here += 1
        self._close(level)
        return loose

    def _close(self, level: _Level, end: int = -1) -> None:
        """End the open paragraph, if there is one, before line `end`, or before this one."""
        if level.paragraph < 0:
            return
        end = level.here if end < 0 else end
        first, level.paragraph = level.paragraph, -1
        # What is no other block goes through Python-Markdown's registry.
        text = "\n".join([line.lstrip() for line in level.lines[first:end]]).rstrip()
        before = len(level.parent)
        if text:
            self.parseBlocks(level.parent, [text])
        for child in level.parent[before:]:
            found = max(text.rfind(child.text or ""), 0)
            begins = level.base + first + text.count("\n", 0, found)
            child.text = Source(child.text or "", begins)

    @staticmethod
    def _indented(level: _Level) -> None:
        code: list[str] = []
        here, written = level.here, level.lines
        while here < len(written) and (
            written[here].startswith("    ") or not written[here].strip()
        ):
            code.append(written[here][4:])
            here += 1
        while not code[-1].strip():  # the blank lines behind it are the level's
            code.pop()
            here -= 1
        level.here = here
        SubElement(SubElement(level.parent, "pre"), "code").text = "\n".join(code) + "\n"

    def _heading(self, level: _Level) -> bool:
        found = lines.ATX.match(level.lines[level.here].lstrip(" "))
        if not found:
            return False
        self._close(level)
        text = (found[2] or "").strip()
        made = SubElement(level.parent, f"h{len(found[1])}")
        made.text = Source(text if text.strip("#") else "", level.base + level.here)
        level.here += 1
        return True

    def _fenced(self, level: _Level) -> bool:
        line = level.lines[level.here]
        body = line.lstrip(" ")
        found = lines.FENCE.match(body)
        if not found:
            return False
        self._close(level)
        indent = len(line) - len(body)
        code: list[str] = []
        level.here += 1
        while level.here < len(level.lines):
            line = level.lines[level.here]
            level.here += 1
            if lines.closes(found[1], line):
                break
            code.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        made = SubElement(SubElement(level.parent, "pre"), "code")
        if found[2]:
            made.set("class", "language-" + found[2])
        made.text = "\n".join(code) + "\n" if code else ""
        return True

    def _html(self, level: _Level) -> bool:
        body = level.lines[level.here].lstrip(" ")
        if not lines.html_begins(body, in_paragraph=level.paragraph >= 0):
            return False
        self._close(level)
        first, level.here = level.here, lines.html_end(level.lines, level.here)
        text = "\n".join(level.lines[first : level.here])
        SubElement(level.parent, RAW).text = Source(text, level.base + first)
        return True

    def _note(self, level: _Level) -> bool:
        """A footnote's text: the lines that follow belong to it as long as they are indented."""
        found = lines.NOTE.match(level.lines[level.here].lstrip(" "))
        if not found:
            return False
        self._close(level)
        first = level.base + level.here
        inside, level.here = lines.contents(level.lines, level.here + 1, 4, found[2])
        note = Note(Element("li"), first)
        self._scan(_Level(note.content, inside, first, level.depth + 1))
        self.page.notes.setdefault(found[1].casefold(), note)
        self._leave_blank_lines(level)
        return True

    def _quote(self, level: _Level) -> bool:
        self._close(level)
        first = level.base + level.here
        inside, level.here = lines.quoted(level.lines, level.here)
        alert = lines.ALERT.match(inside[0])
        if alert and any(line.strip() for line in inside[1:]):
            kind = alert[1].lower()
            box = {"class": f"alerte alerte-{kind}", "role": "note"}
            made = SubElement(level.parent, "div", box)
            SubElement(made, "p", {"class": "alerte-titre"}).text = ALERTS[kind]
            self._scan(_Level(made, inside[1:], first + 1, level.depth + 1))
        else:
            made = SubElement(level.parent, "blockquote")
            self._scan(_Level(made, inside, first, level.depth + 1))
        return True

    def _marked(self, level: _Level) -> bool:
        """A line that begins with a sign or a digit: heading underline, rule, table, list."""
        body = level.lines[level.here].lstrip(" ")
        first, within = body[0], level.paragraph >= 0
        if within:
            if first in "=-" and lines.UNDERLINE.match(body):
                return self._underlined(level)
            above = level.lines[level.here - 1]
            # « - | » begins a list, though it could rule a table
            rules = first in "|:" or (first == "-" and not lines.ITEM.match(body))
            if rules and tables.is_delimiter(body, above):
                return self._table(level)
        if first in "-_*" and lines.RULE.match(body):
            self._close(level)
            SubElement(level.parent, "hr")
            level.here += 1
            return True
        found = lines.ITEM.match(body)
        if not found or (within and (not found[4] or found[2] not in (None, "1"))):
            return False
        self._close(level)
        self._list(level, found)
        return True

    def _underlined(self, level: _Level) -> bool:
        """A heading by underlining; reference definitions above are no part of its words."""
        count, underline = len(level.parent), level.lines[level.here].lstrip(" ")
        self._close(level)
        last = level.parent[-1] if len(level.parent) > count else None
        if last is None or last.tag != "p":
            level.paragraph = level.here  # definitions alone: the line is text
        else:
            last.tag = "h1" if underline[0] == "=" else "h2"
        level.here += 1
        return True

    def _table(self, level: _Level) -> bool:
        first = level.here - 1
        self._close(level, first)
        end = level.here + 1
        while end < len(level.lines) and level.lines[end].strip():
            if level.lines[end].startswith("    ") or lines.interrupts(level.lines[end]):
                break
            end += 1
        tables.build(level.parent, level.lines[first:end], level.base + first, self.page)
        level.here = end
        return True

    def _list(self, level: _Level, begins: re.Match[str]) -> None:
        """A list and all its items; `begins` is the mark of the first one."""
        made = SubElement(level.parent, "ol" if begins[2] else "ul")
        if begins[2] and int(begins[2]) != 1:
            made.set("start", str(int(begins[2])))
        found: re.Match[str] | None = begins
        loose = False
        while found and found[1][-1] == begins[1][-1]:
            line = level.lines[level.here]
            width = len(line) - len(found.string) + len(found[1])
            space, rest = found[3] or "", found[4] or ""
            if not rest or len(space) > 4:  # an empty item, or one that begins with code
                width, rest = width + 1, space[1:] + rest
            else:
                width += len(space)
            loose = loose or (len(made) > 0 and not level.lines[level.here - 1].strip())
            first = level.base + level.here
            inside, level.here = lines.contents(level.lines, level.here + 1, width, rest)
            item = SubElement(made, "li")
            loose |= self._scan(_Level(item, inside, first, level.depth + 1))
            found = self._next_item(level)
        _settle(made, loose=loose)
        self._leave_blank_lines(level)

    @staticmethod
    def _next_item(level: _Level) -> re.Match[str] | None:
        if level.here >= len(level.lines):
            return None
        line = level.lines[level.here]
        body = line.lstrip(" ")
        if len(line) - len(body) >= 4 or lines.RULE.match(body):
            return None
        return lines.ITEM.match(body)

    @staticmethod
    def _leave_blank_lines(level: _Level) -> None:
        """Blank lines behind a list are the level's: they say whether what is around is loose."""
        while not level.lines[level.here - 1].strip():
            level.here -= 1


def _settle(made: Element, *, loose: bool) -> None:
    """Task boxes, and paragraphs without <p> in a list without blank lines."""
    for item in made:
        first = item[0] if len(item) else None
        if first is not None and first.tag == "p" and isinstance(first.text, Source):
            task = lines.TASK.match(first.text)
            if task:
                item.set("class", "tache")
                first.set("task", task[1])
                first.text = Source(first.text[task.end() :], first.text.line)
        if not loose:
            for child in item:
                if child.tag == "p":
                    child.tag = TIGHT
