"""What a spreadsheet would run in a table of ours, and how it is kept from it."""

import re

# A spreadsheet runs as a formula what begins so, and content may come from anybody. Apostrophes
# before it count: with them, taking one away gives back the text in every case.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]")
_FIRST = frozenset("'=+-@\t\r\n\uff0b\uff0d\uff1d\uff20")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run `text`, or would once an apostrophe is gone."""
    return bool(text) and text[0] in _FIRST and _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """`text`, after an apostrophe where a spreadsheet would take it for a formula.

    Whoever reads it back takes one apostrophe away from what `'+` and one of the signs begins.
    """
    return f"'{text}" if is_formula(text) else text
