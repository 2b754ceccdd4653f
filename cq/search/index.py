"""The index itself: from the bags of all pages, in their order, to its files, and from one state
of it to the next when texts were edited.

A shard's *state* is its file with the stem of each line and the count of pages of each form, so
that an edit takes out and puts in the lines of the words that changed, and no other. The law:
`patched` gives what `built` would (tests/property/test_search.py).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cq import digest
from cq.search.bag import stem_and_forms
from cq.search.bounds import bounds
from cq.search.coding import DIGITS, decoded, encoded, gap, impacts

VERSION = 1
BLOCK = 32  # pages whose cards stand in one file


def numbering(addresses: Iterable[str]) -> str:
    """What every file of one index begins with: of the addresses of the pages, in their order."""
    return digest.of_all(addresses)[:8]


class Change(NamedTuple):
    """A page whose bag is another one."""

    page: int
    before: str
    after: str


def built(bags: Iterable[str], pages: int) -> list[str]:
    """The state of every shard, from the bags of `pages` pages in their order."""
    limits = bounds(pages)
    gaps = [gap(distance) for distance in range(1, pages + 1)]
    drafts: dict[tuple[int, str], _Draft] = {}
    known: dict[str, tuple[_Draft, ...]] = {}
    for page, bag in enumerate(bags):
        length, plain, named = bag.split("\t")
        for groups, strengths in zip((plain, named), impacts(int(length)), strict=True):
            for entry in groups.split():
                group = entry[1:]
                lines = known.get(group)
                if lines is None:
                    lines = known[group] = _lines_of(group, limits, drafts)
                strength = strengths[entry[0]]
                for line in lines:
                    line.parts.append(gaps[page - line.last - 1] + strength)
                    line.last = page
                    line.groups[group] = line.groups.get(group, 0) + 1
    shards: list[list[_Line]] = [[] for _ in limits]
    for (shard, stem), draft in drafts.items():
        counts: dict[str, int] = {}
        for group, count in draft.groups.items():
            for form in stem_and_forms(group)[1]:
                if _shard(form, limits) == shard:
                    counts[form] = counts.get(form, 0) + count
        shards[shard].append(_Line(stem, counts, "".join(draft.parts)))
    return [_state(lines) for lines in shards]


class _Draft:
    """A line while its pages come in, one after the other."""

    __slots__ = ("groups", "last", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.last = -1
        self.groups: dict[str, int] = {}


def _lines_of(
    group: str, limits: Sequence[str], drafts: dict[tuple[int, str], _Draft]
) -> tuple[_Draft, ...]:
    stem, forms = stem_and_forms(group)
    shards = dict.fromkeys(_shard(form, limits) for form in forms)
    return tuple(drafts.setdefault((shard, stem), _Draft()) for shard in shards)


def _shard(form: str, limits: Sequence[str]) -> int:
    return bisect_right(limits, form) - 1


class _Line(NamedTuple):
    stem: str
    counts: Mapping[str, int]  # pages of each form
    postings: str


def _state(lines: Iterable[_Line]) -> str:
    """In the order of the first form; two stems may share it."""
    ordered = sorted((sorted(line.counts), line.stem, line) for line in lines)
    return "".join(
        f"{stem}\t{' '.join(f'{form}:{line.counts[form]}' for form in forms)}\t{line.postings}\n"
        for forms, stem, line in ordered
    )


def _read(state: str) -> dict[str, tuple[str, str]]:
    """The counts and the postings of each stem, as text. Raises ValueError."""
    lines: dict[str, tuple[str, str]] = {}
    for line in state.splitlines():
        stem, counts, postings = line.split("\t")
        lines[stem] = counts, postings
    return lines


_Met = tuple[int, list[str]]  # the impact in one page, and its forms there


def touched(changes: Iterable[Change], pages: int) -> dict[int, list["Edit"]]:
    """What edited bags change, by shard. Only words whose line changes are in it."""
    limits = bounds(pages)
    edits: dict[int, list[Edit]] = {}
    for change in changes:
        before, after = _met(change.before, limits), _met(change.after, limits)
        for where in sorted(before.keys() | after.keys()):
            old, new = before.get(where), after.get(where)
            if old != new:
                edits.setdefault(where[0], []).append(Edit(where[1], change.page, old, new))
    return edits


class Edit(NamedTuple):
    """One stem of one page: what stood, and what stands now."""

    stem: str
    page: int
    before: _Met | None
    after: _Met | None


def _met(bag: str, limits: Sequence[str]) -> dict[tuple[int, str], _Met]:
    """What a page puts into each (shard, stem)."""
    met: dict[tuple[int, str], _Met] = {}
    length, plain, named = bag.split("\t")
    for groups, strengths in zip((plain, named), impacts(int(length)), strict=True):
        for entry in groups.split():
            stem, forms = stem_and_forms(entry[1:])
            strength = DIGITS.index(strengths[entry[0]])
            for form in forms:
                met.setdefault((_shard(form, limits), stem), (strength, []))[1].append(form)
    return met


def patched(state: str, edits: Iterable[Edit]) -> str:
    """The state of a shard after `edits`. Raises ValueError or LookupError where it is not ours."""
    lines = _read(state)
    by_stem: dict[str, list[Edit]] = {}
    for edit in edits:
        by_stem.setdefault(edit.stem, []).append(edit)
    for stem, some in by_stem.items():
        counts, postings = lines.get(stem, ("", ""))
        pages, forms = dict(decoded(postings)), dict(_counts(counts))
        for edit in some:
            if edit.before is not None:
                del pages[edit.page]
                for form in edit.before[1]:
                    forms[form] -= 1
            if edit.after is not None:
                pages[edit.page] = edit.after[0]
                for form in edit.after[1]:
                    forms[form] = forms.get(form, 0) + 1
        kept = sorted(form for form, count in forms.items() if count)
        if not kept:
            lines.pop(stem, None)
            continue
        text = " ".join(f"{form}:{forms[form]}" for form in kept)
        lines[stem] = text, encoded(sorted(pages.items()))
    return _again(lines)


def _counts(text: str) -> Iterator[tuple[str, int]]:
    for one in text.split():
        form, _, count = one.partition(":")
        yield form, int(count)


def _again(lines: Mapping[str, tuple[str, str]]) -> str:
    """As `_state`, of lines that mostly stand as they did."""
    ordered = sorted(
        ([one.partition(":")[0] for one in counts.split()], stem, counts, postings)
        for stem, (counts, postings) in lines.items()
    )
    return "".join(f"{stem}\t{counts}\t{postings}\n" for _, stem, counts, postings in ordered)


def shard_file(stamp: str, state: str) -> str:
    """The file of a shard: forms and postings. `stamp` is the `numbering`."""
    lines = [stamp]
    for stem, (counts, postings) in _read(state).items():
        del stem
        forms = " ".join(one.partition(":")[0] for one in counts.split())
        lines.append(f"{forms}\t{postings}")
    return "\n".join((*lines, ""))
