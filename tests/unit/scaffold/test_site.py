"""`cq init`: a site that works at once, for any arrondissement, and over nothing."""

import builtins
import datetime
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.commands import init
from cq.scaffold import NotMade, site
from cq.scaffold.site import Plan

DAY = datetime.date(2026, 3, 1)
RunCq = Callable[..., subprocess.CompletedProcess[str]]
Git = Callable[..., str]


def test_the_new_site_is_sound_but_unfinished_and_builds(tmp_path: Path, run_cq: RunCq) -> None:
    place = tmp_path / "conseils-19"
    done = run_cq("init", place, "--arrondissement", "19")
    assert done.returncode == 0, done.stdout + done.stderr
    checked = run_cq("validate", "--root", place, "--format", "short")
    assert checked.returncode == 0, checked.stdout
    codes = {line.split("[")[1].split("]")[0] for line in checked.stdout.splitlines()}
    assert codes == {"to-complete", "legal-missing", "no-web-address"}
    assert run_cq("validate", "--root", place, "--strict").returncode == 1
    built = run_cq("build", "--public-only", "--root", place)
    assert built.returncode == 0, built.stdout + built.stderr
    home = (place / "build/site/index.html").read_text("utf-8")
    assert "Conseils de quartier du 19" in home
    assert "exemple fictif" in home
    for page in ("mentions-legales", "donnees-personnelles", "accessibilite"):
        assert f"{page}/index.html" in home


@pytest.mark.parametrize("city", site.CITIES)
def test_every_arrondissement_has_its_codes(city: str) -> None:
    most, *_ = site.CITIES[city]
    for number in (1, most):
        texts = {str(path): text for path, text in site.files(Plan(number, city), DAY)}
        assert "$" not in "".join(texts.values())
        assert f"nom: {city} {number}" in texts["content/site.yml"]
    codes = {
        "Paris": ("75120", "75020"),
        "Lyon": ("69389", "69009"),
        "Marseille": ("13216", "13016"),
    }
    assert all(f'"{code}"' in texts["content/site.yml"] for code in codes[city])


@pytest.mark.parametrize(
    "name", ["a: b # c", "- x", '"', "{{ 7*7 }}", "$nom ${id}", "<script>", "x\ny"]
)
def test_any_name_is_a_name(name: str, tmp_path: Path, run_cq: RunCq) -> None:
    place = tmp_path / "x"
    assert run_cq("init", place, "--nom", name).returncode == 0
    done = run_cq("validate", "--root", place, "--format", "short")
    assert done.returncode == 0, done.stdout


def test_its_quartiers_are_those_that_were_named(tmp_path: Path, run_cq: RunCq) -> None:
    place = tmp_path / "x"
    names = ("Danube", "Bas  Belleville", "Flandre : <b> # x", "- Manin « Jaurès »")
    done = run_cq(
        "init", place, "--prive-separes", *(w for one in names for w in ("--quartier", one))
    )
    assert done.returncode == 0, done.stderr
    there = sorted(one.name for one in (place / "content/quartiers").iterdir())
    assert there == ["bas-belleville", "danube", "flandre-b-x", "manin-jaures"]
    assert (
        "nom: Bas Belleville\n"
        in (place / "content/quartiers/bas-belleville/quartier.yml").read_text()
    )
    assert "fictif" not in "".join(
        file.read_text("utf-8") for file in place.rglob("*.*") if ".git" not in file.parts
    )
    assert (place / "content/quartiers/danube/prive/.git").exists()
    checked = run_cq("validate", "--root", place, "--format", "short")
    assert checked.returncode == 0, checked.stdout
    codes = {line.split("[")[1].split("]")[0] for line in checked.stdout.splitlines()}
    assert codes == {"to-complete", "legal-missing", "no-web-address"}
    built = run_cq("build", "--public-only", "--root", place)
    assert built.returncode == 0, built.stdout
    page = (place / "build/site/quartiers/index.html").read_text("utf-8")
    assert "Flandre" in page
    assert "<b>" not in page
    assert "espace du quartier" not in page.lower()


@pytest.mark.parametrize(
    "names", [("",), ("  ",), ("«»",), ("Danube", "DANUBE"), ("index",), ("\x1b",)]
)
def test_what_is_no_name_of_a_quartier_is_refused(names: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(NotMade, match="--quartier"):
        site.make(tmp_path / "x", Plan(10, quartiers=names), DAY)
    assert not (tmp_path / "x").exists()


def test_quartiers_are_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(("Danube", "danube", "!", "Bas Belleville", ""))
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(builtins, "input", answer)
    assert init._asked() == ("Danube", "Bas Belleville")
    assert [one.split("n° ")[1][0] for one in asked] == ["1", "2", "2", "2", "3"]


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path, run_cq: RunCq) -> None:
    (tmp_path / "mien").write_text("x")
    for place in (tmp_path, tmp_path / "mien"):
        done = run_cq("init", place)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["mien"]


@pytest.mark.parametrize(("plan", "said"), [(Plan(21), "20"), (Plan(10, "Lyon"), "9")])
def test_an_arrondissement_that_does_not_exist_is_refused(
    plan: Plan, said: str, tmp_path: Path
) -> None:
    with pytest.raises(NotMade, match=said):
        site.make(tmp_path / "x", plan, DAY)


def test_a_city_without_arrondissements_is_refused() -> None:
    assert site.known_city("LYON") == "Lyon"
    with pytest.raises(NotMade, match="Marseille"):
        site.known_city("Lille")


def test_it_is_a_repository_that_leaves_the_output_out(
    tmp_path: Path, run_cq: RunCq, git: Git
) -> None:
    place = tmp_path / "x"
    run_cq("init", place)
    (place / "build/site").mkdir(parents=True)
    (place / "build/site/index.html").write_text("x")
    seen = git(place, "status", "--porcelain", "--untracked-files=all")
    assert "content/site.yml" in seen
    assert "content/prive/index.md" in seen
    assert "build/" not in seen
    assert not list((place / ".git").glob("hooks/*"))
    inside = run_cq("init", place / "content/autre")
    assert "déjà dans un dépôt" in inside.stdout
    assert not (place / "content/autre/.git").exists()


def test_private_spaces_may_each_have_their_repository(
    tmp_path: Path, run_cq: RunCq, git: Git
) -> None:
    place = tmp_path / "x"
    run_cq("init", place, "--prive-separes")
    assert "absent-space" not in run_cq("validate", "--root", place).stdout
    git(place, "add", "-A")
    assert "prive" not in git(place, "ls-files")
    git(place, "commit", "-qm", "Premier")
    for space in site.separate(Plan(1)):
        assert "index.md" in git(place / space, "status", "--porcelain", "-uall")
    git(tmp_path, "clone", "-q", str(place), "copie")
    done = run_cq("validate", "--root", tmp_path / "copie", "--format", "short")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("note[absent-space]") == 2
    assert run_cq("build", "--public-only", "--root", tmp_path / "copie").returncode == 0
