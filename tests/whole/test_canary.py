"""`cq audit --canary`: nothing that is planted comes out, of every kind and generator; a fault that
lets something out is seen, and so is one that lets nobody see.
"""

import datetime
import re
import shutil
from pathlib import Path

import pytest

from cq import settings
from cq.audit import canary as module
from cq.audit.canary import canary
from cq.audit.copied import mark
from cq.audit.planted import Planter, plant
from cq.audit.subject import Part, subject
from cq.content.model import Content
from cq.front import open_run
from cq.pipeline import build
from cq.settings import Settings
from tests.conftest import SITES
from tests.whole.test_leak import communities

DAY = datetime.date(2026, 11, 21)


def silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No keys, and nothing that another run remembers."""
    for name in ("CI", "CQ_ACCES", "CQ_KEYRING", "CQ_CLES", "CQ_OUTPUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CQ_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def chosen(tmp_path: Path, alone: None) -> Settings:  # noqa: ARG001 - for what it does
    """A site with a little of everything, whose public part is built."""
    root = Path(shutil.copytree(SITES / "minimal", tmp_path / "bourg"))
    communities(root)
    for folder in ("prive", "groupes/canal/prive"):
        (root / "content" / folder).mkdir()
        (root / "content" / folder / "index.md").write_text("# Entre nous\n", "utf-8")
    private = root / "content/quartiers/un/prive/wiki"
    private.mkdir(parents=True)
    (private / "note.md").write_text(
        '---\ntitre: "Une note"\nresume: Pour nous seuls\n---\n\n# Une note\n\nÀ garder.\n', "utf-8"
    )
    return written(settings.resolve(root=root, today=DAY))


def written(chosen: Settings) -> Settings:
    run = open_run(chosen)
    try:
        assert build(run).written
    finally:
        run.ledger.close()
    return chosen


def numbers(part: Part) -> tuple[int, ...]:
    """« 1 056 mots plantés dans 4 espaces », whatever stands between thousands."""
    return tuple(
        int(re.sub(r"\s", "", one)) for one in re.findall(r"(\d+(?:\s\d{3})*)\s", part.said)
    )


def tried(chosen: Settings) -> Part:
    return canary(chosen, subject(chosen, silent), silent)


def test_nothing_that_is_planted_comes_out(chosen: Settings) -> None:
    before = sorted(path for path in chosen.root.rglob("*") if path.is_file())
    part = tried(chosen)
    assert part.found == ()
    planted, spaces, reached, seen = numbers(part)
    assert planted > 600
    assert spaces == 3
    assert reached > planted * 2 // 3
    assert seen > 5  # page, home, list, feeds, search, site map
    # the site's own files stay as they were, and nothing private stays anywhere
    assert sorted(path for path in chosen.root.rglob("*") if path.is_file()) == before
    assert not list(chosen.cache.glob("canari-*"))


@pytest.mark.usefixtures("alone")
def test_nothing_comes_out_of_the_demo(tmp_path: Path, root: Path) -> None:
    """Real texts: the shapes that nobody thought of when the little site was made."""
    shutil.copytree(root / "content", tmp_path / "demo" / "content")
    part = tried(written(settings.resolve(root=tmp_path / "demo", today=DAY)))
    assert part.found == ()
    planted, spaces, reached, seen = numbers(part)
    assert planted > 900
    assert spaces == 4
    assert reached > planted * 2 // 3
    assert seen > 5


@pytest.mark.parametrize("protection", ["serveur", "double"])
def test_nothing_comes_out_where_a_server_guards(chosen: Settings, protection: str) -> None:
    """What the server guards is in clear there and nowhere else."""
    file = chosen.root / "content" / "site.yml"
    file.write_text(f"{file.read_text('utf-8')}\nprotection: {protection}\n", "utf-8")
    part = tried(written(chosen))
    assert part.found == ()
    planted, _, reached, seen = numbers(part)
    assert reached > planted * 2 // 3
    assert seen > 5


def test_a_title_that_comes_out_is_seen(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a build with a fault would have it: a private title in the public site's own name."""
    seen_by = Content.seen_by

    def leaky(self: Content, space: str, today: str) -> Content:
        made = seen_by(self, space, today)
        private = next((one.title for one in self.items if one.space != "public"), "")
        made.site["nom"] = f"Bourg {private}"  # type: ignore[index]
        return made

    monkeypatch.setattr(Content, "seen_by", leaky)
    part = tried(chosen)
    assert {one.code for one in part.found} == {"canary-escaped"}


