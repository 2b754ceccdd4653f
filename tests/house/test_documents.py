"""The documents name the commands and targets that exist, and their links lead somewhere."""

import re
import unicodedata
from pathlib import Path

import pytest

# `pipx install .` and the like stand in fenced blocks too: a command is the word after cq.
COMMAND = re.compile(r"(?:^|[`$ ])cq ([a-z][a-z-]+)", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+(?:\([^()]*\))?)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)


def command_names() -> set[str]:
    import typer.main

    import cq.cli

    commands = typer.main.get_command(cq.cli.app).commands
    return {name for name, one in commands.items() if not one.hidden}


@pytest.mark.parametrize("name", ["README.md", "LISEZMOI.md"])
def test_both_readmes_name_every_command_and_no_other(name: str, root: Path) -> None:
    text = (root / name).read_text(encoding="utf-8")
    named = {found for code in CODE.findall(text) for found in COMMAND.findall(code)}
    assert named == command_names()


def test_every_target_that_is_named_exists(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        named = {
            found for code in CODE.findall(text) for found in re.findall(r"\bmake ([a-z-]+)", code)
        }
        assert named <= targets, path.name


def documents(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def anchor(heading: str) -> str:
    """The anchor that forges give a heading."""
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    kept = "".join(
        char for char in plain if char in " -_" or unicodedata.category(char)[0] in "LNM"
    )
    return kept.replace(" ", "-")


def faults(path: Path, root: Path) -> list[str]:
    found = []
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in LINK.findall(re.sub(r"`[^`\n]+`", "", text)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or not target.is_relative_to(root):
            found.append(link)
        elif fragment and target.suffix == ".md":
            headings = HEADING.findall(target.read_text(encoding="utf-8"))
            if fragment not in map(anchor, headings):
                found.append(link)
    return found


def test_links_between_documents_lead_somewhere(root: Path) -> None:
    assert not {path.name: bad for path in documents(root) if (bad := faults(path, root))}


@pytest.mark.parametrize("link", ["absent.md", "#absent", "b.md#absent"])
def test_a_broken_link_is_seen(link: str, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Ici\n")
    page = tmp_path / "a.md"
    page.write_text(f"# Là-bas\n\n[x]({link}) [y](b.md#ici) [z](#là-bas)\n")
    assert faults(page, tmp_path) == [link]


def test_the_page_that_the_french_readme_shows_leads_somewhere(root: Path) -> None:
    text = (root / "LISEZMOI.md").read_text(encoding="utf-8")
    page = re.search(r"`(content/\S+\.md)` :\n\n```markdown\n(.*?)```", text, re.DOTALL)
    assert page is not None
    links = re.findall(r"\]\((.*?)\)", page[2])
    assert links
    assert all((root / page[1]).parent.joinpath(link).resolve().is_file() for link in links)


def test_every_picture_is_light_and_shown_with_its_words(root: Path) -> None:
    pictures = sorted((root / "docs/pictures").iterdir())
    shown: dict[Path, str] = {}
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        for words, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
            shown[path.parent / name] = words
    assert pictures
    assert not [path.name for path in pictures if path.stat().st_size > 60_000]
    assert not [path.name for path in pictures if len(shown.get(path, "")) < 20]
