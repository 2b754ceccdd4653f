"""docs/themes.md is the contract of themes: it names all that a template gets, and no more."""

import re
from pathlib import Path

import pytest

from cq.site import directory, figures, indexes, matters, pieces, revisions, views
from cq.theme import environment

VIEWS = {
    name: one for module in (
        views, pieces, matters, figures, directory, indexes, revisions,
    )
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, tuple) and hasattr(one, "_fields")
}  # fmt: skip


@pytest.fixture(scope="module")
def said(root: Path) -> str:
    return (root / "docs" / "themes.md").read_text(encoding="utf-8")


def first_cells(said: str, heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    part = re.split(rf"^#+ {re.escape(heading)}$", said, flags=re.MULTILINE)[1]
    part = re.split(r"^#+ ", part, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (`[^|]*) \|", part, flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([\w./]+)", row)]


def test_every_view_is_described(said: str) -> None:
    assert len(VIEWS) > 12
    assert set(re.findall(r"^### `(\w+)`$", said, re.MULTILINE)) == set(VIEWS)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_field_is_described(name: str, said: str) -> None:
    assert sorted(first_cells(said, f"`{name}`")) == sorted(VIEWS[name]._fields)


def test_every_filter_is_described(said: str) -> None:
    assert first_cells(said, "Les filtres") == list(dict.fromkeys(first_cells(said, "Les filtres")))
    assert set(first_cells(said, "Les filtres")) == set(environment._FILTERS)


def test_every_template_is_described(said: str, root: Path) -> None:
    theme = root / "themes" / "default"
    templates = {path.relative_to(theme).as_posix() for path in theme.rglob("*.html")}
    assert set(first_cells(said, "Les gabarits")) == templates


def test_the_policy_is_the_one_that_pages_carry(said: str, root: Path) -> None:
    base = (root / "themes" / "default" / "base.html").read_text(encoding="utf-8")
    (policy,) = re.findall(r"{% block politique %}(.*?){% endblock %}", base)
    assert f'Content-Security-Policy" content="{{% block politique %}}{policy}' in base
    assert policy in said


def test_templates_name_nothing_else(said: str, root: Path) -> None:
    """Every name that the shipped templates take from outside is in the table."""
    from jinja2 import Environment, meta

    known = set(first_cells(said, "Les noms qu’un gabarit connaît"))
    # The tests of names only: the filters are our own, and Jinja must know them to read on.
    reader = Environment(autoescape=True)
    reader.filters.update(environment._FILTERS)
    used: set[str] = set()
    for path in (root / "themes" / "default").rglob("*.html"):
        used |= meta.find_undeclared_variables(reader.parse(path.read_text(encoding="utf-8")))
    # Imported above the blocks that use them.
    macros = {"arguments", "cards", "carte", "figures", "legal", "search"}
    assert used <= known | macros
    assert known - used <= {"racine"}


def test_every_policy_keeps_what_the_frame_permits(root: Path) -> None:
    """A page with a form or a script says the whole policy again: nothing may get lost in it."""
    found = {
        path.name: re.findall(r"{% block politique %}(.*?){% endblock %}", path.read_text("utf-8"))
        for path in sorted((root / "themes/default").glob("*.html"))
    }
    (base,) = found.pop("base.html")
    kept = {part for part in base.split("; ") if not part.startswith("form-action")}
    own = {name: set(policy[0].split("; ")) for name, policy in found.items() if policy}
    assert len(own) >= 4
    assert {name: kept - policy for name, policy in own.items() if kept - policy} == {}
