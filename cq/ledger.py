"""What cq remembers between two runs: stamps, parses, findings, and what each page was made of.

It stands in the user's own cache directory (0700), never in the repository: a ledger that came
with a pull request is thus never read, and what private sources parse to never lies under
`build/` (docs/adr/0005). SQLite and JSON, never a format that runs code. A damaged ledger is an
empty one, and said. Nothing here decides.
"""

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

from cq.content.papers import Paper, PaperRow, paper_of
from cq.content.parsed import Row, Text, headings_of
from cq.content.scan import Stamp
from cq.french.system import not_remembered, refused
from cq.made import Made

_SCHEMA = """
create table if not exists meta (name text primary key, value text) without rowid;
create table if not exists stamps (
  path text primary key, size int, mtime int, ctime int, inode int, digest text, type text,
  width int, height int) without rowid;
create table if not exists parses (
  path text primary key, key text, item text, record text, found text) without rowid;
create table if not exists texts (
  key text primary key, fields text, html text, headings text, body text);
create table if not exists papers (key text primary key, facts text, body text);
create table if not exists targets (path text primary key, parts text) without rowid;
create table if not exists past (
  place text, path text, changes text, primary key (place, path)) without rowid;
create table if not exists inner_past (
  place text, path text, number int, changes text, sum text,
  primary key (place, path, number)) without rowid;
create table if not exists bags (key text primary key, bag text);
create table if not exists indexed (page int primary key, keys text);
create table if not exists shards (number int primary key, state text);
create table if not exists sealed (path text primary key, x text, size int) without rowid;
"""
_TABLES = (
    "stamps", "parses", "texts", "papers", "targets", "past", "inner_past", "bags",
    "indexed", "shards", "sealed",
)  # fmt: skip


_CHANGED = "un texte a changé pendant la construction ; relancez la commande"
_RENEWED = "la mémoire de cq était abîmée : elle est refaite"


class Damaged(Exception):
    """What is remembered cannot be read, or is not what cq wrote: `renew`, and begin again."""


