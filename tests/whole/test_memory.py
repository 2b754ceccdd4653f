"""The ledger spoilt, moved, or changed by another run: cq begins again, and says so."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cq import front, pipeline
from cq.diagnostic import Severity
from cq.settings import Settings, resolve
from cq.site.tree import tree_hash

Site = Callable[[str], Path]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def spoil_pages(file: Path) -> None:
    """The middle of the file as a dying disk leaves it, its head whole."""
    with sqlite3.connect(file) as database:
        database.execute("pragma wal_checkpoint(truncate)")
    database.close()
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (size - 4096))


def spoil_head(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def statement(words: str) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        with sqlite3.connect(file) as database:
            database.execute(words)
        database.close()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_pages,
        spoil_head,
        statement("update parses set item='[1, 2'"),
        statement("update parses set item='[\"too short\"]'"),
        statement("update parses set found='[[7]]'"),
        statement("update meta set value='x y z' where name='built'"),
        statement("update targets set parts='one'"),
        statement("update texts set headings='{}}'"),
        statement("drop table texts"),
    ],
)
def test_a_spoilt_memory_is_a_new_one(
    site: Site, run_cq, cache: Path, spoil: Callable[[Path], None]
) -> None:
    root = site("minimal")
    env = {"CQ_CACHE_DIR": str(cache)}
    assert run_cq("build", "--root", root, env=env).returncode == 0
    before = tree_hash(root / "build" / "site")
    spoil(next(cache.rglob("ledger.sqlite")))
    page = next((root / "content" / "actualites").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nUn mot de plus.\n", "utf-8")
    (root / "build" / "site" / "index.html").write_text("à la main", "utf-8")
    done = run_cq("build", "--root", root, env=env)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    page.write_text(page.read_text("utf-8").removesuffix("\nUn mot de plus.\n"), "utf-8")
    assert run_cq("build", "--root", root, env=env).returncode == 0
    assert tree_hash(root / "build" / "site") == before


def test_an_old_journal_does_not_come_back(site: Site, run_cq, cache: Path) -> None:
    root = site("minimal")
    env = {"CQ_CACHE_DIR": str(cache)}
    run_cq("validate", "--root", root, env=env)
    file = next(cache.rglob("ledger.sqlite"))
    keeper = sqlite3.connect(file)
    keeper.execute("insert into meta values ('planted', 'x')")
    keeper.commit()
    journal = file.with_name(file.name + "-wal").read_bytes()
    keeper.close()
    file.write_bytes(b"no database" * 1000)
    file.with_name(file.name + "-wal").write_bytes(journal)
    assert run_cq("validate", "--root", root, env=env).returncode == 0
    with sqlite3.connect(file) as database:
        planted = database.execute("select * from meta where name='planted'").fetchall()
    database.close()
    assert planted == []


@pytest.mark.parametrize("name", ["100 %20 sûr", "a?b#c", "sp ace", "\n"])
def test_the_memory_may_lie_under_any_name(site: Site, run_cq, tmp_path: Path, name: str) -> None:
    root = site("minimal")
    env = {"CQ_CACHE_DIR": str(tmp_path / name)}
    done = run_cq("build", "--root", root, env=env, timeout=60)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / name).rglob("ledger.sqlite"))


def test_no_room_for_a_memory_is_no_reason_to_fail(site: Site, run_cq, cache: Path) -> None:
    cache.write_text("a file in the way")
    done = run_cq("build", "--root", site("minimal"), env={"CQ_CACHE_DIR": str(cache)})
    assert done.returncode == 0
    assert "n’est pas accessible" in done.stdout


@contextmanager
def opened(settings: Settings) -> Iterator[front.Run]:
    run = front.open_run(settings)
    try:
        yield run
    finally:
        run.ledger.close()


@pytest.fixture
def settings(site: Site, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CQ_CACHE_DIR", str(cache))
    monkeypatch.setenv("CQ_TODAY", "2026-03-01")
    return resolve(root=site("minimal"), jobs=1)


def test_a_fault_that_comes_between_two_looks_is_seen(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The findings were known, the content is asked for: somebody saves a page in between."""
    with opened(settings) as run:
        front.validate(run)
    page = next((settings.root / "content" / "actualites").glob("*.md"))
    looks: list[bool] = []
    look = front.front

    def meanwhile(run: front.Run, *, want_content: bool, want_past: bool) -> front.Front:
        if looks:
            page.write_text("---\ntitre: Faux\ndate: 2026-02-31\n---\n\nTexte.\n", "utf-8")
        looks.append(want_content)
        return look(run, want_content=want_content, want_past=want_past)

    monkeypatch.setattr(pipeline, "front", meanwhile)
    with opened(settings) as run:
        built = pipeline.build(run)
    assert looks == [False, True]
    assert not built.written
    assert [one.code for one in built.found if one.severity is Severity.ERROR] == [
        "impossible-date"
    ]


def test_a_text_that_another_run_took_away_stops_the_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`cq validate` has read a newer text of a page while the build was on its way to it."""
    from cq.ledger import Texts

    get = Texts.get

    def gone(store: Texts, key: str) -> object:
        return get(store, f"{key}-gone")

    monkeypatch.setattr(Texts, "get", gone)
    with opened(settings) as run, pytest.raises(OSError, match="relancez la commande"):
        pipeline.build(run)
    assert not os.path.lexists(settings.output)
