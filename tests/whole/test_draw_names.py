"""Nobody's name leaves the town hall: not by a public file, a built page, git, or what is said.

Words planted in every column of a list are looked for after every step of a draw, from a list with
doubtful cases to its purge. What is said is said as on a forge, whose log anybody reads.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.whole.test_leak import traces, written

Site = Callable[[str], Path]
RunCq = Callable[..., subprocess.CompletedProcess[str]]
NAME = "jury-2027"
DICE = "1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2"
PAGE = """---
titre: Le jury
tirage: 2027-03-01
destruction: 2027-11-05
finalite: Composer un jury
base_legale: Mission d’intérêt public
source_liste: Volontaires
valide_par: l’adjointe à la démocratie locale
---

En public.
"""
PEOPLE = 40
HEAD = "identifiant,nom,prenoms,naissance,adresse,courriel,quartier\n"


def person(number: int) -> list[str]:
    return [f"zq{word}{number:03d}x" for word in ("id", "nom", "pre", "adr", "mel")]


def listed() -> str:
    """40 people; one has no date, two are one under two numbers."""
    rows = []
    for number in range(PEOPLE):
        id_, name, first, home, mail = person(number)
        born = "" if number == 7 else f"19{50 + number}-03-0{number % 9 + 1}"
        rows.append(f"{id_},{name},{first},{born},{home},{mail},{'Nord' if number % 2 else 'Sud'}")
    id_, *rest = rows[3].split(",")
    rows.append(",".join([f"{id_}bis", *rest]))
    return HEAD + "\n".join(rows) + "\n"


WORDS = [word for number in range(PEOPLE) for word in person(number)]


@pytest.fixture
def place(site: Site, tmp_path: Path) -> Path:
    root = site("minimal")
    (tmp_path / "liste.csv").write_text(listed(), "utf-8")
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    return root


def steps(root: Path, private: Path) -> Iterator[tuple[str, ...]]:
    """The commands of a draw, each after the one before; those that are refused too."""
    freeze = (
        "freeze", NAME, str(root.parent / "liste.csv"), "--age", "16", "--le", "2027-03-01",
        "--criteres", "quartier", "--source", "volontaires", "--finalite", "un jury",
        "--detruire", "2027-11-05", "--information", "affiche",
    )  # fmt: skip
    yield freeze  # refused: two cases are open
    to_settle = next(private.rglob("a-decider.csv"))
    lines = to_settle.read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    settled = root.parent / "decisions.csv"
    settled.write_text(
        "genre,cas,choix,raison\ndoublon,*,premier,la même personne\n"
        + "".join(f"{one.split(';')[0]},*,exclure,illisible\n" for one in lines[1:]
                  if not one.startswith("doublon")),
        "utf-8",
    )  # fmt: skip
    yield (*freeze, "--decisions", str(settled))
    yield freeze  # the same again
    yield ("plan", NAME, "--seats", "6", "--strates", "proportionnel", "--foyers")
    yield ()
    yield ("commit", NAME, "--title", "Jury", "--source", "des:32:Dés de la salle", "--yes")
    yield ("draw", NAME, "--value", DICE, "--valide-par", "l’adjointe")
    yield ("draw", NAME, "--value", DICE.replace("6", "5"))  # refused
    public = root / "content" / "jurys" / NAME
    seat = json.loads((public / "transcript.json").read_bytes())["seats"][0][0]
    yield ("letters", NAME, "--qui", "tous")
    yield ("minutes", NAME, "--lieu", "mairie")
    yield ("explain", NAME, person(4)[0])
    yield ("replace", NAME, seat, "--yes", "--raison", "ineligible")
    yield ("replace", NAME, seat, "--yes")  # refused
    yield ("letters", NAME, "--remplacement", "1")
    yield ("verify", NAME)
    yield ("plan", NAME, "--seats", "4")  # refused
    yield ("purge", NAME, "--yes", "--today", "2027-12-01")
    yield ("explain", NAME, person(4)[0])  # nobody's any more
    yield ("verify", NAME)


def spoken(text: str) -> list[str]:
    return [word for word in WORDS if any(one in text.encode() for one in written(word))]


def remembered(root: Path) -> bytes:
    """All that git keeps, in whatever commit, message and name."""
    git = ("git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "étape"], check=True)
    return subprocess.run(
        [*git, "cat-file", "--batch-all-objects", "--batch"], check=True, capture_output=True
    ).stdout


def test_nobody_is_named_at_any_step(place: Path, run_cq: RunCq, tmp_path: Path) -> None:
    private = tmp_path / "jurys"
    env = {"CI": "true", "CQ_JURYS": str(private)}
    public = place / "content" / "jurys" / NAME
    codes, key = [], "no key yet"
    for arguments in steps(place, private):
        done = run_cq("draw-jury", *arguments, "--root", place, env=env)
        said = done.stdout + done.stderr
        codes.append(done.returncode)
        assert "erreur interne" not in said, said
        assert spoken(said) == [], arguments
        if (private / NAME / "cle.hex").is_file():
            key = (private / NAME / "cle.hex").read_text("ascii").strip()
        assert key not in said
        if not (public / "index.md").exists() and public.is_dir():
            (public / "index.md").write_text(PAGE, "utf-8")
        assert traces(place, WORDS) == {}, arguments
    assert codes == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0]
    done = run_cq("build", "--root", place, "--public-only", today="2027-12-02")
    assert done.returncode == 0, done.stdout
    assert (place / "build" / "site" / "jurys" / NAME / "index.html").is_file()
    words = [*WORDS, key]
    assert traces(place, words) == {}
    kept = remembered(place)
    assert [word for word in words if word.encode() in kept] == []
    assert bytes.fromhex(key) not in kept
    # Nothing of anybody is left on the town hall's own side either.
    assert traces(private, words) == {}


def test_the_search_sees_what_is_there(place: Path, tmp_path: Path, run_cq: RunCq) -> None:
    """The same words where they may be: in the list, which the town hall keeps."""
    private = tmp_path / "jurys"
    env = {"CI": "true", "CQ_JURYS": str(private)}
    for arguments, _ in zip(steps(place, private), range(2), strict=False):
        run_cq("draw-jury", *arguments, "--root", place, env=env)
    assert len(traces(private, WORDS)) > len(WORDS) // 2
    shutil.copy(tmp_path / "liste.csv", place / "content")
    assert len(set(WORDS) - {one for one in WORDS if one.encode() in remembered(place)}) == 0
