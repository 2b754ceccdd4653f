"""A small build of some hundred files, to be killed. `python driver.py FOLDER VERSION [WORKERS]`.

The caller's side of `Tree` as the pipeline plays it: a ledger outside the tree that is saved after
the commit, workers forked after `begin`. Exit codes: 0, 3 (outside failure), 4 (busy).
"""

import json
import os
import sys
from pathlib import Path

from cq import digest
from cq.site.lock import Busy
from cq.site.protect import public
from cq.site.rendered import Rendered
from cq.site.tree import Entry
from cq.site.write import Tree, WriteFailed


def pages(version: int, count: int = 300) -> dict[str, bytes]:
    """A third always the same, a third changes, a third comes and goes; one changes its role."""
    tree = {"rôle" if version % 2 else "rôle/index.html": b"a file, then a folder"}
    for number in range(count):
        path = f"section-{number % 7}/{number // 7 % 5}/page-{number}/index.html"
        if number % 3 == 0:
            tree[path] = b"always %d\n" % number * 40
        elif number % 3 == 1:
            tree[path] = b"version %d of %d\n" % (version, number) * 40
        elif (number // 3 + version) % 2:
            tree[path] = b"sometimes %d\n" % number * 40
    return tree


def build(root: Path, wanted: dict[str, bytes], workers: int = 1, patience: float = 30) -> None:
    ledger = root / "user-cache" / "ledger"
    ledger.parent.mkdir(exist_ok=True)
    token = ledger.read_text() if ledger.exists() else None
    with Tree.open(root / "build/site", root / "build/cache", token, patience=patience) as tree:
        known = tree.known
        todo = [
            path
            for path, data in wanted.items()
            if path not in known or known[path].digest != digest.of_bytes(data)
        ]
        tree.begin()
        share = len(todo) // workers
        helpers = [
            _fork(tree, {path: wanted[path] for path in todo[n * share : (n + 1) * share]})
            for n in range(workers - 1)
        ]
        entries = {path: _put(tree, path, wanted[path]) for path in todo[share * (workers - 1) :]}
        for child, pipe in helpers:
            with os.fdopen(pipe) as answer:
                entries |= {path: Entry(*entry) for path, entry in json.load(answer).items()}
            os.waitpid(child, 0)
        token = tree.commit(entries, known.keys() - wanted.keys()).token
    new = ledger.with_suffix(".new")
    new.write_text(token)
    new.replace(ledger)


def _put(tree: Tree, path: str, data: bytes) -> Entry:
    return tree.put(public(Rendered(path, data, "public")))


def _fork(tree: Tree, share: dict[str, bytes]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        with os.fdopen(writing, "w") as answer:
            json.dump({path: _put(tree, path, data) for path, data in share.items()}, answer)
    finally:
        os._exit(0)


def main(root: str, version: str, workers: str = "1") -> int:
    print("ready", flush=True)  # noqa: T201 — the signal to whoever kills
    try:
        build(Path(root), pages(int(version)), int(workers))
    except WriteFailed as failed:
        print(failed.message)  # noqa: T201
        return 3
    except Busy:
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
