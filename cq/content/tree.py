"""What a header says, before anybody knows its kind: text, keys and lists, each with its place.

Values only: `cq.content.yaml` makes them, the schema reads them. Nothing is converted here:
`19:30`, `no` and `01000` are the text that was written.
"""

from collections.abc import Iterable, Mapping
from typing import Self, TypeAlias, Union

from cq.diagnostic import Span
from cq.french.folding import fold


class Scalar(str):
    """A value as text. Places from 1, in characters of the file as decoded.

    `width` is the length as written, quotes included, so that an edit may replace it whole; 0
    when nothing is written or when the value runs over several lines. `quoted` tells `date: ""`
    from `date:`.
    """

    __slots__ = ("column", "line", "quoted", "width")

    line: int
    column: int
    width: int
    quoted: bool

    def __new__(
        cls, text: str = "", line: int = 1, column: int = 1, width: int = 0, *, quoted: bool = False
    ) -> Self:
        made = super().__new__(cls, text)
        made.line = line
        made.column = column
        made.width = width
        made.quoted = quoted
        return made


class Block(dict[str, "Tree"]):
    """Keys as written, in their order; `places` says where each key stands.

    `lost` names keys whose value could not be read, and was said: they are not missing.
    """

    __slots__ = ("column", "line", "lost", "places")

    line: int
    column: int
    places: dict[str, Span]
    lost: frozenset[str]

    def __init__(
        self,
        entries: "Mapping[str, Tree] | Iterable[tuple[str, Tree]]" = (),
        line: int = 1,
        column: int = 1,
    ) -> None:
        super().__init__(entries)
        self.line = line
        self.column = column
        self.places = {}
        self.lost = frozenset()


class Listing(list["Tree"]):
    """The values of a list, in their order."""

    __slots__ = ("column", "line")

    line: int
    column: int

    def __init__(self, entries: "Iterable[Tree]" = (), line: int = 1, column: int = 1) -> None:
        super().__init__(entries)
        self.line = line
        self.column = column


Tree: TypeAlias = Union[Scalar, Block, Listing]  # noqa: UP007 — names a class above


def plain(tree: Tree) -> object:
    """The same as dicts, lists and strings, without places."""
    if isinstance(tree, Block):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, Listing):
        return [plain(value) for value in tree]
    return str(tree)


def fold_key(key: str) -> str:
    """Keys that fold to the same are the same key: « Résumé », `resume`, « mots-clés »."""
    return fold(key).strip().replace("-", "_").replace(" ", "_")
