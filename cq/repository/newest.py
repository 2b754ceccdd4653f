"""When the files of a folder were last committed: the number of a sealed space's state.

One number for one state on every checkout, so that readers can tell an older build from a newer
one. Nothing of the history is told: neither a name nor a title leaves this module.
"""

from pathlib import Path

from cq.repository.launcher import Program, RepositoryFault, clean_environment

_ASKED = (
    "-c", "log.showSignature=false",
    "log", "--full-history", "--format=%ct", "--no-show-signature", "--no-notes", "--no-color",
    "--end-of-options", "HEAD", "--", ".",
)  # fmt: skip


def newest(folder: Path) -> int:
    """The seconds of the newest commit that touched `folder`, in whatever repository it lies;
    0 where none has. Of all of them: after a commit by a machine whose clock was fast, a later one
    says less, and readers would take what follows for an older state.

    Raises RepositoryFault where git cannot know: no repository, or only a part of the history,
    in which a commit may seem newer than it is.
    """
    if not folder.is_dir():
        return 0
    with clean_environment():
        git = Program(folder)
        if not git.head():
            return 0
        if git.shallow():
            raise RepositoryFault(
                "ce dépôt n’a qu’une partie de l’histoire ; lancez : git fetch --unshallow"
            )
        with git.flow(*_ASKED) as flow:
            days = [int(said) for said in flow.answer if said.strip().isdigit()]
            flow.ended()
    return max(days, default=0)
