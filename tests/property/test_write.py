"""Any sequence of builds and of deeds by hand: what is published is what the last build wanted."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cq import digest
from cq.site import exchange, tree
from cq.site.protect import public
from cq.site.rendered import Rendered
from cq.site.write import Tree

# Prefix-free in groups: of "b", "b/c" and "b/c/d" a tree can hold only one.
CHOICES = {
    "index.html": ["index.html"],
    "a": ["a/index.html", "a"],
    "a2": ["a2/x/y/index.html"],
    "a2z": ["a2/z.html", "a2/z.html/deep"],
    "b": ["b", "b/c", "b/c/d", "b/e"],
    "d": ["d/e/f/g"],
    "d1": ["d/e/h"],
}
# Few contents of few sizes, so that a change often shows in nothing but the time.
contents = st.sampled_from([b"", b"1", b"2", b"12", b"21"])
groups = st.fixed_dictionaries(
    {}, optional={key: st.tuples(st.sampled_from(CHOICES[key]), contents) for key in CHOICES}
)
trees = groups.map(lambda chosen: dict(chosen.values()))
places = st.sampled_from([*sorted({p for group in CHOICES.values() for p in group}), "x", "a/x/y"])
deeds = st.one_of(
    st.tuples(st.just("write"), places, contents),
    st.tuples(st.sampled_from(["remove", "link", "folder", "touch", "reseal"]), places),
    st.tuples(st.just("move"), places, places),
    st.tuples(st.sampled_from(["forget", "unsettle", "abandon", "no site", "no spare", "last"])),
)
steps = st.one_of(
    st.tuples(st.just("build"), trees, st.booleans()),
    st.tuples(st.just("edit"), st.integers(0, 9), contents),
    st.tuples(st.just("hand"), st.lists(deeds, max_size=3)),
)


class World:
    def __init__(self, root: Path) -> None:
        self.output, self.workshop = root / "build/site", root / "build/cache"
        self.token = None
        self.pages = {}

    def open(self):
        return Tree.open(self.output, self.workshop, self.token)

    def build(self, pages, *, all_again=False):
        with self.open() as held:
            entries = {}
            for path, data in pages.items():
                known = held.known.get(path)
                if all_again or known is None or known.digest != digest.of_bytes(data):
                    entries[path] = held.put(public(Rendered(path, data, "public")))
            self.token = held.commit(entries, held.known.keys() - pages.keys()).token
        self.pages = pages
        here = [one for one in self.output.rglob("*") if not one.is_dir() or one.is_symlink()]
        found = {one.relative_to(self.output).as_posix(): one.read_bytes() for one in here}
        assert found == pages
        assert not any(one.is_symlink() for one in here)
        folders = {
            one.relative_to(self.output).as_posix()
            for one in self.output.rglob("*")
            if one.is_dir()
        }
        assert folders == tree.folders(pages).keys() - {""}
        assert not (self.workshop / "last").exists()

    def by_hand(self, name, *arguments):
        match name, *[self.output / one if isinstance(one, str) else one for one in arguments]:
            case "write", file, data:
                file.write_bytes(data)
            case "remove", file:
                shutil.rmtree(file) if file.is_dir() else file.unlink()
            case "link", file:
                file.symlink_to(self.workshop)
            case "folder", file:
                file.mkdir(parents=True)
            case "touch", file:
                os.utime(file)
            case "reseal", file:  # as a copy that keeps its dates would look
                (file / "x").write_text("x")
                copy = self.output.parent / "copy"
                file.rename(copy)
                tree.seal(copy)
                copy.rename(file)
            case "move", file, to:
                file.rename(to)
            case _:
                self.mishap(name)

    def mishap(self, name):
        match name:
            case "forget":
                self.token = None
            case "unsettle":
                (self.workshop / "settled.json").unlink()
            case "abandon":
                with contextlib.suppress(ZeroDivisionError), self.open() as held:
                    held.put(public(Rendered("index.html", b"abandoned", "public")))
                    raise ZeroDivisionError
            case "no site":
                shutil.rmtree(self.output)
            case "no spare":
                shutil.rmtree(self.workshop / "next")
            case "last":  # a kill between two renames
                self.output.rename(self.workshop / "last")


def run(script, *, at_once: bool):
    real = exchange._at_once
    with tempfile.TemporaryDirectory() as folder:
        if not at_once:
            exchange._at_once = lambda *_: False
        try:
            world = World(Path(folder))
            for name, *arguments in script:
                if name == "build":
                    world.build(arguments[0], all_again=arguments[1])
                elif name == "edit" and world.pages:
                    number, data = arguments
                    path = sorted(world.pages)[number % len(world.pages)]
                    world.build(world.pages | {path: data})
                elif name == "hand":
                    for one in arguments[0]:
                        with contextlib.suppress(OSError):
                            world.by_hand(*one)
            world.build(world.pages)
        finally:
            exchange._at_once = real


@settings(max_examples=120, deadline=None)
@given(script=st.lists(steps, max_size=9), at_once=st.booleans())
def test_the_published_tree_is_what_the_last_build_wanted(script, at_once):
    run(script, at_once=at_once)
