"""Headers as people type them, made readable for YAML, line by line; each slip is said.

Keys and dashes here, values in `cq.content.yaml.values`. Only what has exactly one reading is
mended.
Never reads YAML itself, and does not know what a key means.
"""

import re
from typing import NamedTuple

from cq.content.yaml import slips
from cq.content.yaml.outline import Outline
from cq.content.yaml.sheet import Sheet
from cq.content.yaml.values import Values
from cq.content.yaml.wording import PLAIN_KEY, WORD, loses
from cq.diagnostic import Diagnostic

_QUOTED_KEY = re.compile(r"(?:\"[^\"\\]*\"|'[^']*')(?=\s*:(?:\s|\Z))")
_SPACED = re.compile(r":(?=\s|\Z)")
# Words before a colon that begin an address, not a line of keys.
_SCHEMES = frozenset(("http", "https", "ftp", "mailto", "tel", "sms", "geo", "urn", "data", "file"))
_MOST = 20  # findings of one cause


class _Key(NamedTuple):
    """A key in a line, by columns: its end, its colon, where its value begins."""

    end: int
    colon: int
    value: int
    glued: bool = False  # no space after the colon


class Mender:
    """One pass over the lines of a sheet, with tabs as wide as `width`."""

    def __init__(self, sheet: Sheet, width: int) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.outline = Outline(sheet, width)
        self.values = Values(self.outline)
        self.open: int | None = None  # column of the key or dash whose value is still to come
        self.item: int | None = None  # column of the last dash
        self.strays = 0
        self.before: list[slips.Gap] = []
        self.after: list[slips.Gap] = []

    def mend(self) -> list[Diagnostic]:
        """Mend the sheet, and say what was found; `outline.tabs` is left to the caller."""
        at = 0
        while at < len(self.lines):
            at = self._line(at)
        return [*self.values.found, *slips.colons(self.sheet, self.before, self.after)]

    def key_of(self, at: int) -> str:
        """The key that line `at` begins with, or ""."""
        line = self.lines[at]
        match = WORD.match(line, self.outline.starts[at])
        return match[0] if match else ""

    def _line(self, at: int) -> int:
        """Mend what begins on line `at`; the line after it."""
        line = self.lines[at]
        if not self.outline.says(at):
            if self.outline.parts(at):
                self.values.found.append(slips.second(self.sheet, at))
                self.sheet.drop(at, at + 1)
            elif line and self.outline.blank(at):
                self.sheet.drop(at, at + 1)  # YAML is particular about tabs in blank lines
            return at + 1
        self.outline.straighten(at)
        start, column, owner = self._dashes(at)
        if start == len(line):
            self.open = owner
            return at + 1
        key = self._key(at, start, column, owner)
        if key is not None:
            return self._entry(at, start, column, key)
        if owner is None:
            owner = self._owner(at, start, column)
            if owner is None:
                return self._stray(at, start)
            lead = ""
        else:
            lead = "- "
        self.open = None
        return self.values.mend(at, start, owner, lead)

    def _dashes(self, at: int) -> tuple[int, int, int | None]:
        """Past the dashes of a list: where the rest begins, its depth, the last dash's depth."""
        line = self.lines[at]
        start, column = self.outline.starts[at], self.outline.depths[at]
        owner: int | None = None
        while start < len(line) and line[start] == "-":
            after = self._after_dash(at, start, column, first=owner is None)
            if after is None:
                break
            owner = self.item = column
            column += after - start
            start = after
        return start, column, owner

    def _after_dash(self, at: int, start: int, column: int, *, first: bool) -> int | None:
        """Where the text after a list's dash begins; None when it is no such dash."""
        line = self.lines[at]
        end = start + 1
        while end < len(line) and line[end].isspace():
            end += 1
        if end > start + 1 or end == len(line):
            if line[start + 1 : end].strip(" "):
                self.sheet.replace(at, start + 1, end, " " * (end - start - 1))
            return end
        expected = self.item == column or (self.open is not None and column >= self.open)
        if not (first and expected and (line[end].isalpha() or line[end] in "«\"'[")):
            return None
        self.sheet.replace(at, end, end, " ")
        self.values.found.append(slips.dash(self.sheet, at, start))
        return end

    def _owner(self, at: int, start: int, column: int) -> int | None:
        """The column of what a line without key and dash belongs to; None when to nothing."""
        if at == self.outline.first and self.lines[at][start] in "[{":
            return -1 if self.values.whole(at, start) else None
        if self.open is None or column <= self.open:
            return None
        return self.open

    def _stray(self, at: int, start: int) -> int:
        self.sheet.drop(at, at + 1)
        self.strays += 1
        if self.strays <= _MOST:
            after_text = at > 0 and self.outline.says(at - 1)
            found = slips.stray(self.sheet, at, start, after_text=after_text)
            self.values.found.append(found)
        return at + 1

    # -- keys -------------------------------------------------------------------------------

    def _key(self, at: int, start: int, column: int, owner: int | None) -> _Key | None:
        line = self.lines[at]
        if line[start] in "[{#":
            return None
        if line[start] in "\"'":
            match = _QUOTED_KEY.match(line, start)
            return self._spaced(at, match.end(), line.index(":", match.end())) if match else None
        glued = self._glued(at, start, column, owner)
        if glued is not None:
            return glued
        spaced = _SPACED.search(line, start)
        if spaced is None or spaced.start() == start or loses(line[start : spaced.start()]):
            return None
        end = start + len(line[start : spaced.start()].rstrip())
        key = self._spaced(at, end, spaced.start())
        if owner is not None and self._prose(at, line[start:end], key, column):
            return None
        return key

    def _spaced(self, at: int, end: int, colon: int) -> _Key:
        line = self.lines[at]
        return _Key(end, colon, len(line) - len(line[colon + 1 :].lstrip()))

    def _glued(self, at: int, start: int, column: int, owner: int | None) -> _Key | None:
        """« word:text » where that is a key: at the margin, or with keys beside it."""
        line = self.lines[at]
        match = WORD.match(line, start)
        if match is None:
            return None
        colon = len(line) - len(line[match.end() :].lstrip())
        after = line[colon + 1 : colon + 2]
        if line[colon : colon + 1] != ":" or not after or after.isspace():
            return None
        if line.startswith("//", colon + 1):
            return None
        if owner is not None:
            following = self.outline.after(at)
            beside = following is not None and self.outline.depths[following] == column
        elif column == self.outline.base:
            beside = True
        else:
            beside = self.open is None or column > self.open
            beside = beside and PLAIN_KEY.match(match[0]) is not None
        if not beside or (match[0] in _SCHEMES and column != self.outline.base):
            return None
        return _Key(match.end(), colon, colon + 1, glued=True)

    def _prose(self, at: int, words: str, key: _Key, column: int) -> bool:
        """Whether « - Canal : que faire ? » is a text: no key looks so, and none follows.

        « - terrasses : où en est-on ? » is one too: an item of one key would be of no use here,
        and nobody who writes keys puts a space before the colon of a single one.
        """
        plain = PLAIN_KEY.match(words) and key.colon == key.end
        if plain or key.value == len(self.lines[at]) or words[0] in "*&!?":
            return False
        after = self.outline.after(at)
        return after is None or self.outline.depths[after] < column

    def _entry(self, at: int, start: int, column: int, key: _Key) -> int:
        """A key, and its value where it stands on the same line."""
        line = self.lines[at]
        if key.colon > key.end:
            self.before.append((at, key.end, key.colon))
            self.sheet.replace(at, key.end, key.colon, "")
        blanks = line[key.colon + 1 : key.value]
        last = key.value == len(line)
        if key.glued or blanks.strip(" "):
            self.sheet.replace(at, key.colon + 1, key.value, "" if last else " ")
            if not last:
                self.after.append((at, key.colon + 1, key.value))
        comment = not last and line[key.value] == "#" and self.outline.has_children(at, column)
        if last or comment:
            self.open = column
            return at + 1
        self.open = None
        return self.values.mend(at, key.value, column, f"{line[start : key.end]}: ")
