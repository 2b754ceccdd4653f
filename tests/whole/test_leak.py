"""Nothing private reaches anything under build/: words planted in every private field.

A control build of the same words in public shows that the search sees what is there.
"""

import base64
import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from cq.audit.planted import Planter, front_matter, plant
from cq.content.kinds import KINDS
from cq.site.tree import tree_hash

Site = Callable[[str], Path]


class Numbered(Planter):
    """Words that stand nowhere else, the same at each run, and numbers that no one has."""

    def __init__(self) -> None:
        super().__init__(
            lambda: f"zqplant{len(self.words):03d}x",
            lambda: f"019900{len(self.words):04d}",
            datetime.date(2026, 11, 21),
            quartier="un",
            group="canal",
        )


def communities(root: Path) -> None:
    for path, text in {
        "quartiers/un/quartier.yml": "nom: Quartier Un\n",
        "groupes/canal/groupe.yml": "nom: Canal\ntype: commission\n",
    }.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def written(word: str) -> list[bytes]:
    """The forms in which a planted word, or the digits of a planted number, may stand."""
    forms = [word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode())[:-2]]
    if word.isdigit():
        pairs = re.findall("..", word)
        pairs[0] = pairs[0][1]  # +33 1 …
        forms += [sign.join(pairs).encode() for sign in ("", " ", "\u00a0", "\u202f", ".", "-")]
    return forms


def traces(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """The words that stand in any file or file name below `folder`, in a few encodings."""
    found: dict[str, list[str]] = {}
    for file in folder.rglob("*"):
        data = file.name.encode() + b"\n" + (file.read_bytes() if file.is_file() else b"")
        low = data.lower()
        for word in words:
            forms = written(word)
            if any(form in data or form.lower() in low for form in forms):
                found.setdefault(word, []).append(str(file.relative_to(folder)))
    return found


def test_no_private_word_is_under_build(site: Site, run_cq) -> None:
    root = site("minimal")
    communities(root)
    planter = Numbered()
    for folder in ("prive", "quartiers/un/prive", "groupes/canal/prive"):
        plant(root, folder, planter)
    assert len(planter.words) > 100
    done = run_cq("build", "--root", root, "--public-only", today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "build" / "site" / "quartiers" / "un" / "index.html").is_file()
    assert traces(root / "build", planter.words) == {}
    # a second build, in which only private files change, leaves no trace either
    for file in (root / "content").rglob("prive/**/*.md"):
        file.write_text(file.read_text("utf-8") + f"\n{planter.word()}\n", "utf-8")
    done = run_cq("build", "--root", root, "--public-only", today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert traces(root / "build", planter.words) == {}


def test_the_public_site_is_the_same_without_private_files(site: Site, run_cq) -> None:
    """A day, an hour, a role or a number of items is no word to look for. Nothing of them counts:
    not one byte of the site differs.
    """
    root = site("minimal")
    communities(root)
    planter = Numbered()
    folders = ("prive", "quartiers/un/prive", "groupes/canal/prive")
    for folder in folders:
        plant(root, folder, planter)

    def made() -> str:
        done = run_cq("build", "--root", root, "--public-only", "--clean", today="2026-11-21")
        assert done.returncode == 0, done.stdout + done.stderr
        return tree_hash(root / "build" / "site")

    before = made()
    for folder in folders:
        shutil.rmtree(root / "content" / folder)
    assert made() == before


def test_the_same_words_in_public_are_seen(site: Site, run_cq) -> None:
    """The control: the search above would see them."""
    root = site("minimal")
    communities(root)
    planter = Numbered()
    plant(root, "quartiers/un", planter)
    for name in ("contacts.yml", "conseillers.yml"):
        (root / "content" / "quartiers" / "un" / name).unlink()
    shutil.rmtree(root / "build", ignore_errors=True)
    done = run_cq("build", "--root", root, today="2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(traces(root / "build" / "site", planter.words)) > len(planter.words) // 2


def test_a_list_of_people_in_public_is_refused_and_never_quoted(site: Site, run_cq) -> None:
    root = site("minimal")
    communities(root)
    planter = Numbered()
    for kind in (kind for kind in KINDS if kind.private):
        first, *others = front_matter(kind.model, planter, 0)
        text = "\n  ".join((f"- {first}", *others)) + "\n"
        for folder in (".", "quartiers/un", "groupes/canal"):
            # Sound, and too broken to be read.
            (root / "content" / folder / str(kind.file)).write_text(text, "utf-8")
            (root / "content" / folder / str(kind.file).upper()).write_text(f"{text}: [", "utf-8")
    for form in ("human", "short", "json", "github"):
        for env in ({}, {"CI": "true"}):
            done = run_cq("validate", "--root", root, "--format", form, env=env)
            assert done.returncode == 1
            assert "private-list" in done.stdout
            assert not [word for word in planter.words if word in done.stdout + done.stderr]
    assert run_cq("build", "--root", root).returncode != 0
    assert traces(root / "build", planter.words) == {}
