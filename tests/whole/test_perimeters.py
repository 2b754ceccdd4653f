"""Outlines and streets through whole runs: a change is seen, a private file is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Site = Callable[[str], Path]


def square(west: float, south: float = 48.87, **properties: str) -> str:
    ring = [[west, south], [west + 0.01, south], [west + 0.01, south + 0.01], [west, south + 0.01]]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = root / "content" / "quartiers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


@pytest.fixture
def root(site: Site) -> Path:
    made = site("minimal")
    for name, west in (("un", 2.36), ("deux", 2.37)):
        write(made, {
            f"{name}/quartier.yml": f"nom: {name}\ncontour: c.geojson\nrues: r.csv\n",
            f"{name}/index.md": "Bienvenue.\n",
            f"{name}/actualites/2026-01-02-x.md": f"# Nouvelle de {name}\n\nTexte.\n",
            f"{name}/c.geojson": square(west, credit=f"Crédit {name}"),
            f"{name}/r.csv": f"voie,cote,de,a\nrue {name},tous,,\n",
        })  # fmt: skip
    return made


def tree(root: Path) -> dict[str, bytes]:
    site = root / "build" / "site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*.html")}


@pytest.mark.parametrize(
    "change",
    [
        {"deux/c.geojson": square(2.3699)},
        {"deux/c.geojson": square(2.37, credit="Un autre")},
        {"deux/r.csv": "voie\nrue Bichat\n"},
        {"deux/quartier.yml": "nom: deux\n"},
        {"deux/quartier.yml": "nom: deux\ncontour: c.geojson\njusqua: 2020-01-01\n"},
        {"un/index.md": "Un autre texte.\n"},
    ],
)
def test_what_is_built_after_a_change_is_what_a_clean_build_makes(
    change: dict[str, str], root: Path, run_cq
) -> None:
    assert run_cq("build", "--root", root).returncode == 0
    before = tree(root)
    assert "quartiers/deux" in before["mon-quartier/index.html"].decode()
    write(root, change)
    assert run_cq("build", "--root", root).returncode == 0
    after = tree(root)
    assert after != before
    shutil.rmtree(root / "build")
    assert run_cq("build", "--root", root, "--clean").returncode == 0
    assert tree(root) == after


def test_a_page_of_a_quartier_changes_with_the_outline_of_its_neighbour(root: Path, run_cq) -> None:
    page = "quartiers/un/actualites/2026-01-02-x/index.html"
    run_cq("build", "--root", root)
    before = tree(root)[page]
    write(root, {"deux/c.geojson": square(2.37, south=48.88)})
    run_cq("build", "--root", root)
    assert tree(root)[page] != before


def test_nothing_private_is_drawn(root: Path, run_cq) -> None:
    write(root, {
        "un/prive/c.geojson": square(2.39, credit="zqsecret"),
        "un/prive/r.csv": "voie\nrue Zqsecret\n",
    })  # fmt: skip
    assert run_cq("build", "--public-only", "--root", root).returncode == 0
    assert not [name for name, data in tree(root).items() if b"qsecret" in data.lower()]
    write(root, {"un/quartier.yml": "nom: un\ncontour: prive/c.geojson\nrues: prive/r.csv\n"})
    done = run_cq("build", "--root", root)
    assert done.returncode == 1
    assert done.stdout.count("private-link") == 2
    assert not [name for name, data in tree(root).items() if b"qsecret" in data.lower()]


def test_a_hostile_table_stays_text(root: Path, run_cq) -> None:
    write(root, {
        "un/r.csv": 'voie\n"<script>alert(1)</script>"\n"x"" onclick=""y"\n',
        "un/c.geojson": square(2.36, credit="<img src=x onerror=y>"),
    })  # fmt: skip
    assert run_cq("build", "--root", root).returncode == 0
    page = tree(root)["mon-quartier/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert ' onclick="y' not in page


def test_without_places_there_is_no_page(site: Site, run_cq) -> None:
    root = site("minimal")
    write(root, {"un/quartier.yml": "nom: Un\n", "un/index.md": "Bienvenue.\n"})
    assert run_cq("build", "--root", root).returncode == 0
    pages = tree(root)
    assert "mon-quartier/index.html" not in pages
    assert not [name for name, data in pages.items() if b"mon-quartier" in data or b"<svg" in data]
