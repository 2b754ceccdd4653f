"""The published tree: what is written, kept, removed, noticed and refused."""

import contextlib
import errno
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from cq import digest
from cq.site import lock, spare, tree, write
from cq.site.protect import public
from cq.site.rendered import Attached, Rendered
from cq.site.tree import Entry
from cq.site.write import Report, Tree, WriteFailed

PAGES = {
    "index.html": b"accueil",
    "agenda/index.html": b"agenda",
    "agenda/2026/fete/index.html": b"la fete",
    "quartiers/aqueduc/index.html": b"aqueduc",
    "documents/pv.pdf": b"%PDF",
}


class Site:
    """A build folder and the caller who remembers the token."""

    def __init__(self, root: Path) -> None:
        self.output = root / "build/site"
        self.workshop = root / "build/cache"
        self.token = None

    def open(self, **options):
        return Tree.open(self.output, self.workshop, self.token, **options)

    def build(self, pages, *, only=None) -> Report:
        """Publish exactly `pages`, rendering those that are not known or stand in `only`."""
        with self.open() as held:
            wanted = [path for path in pages if path not in held.known or path in (only or pages)]
            entries = {path: held.put(page(path, pages[path])) for path in wanted}
            report = held.commit(entries, held.known.keys() - pages.keys())
        self.token = report.token
        return report

    def published(self) -> dict[str, bytes]:
        return read(self.output)


def page(path: str, data: bytes):
    return public(Rendered(path, data, "public"))


def read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if not file.is_dir() or file.is_symlink()
    }


def all_folders(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_dir()}


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.fixture
def built(site):
    site.build(PAGES)
    return site


def quick(site) -> bool:
    """Whether the next look would believe the notes."""
    with site.open() as held:
        return held._stale is not None


def test_a_first_build(site):
    assert site.build(PAGES)[1:] == (5, 0, 0)
    assert site.published() == PAGES
    assert not site.output.is_symlink()
    assert quick(site)


def test_nothing_changed_touches_nothing(built):
    before = tree.identity(built.output), built.token, (built.workshop / "tree.json").stat()
    assert built.build(PAGES, only=[None])[1:] == (0, 5, 0)
    assert built.build(PAGES)[1:] == (0, 5, 0)  # all rendered again, to the same bytes
    after = tree.identity(built.output), built.token, (built.workshop / "tree.json").stat()
    assert before == after


def test_edits_additions_and_removals_in_turn(built):
    pages = dict(PAGES)
    for number in range(4):
        pages["index.html"] = b"accueil %d" % number
        pages[f"actualites/{number}/index.html"] = b"nouvelle"
        pages.pop(f"actualites/{number - 2}/index.html", None)
        assert built.build(pages).written == 2
        assert built.published() == pages
        assert quick(built)
    assert all_folders(built.output) == {
        *("agenda", "agenda/2026", "agenda/2026/fete", "documents", "quartiers"),
        *("quartiers/aqueduc", "actualites", "actualites/2", "actualites/3"),
    }


