"""Words of others on a terminal: content, file names and messages of libraries are hostile.

No escape sequence of theirs may move the cursor, change colours or rewrite what was said.
"""

RUNNERS = "##["
"""Begins a command to a forge's runner, wherever in a line it stands."""


def printable(text: object) -> str:
    """`text` for a screen: what cannot be printed is a dot; no-break spaces, line ends stay."""
    words = str(text)
    if words.isprintable():
        return words
    return "".join(one if is_printable(one) or one == "\n" else "·" for one in words)


def one_line(text: object) -> str:
    """`printable`, on one line."""
    return " ".join(printable(text).split("\n"))


def is_printable(character: str) -> bool:
    return character.isprintable() or character in "\u00a0\u202f"
