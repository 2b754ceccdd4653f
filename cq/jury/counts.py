"""How many of each list are in, and how many are not, by reason: what is published of a freeze."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cq.french.numbers import counted, number
from cq.jury.cases import REASONS
from cq.jury.lists import Lists
from cq.terminal import one_line

_WIDEST = 60  # characters of a table, without what parts its columns


def counted_by_list(read: Lists, out: Mapping[int, str]) -> dict[str, Any]:
    """Plain JSON: {"kept": n, "lists": [{"label", "read", "kept", "excluded": {reason: n}}]}."""
    reasons: list[Counter[str]] = [Counter() for _ in read.files]
    for row, reason in out.items():
        reasons[read.rows[row].file][reason] += 1
    return {
        "kept": len(read.rows) - len(out),
        "lists": [
            {
                "excluded": dict(sorted(excluded.items())),
                "kept": one.rows - excluded.total(),
                "label": one.label,
                "read": one.rows,
            }
            for one, excluded in zip(read.files, reasons, strict=True)
        ],
    }


def table(counts: Mapping[str, Any]) -> Iterator[str]:
    """The counts, to read: a line a list, then the sum; the other way where that is too wide."""
    reasons = _reasons(counts["lists"])
    head = ["Liste", "lues", *(REASONS[one] for one in reasons), "gardées"]
    rows = [head]
    for one in counts["lists"]:
        out = [number(one["excluded"].get(reason, 0)) for reason in reasons]
        rows.append([one_line(one["label"]), number(one["read"]), *out, number(one["kept"])])
    if len(counts["lists"]) > 1:
        rows.append([
            "ensemble", number(sum(one["read"] for one in counts["lists"])),
            *(number(sum(one["excluded"].get(reason, 0) for one in counts["lists"]))
              for reason in reasons),
            number(counts["kept"]),
        ])  # fmt: skip
    if sum(_widths(rows)) > _WIDEST:  # then a line a reason, under the names of the lists
        rows = list(map(list, zip(*rows, strict=True)))
    widths = _widths(rows)
    for row in rows:
        cells = [text.rjust(width) for text, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def note(counts: Mapping[str, Any]) -> str:
    """The counts in one line, for the public journal."""
    parts = []
    for one in counts["lists"]:
        out = [f"{REASONS[reason]} {number(many)}" for reason, many in one["excluded"].items()]
        lines = counted(one["read"], "ligne lue", "lignes lues")
        kept = counted(one["kept"], "gardée")
        why = f" ; écartées : {', '.join(out)}" if out else ""
        parts.append(f"{one_line(one['label'])} : {lines}, {kept}{why}")
    return ". ".join(parts)


def _reasons(by_list: Sequence[Mapping[str, Any]]) -> list[str]:
    return [one for one in REASONS if any(one in each["excluded"] for each in by_list)]