def test_an_unchanged_file_is_the_same_file_with_the_same_date(built):
    before = (built.output / "documents/pv.pdf").stat()
    built.build(PAGES | {"index.html": b"1"})
    built.build(PAGES | {"index.html": b"2"})
    after = (built.output / "documents/pv.pdf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_edit_costs_what_changed_and_not_the_tree(built, monkeypatch):
    pages = {f"actualites/{number}/index.html": b"n" for number in range(write._MANY + 1)}
    built.build(pages)
    calls = []
    for name in ("link", "mkdir", "open", "scandir", "unlink", "rmdir"):
        real = getattr(os, name)

        def counted(*args, _name=name, _real=real, **options):
            calls.append(_name)
            return _real(*args, **options)

        monkeypatch.setattr(os, name, counted)
    for number in (b"1", b"2", b"3"):
        calls.clear()
        pages["actualites/7/index.html"] = number
        built.build(pages, only=["actualites/7/index.html"])
        assert len(calls) < 20, calls
    monkeypatch.undo()
    assert built.published() == pages


def test_the_old_bytes_are_never_written_over(built):
    with (built.output / "index.html").open("rb") as reader:
        built.build(PAGES | {"index.html": b"autre"})
        built.build(PAGES | {"index.html": b"encore"})
        assert reader.read() == b"accueil"


def test_modes_do_not_follow_the_umask(site):
    old = os.umask(0o077)
    try:
        site.build(PAGES)
        site.build(PAGES | {"nouveau/index.html": b"n"})
    finally:
        os.umask(old)
    for one in (site.output, *site.output.rglob("*")):
        assert one.stat().st_mode & 0o777 == (0o755 if one.is_dir() else 0o644)


def by_hand(output: Path):
    """Everything that somebody might do to a published tree."""
    fete = output / "agenda/2026/fete"

    def replaced_by_equal_size_and_date():
        old = (output / "index.html").stat()
        (output / "x").write_bytes(b"ACCUEIL")
        os.utime(output / "x", ns=(old.st_atime_ns, old.st_mtime_ns))
        (output / "x").rename(output / "index.html")

    def folder_put_back_from_a_copy():
        keep = output.parent / "keep"
        fete.rename(keep)
        (keep / "old.html").write_text("gone since")
        tree.seal(keep)
        keep.rename(fete)

    def whole_site_put_back_from_a_copy():
        copy = output.parent / "copy"
        shutil.copytree(output, copy)
        (copy / "agenda/2026/old.html").write_text("gone since")
        for folder in (copy, *(one for one in copy.rglob("*") if one.is_dir())):
            tree.seal(folder)
        shutil.rmtree(output)
        copy.rename(output)

    def file_becomes_folder():
        (output / "index.html").unlink()
        (output / "index.html").mkdir()
        (output / "index.html/x").write_text("x")

    def folder_becomes_file():
        (fete / "index.html").unlink()
        fete.rmdir()
        fete.write_text("x")

    def folder_becomes_link():
        fete.rename(output.parent / "elsewhere")
        fete.symlink_to(output.parent / "elsewhere")

    def file_becomes_link():
        (output / "index.html").rename(output.parent / "elsewhere.html")
        (output / "index.html").symlink_to(output.parent / "elsewhere.html")

    return {
        "edited": lambda: (output / "index.html").write_bytes(b"ACCUEIL"),
        "emptied": lambda: (output / "index.html").write_bytes(b""),
        "removed": (output / "agenda/index.html").unlink,
        "added": lambda: (fete / "photo.jpg").write_bytes(b"x"),
        "added at the root": lambda: (output / "CNAME").write_text("x"),
        "folder added": (output / "agenda/vide").mkdir,
        "renamed": lambda: (output / "documents/pv.pdf").rename(output / "documents/PV.pdf"),
        "folder renamed": lambda: fete.rename(output / "agenda/2026/kermesse"),
        "pipe": lambda: os.mkfifo(output / "agenda/tube"),
        "broken link": lambda: (output / "agenda/lien").symlink_to("nowhere"),
        "replaced, same size and date": replaced_by_equal_size_and_date,
        "folder from a copy": folder_put_back_from_a_copy,
        "whole site from a copy": whole_site_put_back_from_a_copy,
        "file becomes folder": file_becomes_folder,
        "folder becomes file": folder_becomes_file,
        "folder becomes link": folder_becomes_link,
        "file becomes link": file_becomes_link,
    }


@pytest.mark.parametrize("deed", sorted(by_hand(Path())))
@pytest.mark.parametrize("also_edited", [False, True])
def test_what_hands_did_does_not_survive(built, deed, also_edited):
    built.build(PAGES | {"index.html": b"accueil, avant"})
    built.build(PAGES)
    by_hand(built.output)[deed]()
    with built.open() as held:
        assert not held.intact
        assert held.altered or held.strays
    pages = PAGES | ({"documents/pv.pdf": b"%PDF 2"} if also_edited else {})
    report = built.build(pages, only=[path for path in pages if pages[path] != PAGES.get(path)])
    assert built.published() == pages
    assert report.written + report.kept == len(pages)
    assert quick(built)
    assert built.build(pages).written == 0
    for number in (b"1", b"2"):  # and it does not come back with the other tree
        built.build(pages | {"index.html": number})
        assert built.published() == pages | {"index.html": number}


def test_a_link_to_a_folder_elsewhere_is_not_written_through(built):
    elsewhere = built.output.parent / "photos"
    elsewhere.mkdir()
    (elsewhere / "a.jpg").write_bytes(b"mine")
    (built.output / "photos").symlink_to(elsewhere)
    pages = PAGES | {"photos/a.jpg": b"published"}
    for token in (built.token, None, None):
        built.token = token
        built.build(pages)
        assert built.published() == pages
        assert (elsewhere / "a.jpg").read_bytes() == b"mine"


def test_touched_and_put_back_is_no_change(built):
    os.utime(built.output / "index.html")
    (built.output / "agenda/x").touch()
    (built.output / "agenda/x").unlink()
    with built.open() as held:
        assert held.intact
    assert built.build(PAGES, only=[None])[1:] == (0, 5, 0)
    assert built.build(PAGES | {"index.html": b"2"})[1:] == (1, 4, 0)
    assert built.published() == PAGES | {"index.html": b"2"}


def test_put_back_with_another_date_keeps_that_date(built):
    built.build(PAGES | {"index.html": b"2"})
    file = built.output / "agenda/2026/fete/index.html"
    (file.parent / "x").write_bytes(file.read_bytes())
    os.utime(file.parent / "x", (1, 1))
    (file.parent / "x").rename(file)
    for number in (b"3", b"4"):
        built.build(PAGES | {"index.html": number})
        assert file.stat().st_mtime == 1
        listed = tree.read_manifest(built.workshop / "tree.json").entries
        found = tree.survey(built.output, listed, thorough=True)
        assert (found.known, found.refreshed, found.strays) == (listed, (), ())


def test_no_empty_folder_stays_of_a_tree_that_is_not_known_any_more(site):
    site.build({"s/a/index.html": b"a", "s/b/index.html": b"b", "t/u/v": b"v"})
    for _ in range(3):
        site.token = None
        site.build({"s/a/index.html": b"a"})
        assert all_folders(site.output) == {"s", "s/a"}
        site.build({"s/a/index.html": b"a", "s/b/index.html": b"b"})


def test_a_commit_ends_in_a_later_tick_than_its_files(tmp_path):
    file = tmp_path / "note"
    file.touch()
    newest = file.stat().st_mtime_ns + 5_000_000
    write._pass_tick(file, newest)
    assert file.stat().st_mtime_ns > newest
    begin = time.perf_counter()
    write._pass_tick(file, 2**62)  # a disk, or a clock, that is not worth waiting for
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("note", ["tree.json", "settled.json", "next"])
@pytest.mark.parametrize("fault", ["gone", "torn", "other"])
def test_doubtful_notes_cost_time_only(built, note, fault):
    built.build(PAGES | {"index.html": b"2"})
    place = built.workshop / note
    if note == "next":
        place.rename(built.workshop / "gone")
        if fault == "torn":
            place.write_text("no folder")
        elif fault == "other":
            place.mkdir()
            (place / "agenda").symlink_to(built.workshop / "gone")
            (place / "stray").write_text("x")
    elif fault == "gone":
        place.unlink()
    elif fault == "torn":
        place.write_bytes(place.read_bytes()[:-9])
    else:
        place.write_text('{"format": 1, "paths": 3, "of": [], "stale": [["x"]]}')
    for number in (b"3", b"4"):
        built.build(PAGES | {"index.html": number})
        assert built.published() == PAGES | {"index.html": number}
    assert quick(built)


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", ".."])
def test_a_note_that_leads_out_of_the_tree_is_not_read(path):
    assert not tree.inside(["a/b", path, "c"])
    assert tree.inside(["a..b/c", "...", "a/..b"])


def test_another_token_knows_nothing(built):
    built.token = "0" * 32
    with built.open() as held:
        assert dict(held.known) == {}
        assert not held.intact
    assert built.build({"index.html": b"x"})[1:] == (1, 0, 0)
    assert built.published() == {"index.html": b"x"}


def test_the_spare_cannot_bring_strays_in(built):
    built.build(PAGES | {"index.html": b"2"})
    (built.workshop / "next/agenda/stray").write_text("x")
    (built.workshop / "next/documents/pv.pdf").unlink()
    built.build(PAGES | {"index.html": b"3"})
    assert built.published() == PAGES | {"index.html": b"3"}


def test_what_was_put_but_not_committed_is_not_published(built):
    with built.open() as held:
        held.put(page("brouillon/index.html", b"x"))
        entry = held.put(page("index.html", b"2"))
        built.token = held.commit({"index.html": entry}).token
    assert built.published() == PAGES | {"index.html": b"2"}
    assert "brouillon" not in all_folders(built.output)


def test_an_entry_that_was_not_put_is_refused(built):
    with built.open() as held, pytest.raises(WriteFailed):
        held.commit({"index.html": Entry(1, 1, "0" * 32)})
    assert built.published() == PAGES


def test_a_failed_build_leaves_all_as_it_was(built):
    def fails():
        with built.open() as held:
            held.put(page("agenda/2026/fete/index.html", b"2"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert built.published() == PAGES
    assert not quick(built)
    assert built.build(PAGES | {"index.html": b"3"})[1:] == (1, 4, 0)
    assert built.published() == PAGES | {"index.html": b"3"}


def test_an_error_of_the_caller_is_not_ours(built):
    with pytest.raises(FileNotFoundError), built.open():
        raise FileNotFoundError


def test_only_artifacts_are_written(built):
    with built.open() as held:
        for other in (Rendered("a", b"a", "public"), ("a", b"a"), b"a", None):
            with pytest.raises(TypeError):
                held.put(other)


def test_a_build_is_over_when_it_is_committed(built):
    with built.open() as held:
        held.commit({})
        with pytest.raises(RuntimeError):
            held.put(page("a", b"a"))
        with pytest.raises(RuntimeError):
            held.commit({})


@pytest.mark.parametrize(
    "pair",
    [
        ("a/Index.html", "a/index.html"),
        ("A/x.html", "a/y.html"),
        ("\u00e9t\u00e9.pdf", "e\u0301te\u0301.pdf"),
        ("STRASSE.pdf", "straße.pdf"),
        ("a", "a/index.html"),
        ("b/A", "b/a/index.html"),
    ],
)
def test_names_that_some_disks_take_for_one(built, pair):
    with built.open() as held, pytest.raises(ValueError, match="cannot both"):
        held.commit({path: held.put(page(path, path.encode())) for path in pair})
    assert built.published() == PAGES
    assert built.build(PAGES).written == 0


def test_written_and_removed_is_a_mistake(built):
    with built.open() as held, pytest.raises(ValueError, match="both written and removed"):
        held.commit({"index.html": held.put(page("index.html", b"2"))}, ["index.html"])


def test_file_and_folder_change_roles(built):
    first = {"a": b"file", "b/c/index.html": b"page", "b/c/d/e": b"deep"}
    second = {"a/index.html": b"page", "a/b/c": b"deep", "b": b"file"}
    for _ in range(3):
        for pages in (first, second):
            built.build(pages)
            assert built.published() == pages


def test_an_attachment_is_streamed(site, tmp_path):
    source = tmp_path / "gros.pdf"
    source.write_bytes(os.urandom(3_000_000))
    mark = digest.of_bytes(source.read_bytes())
    with site.open() as held:
        entry = held.put(public(Attached("gros.pdf", source, mark, 3_000_000, "public")))
        site.token = held.commit({"gros.pdf": entry}).token
    assert (site.output / "gros.pdf").read_bytes() == source.read_bytes()
    assert entry[::2] == (3_000_000, mark)
    with site.open() as held:  # nobody reads it again
        source.unlink()
        assert held.put(public(Attached("gros.pdf", source, mark, 3_000_000, "public"))) == entry


def test_an_attachment_that_changed_meanwhile_stops_the_build(built, tmp_path):
    source = tmp_path / "pv.pdf"
    source.write_bytes(b"autre")
    artifact = public(Attached("pv.pdf", source, digest.of_bytes(b"un"), 2, "public"))
    with built.open() as held, pytest.raises(WriteFailed, match="a changé pendant") as raised:
        held.put(artifact)
    assert raised.value.path == source
    assert built.published() == PAGES


def test_workers_write_after_begin_and_not_before(built):
    def in_a_child(work) -> int:
        child = os.fork()
        if not child:
            code = 9
            with contextlib.suppress(BaseException):
                code = work()
            os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def unprepared() -> int:
        try:
            held.put(page("index.html", b"2"))
        except RuntimeError:
            return 7
        return 0

    def writes() -> int:
        held.put(page("agenda/2027/noel/index.html", b"2"))
        return 5

    with built.open() as held:
        assert in_a_child(unprepared) == 7
        held.begin()
        assert in_a_child(writes) == 5
        status = (built.workshop / "next/agenda/2027/noel/index.html").stat()
        entry = Entry(status.st_size, status.st_mtime_ns, digest.of_bytes(b"2"))
        built.token = held.commit({"agenda/2027/noel/index.html": entry}).token
    assert built.published() == PAGES | {"agenda/2027/noel/index.html": b"2"}


def test_a_disk_without_links_copies(built, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    old = (built.output / "documents/pv.pdf").stat().st_mtime_ns
    for number in (b"2", b"3", b"4"):
        built.build(PAGES | {"index.html": number})
        assert built.published() == PAGES | {"index.html": number}
    assert (built.output / "documents/pv.pdf").stat().st_mtime_ns == old
    (built.workshop / "settled.json").unlink()
    built.build(PAGES)
    assert built.published() == PAGES


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ENOLINK])
@pytest.mark.parametrize("call", ["write", "link", "rename", "mkdir", "replace", "utime"])
def test_whatever_the_system_refuses(built, call, number, monkeypatch):
    """Each call refused once, at its first to sixth use: old or new, whole, and mended after."""
    pages = {path: data for path, data in PAGES.items() if "aqueduc" not in path}
    pages |= {"index.html": b"autre", "x/y/index.html": b"y", "x/z/index.html": b"z"}
    monkeypatch.setattr(write.exchange, "_at_once", lambda *_: False)
    real = getattr(os, call)
    for turn in range(1, 7):
        built.build(PAGES)
        built.build(PAGES | {"agenda/index.html": b"%d" % turn, f"w/{turn}/a": b"a"})
        before = built.published()
        count = iter(range(1, 1000))

        def refuse(*args, _turn=turn, _count=count, **options):
            if next(_count) == _turn:
                raise OSError(number, os.strerror(number), str(args[0]))
            return real(*args, **options)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, refuse)
            with contextlib.suppress(WriteFailed):
                built.build(pages)
        assert built.published() in (before, pages)
        built.build(pages)
        assert built.published() == pages


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOLINK])
def test_a_refusal_is_said_in_french_with_its_place(built, number, monkeypatch):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    with built.open() as held, pytest.raises(WriteFailed) as raised:
        held.put(page("agenda/index.html", b"2"))
    assert raised.value.path == built.workshop / "next/agenda/index.html"
    assert str(raised.value) == f"{raised.value.path} : {raised.value.message}"
    assert raised.value.message == write._WORDS.get(
        number, f"le système a refusé ({os.strerror(number)}, code {number})"
    )


