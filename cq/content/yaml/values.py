"""What stands after a key or a dash, over one line or several, made readable for YAML.

A value with exactly one reading is put in quotes for YAML and said; what YAML reads right stays
as it is. Knows lines and quotes, never keys or what they mean.
"""

import re

from cq.content.yaml import brackets, slips
from cq.content.yaml.outline import Outline
from cq.content.yaml.wording import (
    Wording,
    bad_escape,
    ends,
    escaped,
    has_colon,
    is_key,
    loses,
    names,
    wording,
)
from cq.diagnostic import Diagnostic

_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(?:[ \t]+#.*)?\Z")
_TAB = re.compile("\t")
_CLOSING = {'"': re.compile(r'\\.|"'), "'": re.compile("''|'")}
_STARTS_KEY = re.compile(r"[^:]*:(?:\s|\Z)|-\s")
_FAR = 1000  # lines of one text in quotes


class Values:
    """Mends values in the sheet of an outline; `found` grows in the order of lines."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.sheet = outline.sheet
        self.lines = outline.lines
        self.found: list[Diagnostic] = []
        self.known = names("\n".join(outline.lines))

    def mend(self, at: int, start: int, owner: int, lead: str) -> int:
        """The value that begins at column `start` of line `at`; the line after it.

        It goes on as long as lines are deeper than column `owner`; `lead` is what stands before
        it in the line to write: « titre: ».
        """
        text = self.lines[at][start:].rstrip()
        if _BLOCK.match(text):
            return self._block(at, owner)
        if text[0] in "[{":
            return self._brackets(at, start, owner, lead)
        end = self.outline.rest(at, owner)
        if text[0] in "\"'":
            closed = self._closed(at, start, owner) if ends(text, 0) is None else None
            if closed is not None:
                return closed
        elif end > at + 1:
            return self._several(at, start, end, lead)
        self._single(at, start, text, lead)
        self.sheet.drop(at + 1, end)
        return end

    def _single(self, at: int, start: int, text: str, lead: str) -> None:
        line = self.lines[at]
        said = wording(text, self.known)
        if said is not None:
            self._quote(at, start, start + len(text), said, (lead, ""))
        elif text[0] in "\"'":
            # A no-break space after quotes is nothing to a reader, and an error to YAML.
            if line[start + len(text) :].strip(" "):
                self.sheet.replace(at, start + len(text), len(line), "")
        else:
            for tab in _TAB.finditer(line, start):
                self.sheet.replace(at, tab.start(), tab.end(), " ")

    def _quote(self, at: int, start: int, end: int, said: Wording, around: tuple[str, str]) -> None:
        """Give YAML a value in quotes, and say so."""
        stop = len(self.lines[at]) if not self.lines[at][end:].strip() else end
        self.sheet.replace(at, start, stop, f'"{escaped(said.value)}"')
        self.found.append(slips.value(self.sheet, said, (at, start), (at, end), around))

    def _block(self, at: int, owner: int) -> int:
        """A text after `|` or `>`: everything deeper is its own."""
        end = at + 1
        outline = self.outline
        while end < len(self.lines) and (outline.blank(end) or outline.depths[end] > owner):
            # Spaces and then a tab are a text that begins with a tab.
            if not outline.blank(end) and self.lines[end][0] != " ":
                outline.straighten(end)
            end += 1
        return end

    # -- several lines ----------------------------------------------------------------------

    def _several(self, at: int, start: int, end: int, lead: str) -> int:
        """Text over several lines: as it is if YAML reads it, else all of it in quotes."""
        outline = self.outline
        texts = [self.lines[at][start:].strip()]
        for one in range(at + 1, end):
            texts.append(self.lines[one].strip())
            if not outline.blank(one):
                outline.straighten(one)
        if texts[0][0] in "&*!|>-?":
            return end  # these may need what follows: YAML decides
        said = wording(texts[0], self.known)
        said = said or next((odd for one in texts[1:] if one and (odd := self._odd(one))), None)
        if said is None or any(is_key(one) for one in texts[1:]):
            return end  # a value and keys under it have no one reading: YAML refuses
        last = end - 1
        for one in range(at, end):
            line = self.lines[one]
            if not line.strip():
                continue
            begin = start if one == at else outline.starts[one]
            inner = escaped(line[begin:].rstrip())
            left = '"' if one == at else ""
            right = '"' if one == last else ""
            self.sheet.replace(one, begin, len(line), f"{left}{inner}{right}")
        stop = len(self.lines[last].rstrip())
        said = said._replace(value=_folded(texts))
        self.found.append(slips.value(self.sheet, said, (at, start), (last, stop), (lead, "")))
        return end

    def _odd(self, text: str) -> Wording | None:
        """What is wrong with a line that goes on from the one above; its first sign is nothing."""
        if loses(text):
            return wording(f"… {text}", self.known)
        return wording(f"…{text}", self.known) if has_colon(text) else None

    def _closed(self, at: int, start: int, owner: int) -> int | None:
        """The line after quotes that open in line `at` and close, alone, in a later one."""
        sign = self.lines[at][start]
        text = self.lines[at][start:]
        if sum(1 for one in _CLOSING[sign].findall(text, 1) if one == sign):
            return None
        for one in range(at + 1, min(len(self.lines), at + _FAR)):
            line = self.lines[one]
            place = next((m.end() for m in _CLOSING[sign].finditer(line) if m[0] == sign), None)
            begin = self.outline.starts[one]
            if place is None:
                if self.outline.depths[one] <= owner and _STARTS_KEY.match(line, begin):
                    return None
                continue
            if not _is_comment(line[place:]):
                return None
            whole = "\n".join([text, *self.lines[at + 1 : one], line[:place]])
            return None if sign == '"' and bad_escape(whole) else one + 1
        return None

    # -- brackets ---------------------------------------------------------------------------

    def whole(self, at: int, start: int) -> bool:
        """Whether the bracket at `start` is closed, and nothing but a comment follows."""
        place = self._closing(at, start, -1)
        return place is not None and _is_comment(self.lines[place[0]][place[1] :])

    def _brackets(self, at: int, start: int, owner: int, lead: str) -> int:
        text = self.lines[at][start:].rstrip()
        place = self._closing(at, start, owner)
        end = self.outline.rest(at, owner)
        if place is None:
            said = wording(text, self.known)
            if said is None or not text.endswith(("]", "}")):
                name = "l’accolade {" if text[0] == "{" else "le crochet ["
                message = f"{name} n’est pas refermé{'e' if text[0] == '{' else ''}"
                said = Wording("needs-quotes", text, message, sure=False)
            self._quote(at, start, start + len(text), said, (lead, ""))
            self.sheet.drop(at + 1, end)
            return end
        last, column = place
        clean = _is_comment(self.lines[last][column:])
        if last > at:
            return last + 1
        if clean and text[0] == "[":
            for begin, item in brackets.items(self.lines[at], start + 1, column - 1):
                said = wording(item, self.known)
                if said is not None:
                    self._quote(at, begin, begin + len(item), said, (f"{lead}[…, ", ", …]"))
            return at + 1
        if clean and ":" in text and not text.startswith(("{{", "{%")):
            return at + 1
        self._single(at, start, text, lead)
        self.sheet.drop(at + 1, end)
        return end

    def _closing(self, at: int, start: int, owner: int) -> tuple[int, int] | None:
        """Where the bracket that opens at `start` is closed: the line, the column after it."""
        depth = 0
        for one in range(at, len(self.lines)):
            line = self.lines[one]
            column = start if one == at else self.outline.starts[one]
            outside = one > at and column < len(line) and self.outline.depths[one] <= owner
            if outside and line[column] not in "]}" and _STARTS_KEY.match(line, column):
                return None
            for sign, place in brackets.signs(line, column):
                if sign == ",":
                    continue
                depth += 1 if sign in "[{" else -1
                if depth == 0:
                    return one, place + 1
        return None


def _is_comment(tail: str) -> bool:
    """Whether nothing that counts follows quotes or brackets."""
    return not tail.strip() or (tail[0] in " \t" and tail.lstrip().startswith("#"))


def _folded(texts: list[str]) -> str:
    """Lines as YAML folds them: a line end is a space, a blank line a line end."""
    parts = [texts[0]]
    blanks = 0
    for text in texts[1:]:
        if not text:
            blanks += 1
            continue
        parts += ("\n" * blanks or " ", text)
        blanks = 0
    return "".join(parts)