class Ledger:
    """One site's memory. One writer at a time: the tree's lock is held around writes.

    Reading raises `Damaged`.
    """

    def __init__(self, file: Path, identity: str) -> None:
        self.file = file
        self.said: str | None = None  # what the user must know of the memory
        self.program = identity  # what this memory is of
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._db = self._open(identity)

    def _open(self, identity: str) -> sqlite3.Connection:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._connect(identity)
        except (OSError, sqlite3.OperationalError) as fault:  # no right, no room, held
            why = refused(fault) if isinstance(fault, OSError) else not_remembered(fault)
            self.said = f"la mémoire n’est pas accessible ({why}) : tout est refait à chaque fois"
        except sqlite3.Error:
            self.said = _RENEWED
            with contextlib.suppress(OSError, sqlite3.OperationalError):
                self._remove()
                return self._connect(identity)
        # A run without memory still needs a place where its workers find the texts.
        self._temporary = tempfile.TemporaryDirectory(prefix="cq-")
        self.file = Path(self._temporary.name) / "ledger.sqlite"
        return self._connect(identity)

    def renew(self) -> None:
        """Begin an empty memory in the place of one that cannot be read."""
        self._db.close()
        with contextlib.suppress(OSError):
            self._remove()
        self._db = self._open(self.program)
        self.said = self.said or _RENEWED

    def _remove(self) -> None:
        # The journal too: SQLite would play an old one back into the new file.
        for end in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)

    def _connect(self, identity: str) -> sqlite3.Connection:
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
        database = sqlite3.connect(self.file, timeout=60, isolation_level=None)
        # A killed process loses nothing (the kernel has the pages); a power cut may damage the
        # file, which is then an empty memory.
        database.execute("pragma synchronous=off")
        database.execute("pragma journal_mode=wal")
        database.execute("pragma cache_size=-16000")
        database.executescript(_SCHEMA)
        row = database.execute("select value from meta where name='identity'").fetchone()
        if row is None or row[0] != identity:
            # Another program's tables may have other columns.
            with _transaction(database):
                for table in ("meta", *_TABLES):
                    database.execute(f"drop table if exists {table}")
                for statement in _SCHEMA.split(";"):
                    database.execute(statement)
                database.execute("insert into meta values ('identity', ?)", (identity,))
        return database

    def close(self) -> None:
        self._db.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def note(self, name: str) -> str | None:
        """A remembered text, or None."""
        with reading():
            row = self._db.execute("select value from meta where name=?", (name,)).fetchone()
            return row[0] if row else None

    def stamps(self) -> dict[str, Stamp]:
        wanted = "select path, size, mtime, ctime, inode, digest, type, width, height from stamps"
        with reading():
            return {row[0]: Stamp(*row[1:]) for row in self._db.execute(wanted)}

    def keys(self) -> dict[str, str]:
        """The key of each remembered parse, by path."""
        with reading():
            return dict(self._db.execute("select path, key from parses").fetchall())

    def parses(self) -> list[tuple[str, str, str, str]]:
        """(path, item, record, found) of every remembered parse, as JSON, in the order of paths."""
        wanted = "select path, item, record, found from parses order by path"
        with reading():
            return self._db.execute(wanted).fetchall()

    def papers(self) -> dict[str, Paper]:
        """What every remembered PDF is, by its digest; its text is for `Texts`."""
        with reading():
            rows = self._db.execute("select key, facts from papers")
            return {key: paper_of(key, facts) for key, facts in rows}

    def targets(self) -> dict[str, Made]:
        with reading():
            rows = self._db.execute("select path, parts from targets")
            return {path: Made(*parts.split(" ", 3)) for path, parts in rows}

    def forget(self) -> None:
        """`--clean`: as if cq had never run here."""
        with _transaction(self._db):
            for table in _TABLES:
                self._db.execute(f"delete from {table}")  # noqa: S608 - our own names
            self._db.execute("delete from meta where name<>'identity'")

    def keep_parses(self, rows: Iterable[Row], gone: Iterable[str]) -> None:
        kept = list(rows)
        changed = [(path,) for path in (*gone, *(row.path for row in kept))]
        with _transaction(self._db):
            if self._db.execute("select 1 from parses limit 1").fetchone():  # not a first build
                # The bags stay: the index knows by them what an edited page said (`keep_index`).
                self._db.executemany(
                    "delete from texts where key=(select key from parses where path=?)", changed
                )
                self._db.executemany("delete from parses where path=?", changed)
            self._db.executemany(
                "insert or replace into parses values (?, ?, ?, ?, ?)", [row[:5] for row in kept]
            )
            self._db.executemany(
                "insert or replace into texts values (?, ?, ?, ?, ?)",
                [(row.key, row.fields, row.html, row.headings, row.text) for row in kept],
            )
            self._db.executemany(
                "insert or replace into bags values (?, ?)",
                [(row.key, row.bag) for row in kept if row.bag],
            )

    def keep_papers(self, kept: Iterable[PaperRow], gone: Iterable[str]) -> None:
        rows = list(kept)
        with _transaction(self._db):
            self._db.executemany("delete from papers where key=?", [(key,) for key in gone])
            self._db.executemany(
                "insert or replace into papers values (?, ?, ?)", [row[:3] for row in rows]
            )
            self._db.executemany(
                "insert or replace into bags values (?, ?)",
                [(row.key, row.bag) for row in rows if row.bag],
            )

    def keep_stamps(self, old: Mapping[str, Stamp], new: Mapping[str, Stamp]) -> None:
        changed = [(path, *stamp) for path, stamp in new.items() if old.get(path) != stamp]
        gone = [(path,) for path in old if path not in new]
        if not changed and not gone:
            return
        with _transaction(self._db):
            self._db.executemany("delete from stamps where path=?", gone)
            self._db.executemany(
                "insert or replace into stamps values (?,?,?,?,?,?,?,?,?)", changed
            )

    def keep_targets(self, old: Mapping[str, Made], new: Mapping[str, Made]) -> None:
        changed = [(path, " ".join(made)) for path, made in new.items() if old.get(path) != made]
        gone = [(path,) for path in old if path not in new]
        with _transaction(self._db):
            self._db.executemany("delete from targets where path=?", gone)
            self._db.executemany("insert or replace into targets values (?, ?)", changed)

    def sealed(self) -> dict[str, tuple[str, int]]:
        """(x, size) of each sealed file that was written, by its path in the output."""
        with reading():
            rows = self._db.execute("select path, x, size from sealed")
            return {path: (str(x), int(size)) for path, x, size in rows}

    def keep_sealed(self, rows: Mapping[str, tuple[str, int]], gone: Iterable[str]) -> None:
        with _transaction(self._db):
            self._db.executemany("delete from sealed where path=?", [(one,) for one in gone])
            self._db.executemany(
                "insert or replace into sealed values (?, ?, ?)",
                [(path, *row) for path, row in rows.items()],
            )

    def asked(self, wanted: str, *values: str | int) -> list[tuple[str, ...]]:
        """The rows of tables that another module fills (`cq.shelf`). Raises `Damaged`."""
        with reading():
            return self._db.execute(wanted, values).fetchall()

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Around whatever such a module writes: all of it is kept, or nothing."""
        with _transaction(self._db):
            yield self._db

    def keep_earlier(self, texts: Mapping[str, str], gone: Iterable[str], note: str) -> None:
        """Remember texts that files had once, beside those that they have; forget others."""
        with _transaction(self._db):
            self._db.executemany("delete from texts where key=?", [(one,) for one in gone])
            self._db.executemany(
                "insert or replace into texts values (?, '{}', '', '[]', ?)", texts.items()
            )
            self._db.execute("insert or replace into meta values ('earlier', ?)", (note,))

    def keep_notes(self, **notes: str) -> None:
        with _transaction(self._db):
            for name, value in notes.items():
                self._db.execute("insert or replace into meta values (?, ?)", (name, value))


class Texts:
    """The texts of items, read by their key. A worker process opens its own."""

    def __init__(self, file: Path) -> None:
        with reading():
            self._db = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=60)

    def get(self, key: str) -> Text:
        """Raises `Damaged`, and `OSError` where another run has read a newer text meanwhile."""
        with reading():
            row = self._db.execute(
                "select fields, html, headings, body from texts where key=?", (key,)
            ).fetchone()
            if row is not None:
                return Text(row[0], row[1], headings_of(row[2]), row[3])
        raise OSError(_CHANGED)

    def paper(self, key: str) -> str:
        """What a PDF says, by its digest. Raises as `get` does."""
        with reading():
            row = self._db.execute("select body from papers where key=?", (key,)).fetchone()
            if row is not None:
                return str(row[0])
        raise OSError(_CHANGED)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Around whatever reads what is remembered: what is not as cq wrote it raises `Damaged`."""
    try:
        yield
    except (sqlite3.DatabaseError, ValueError, TypeError, LookupError, AttributeError) as fault:
        raise Damaged(str(fault)) from fault


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("begin immediate")
    try:
        yield
    except BaseException:
        database.execute("rollback")
        raise
    database.execute("commit")


class Condition(Enum):
    """What stands where a ledger is kept; the words are for the user."""

    ABSENT = "vide : la prochaine construction fera tout"
    OLDER = "d’une autre version de cq : elle sera refaite à la prochaine construction"
    GOOD = "en bon état"
    DAMAGED = "abîmée"


def condition(file: Path, identity: str) -> Condition:
    """The state of the memory at `file`, looked at without a change."""
    if not file.exists():
        return Condition.ABSENT
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)
        ) as database:
            if database.execute("pragma quick_check(1)").fetchone() != ("ok",):
                return Condition.DAMAGED
            known = database.execute("select value from meta where name='identity'").fetchone()
    except sqlite3.DatabaseError:
        return Condition.DAMAGED
    return Condition.GOOD if known == (identity,) else Condition.OLDER


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