def test_a_link_in_the_place_of_the_site_is_left_alone(built, tmp_path):
    built.output.rename(tmp_path / "www")
    built.output.symlink_to(tmp_path / "www")
    with pytest.raises(WriteFailed, match="pas un lien"), built.open():
        pass
    assert read(tmp_path / "www") == PAGES
    built.output.unlink()
    built.output.write_text("x")
    with pytest.raises(WriteFailed, match="un fichier occupe"), built.open():
        pass


def test_the_workshop_is_not_inside_the_site(tmp_path):
    for output, workshop in (("a", "a"), ("a", "a/b"), ("a/b", "a")):
        opened = Tree.open(tmp_path / output, tmp_path / workshop, None)
        with pytest.raises(ValueError, match="beside"), opened:
            pass


def test_the_second_build_waits_and_says_so(built):
    said = []
    inside = threading.Event()

    def first():
        with built.open() as held:
            inside.set()
            time.sleep(0.2)
            held.commit({})

    other = threading.Thread(target=first)
    other.start()
    inside.wait()
    with built.open(waiting=lambda: said.append("une autre construction")) as held:
        assert held.intact
    other.join()
    assert said == ["une autre construction"]


def test_the_token_may_be_asked_for_under_the_lock(built):
    def asked() -> str:
        with pytest.raises(lock.Busy), built.open(patience=0):
            pytest.fail("asked before the lock is held")
        return built.token

    with Tree.open(built.output, built.workshop, asked) as held:
        assert held.intact


