"""The system's reasons, in French."""

import errno
import os
import re
import sqlite3
from pathlib import Path

import pytest

from cq.french.system import _REASONS, not_remembered, refused


@pytest.mark.parametrize("number", sorted(_REASONS))
def test_no_reason_is_the_system_s_own(number: int) -> None:
    said = refused(OSError(number, os.strerror(number), "x"))
    assert said != os.strerror(number)
    assert not re.search(r"\b(no|not|file|is|device|permission)\b", said, re.IGNORECASE)


def test_a_rare_reason_keeps_its_number() -> None:
    said = refused(OSError(errno.EL2HLT, os.strerror(errno.EL2HLT)))
    assert said.endswith(f"code {errno.EL2HLT}")


def test_words_without_a_number() -> None:
    assert refused(OSError("relancez la commande")) == "relancez la commande"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("database or disk is full", "plus de place sur le disque"),
        ("database is locked", "un autre programme s’en sert"),
        ("attempt to write a readonly database", "elle est en lecture seule"),
        ("file is not a database", "son fichier n’est pas le sien"),
        ("no such table: meta", "son fichier est abîmé"),
        ("odd", "SQLite : odd"),
        ("", "SQLite : OperationalError"),
    ],
)
def test_what_sqlite_refused(words: str, said: str) -> None:
    assert not_remembered(sqlite3.OperationalError(words)) == said


def test_sqlite_still_says_it_so(tmp_path: Path) -> None:
    """The words are SQLite's own: a release that changes them is seen here."""
    odd, file = tmp_path / "odd", tmp_path / "x"
    odd.write_bytes(b"x" * 2000)
    held = sqlite3.connect(file, isolation_level=None)
    held.execute("create table a (b)")
    held.execute("begin exclusive")
    asked = [
        (odd, "select * from sqlite_master", "n’est pas le sien"),
        (file, "insert into a values (1)", "un autre programme"),
        (tmp_path / "no" / "x", "select 1", "ne peut pas être ouvert"),
    ]
    for place, order, said in asked:
        with pytest.raises(sqlite3.DatabaseError) as caught:
            sqlite3.connect(place, timeout=0).execute(order)
        assert said in not_remembered(caught.value)
    held.execute("rollback")
    held.close()
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(f"file:{file}?mode=ro", uri=True).execute("insert into a values (1)")
    assert "lecture seule" in not_remembered(caught.value)
    full = sqlite3.connect(file)
    full.execute("pragma max_page_count=2")
    with pytest.raises(sqlite3.DatabaseError) as caught:
        full.execute("insert into a values (zeroblob(100000))")
    assert "plus de place" in not_remembered(caught.value)
    full.close()
