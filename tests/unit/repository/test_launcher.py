"""What is said where git cannot work: the reason, and the line to copy."""

from pathlib import Path

import pytest

from cq.repository import launcher

SITE = Path("/srv/site/du 10e")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("fatal: not a git repository (or any of the parent directories): .git",
         "ce site n’est pas dans un dépôt git"),
        ("fatal: detected dubious ownership in repository at '/srv/site'\nTo add an exception",
         "safe.directory /srv/site"),
        ("fatal: detected dubious ownership in repository at '/srv/site/du 10e'\n",
         "safe.directory '/srv/site/du 10e'"),
        ("fatal: unsafe repository, dubious ownership\n", "safe.directory '/srv/site/du 10e'"),
        ("fatal: bad config line 9 in file .git/config",
         "git ne peut pas ouvrir ce dépôt : fatal: bad config line 9 in file .git/config"),
        ("warning: x\nfatal: unknown repository extension found:\n\tfoo\n",
         "git ne peut pas ouvrir ce dépôt : fatal: unknown repository extension found: foo"),
        ("", "git ne peut pas ouvrir ce dépôt : sans dire pourquoi"),
    ],
)  # fmt: skip
def test_why_a_repository_is_not_opened(said: str, words: str) -> None:
    assert str(launcher._unopened(SITE, said)).endswith(words)
