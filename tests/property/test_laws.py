"""The three laws of the compiler, tried on small sites that change in every way.

Incremental = clean; parallel = serial; the order of files on disk does not matter.
"""

import datetime
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cq import front, pipeline
from cq.settings import Settings
from cq.site.tree import tree_hash

TODAY = datetime.date(2026, 11, 21)
SITE = (
    "nom: Site d’essai\nid: essai\narrondissement: {numero: 10, nom: Paris 10e, "
    "code_insee: '75110', code_postal: '75010'}\nadresse_web: https://essai.example/\n"
)

PLACES = ("", "quartiers/un/", "quartiers/deux/", "groupes/canal/")
WORDS = ("banc", "canal", "rue", "vélo", "propreté", "écluse")


def build(root: Path, *, cache: Path, output: Path, jobs: int = 1, day: datetime.date = TODAY):
    run = front.open_run(Settings(root, output, jobs, day, cache))
    try:
        return pipeline.build(run)
    finally:
        run.ledger.close()


def lay(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


BASE = {
    "site.yml": SITE,
    "equipe.yml": "- id: anim\n  nom: Camille Exemple\n  consentement: 2026-01-01\n",
    "quartiers/un/quartier.yml": "nom: Quartier Un\n",
    "quartiers/un/index.md": "# Un\n\nBienvenue.\n",
    "quartiers/deux/quartier.yml": "nom: Quartier Deux\n",
    "groupes/canal/groupe.yml": "nom: Canal\ntype: commission\nquartiers: [un]\n",
    "pages/accessibilite.md": "# Accessibilité\n\nNon conforme.\n",
    "wiki/banc.md": "# Banc\n\nVoir [[canal]] et [l’agenda](/agenda/).\n",
    "wiki/canal.md": "# Canal\n\nVoir [[banc]].\n",
}

news = st.builds(
    lambda place, day, word, text: (
        f"{place}actualites/2026-{day:02d}-11-{word}.md".replace("é", "e"),
        f"---\ntitre: Un {word} {text}\nauteur: anim\n---\n\nTexte {text} sur le {word}.\n",
    ),
    st.sampled_from(PLACES),
    st.integers(1, 12),
    st.sampled_from(WORDS),
    st.integers(0, 3),
)
event = st.builds(
    lambda place, month, word, status: (
        f"{place}agenda/2026-{month:02d}-21-{word}.md".replace("é", "e"),
        f"---\ntitre: Réunion {word}\ndebut: 19:30\nlieu: École\nstatut: {status}\n---\n\nVenez.\n",
    ),
    st.sampled_from(PLACES),
    st.integers(9, 12),
    st.sampled_from(WORDS),
    st.sampled_from(("confirmé", "annulé")),
)
wiki = st.builds(
    lambda word, title: (f"wiki/{word}.md".replace("é", "e"), f"# {title} {word}\n\nTexte.\n"),
    st.sampled_from(WORDS),
    st.sampled_from(("Le", "Un", "Mon")),
)
written = st.one_of(news, event, wiki)

# Texts that change under the same title, links and dates, and words that homes show.
text = st.builds(
    lambda path, line: (path, f"{BASE[path]}\nUne ligne {line}.\n"),
    st.sampled_from(("wiki/banc.md", "quartiers/un/index.md", "pages/accessibilite.md")),
    st.integers(0, 3),
)
step = st.one_of(
    st.tuples(st.just("write"), st.one_of(written, text)),
    st.tuples(st.just("delete"), written),
    st.tuples(st.just("rename"), st.sampled_from(("Quartier Un", "Quartier Premier"))),
    st.tuples(st.just("day"), st.integers(0, 40)),
    st.tuples(st.just("style"), st.sampled_from(("", "body{color:red}"))),
    st.tuples(st.just("hand"), st.sampled_from(("index.html", "agenda/index.html", "stray.txt"))),
)


def apply(root: Path, output: Path, what: str, value, day: datetime.date) -> datetime.date:
    if what == "write":
        lay(root, {value[0]: value[1]})
    elif what == "delete":
        (root / "content" / value[0]).unlink(missing_ok=True)
        lay(root, {path: text for path, text in BASE.items() if path == value[0]})
    elif what == "rename":
        lay(root, {"quartiers/un/quartier.yml": f"nom: {value}\n"})
    elif what == "day":
        day = TODAY + datetime.timedelta(days=value)
    elif what == "style":
        style = root / "themes" / "default" / "style.css"
        style.parent.mkdir(parents=True, exist_ok=True)
        style.write_text(value or "/* */", "utf-8")
    elif output.is_dir():
        (output / value).write_text("changé à la main", "utf-8")
    return day


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(step, min_size=1, max_size=4), min_size=1, max_size=5))
def test_incremental_is_clean(runs) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        lay(root, BASE)
        output = root / "build" / "site"
        day = TODAY
        for number, changes in enumerate(([], *runs)):
            for what, value in changes:
                day = apply(root, output, what, value, day)
            again = build(root, cache=Path(folder) / "cache", output=output, day=day)
            fresh = Path(folder) / f"fresh{number}"
            clean = build(
                root, cache=Path(folder) / f"cache{number}", output=fresh / "site", day=day
            )
            assert again.found == clean.found
            assert again.written == clean.written
            if again.written:
                assert tree_hash(output) == tree_hash(fresh / "site")


def many(root: Path) -> None:
    lay(root, BASE)
    for number in range(60):
        place, month = PLACES[number % 4], number % 12 + 1
        lay(
            root,
            {
                f"{place}actualites/2026-{month:02d}-03-sujet-{number}.md": (
                    f"---\ntitre: Sujet {number}\n---\n\nTexte : [[banc]], {number} €.\n"
                ),
                f"{place}agenda/2026-{month:02d}-09-reunion-{number}.md": (
                    f"---\ndebut: 18 h\nlieu: École\n---\n\n# Réunion {number}\n\nTexte.\n"
                ),
            },
        )


def test_parallel_is_serial(tmp_path: Path) -> None:
    many(tmp_path / "site")
    hashes = set()
    for jobs in (1, 2, 5):
        output = tmp_path / f"out{jobs}" / "site"
        assert build(
            tmp_path / "site", cache=tmp_path / f"cache{jobs}", output=output, jobs=jobs
        ).written
        hashes.add(tree_hash(output))
    assert len(hashes) == 1


def test_the_order_of_files_on_disk_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders, written in opposite orders, read in opposite orders."""
    many(tmp_path / "one")
    first = build(tmp_path / "one", cache=tmp_path / "c1", output=tmp_path / "o1" / "site")
    files = sorted((tmp_path / "one" / "content").rglob("*"), reverse=True)
    for file in files:
        if file.is_file():
            target = tmp_path / "two" / file.relative_to(tmp_path / "one")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)

    real = os.scandir

    class Backwards:
        def __init__(self, path) -> None:
            with real(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *what) -> None:
            return None

    monkeypatch.setattr("cq.content.scan.os.scandir", Backwards)
    second = build(tmp_path / "two", cache=tmp_path / "c2", output=tmp_path / "o2" / "site")
    assert first.written
    assert second.written
    assert tree_hash(tmp_path / "o1" / "site") == tree_hash(tmp_path / "o2" / "site")
