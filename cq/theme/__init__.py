"""Themes as data: which files a theme has, and one digest for all of them.

A site's own `themes/<name>/` overrides the default theme file by file. Reads the disk, knows
no page; `cq.theme.environment` is the door to Jinja.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from cq import digest

DEFAULT = "default"
BASE, INSIDE = "base.html", "inside.html"  # what every page extends; in a sealed space
FOLDER = "themes"
# What a theme publishes beside its templates.
_ASSETS = frozenset((".css", ".js", ".svg", ".png", ".ico", ".woff2", ".webmanifest", ".txt"))
# Names that every disk and every server takes alike.
_NAME = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\Z")


class ThemeNotFound(Exception):
    """`theme:` of site.yml names no folder of themes/."""


class ThemeFault(Exception):
    """A file of the theme that cannot be used; its words are for the user."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(path, words)
        self.path = path  # under the site's root
        self.words = words

    def __str__(self) -> str:
        return f"{self.path} : {self.words}"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its templates by name, its published files by path.

    Pages depend on the templates alone: a change of style makes no page again.
    """

    name: str
    templates: dict[str, str]
    assets: dict[str, bytes]
    templates_digest: str
    digest: str
    # Where the site's own templates are, from its root; what cq brings is not there.
    places: dict[str, str] = field(default_factory=dict)
    inside: bool = False  # for sealed spaces: a page is a fragment, which the shell shows

    def for_spaces(self) -> "Theme":
        """The same theme, whose pages are fragments: « inside.html » stands for « base.html »."""
        return replace(self, inside=True)

    def source(self, template: str) -> str | None:
        """The text of a template."""
        name = INSIDE if self.inside and template == BASE else template
        return self.templates.get(name)

    def place(self, template: str) -> str:
        """The file of a template, as a finding names it."""
        return self.places.get(template) or f"(thème livré) {template}"


def find(root: Path, name: str) -> list[Path]:
    """Folders of the theme, the overriding one first: the site's, then the default's."""
    brought = shipped()
    own = root / FOLDER / name
    if own.is_symlink() or own.parent.is_symlink():
        raise ThemeFault(f"{FOLDER}/{name}", "les liens symboliques sont refusés")
    found = [folder for folder in (own, brought / name) if folder.is_dir()]
    if not found:
        raise ThemeNotFound(name)
    default = brought / DEFAULT
    if name != DEFAULT and default.is_dir():
        found.append(default)
    return list(dict.fromkeys(folder.resolve() for folder in found))


def is_name(name: str) -> bool:
    """Whether a theme may be called so: it is a folder, and no way to another one."""
    return name.replace("-", "").isalnum()


def shipped() -> Path:
    """The themes that cq brings: in the wheel beside this package, in a checkout beside `cq/`."""
    package = Path(__file__).parent.parent
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def _text(file: Path, shown: str) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise ThemeFault(shown, "ce gabarit n’est pas un texte en UTF-8") from None


def load(root: Path, name: str = DEFAULT) -> Theme:
    """The theme `name` for the site at `root`. Raises ThemeNotFound and ThemeFault."""
    if not is_name(name):
        raise ThemeNotFound(name)
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    places: dict[str, str] = {}
    own = (root / FOLDER).resolve()
    for folder in reversed(find(root, name)):
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.is_symlink() or file.name.startswith("."):
                continue
            path = file.relative_to(folder).as_posix()
            if file.suffix == ".html":
                shown = f"themes/{folder.name}/{path}"
                templates[path] = _text(file, shown)
                if folder.parent == own:
                    places[path] = shown
            elif file.suffix in _ASSETS:
                if not _NAME.match(path) or "prive" in path.lower().split("/"):
                    raise ThemeFault(
                        f"{FOLDER}/{folder.name}/{path}",
                        "ce nom ne convient pas à un fichier publié (ni accent, ni espace, ni "
                        "« prive »)",
                    )
                assets[path] = file.read_bytes()
    pages = digest.of_all(f"{path}\n{text}" for path, text in sorted(templates.items()))
    files = (f"{path}\n{digest.of_bytes(data)}" for path, data in sorted(assets.items()))
    return Theme(name, templates, assets, pages, digest.of_all([pages, *files]), places)
