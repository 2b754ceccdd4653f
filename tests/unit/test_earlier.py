"""Which texts of former days may be compared, and what of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq import earlier, history
from cq.content.model import Content
from cq.ledger import Ledger, Texts
from cq.whereabouts import where
from tests.unit import petit_bourg
from tests.unit.annals import NOON, Commit, tell

Git = Callable[..., str]
TODAY = "2026-11-22"
NAME, PATH = "wiki/canal.md", "content/wiki/canal.md"
HEAD = "---\nhistorique_depuis: 2026-03-03\n---\n\n# Canal\n\n"
DAY = 86400


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    kept = Ledger(tmp_path / "cache/ledger.sqlite", "x")
    yield kept
    kept.close()


def read(top: Path, ledger: Ledger, texts: list[str], name: str = NAME) -> Content:
    """The content whose page is the last of `texts`, each a day after the one before it."""
    content, lacks = asked(top, ledger, texts, name)
    assert not lacks
    return content


def asked(
    top: Path, ledger: Ledger, texts: list[str], name: str = NAME
) -> tuple[Content, tuple[str, ...]]:
    files = {"site.yml": petit_bourg.SITE, name: texts[-1]}
    at = where(top, [f"content/{name}"])
    past = history.known(top, ledger, at)
    content = petit_bourg.content(files, TODAY).with_past(past.rows)
    return earlier.with_earlier(content, top, ledger, at.places)


def compared(top: Path, git: Git, ledger: Ledger, texts: list[str], name: str = NAME) -> list[str]:
    """The texts that may be compared, newest first."""
    tell(git, top, [
        Commit({f"content/{name}": text}, when=NOON + n * DAY) for n, text in enumerate(texts)
    ])  # fmt: skip
    content = read(top, ledger, texts, name)
    store = Texts(ledger.file)
    return [
        store.get(f"{one.blob}:{path}").text
        for path, versions in content.compared.items() for one in versions
    ]  # fmt: skip


def test_only_from_the_day_that_is_written(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    assert compared(tmp_path, git, ledger, texts) == [f"Canal\nMot {n}." for n in (3, 2, 1)]


def test_an_older_day_ends_it_whatever_stands_below(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    tell(git, tmp_path, [Commit({PATH: f"{HEAD}Ancien.\n"}, when=NOON + 5 * DAY),
                         Commit({PATH: f"{HEAD}Faux.\n"}, when=0)])  # fmt: skip
    last = f"{HEAD}Neuf.\n"
    tell(git, tmp_path, [Commit({PATH: last}, when=NOON + 9 * DAY)])
    assert len(read(tmp_path, ledger, [last]).compared[PATH]) == 1


def test_not_without_the_key_and_nowhere_else(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    plain = ["# Canal\n\nUn.\n", "# Canal\n\nDeux.\n"]
    assert compared(tmp_path / "a", git, ledger, plain) == []
    texts = [f"{HEAD}Un.\n", f"{HEAD}Deux.\n"]
    assert compared(tmp_path / "b", git, ledger, texts, "prive/wiki/canal.md") == []
    assert compared(tmp_path / "c", git, ledger, texts, "pages/canal.md") == []


@pytest.mark.parametrize(
    "hidden",
    ["---\nbrouillon: oui\n---\n\n# Canal\n\nSecret.\n",
     "---\npublie_le: 2027-01-01\n---\n\n# Canal\n\nSecret.\n",
     "---\ntitre: [\n---\n\nSecret.\n", "# Canal\n\n" + "Secret. " * 40_000],
)  # fmt: skip
def test_what_readers_never_saw_ends_it(
    hidden: str, tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    texts = ["# Canal\n\nAvant.\n", "# Canal\n\nUn.\n", hidden, f"{HEAD}Deux.\n", f"{HEAD}Trois.\n"]
    assert compared(tmp_path, git, ledger, texts) == ["Canal\nTrois.", "Canal\nDeux."]


def test_nothing_but_the_words_and_nobodys_numbers(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    text = (f"{HEAD}<!-- secret --> Écrire à jean.dupont@exemple.fr, ou appeler le "
            "06 12 34 56 78 ou le 07.12.34.56.79.\n")  # fmt: skip
    (first, *_) = compared(tmp_path, git, ledger, [text, text + "\nFin.\n"])
    assert first == "Canal\nÉcrire à […], ou appeler le […] ou le […].\nFin."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("à jeanne@exemple.fr ou encore jeanne@exemple.fr.", "à […] ou encore […]."),
        ("06 12 34 56 78, redire 06 12 34 56 78", "[…], redire […]"),
        ("Mme Durand, habitante, et Mme Durand, habitante", "[…], et […]"),
        ("Rien de personne.", "Rien de personne."),
    ],
)
def test_nobody_is_brought_back_by_standing_twice(text: str, shown: str) -> None:
    assert earlier.without_people(text) == shown


def test_nobody_is_brought_back_by_standing_late() -> None:
    many = "\n".join(f"p{number}@exemple.fr" for number in range(260))
    assert "@" not in (earlier.without_people(many) or "@")
    crowd = "\n".join(f"p{number}@exemple.fr" for number in range(20_000))
    assert earlier.without_people(crowd) is None


def test_what_is_known_is_not_asked_again_and_what_is_over_is_forgotten(
    tmp_path: Path, git: Git, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    assert len(compared(tmp_path, git, ledger, texts)) == 3
    monkeypatch.setattr(earlier, "_read", None)
    content = read(tmp_path, ledger, texts)
    (version, *_) = content.compared[PATH]
    monkeypatch.undo()
    assert read(tmp_path, ledger, ["# Canal\n\nTexte.\n"]).compared == {}
    with pytest.raises(OSError, match="un texte a changé"):
        Texts(ledger.file).get(f"{version.blob}:{PATH}")


def test_an_audience_compares_what_it_sees(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    compared(tmp_path, git, ledger, texts)
    content = read(tmp_path, ledger, texts)
    assert list(content.seen_by("public", TODAY).compared) == [PATH]
    drafts = [*texts[:-1], texts[-1].replace("---\n\n", "brouillon: oui\n---\n\n", 1)]
    assert read(tmp_path, ledger, drafts).seen_by("public", TODAY).compared == {}


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """`failing("head -c 9", "cat-file --batch")`: what comes of that answer before git ends."""
    real = shutil.which("git")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/git"

    def fail(kept: str, when: str) -> None:
        program.write_text(
            f'#!/bin/sh\ncase "$*" in *"{when}") ;; *) exec {real} "$@" ;; esac\n'
            f'read line; echo "$line" | {real} "$@" | {kept}; exit 9\n'
        )
        program.chmod(0o755)

    path = os.environ["PATH"]  # noqa: TID251 - where the real one is found
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{path}")
    return fail


@pytest.mark.parametrize(
    ("kept", "when"),
    [("head -c 9", "cat-file --batch"), ("head -c 60", "cat-file --batch"),
     ("head -c 0", "cat-file --batch"), ("head -c 9", "cat-file --batch-check")],
)  # fmt: skip
def test_a_git_that_stops_is_said_and_asked_again(
    kept: str, when: str, tmp_path: Path, git: Git, ledger: Ledger,
    failing: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Half a text is none: it would be shown as if its author had cut it."""
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    tell(git, tmp_path / "top", [
        Commit({PATH: text}, when=NOON + n * DAY) for n, text in enumerate(texts)
    ])  # fmt: skip
    failing(kept, when)
    content, (lacks,) = asked(tmp_path / "top", ledger, texts)
    assert content.compared == {PATH: ()}
    assert "3\u00a0anciens textes ne sont pas lus : git s’est arrêté en chemin" in lacks
    assert "git fsck" in lacks
    monkeypatch.undo()
    assert len(read(tmp_path / "top", ledger, texts).compared[PATH]) == 3


def test_a_text_that_is_lost_is_said(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    tell(git, tmp_path, [
        Commit({PATH: text}, when=NOON + n * DAY) for n, text in enumerate(texts)
    ])  # fmt: skip
    blob = git(tmp_path, "rev-parse", f"HEAD~1:{PATH}").strip()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    content, (lacks,) = asked(tmp_path, ledger, texts)
    assert len(content.compared[PATH]) == 1
    assert lacks.startswith("différences entre versions : 1\u00a0ancien texte manque à ce dépôt")


def test_a_copy_without_texts_says_how_to_get_them(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    texts = [f"{HEAD}Mot {n}.\n" for n in range(4)]
    top = tell(git, tmp_path / "top", [
        Commit({PATH: text}, when=NOON + n * DAY) for n, text in enumerate(texts)
    ])  # fmt: skip
    git(top, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--filter=blob:none", f"file://{top}", "clone")
    content, (lacks,) = asked(tmp_path / "clone", ledger, texts)
    assert lacks.endswith("git fetch --refetch --no-filter")
    assert len(content.compared[PATH]) <= 1
    git(tmp_path / "clone", "fetch", "--refetch", "--no-filter")
    assert len(read(tmp_path / "clone", ledger, texts).compared[PATH]) == 3
