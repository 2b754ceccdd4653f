"""How long the history takes: `git log` alone, what cq makes of it, and what it then need not ask.

A repository of as many commits as files, told to git at once: merges, two authors, texts changed
again and again. Nothing here is timed but whole calls, each with a memory of its own.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cq import history
from cq.ledger import Ledger
from cq.repository.log import _ASKED, _WHERE
from cq.whereabouts import where

_NOON = 1_772_452_800


def make(top: Path, commits: int, files: int) -> None:
    """Each commit changes a few files; every tenth is a merge of a branch of one commit."""
    lines = []
    for number in range(1, commits + 1):
        name = ("Camille Exemple", "Dominique Essai")[number % 2]
        side = number % 10 == 9
        stamp = f"{name} <x@exemple.example> {_NOON + number * 3600} +0000\n"
        lines.append(f"commit refs/heads/{'side' if side else 'main'}\nmark :{number}\n")
        lines.append(f"author {stamp}committer {stamp}data 1\nx\n")
        if number > 1:
            lines.append(f"from :{number - 2 if number % 10 == 0 else number - 1}\n")
        if number % 10 == 0:
            lines.append(f"merge :{number - 1}\n")
        for one in range(3) if number < commits else range(files):
            which = (number * 7 + one * 997) % files if number < commits else one
            text = f"# Page {which}\n\nTexte {number}.\n"
            path = f"content/wiki/dossier-{which % 50}/page-{which}.md"
            lines.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
    subprocess.run(["git", "init", "--quiet", "-b", "main", "."], cwd=top, check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet"], cwd=top, check=True, input="".join(lines).encode()
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=5000)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder) / "top"
        top.mkdir()
        make(top, asked.commits, asked.files)
        plain = ["git", *_ASKED, "main", *_WHERE]
        found: dict[str, list[float]] = {}
        where(top)
        import git  # noqa: F401 - its import, once a process, is not what is compared

        for number in range(asked.runs):
            ledger = Ledger(Path(folder) / f"cache{number}" / "ledger.sqlite", "bench")

            def known(ledger: Ledger = ledger) -> None:
                history.known(top, ledger, where(top))

            found.setdefault("git log alone", []).append(
                timed(lambda: subprocess.run(plain, cwd=top, check=True, capture_output=True))
            )
            found.setdefault("the whole history, kept", []).append(timed(known))
            found.setdefault("nothing has moved: read again", []).append(timed(known))
            found.setdefault("where it stands, without git", []).append(timed(lambda: where(top)))
            subprocess.run(
                ["git", "-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet",
                 "--allow-empty", "-m", "x"], cwd=top, check=True,
            )  # fmt: skip
            found.setdefault("one commit more", []).append(timed(known))
            ledger.close()
    base = statistics.median(found["git log alone"])
    for what, times in found.items():
        middle = statistics.median(times)
        print(f"{what:32} {middle * 1000:8.1f} ms   {middle / base:5.2f} ×")


if __name__ == "__main__":
    main()
