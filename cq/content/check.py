"""Stage 4, check: the whole content in, findings across files out. Narrow and pure.

What one file says wrongly by itself was found by `parse`. A check is a plain function from a
Content to findings, its docstring the reason; `cq.pipeline` names them in one tuple.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from cq.content.model import Content
from cq.diagnostic import Diagnostic, Severity

Check = Callable[[Content], Iterator[Diagnostic]]


def check(content: Content, checks: Iterable[Check]) -> tuple[Diagnostic, ...]:
    """All that `checks` find in the whole content, private spaces included."""
    return tuple(found for one in checks for found in one(content))


# The same fault in more files than this is one message and a list.
_FEW = 3
_LISTED = 50


def grouped(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """For people: the same fault (code and message) in many files as one finding at the first
    place, the other places in its hints. Machines get every finding by itself.
    """
    together: dict[tuple[str, str, Severity], list[Diagnostic]] = {}
    for one in found:
        together.setdefault((one.code, one.message, one.severity), []).append(one)
    shown: list[Diagnostic] = []
    for same in together.values():
        files = dict.fromkeys(one.span.path for one in same)
        shown.extend(same if len(files) <= _FEW else [_as_one(same)])
    return tuple(sorted(shown, key=lambda one: (one.span, one.code, one.message)))


def _as_one(same: list[Diagnostic]) -> Diagnostic:
    first = same[0]
    places = [f"{one.span.path}:{one.span.line}" for one in same[1:]]
    more = len(places) - _LISTED
    lines = [f"de même à {len(places)} autres endroits :", *places[:_LISTED]]
    if more > 0:
        lines.append(f"… et {more} autres : cq validate --format short les montre tous")
    # The line to copy of the first place may be another one's elsewhere: it stays with the first.
    return Diagnostic(
        first.code, first.message, first.span, first.severity,
        (*first.hints, "\n".join(lines)), first.labels,
    )  # fmt: skip


def concerning(
    found: Iterable[Diagnostic], altered: frozenset[str], gone: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """The findings that a change of these files (paths under the site's root) answers for.

    In the files themselves; where a second place is in one of them; and where the message names a
    file that is gone: whoever removes a page hears of the links that led to it.
    """
    names = {name for path in gone for name in _names(PurePosixPath(path))}

    def mine(path: PurePosixPath) -> bool:
        return str(path) in altered or any(str(parent) in altered for parent in path.parents)

    return tuple(
        one
        for one in found
        if mine(one.span.path)
        or any(mine(label.span.path) for label in one.labels)
        or any(name in one.message for name in names)
    )


def _names(path: PurePosixPath) -> Iterator[str]:
    """How a text would name this file: by its slug or its name, never by a word of two letters."""
    slug = path.parent.name if path.name == "index.md" else path.stem
    if len(slug) > 3:
        yield slug
    if path.suffix != ".md":
        yield path.name
