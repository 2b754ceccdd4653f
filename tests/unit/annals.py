"""Repositories with a history: who changed what, when and on which branch, told to git at once."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

Git = Callable[..., str]
NOON = 1_772_452_800  # 2 March 2026, noon in Greenwich


class Commit(NamedTuple):
    """One commit: what each file became, by path; None: it is removed. Files may be links
    (`@target`). A lone surrogate in a name stands for a byte that is not UTF-8.
    """

    files: Mapping[str, str | None]
    name: str = "Camille Exemple"
    when: int = NOON
    branch: str = "main"
    merges: str = ""  # the branch that it brings in
    encoding: str = ""


def tell(git: Git, top: Path, commits: Iterable[Commit], *, checkout: bool = True) -> Path:
    """`top` as a repository that has these commits after those that it had, the last one of
    `main` checked out.
    """
    if not (top / ".git").exists():
        top.mkdir(parents=True, exist_ok=True)
        git(top, "init", "--template=")
    known = git(top, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    tips = {branch: f"refs/heads/{branch}^0" for branch in known}
    git(top, "fast-import", "--quiet", "--force", told=_stream(commits, tips))
    if checkout:
        git(top, "checkout", "-f", "main")
    return top


def _stream(commits: Iterable[Commit], tips: dict[str, str]) -> str:
    """What `git fast-import` reads; `tips` is where each branch stands. A new branch leaves main
    where main is.
    """
    lines = []
    for number, one in enumerate(commits, 1):
        stamp = f"{one.name} <secret-{number}@courriel.example> {one.when} +0000"
        lines.append(f"commit refs/heads/{one.branch}\nmark :{number}\n")
        lines.append(f"author {stamp}\ncommitter {stamp}\n")
        if one.encoding:
            lines.append(f"encoding {one.encoding}\n")
        lines.append("data 1\nx\n")
        parent = tips.get(one.branch) or tips.get("main")
        if parent:
            lines.append(f"from {parent}\n")
        if one.merges:
            lines.append(f"merge {tips[one.merges]}\n")
        tips[one.branch] = f":{number}"
        for path, text in one.files.items():
            written = '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
            if text is None:
                lines.append(f"D {written}\n")
                continue
            mode = "120000" if text.startswith("@") else "100644"
            size = len(text.encode("utf-8", "surrogateescape"))
            lines.append(f"M {mode} inline {written}\ndata {size}\n{text}\n")
    return "".join(lines)
