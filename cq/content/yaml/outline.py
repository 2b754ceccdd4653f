"""How the lines of a header hang together: which are deeper, which say something.

Indentation only; a tab counts as the spaces that it shows at a given width.
"""

import re

from cq.content.yaml.sheet import Sheet
from cq.content.yaml.slips import Tab

_MARKER = re.compile(r"(?:---|\.\.\.)(?:\s|\Z)|%[A-Z]")


class Outline:
    """The lines of a sheet by their indentation; lines and columns from 0."""

    def __init__(self, sheet: Sheet, width: int) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.width = width
        self.tabs: list[Tab] = []
        self.starts = [len(line) - len(line.lstrip()) for line in self.lines]
        self.depths = [self._depth(at) for at in range(len(self.lines))]
        self.first = next((at for at in range(len(self.lines)) if self.says(at)), 0)
        self.base = self.depths[self.first]

    def _depth(self, at: int) -> int:
        indent = self.lines[at][: self.starts[at]]
        if not indent.strip(" "):
            return len(indent)
        return len("".join(one if one == "\t" else " " for one in indent).expandtabs(self.width))

    def blank(self, at: int) -> bool:
        return self.starts[at] == len(self.lines[at])

    def says(self, at: int) -> bool:
        """Whether the line holds more than blanks, a comment or a mark between documents."""
        start = self.starts[at]
        line = self.lines[at]
        if start == len(line) or line[start] == "#":
            return False
        return start > 0 or _MARKER.match(line) is None

    def parts(self, at: int) -> bool:
        """Whether a mark between documents stands here, with something above and below."""
        marked = self.starts[at] == 0 and self.lines[at][:3] in {"---", "..."}
        return marked and at > self.first and self.after(at) is not None

    def after(self, at: int) -> int | None:
        """The next line that says something."""
        return next((one for one in range(at + 1, len(self.lines)) if self.says(one)), None)

    def rest(self, at: int, owner: int) -> int:
        """The line after the text that goes on from line `at`, deeper than column `owner`."""
        end = at + 1
        for one in range(at + 1, len(self.lines)):
            if self.blank(one):
                continue
            if self.depths[one] <= owner or not self.says(one):
                break
            end = one + 1
        return end

    def has_children(self, at: int, owner: int) -> bool:
        """Whether keys or items follow that belong to column `owner` of line `at`."""
        after = self.after(at)
        if after is None:
            return False
        dash = self.lines[after].startswith("- ", self.starts[after])
        return self.depths[after] > owner or (self.depths[after] == owner and dash)

    def entry(self, at: int) -> tuple[int, int]:
        """The lines of the outermost key or item that line `at` belongs to."""
        start = at
        while start > self.first and not (self.says(start) and self.depths[start] <= self.base):
            start -= 1
        # « cle: » and the dashes under it on the same column are one entry for its first line.
        dashed = self.lines[start].startswith("-", self.starts[start])
        end = at + 1
        while end < len(self.lines):
            if self.says(end) and self.depths[end] <= self.base:
                mine = not dashed and self.lines[end].startswith("- ", self.starts[end])
                if not mine:
                    break
            end += 1
        return start, end

    def straighten(self, at: int) -> None:
        """Give YAML spaces where the line is indented by tabs or no-break spaces."""
        indent = self.lines[at][: self.starts[at]]
        if indent.strip(" "):
            spaces = " " * self.depths[at]
            self.sheet.replace(at, 0, self.starts[at], spaces)
            self.tabs.append(Tab(at, self.starts[at], spaces))
