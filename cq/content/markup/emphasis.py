"""Emphasis and strikethrough: which `*`, `_` and `~` belong together, by CommonMark's rules.

Linear in the number of runs, whatever they are: each closing run gives up at the place where an
earlier one like it found nothing.
"""

import unicodedata
from dataclasses import dataclass, field

_BLANK = frozenset(" \t\n\r\x0b\x0c\u00a0\u1680\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
_TAGS = {("*", 1): "em", ("_", 1): "em", ("*", 2): "strong", ("_", 2): "strong"}


@dataclass(slots=True)
class Run:
    """A run of one sign; `piece` is its place in the list of pieces."""

    piece: int
    sign: str
    left: int  # signs that have no partner yet
    length: int
    opens: bool
    closes: bool
    closing: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)


def _is_punctuation(char: str) -> bool:
    if char < "\x80":
        return not (char.isalnum() or char in _BLANK or char < " ")
    return unicodedata.category(char)[0] in "PS"


def flanks(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """May a run between these two characters open, and close?"""
    blank_before, blank_after = before in _BLANK, after in _BLANK
    mark_before = not blank_before and _is_punctuation(before)
    mark_after = not blank_after and _is_punctuation(after)
    left = not blank_after and (not mark_after or blank_before or mark_before)
    right = not blank_before and (not mark_before or blank_after or mark_after)
    if sign == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def _match(opener: Run, closer: Run) -> bool:
    if opener.sign != closer.sign:
        return False
    if opener.sign == "~":
        return opener.left == closer.left
    # « the rule of three »: a run that may do both only meets lengths that leave no doubt
    return not (
        (opener.closes or closer.opens)
        and (opener.length + closer.length) % 3 == 0
        and not (opener.length % 3 == 0 and closer.length % 3 == 0)
    )


def resolve(pieces: list[str], runs: list[Run]) -> int:
    """Put tags into `pieces` in place of the signs of `runs`; returns how deep they nest."""
    stack: list[tuple[int, Run]] = []  # runs that may still open, with their order
    bottoms: dict[tuple[str, bool, int], int] = {}
    for order, run in enumerate(runs):
        if run.closes:
            _close(stack, bottoms, run)
        if run.opens and run.left:
            stack.append((order, run))
    depth = deepest = 0
    for run in runs:
        depth += len(run.opening) - len(run.closing)
        deepest = max(deepest, depth)
        pieces[run.piece] = (
            "".join(run.closing) + run.sign * run.left + "".join(reversed(run.opening))
        )
    return deepest


def _close(
    stack: list[tuple[int, Run]], bottoms: dict[tuple[str, bool, int], int], run: Run
) -> None:
    """Let `run` close what it can of the open ones."""
    kind = (run.sign, run.opens, run.left if run.sign == "~" else run.length % 3)
    while run.left:
        bottom = bottoms.get(kind, -1)
        at = len(stack) - 1
        while at >= 0 and stack[at][0] > bottom and not _match(stack[at][1], run):
            at -= 1
        if at < 0 or stack[at][0] <= bottom:
            bottoms[kind] = stack[-1][0] if stack else bottom
            return
        opener = stack[at][1]
        del stack[at + 1 :]
        if run.sign == "~":
            used, tag = run.left, "del"
        else:
            used = 2 if opener.left >= 2 and run.left >= 2 else 1
            tag = _TAGS[run.sign, used]
        opener.left -= used
        run.left -= used
        opener.opening.append(f"<{tag}>")
        run.closing.append(f"</{tag}>")
        if not opener.left:
            stack.pop()
