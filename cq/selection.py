"""Which findings a run is asked about: those in the paths that were typed, and those that answer
for what changed since a revision; which part of the content a list is about. Finds nothing by
itself and shows nothing.
"""

import shlex
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from cq import theme
from cq.content import layout
from cq.content.check import concerning
from cq.content.model import Community, Content
from cq.diagnostic import Diagnostic, Span, error
from cq.front import Progress, Run, front, open_run, trusting, validate
from cq.settings import Settings
from cq.terminal import printable


class Misused(Exception):
    """A command line that cannot be meant so; its words are for the user."""


def only(found: tuple[Diagnostic, ...], paths: list[Path], root: Path) -> tuple[Diagnostic, ...]:
    """The findings in `paths` (files or folders, as typed), all of them where none is given.

    Raises Misused.
    """
    if not paths:
        return found
    wanted = frozenset(_inside(path, root) for path in paths)
    return tuple(
        one for one in found
        if one.span.path in wanted or not wanted.isdisjoint(one.span.path.parents)
    )  # fmt: skip


_CHECKED = (layout.CONTENT, theme.FOLDER)
_NEITHER = "n’est ni dans content/ ni dans themes/, que cq vérifie"


def _inside(
    path: Path,
    root: Path,
    folders: tuple[str, ...] = _CHECKED,
    outside: str = _NEITHER,
    absent: str = "",
) -> PurePosixPath:
    """`path` as typed, under the site's root. Raises Misused, which says so of one `outside`
    `folders`, and adds to one that does not exist what follows where it is `absent`.
    """
    full = Path.cwd() / path
    try:
        if not full.exists() and (root / path).exists():
            full = root / path
        if not full.exists():
            raise Misused(f"« {printable(path)} » n’existe pas{absent}")
        inside = full.resolve().relative_to(root)
    except (OSError, ValueError):
        raise Misused(f"« {printable(path)} » n’est pas dans ce site") from None
    if inside.parts and inside.parts[0] not in folders:
        raise Misused(f"« {printable(path)} » {outside}")
    return PurePosixPath(inside.as_posix())


def look(
    chosen: Settings, paths: list[Path], since: str | None, progress: Progress
) -> tuple[tuple[Diagnostic, ...], int]:
    """The findings asked for, and how many files were read.

    Raises Misused, and what `cq.repository.changes` raises.
    """
    run = open_run(chosen, progress)
    try:
        seen = validate(run)
        templates = trusting(run, lambda: _templates(run))
    finally:
        run.ledger.close()
    found = only(seen.found, paths, chosen.root)
    if since is not None:
        from cq.repository import changes

        found = concerning(found, *changes(chosen.root, since))
    return (*found, *only(templates, paths, chosen.root)), len(seen.scanned.stamps)


def _templates(run: Run) -> tuple[Diagnostic, ...]:
    """What is wrong in the files that the site's theme has of its own; sound ones are remembered.

    At the first file that cannot be used at all, the others are not looked at, as in a build.
    """
    if not (run.settings.root / theme.FOLDER).is_dir():
        return ()
    try:
        loaded = theme.load(run.settings.root, run.ledger.note("theme") or theme.DEFAULT)
    except theme.ThemeNotFound:  # said by the front half
        return ()
    except theme.ThemeFault as fault:
        return (
            error(
                "theme-file",
                fault.words,
                Span(PurePosixPath(fault.path)),
                "aucun site ne serait publié",
                "corrigez ce fichier, ou retirez-le du thème",
            ),
        )
    if not loaded.places or run.ledger.note("sound_theme") == loaded.templates_digest:
        return ()
    from cq.theme.check import faults

    found = tuple(faults(loaded))
    if not found:
        run.ledger.keep_notes(sound_theme=loaded.templates_digest)
    return found


def told(path: Path, root: Path) -> PurePosixPath:
    """`path` as typed, whose history may be told. Raises Misused."""
    outside = "n’est pas dans content/ : cq ne dit que l’histoire de ce qui s’y trouve"
    absent = (
        " : cq ne dit que l’histoire de ce qui est là\n"
        f"D’une page renommée ou supprimée : git log --stat -- {shlex.quote(printable(path))}"
    )
    inside = _inside(path, root, (layout.CONTENT,), outside, absent)
    if any(_veiled(place) for place in (inside, inside / "x.md")):
        raise Misused(
            f"« {printable(path)} » est privé : son histoire ne se lit que dans son espace"
        )
    if inside.suffix not in layout.TEXTS and (root / inside).is_file():
        raise Misused(
            f"« {printable(path)} » n’est pas un texte : cq ne dit que l’histoire des pages et des "
            f"listes (.md, .yml)\nD’un autre fichier : git log --stat -- "
            f"{shlex.quote(printable(path))}"
        )
    return inside


def _veiled(path: PurePosixPath) -> bool:
    """Whether a path lies under `prive/`, or under what looks like it."""
    return layout.place(path).private or layout.misplaced_private(path) is not None


def read(chosen: Settings, progress: Progress) -> Content:
    """All that was written, private or not, whatever is wrong with it."""
    return remembered(chosen, progress, past=False)[0]


def remembered(
    chosen: Settings, progress: Progress, *, past: bool = True
) -> tuple[Content, tuple[str, ...]]:
    """The same with its past, and what the user must know of that."""
    run = open_run(chosen, progress)
    try:
        content = trusting(run, lambda: front(run, want_content=True, want_past=past)).content
    finally:
        run.ledger.close()
    if content is None:
        raise AssertionError("the front half was asked for its content")
    return content, run.said


def community(content: Content, quartier: str | None, group: str | None) -> Community | None:
    """The one that was asked for by its folder's name, or None for all. Raises Misused."""
    if quartier is not None and group is not None:
        raise Misused("--quartier ou --groupe, pas les deux")
    asked = quartier if quartier is not None else group
    if asked is None:
        return None
    known = content.quartiers if quartier is not None else content.groups
    what = "quartier" if quartier is not None else "groupe"
    by_name = {one.slug: one for one in known}
    name = layout.meant(asked, by_name)
    if name is not None:
        return by_name[name]
    if not known:
        raise Misused(f"aucun {what} ne s’appelle « {printable(asked)} » : ce site n’en a pas")
    choices = ", ".join(sorted(by_name))
    raise Misused(f"aucun {what} ne s’appelle « {printable(asked)} » ; au choix : {choices}")


def among(option: str, given: str | None, choices: tuple[str, ...]) -> None:
    """Raise Misused where an option has a value that it does not know."""
    if given is not None and given not in choices:
        raise Misused(f"{option} : au choix {', '.join(choices)}")


def reasons(asked: str, stale: Iterable[tuple[str, str]], output: Path) -> list[str]:
    """Why the page at `asked` (an address, a file of the site or of content/) was made again."""
    wanted = asked.strip("/").removeprefix("build/site/").removeprefix("content/")
    wanted = wanted.removesuffix("index.html").removesuffix(".md").strip("/")
    wanted = wanted.removesuffix("/index").removeprefix("pages/")
    named = [
        f"{path} : {reason}"
        for path, reason in stale
        if path.removesuffix("index.html").strip("/") == wanted
    ]
    if named or (output / wanted / "index.html").is_file() or (output / wanted).is_file():
        return named or [f"{asked} : rien n’a été refait, la page est la même qu’avant"]
    raise Misused(
        f"aucune page du site ne vient de « {asked} »\n"
        "Un nom mal tapé, un brouillon, une page à paraître ou privée ne donnent pas de page."
    )
