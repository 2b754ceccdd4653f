"""What one line can begin, by cmark-gfm's rules: patterns, and the questions asked of a line.

Nothing here knows of other blocks than the one that a line would interrupt.
"""

import re

_ALONE = 6
_STARTERS = "#`~<>-_*+=[|:0123456789"

STARTERS = frozenset(_STARTERS)  # what a line begins with that is more than a paragraph's
ATX = re.compile(r"(#{1,6})(?:[ ]+(.*?))??(?:[ ]+#+)?[ ]*$")
FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ ]*([^\s]*)")
RULE = re.compile(r"(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})$")
UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
ITEM = re.compile(r"([-+*]|(\d{1,9})[.)])(?:([ ]+)(.*)|$)")
QUOTE = re.compile(r" {0,3}> ?")
NOTE = re.compile(r"\[\^([^\]\s\[]{1,99})\]:[ ]*(.*)")
ALERT = re.compile(r"[ ]{0,3}\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ ]*$", re.IGNORECASE)
TASK = re.compile(r"\[([ xX])\](?:[ \t]+|(?=\n)|$)")
DELIMITER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*+\|?[ ]*$")

_LAZY = re.compile(r"=+[ ]*$|[|:-][-|: ]*$")  # would underline a heading or rule a table
_TABS = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)
_TABS_BEHIND = re.compile(r"^([ ]*(?:[-+*>]|\d{1,9}[.)])[ ]?)(\t[ \t]*)", re.MULTILINE)
_MARKERS = re.compile(r"(?:[ ]*(?:>|(?:[-+*]|\d{1,9}[.)])(?= |$)))*[ ]*")

_HTML_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|"
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|"
    "search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ATTRIBUTES = (
    r"(?:[ ]+[A-Za-z_:][\w.:-]*+(?:[ ]*=[ ]*(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+[ ]*"
)
_TAG_ALONE = rf"(?:<[A-Za-z][A-Za-z0-9-]*+{_ATTRIBUTES}/?>|</[A-Za-z][A-Za-z0-9-]*[ ]*>)[ ]*$"
_LITERAL_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
# How an HTML block begins, and the text in whose line it ends; "": before the next blank line.
_HTML = (
    (re.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.IGNORECASE), _LITERAL_END),
    (re.compile(r"<!--"), re.compile("-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(">")),
    (re.compile(rf"</?(?:{_HTML_BLOCKS})(?:\s|/?>|$)", re.IGNORECASE), None),
    (re.compile(_TAG_ALONE), None),
)


def expand_tabs(text: str) -> str:
    """Tabs that indent, as the spaces up to the next multiple of four."""
    if "\t" not in text:
        return text
    text = _TABS.sub(lambda found: found[0].expandtabs(4), text)
    # A tab behind a list or quote mark counts as spaces too; elsewhere it stays.
    return _TABS_BEHIND.sub(lambda found: (found[1] + found[2]).expandtabs(4), text)


def html_begins(body: str, *, in_paragraph: bool) -> bool:
    """Does an HTML block begin here? A tag alone on its line cannot interrupt a paragraph."""
    kinds = _HTML[:_ALONE] if in_paragraph else _HTML
    return any(begin.match(body) for begin, _ in kinds)


def html_end(lines: list[str], here: int) -> int:
    """The line after the HTML block that begins on line `here`."""
    body = lines[here].lstrip(" ")
    end = next(end for begin, end in _HTML if begin.match(body))
    while here < len(lines):
        if end is None and not lines[here].strip():
            break
        here += 1
        if end is not None and end.search(lines[here - 1]):
            break
    return here


def interrupts(line: str) -> bool:  # noqa: PLR0911 - one line a sign
    """Would this line end a paragraph that is not in the same list or quote as the line?"""
    body = line.lstrip(" ")
    if len(line) - len(body) >= 4 or body[0] not in STARTERS:
        return False
    first = body[0]
    if first == "#":
        return ATX.match(body) is not None
    if first in "`~":
        return FENCE.match(body) is not None
    if first == ">":
        return True
    if first == "<":
        return html_begins(body, in_paragraph=True)
    if first == "[":
        return NOTE.match(body) is not None
    return RULE.match(body) is not None or ITEM.match(body) is not None


def unmarked(line: str) -> str:
    """A line without the marks of lists and quotes that it begins."""
    found = _MARKERS.match(line)
    return line[found.end() :] if found else line


def as_lazy(line: str) -> str:
    """A line that continues a paragraph without repeating its marks, and is nothing else."""
    line = line.lstrip(" ")
    return "\\" + line if line[0] in "=|:-" and _LAZY.match(line) else line


def closes(mark: str, line: str) -> bool:
    """Does this line close the fence that `mark` opened?"""
    end = line.strip()
    return end.startswith(mark) and not end.strip(mark[0]) and len(line) - len(line.lstrip(" ")) < 4


class _Container:
    """The lines of a list item, a footnote or a quote, gathered one by one."""

    __slots__ = ("fence", "lines", "table")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.fence = ""  # the mark of a code fence that is still open
        self.table = False

    def add(self, line: str) -> None:
        self.lines.append(line)
        if "```" in line or "~~~" in line:
            if not self.fence:
                opening = FENCE.match(unmarked(line))
                self.fence = opening[1] if opening else ""
            elif closes(self.fence, line):
                self.fence = ""
        if "|" in line:
            self.table = self.table or DELIMITER.match(unmarked(line)) is not None
        elif self.table and not line.strip():
            self.table = False

    def takes_lazily(self, line: str) -> bool:
        """Does a line without the container's mark continue a paragraph in it?"""
        if self.fence or self.table or not self.lines or not line.strip():
            return False
        body = unmarked(self.lines[-1])
        if not body or (body[0] in "#-_*" and (ATX.match(body) or RULE.match(body))):
            return False
        if body[0] in "`~" and FENCE.match(body):
            return False
        if body[0] == "<" and html_begins(body, in_paragraph=False):
            return False
        return not interrupts(line)


def contents(lines: list[str], here: int, width: int, first: str) -> tuple[list[str], int]:
    """The lines of a list item or a footnote, without their indentation, and where they end.

    `first` is what its first line holds behind the mark, `width` how far the others are indented.
    """
    inside, margin = _Container(), " " * width
    inside.add(first)
    if not first.strip() and (here >= len(lines) or not lines[here].strip()):
        return inside.lines, here
    while here < len(lines):
        line = lines[here]
        if line.startswith(margin):
            inside.add(line[width:])
        elif not line.strip():
            inside.add("")
        elif inside.takes_lazily(line):
            inside.lines.append(as_lazy(line))
        else:
            break
        here += 1
    return inside.lines, here


def quoted(lines: list[str], here: int) -> tuple[list[str], int]:
    """The lines of a quote without their `>`, and where it ends."""
    inside = _Container()
    while here < len(lines):
        line = lines[here]
        if found := QUOTE.match(line):
            inside.add(line[found.end() :])
        elif inside.takes_lazily(line):
            inside.lines.append(as_lazy(line))
        else:
            break
        here += 1
    return inside.lines, here
