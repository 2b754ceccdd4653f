"""What goes wrong, in words: each refusal by the nearest name that is known, a bug by none."""

import sqlite3

import pytest

from cq import mishaps
from cq.over import WorkerLost
from cq.repository.launcher import PartialClone, RepositoryFault, UnknownRevision


class _Refined(UnknownRevision):
    """A refusal of a refusal, as somebody may add one tomorrow."""


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (RepositoryFault("non"), mishaps.OUTSIDE),
        (PartialClone("non"), mishaps.OUTSIDE),  # has no line of its own
        (UnknownRevision("non"), 2),  # has one, other than that of what it descends from
        (_Refined("non"), 2),
    ],
)
def test_a_refusal_s_kind_is_a_refusal(fault: Exception, code: int) -> None:
    assert mishaps.told(fault) == (code, "non")


def test_a_named_one_is_told_before_the_system_s() -> None:
    lost = mishaps.told(WorkerLost())
    assert lost == (mishaps.OUTSIDE, f"{WorkerLost()}\n{mishaps.UNTOUCHED}")
    told = mishaps.told(FileNotFoundError(2, "x", "page.md"))
    assert told is not None
    assert told[1].startswith("page.md : le système a refusé")


@pytest.mark.parametrize(
    "fault",
    [ValueError("x"), KeyError("x"), sqlite3.ProgrammingError("x"), sqlite3.IntegrityError("x")],
)
def test_what_nobody_foresaw_is_no_refusal(fault: Exception) -> None:
    assert mishaps.told(fault) is None


def test_what_sqlite_refuses_is_told() -> None:
    told = mishaps.told(sqlite3.OperationalError("disk I/O error"))
    assert told == (
        mishaps.OUTSIDE,
        "la mémoire de cq ne peut pas être écrite (le disque signale une erreur)",
    )
