"""Themes as data: which files a theme has, and one digest for all of them.

A site's own `themes/<name>/` overrides the default theme file by file. Reads the disk, knows
no page; `cq.theme.environment` is the door to Jinja.
"""

from dataclasses import dataclass
from pathlib import Path

from cq import digest

DEFAULT = "default"
# What a theme publishes beside its templates.
_ASSETS = frozenset((".css", ".js", ".svg", ".png", ".ico", ".woff2", ".webmanifest", ".txt"))


class ThemeNotFound(Exception):
    """`theme:` of site.yml names no folder of themes/."""


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


def find(root: Path, name: str) -> list[Path]:
    """Folders of the theme, the overriding one first: the site's, then the default's."""
    shipped = _shipped()
    folders = [root / "themes" / name, shipped / name]
    found = [folder for folder in folders if folder.is_dir()]
    if not found:
        raise ThemeNotFound(name)
    default = shipped / DEFAULT
    if name != DEFAULT and default.is_dir():
        found.append(default)
    return list(dict.fromkeys(folder.resolve() for folder in found))


def _shipped() -> Path:
    """The themes that cq brings: in the wheel beside this package, in a checkout beside `cq/`."""
    package = Path(__file__).parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load(root: Path, name: str = DEFAULT) -> Theme:
    """The theme `name` for the site at `root`; raises ThemeNotFound."""
    if not name.replace("-", "").isalnum():
        raise ThemeNotFound(name)
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder in reversed(find(root, name)):
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.is_symlink() or file.name.startswith("."):
                continue
            path = file.relative_to(folder).as_posix()
            if file.suffix == ".html":
                templates[path] = file.read_text("utf-8")
            elif file.suffix in _ASSETS:
                assets[path] = file.read_bytes()
    pages = digest.of_all(f"{path}\n{text}" for path, text in sorted(templates.items()))
    files = (f"{path}\n{digest.of_bytes(data)}" for path, data in sorted(assets.items()))
    return Theme(name, templates, assets, pages, digest.of_all([pages, *files]))
