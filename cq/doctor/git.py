"""The site's repository: what it keeps that it should not, and what it lacks."""

from collections.abc import Iterator

from cq import remedies
from cq.doctor.remark import Remark, State
from cq.french.numbers import counted
from cq.repository import RepositoryFault, Survey, survey
from cq.settings import Settings
from cq.terminal import printable

# Debian 12's, with which everything here was tried.
_OLDEST = (2, 39)
# Two shell words, for the remedy; the same as the patterns of `cq.repository`.
_LISTING = (
    "git ls-files | grep -iE '(^|/)(\\.env|id_(rsa|ed25519|ecdsa))$|\\.(key|pem|p12|pfx|kdbx)$'"
)


def repository(chosen: Settings) -> Iterator[Remark]:
    built = _built(chosen)
    try:
        seen = survey(chosen.root, built)
    except RepositoryFault as fault:
        yield _without(printable(fault))
        return
    yield from _program(seen)
    yield from _history(seen)
    if built is not None:
        yield from _output(seen, built)
    if seen.secrets:
        yield Remark(
            "git", "secrets", State.TO_DO,
            f"{counted(seen.secrets, 'fichier suivi a le nom', 'fichiers suivis ont le nom')} "
            "d’une clé ou d’un mot de passe : changez-les, l’histoire du dépôt les garde",
            _LISTING,
        )  # fmt: skip
    else:
        yield Remark("git", "secrets", State.OK, "aucun fichier suivi n’a le nom d’une clé")


def _built(chosen: Settings) -> str | None:
    """The folder that builds fill, with their workshop; None where it is not in the site."""
    if not chosen.output.is_relative_to(chosen.root):
        return None
    place = chosen.output.relative_to(chosen.root).as_posix()
    return "build" if place == "build/site" else place


def _without(words: str) -> Remark:
    if "safe.directory" in words:
        said, _, command = words.partition(" : ")
        return Remark("git", "dépôt", State.TO_DO, said, command)
    if "installé" in words:
        return Remark("git", "programme", State.TO_DO, words, remedies.install("git"))
    if "pas dans un dépôt" not in words:
        return Remark("git", "dépôt", State.TO_DO, words)
    return Remark(
        "git", "dépôt", State.ATTENTION,
        f"{words} : sans lui, ni histoire, ni contributions", "git init",
    )  # fmt: skip


def _program(seen: Survey) -> Iterator[Remark]:
    number = ".".join(map(str, seen.version))
    if seen.version[:2] < _OLDEST:
        yield Remark(
            "git", "programme", State.ATTENTION,
            f"git {number} est ancien : cq est essayé avec 2.39 et au-delà",
            remedies.install("git"),
        )  # fmt: skip
    else:
        yield Remark("git", "programme", State.OK, f"git {number}")
    if seen.identity:
        yield Remark("git", "identité", State.OK, "votre nom et votre courriel sont connus de git")
    else:
        yield Remark(
            "git", "identité", State.ATTENTION,
            "git ne sait pas qui vous êtes, et refusera d’enregistrer",
            'git config --global user.name "Prénom Nom" && '
            'git config --global user.email "vous@exemple.fr"',
        )  # fmt: skip


def _history(seen: Survey) -> Iterator[Remark]:
    if not seen.commits:
        yield Remark(
            "git", "histoire", State.ATTENTION,
            "rien n’est encore enregistré", 'git add . && git commit -m "Début"',
        )  # fmt: skip
    elif seen.shallow:
        yield Remark(
            "git", "histoire", State.ATTENTION,
            "ce dépôt n’a qu’une partie de l’histoire : --since peut ne rien trouver, et les pages "
            "ne disent pas depuis quand elles existent",
            "git fetch --unshallow",
        )  # fmt: skip
    else:
        yield Remark("git", "histoire", State.OK, "entière")
    if seen.commits and seen.pending:
        files = counted(seen.pending, "fichier de content/ n’est", "fichiers de content/ ne sont")
        yield Remark(
            "git", "travail", State.ATTENTION,
            f"{files} pas encore enregistrés" if seen.pending > 1 else f"{files} pas encore "
            "enregistré", 'git add content && git commit -m "…"',
        )  # fmt: skip


def _output(seen: Survey, built: str) -> Iterator[Remark]:
    if seen.tracked:
        yield Remark(
            "git", "sortie", State.TO_DO,
            f"git suit {counted(seen.tracked, 'fichier', 'fichiers')} de {built}/, que chaque "
            "construction refait",
            f"git rm -r -q --cached {built} && echo '/{built}/' >> .gitignore",
        )  # fmt: skip
    elif not seen.ignored:
        yield Remark(
            "git", "sortie", State.TO_DO,
            f"{built}/ n’est pas ignoré : un « git add . » l’enregistrerait",
            f"echo '/{built}/' >> .gitignore",
        )  # fmt: skip
    else:
        yield Remark("git", "sortie", State.OK, f"{built}/ est ignoré de git")