def test_the_second_build_gives_up_in_the_end(built):
    with built.open():
        second = built.open(patience=0.1)
        with pytest.raises(lock.Busy, match="une autre construction"), second:
            pytest.fail("two builds at once")
    with built.open() as held:
        assert held.intact


def test_a_lock_in_a_folder_that_went_away_is_no_lock(built):
    with built.open():
        (built.workshop / "lock").unlink()
        with built.open(patience=0) as second:
            assert second.intact


def test_tree_hash_is_paths_and_bytes(tmp_path):
    one, two = Site(tmp_path / "1"), Site(tmp_path / "2")
    one.build(PAGES)
    two.build({})
    two.build(dict(reversed(PAGES.items())))
    assert tree.tree_hash(one.output) == tree.tree_hash(two.output)
    seen = {tree.tree_hash(one.output)}
    for pages in ({"a": b"b"}, {"ab": b""}, {"a/b": b""}, {"b": b"b"}, {}):
        one.build(pages)
        seen.add(tree.tree_hash(one.output))
    assert len(seen) == 6


def test_a_block_at_a_time(monkeypatch, tmp_path, site):
    source = tmp_path / "film.pdf"
    source.write_bytes(b"x" * 100)
    monkeypatch.setattr(spare, "_BLOCK", 7)
    mark = digest.of_bytes(b"x" * 100)
    with site.open() as held:
        assert held.put(public(Attached("f", source, mark, 100, "public"))).size == 100