def test_a_number_that_comes_out_is_seen_by_its_bytes_alone(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word of it: how many private items there are."""
    seen_by = Content.seen_by

    def counting(self: Content, space: str, today: str) -> Content:
        made = seen_by(self, space, today)
        made.site["nom"] = f"Bourg {len(self.items)}"  # type: ignore[index]
        return made

    monkeypatch.setattr(Content, "seen_by", counting)
    part = tried(chosen)
    assert [one.code for one in part.found] == ["canary-escaped"]
    assert "quand seuls des textes privés changent" in part.found[0].message


def test_an_audit_that_sees_nothing_says_so(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "met", lambda *_: iter(()))
    part = tried(chosen)
    assert [one.code for one in part.found] == ["canary-stuck"]


def test_a_site_that_cannot_be_built_is_no_proof(chosen: Settings) -> None:
    real = subject(chosen, silent)
    (chosen.root / "content" / "index.md").write_text("---\ntitre: [\n---\n", "utf-8")
    part = canary(chosen, real, silent)
    assert [one.code for one in part.found] == ["canary-stuck"]


def test_an_own_text_that_marks_would_spoil_is_left_as_it_is(chosen: Settings) -> None:
    file = chosen.root / "content/quartiers/un/prive/wiki/autre.md"
    file.write_text("---\nresume: {a: b}\ntitre: |\n  Deux\n---\n\ntexte\n", "utf-8")
    file.write_text("---\ntitre: Autre\n---\n\n[lien](note.md)\n\n```\ncode sans fin\n", "utf-8")
    assert tried(chosen).found == ()


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("---\ntitre: Un banc\n---\n\nTexte\n", "---\ntitre: Un banc zq\n---\n\nTexte\n\nzq\n"),
        ('---\ntitre: "Un: banc"\n---\nT\n', '---\ntitre: "Un: banc zq"\n---\nT\n\nzq\n'),
        ("---\r\ntitre: Un banc\r\n---\r\nT\r\n", None),
        ("# Un banc\n\nTexte\n", "# Un banc zq\n\nTexte\n\nzq\n"),
        ("---\ntitre: |\n  Un banc\n---\nT\n", "---\ntitre: |\n  Un banc\n---\nT\n\nzq\n"),
        ("---\nlieu: {nom: École, pmr: oui}\n---\nT\n",
         "---\nlieu: {nom: École zq, pmr: oui}\n---\nT\n\nzq\n"),
    ],
)  # fmt: skip
def test_where_the_words_are_put(written: str, wanted: str | None, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(written.encode())
    mark(file, lambda: "zq")
    got = file.read_bytes().decode()
    assert got == wanted or (wanted is None and got.count("zq") >= 1)


def test_every_kind_and_every_type_of_file_is_planted(tmp_path: Path) -> None:
    from cq.content.kinds import KINDS
    from cq.content.layout import ATTACHMENTS

    count = iter(range(10_000))
    planter = Planter(lambda: f"zq{next(count)}", lambda: f"01990{next(count):05d}", DAY)
    plant(tmp_path, "prive", planter)
    files = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert files >= ATTACHMENTS
    names = " ".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    for kind in KINDS:
        if kind.file is None or kind.private:
            assert (kind.file or f"/{kind.below or kind.folder}/") in names, kind.name
