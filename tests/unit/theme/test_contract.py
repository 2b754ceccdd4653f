"""docs/themes.md is the contract of themes: it names all that a template gets, and no more."""

import re
from pathlib import Path

import pytest

from cq.site import directory, figures, indexes, lots, matters, pieces, revisions, views
from cq.theme import environment

VIEWS = {
    name: one for module in (
        views, pieces, matters, lots, figures, directory, indexes, revisions,
    )
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, tuple) and hasattr(one, "_fields")
}  # fmt: skip

# To the letter: nothing else stands between a page of a space and its keys.
SEALED = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; media-src blob:; form-action 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types cq"
)


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


@pytest.fixture(scope="module")
def policies(root: Path) -> dict[str, str]:
    """What each template says of its page's policy: the frame cut down to that one line."""
    from jinja2 import DictLoader, Environment

    theme = root / "themes" / "default"
    texts = {
        path.relative_to(theme).as_posix(): path.read_text("utf-8")
        for path in theme.rglob("*.html")
    }
    (line,) = (one for one in texts["base.html"].split("\n") if "Content-Security-Policy" in one)
    reader = Environment(loader=DictLoader(texts | {"base.html": line}), autoescape=True)
    reader.filters.update(environment._FILTERS)
    # One has its own; the other is no page, but a part of one.
    others = {"redirect.html", "inside.html"}
    pages = (name for name in texts if "/" not in name and name not in others)
    return {
        name: reader.get_template(name).render().partition('content="')[2].rstrip('">')
        for name in pages
    }


def test_the_policy_is_the_one_that_pages_carry(said: str, policies: dict[str, str]) -> None:
    assert f"\n{policies['base.html']}\n" in said


def test_the_policy_is_written_once(root: Path) -> None:
    theme = root / "themes" / "default"
    again = [path.name for path in theme.glob("*.html") if "default-src" in path.read_text("utf-8")]
    assert sorted(again) == ["base.html", "espace.html", "redirect.html"]


def test_a_page_permits_the_script_and_the_form_that_it_has_and_nothing_else(
    policies: dict[str, str],
) -> None:
    usual = policies["base.html"]
    assert "'none'; base-uri" in usual
    form = usual.replace("form-action 'none'", "form-action 'self'")
    script, both = (
        one.replace("connect-src", "script-src 'self'; connect-src") for one in (usual, form)
    )
    assert {name: policy for name, policy in policies.items() if policy != usual} == {
        "home.html": form, "not_found.html": form, "finder.html": script, "search.html": both,
        "espace.html": SEALED,
    }  # fmt: skip


def test_what_a_key_has_opened_is_shown_under_a_policy_of_its_own(said: str) -> None:
    assert f"\n{SEALED}\n" in said


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
    macros = {"arguments", "cards", "carte", "figures", "homes", "jurys", "legal", "search"}
    assert used <= known | macros
    assert known - used <= {"racine"}
