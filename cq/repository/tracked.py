"""Which files under a folder a repository keeps, and whether it ever kept any: numbers, no name."""

from pathlib import Path
from typing import NamedTuple

from cq.repository.launcher import Program, clean_environment

_ASKED = (
    "-c", "log.showSignature=false",
    "log", "--all", "-1", "--format=%H", "--no-show-signature", "--no-notes", "--no-color",
    "--end-of-options", "--",
)  # fmt: skip


class Tracked(NamedTuple):
    """Files kept today; whether some commit has touched the folder."""

    now: int
    once: bool


def tracked(root: Path, folder: str) -> Tracked:
    """What the repository around `root` keeps under `folder`, which may be a repository of its own
    and is nothing then. Raises RepositoryFault where there is no git, or no repository.
    """
    with clean_environment():
        git = Program(root)
        names = [one for one in git.listed(folder) if one != folder]
        once = bool(names)
        if not names and git.head():
            with git.flow(*_ASKED, f"{folder}/") as flow:
                once = bool(flow.answer.read(64).strip())
                flow.ended()
    return Tracked(len(names), once)
