"""What came of reading a value that a person typed: the value, or why there is none.

A reading is data for the schema, which knows the file, the line and the key, and turns it into a
finding. Nothing here knows of files.
"""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_SHOWN = 40


class Reading(NamedTuple, Generic[T]):
    """`value` is None exactly when `code` names an error.

    `canonical` is the form to write, wherever there is a value. With a value and a code, the
    value was read but its form is worth a note; `hints` end with what to write.
    """

    value: T | None
    canonical: str | None = None
    code: str | None = None
    message: str = ""
    hints: tuple[str, ...] = ()


def quoted(text: str) -> str:
    """What was written, between guillemets: on one line, short, without invisible characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * _SHOWN]).split())
    if len(line) > _SHOWN:
        line = line[: _SHOWN - 1].rstrip() + "…"
    return f"«\u00a0{line}\u00a0»"
