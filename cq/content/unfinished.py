"""« À compléter »: the marks that `cq init` and `cq new` leave where only a person knows.

A mark stands by itself: at the beginning of a line, of a value or of a cell, or in brackets.
« Le formulaire à compléter est en mairie » is a sentence, and none.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from cq.diagnostic import Diagnostic, Span, warning
from cq.french.numbers import counted

# What may stand between a beginning and the mark: list signs, quotation, emphasis, quotes.
_MARK = re.compile(
    r"(?:^|[:|(\[])[ \t\u00a0\u202f>*_+\"'«-]*([àa][ \u00a0\u202f]compl[ée]ter)\b",
    re.IGNORECASE | re.MULTILINE,
)
_MOST = 100  # of one file: whoever has a hundred left needs no exact count


def unfinished(text: str, path: PurePosixPath, header: int) -> Iterator[Diagnostic]:
    """One finding a file, at its first mark; comments of the first `header` characters hold none.

    Whoever fills in a page wants its list, not a finding a line.
    """
    low = text.lower()
    if "compléter" not in low and "completer" not in low:
        return
    marks: list[tuple[int, int, int]] = []  # line, column, width
    line, start = 1, 0
    for match in islice(_MARK.finditer(text), _MOST):
        at = match.start(1)
        line += text.count("\n", start, at)
        start = max(start, text.rfind("\n", start, at) + 1)
        if at >= header or not text[start:at].lstrip().startswith("#"):
            marks.append((line, at - start + 1, len(match[1])))
    if not marks:
        return
    others = [str(one) for one in dict.fromkeys(one[0] for one in marks) if one != marks[0][0]]
    yield warning(
        "to-complete",
        f"{counted(len(marks), 'passage reste', 'passages restent')} à compléter",
        Span(path, *marks[0]),
        *([f"de même ligne{'s' if len(others) > 1 else ''} {', '.join(others)}"] if others else []),
        "le lecteur verrait une page inachevée",
        "remplacez « à compléter » par ce qu’il en est, ou retirez le passage",
    )
