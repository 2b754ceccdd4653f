"""What the ledger remembers of the search: bags of words, and the state of the index.

A bag stands under the key of its text: a page's, or a PDF's digest. It outlives its text until the
index has forgotten it: only the bag that was put in tells what an edit must take out.
"""

from collections.abc import Mapping

from cq.ledger import Ledger, reading

# Bags that no text of today has: a page's key has its path at its end.
_ORPHAN = "key not in (select key from papers) and key not in (select key from parses{})"


class Shelf:
    """The search's part of one ledger. Reading raises `Damaged`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def bag(self, key: str) -> str:
        with reading():
            return self._ledger.asked("select bag from bags where key=?", key)[0][0]

    def stamp(self) -> str | None:
        """What `keep` was told last."""
        return self._ledger.note("searched")

    def indexed(self) -> list[str]:
        """The keys of the texts of each page of the index, in the order of pages."""
        return [row[0] for row in self._ledger.asked("select keys from indexed order by page")]

    def shards(self) -> list[str]:
        """The state of each shard."""
        return [row[0] for row in self._ledger.asked("select state from shards order by number")]

    def shard(self, number: int) -> str:
        with reading():
            return self._ledger.asked("select state from shards where number=?", number)[0][0]

    def keep(
        self,
        stamp: str,
        pages: Mapping[int, str],
        shards: Mapping[int, str],
        gone: frozenset[str] = frozenset(),
    ) -> None:
        """What changed of the index; all of it where `stamp` is another one.

        `gone` are keys of bags that pages of the index had before.
        """
        afresh = stamp != self.stamp()
        with self._ledger.changing() as database:
            if afresh:
                for table in ("indexed", "shards"):
                    database.execute(f"delete from {table}")  # noqa: S608 - our own names
                database.execute("insert or replace into meta values ('searched', ?)", (stamp,))
                database.execute("delete from bags where " + _ORPHAN.format(""))  # noqa: S608
            database.executemany("insert or replace into indexed values (?, ?)", pages.items())
            database.executemany("insert or replace into shards values (?, ?)", shards.items())
            database.executemany(
                f"delete from bags where key=? and {_ORPHAN.format(' where path=?')}",  # noqa: S608
                [(key, key.partition(":")[2]) for key in gone],
            )
