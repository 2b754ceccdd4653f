"""A draw on the site: its files as they are, its pieces, its page; nothing that names anybody."""

import json
import shutil
from pathlib import Path

import pytest

from cq.draw import page, sealing
from cq.draw.canon import digest
from cq.draw.transcript import NAMES

ID = "simple-12"
WORDS = """---
titre: Le jury d’essai
tirage: 2023-09-05
destruction: 2027-11-05
finalite: Essayer le tirage
base_legale: Mission d’intérêt public
source_liste: Douze personnes fictives
valide_par: l’adjointe à la démocratie locale
---

Le tirage était public.
"""
LOG = "date,etape,empreinte,note\n2023-08-20,gel,,12 personnes\n"


@pytest.fixture
def built(site, root: Path, run_cq):
    """The minimal site with the protocol's own example as its draw."""
    top = site("minimal")
    folder = top / "content" / "jurys" / ID
    folder.mkdir(parents=True)
    for name in NAMES:
        shutil.copy(root / "tests" / "vectors" / "draw-simple-12" / name, folder / name)
    (folder / "verifier.html").write_bytes(page.page())
    (folder / "journal.csv").write_text(LOG, "utf-8")
    (folder / "index.md").write_text(WORDS, "utf-8")

    def build(expected: int = 0) -> Path:
        done = run_cq("build", "--root", str(top), "--public-only")
        assert done.returncode == expected, done.stdout
        return top / "build" / "site" / "jurys"

    return folder, build


def test_the_files_are_published_as_they_are(built) -> None:
    folder, build = built
    made = build() / ID
    for name in (*NAMES, "journal.csv"):
        assert (made / name).read_bytes() == (folder / name).read_bytes()
    assert (made / "verifier" / "index.html").read_bytes() == page.page()
    there = {one.name for one in made.iterdir()}
    assert there == {*NAMES, "journal.csv", "index.html", "verifier", "eclats"}


def test_the_pieces_make_the_list(built) -> None:
    folder, build = built
    pieces = build() / ID / "eclats"
    whole = [(pieces / f"{number:02x}.txt").read_bytes() for number in range(256)]
    assert b"".join(whole) == (folder / "pool.txt").read_bytes()
    told = "".join(f"{digest('shard', one).hex()}\n" for one in whole)
    assert (pieces / "index.txt").read_text("ascii") == told


def test_the_page_says_it_all(built) -> None:
    _, build = built
    made = build()
    text = (made / ID / "index.html").read_text("utf-8")
    for words in (
        "vérifiable par tous", "grand", "hélium", "7511684597efe6f2", "1 sur 4", "25\u00a0%",
        "R. 311-3-1-1", "validé par l’adjointe", "verifier/index.html#h_ligne",
        "56334213ec3139c5faa9f224f46f33d6",
    ):  # fmt: skip
        assert words in text, words
    assert "Le jury d’essai" in (made / "index.html").read_text("utf-8")
    data = (made.parent / "donnees" / "algorithmes.csv").read_text("utf-8")
    assert "7511684597efe6f2" in data


def test_who_was_passed_over_for_a_household_is_counted_beside_the_chances(built) -> None:
    folder, build = built
    example = Path(__file__).parents[1] / "vectors" / "draw-quotas-16"
    name = json.loads((example / "commitment.json").read_bytes())["draw"]
    shutil.copytree(folder, folder.with_name(name))
    for one in NAMES:
        shutil.copy(example / one, folder.with_name(name) / one)
    made = build()
    text = " ".join((made / name / "index.html").read_text("utf-8").split())
    passed = text.partition("Passées parce que leur foyer siégeait déjà")[2].partition("</p>")[0]
    assert "compte : 5 personnes." in passed.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Admises malgré cette règle" in passed
    assert "leur foyer" not in (made / ID / "index.html").read_text("utf-8")


def test_a_cancelled_draw_stays_on_the_list(built) -> None:
    folder, build = built
    for name in NAMES[3:]:
        (folder / name).unlink()
    (folder / "journal.csv").write_text(LOG + "2023-08-30,annulation,,liste fausse\n", "utf-8")
    made = build()
    assert "Annulé" in (made / "index.html").read_text("utf-8")
    assert "liste fausse" in (made / ID / "index.html").read_text("utf-8")


def test_a_draw_cancelled_afterwards_did_take_place(built) -> None:
    folder, build = built
    (folder / "journal.csv").write_text(LOG + "2023-09-30,annulation,,liste fausse\n", "utf-8")
    text = (build() / ID / "index.html").read_text("utf-8")
    assert "n’aura pas lieu" not in text
    assert "a eu lieu, et ne compte pas" in text


def test_an_edit_of_a_file_is_seen_at_once(built) -> None:
    folder, build = built
    before = (build() / ID / "index.html").read_bytes()
    (folder / "journal.csv").write_text(LOG + "2023-08-21,gel,,corrigé\n", "utf-8")
    after = (build() / ID / "index.html").read_text("utf-8")
    assert "corrigé" in after
    assert after.encode() != before


def test_a_red_light_publishes_nothing(built) -> None:
    folder, build = built
    pool = folder / "pool.txt"
    pool.write_bytes(pool.read_bytes().split(b"\n", 1)[1])
    assert not build(1).exists()


@pytest.mark.parametrize("name", ["personnes.csv", "cle.hex", "lettres/zoe.pdf", "liste.ods"])
def test_a_list_of_people_is_refused(built, name: str) -> None:
    folder, build = built
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"id,nom\n1,Zqperrin\n")
    assert not build(1).exists()


def test_a_draft_shows_no_file(built) -> None:
    folder, build = built
    text = (folder / "index.md").read_text("utf-8")
    (folder / "index.md").write_text(text.replace("---\n", "---\nbrouillon: oui\n", 1), "utf-8")
    assert not build().exists()


def test_sealed_types_are_numbers_on_the_page(site, root: Path, run_cq) -> None:
    """Not a value of the table reaches the site; the table itself stops the build."""
    top = site("minimal")
    folder = top / "content" / "jurys" / "sealed-16"
    folder.mkdir(parents=True)
    vector = root / "tests" / "vectors" / "draw-sealed-16"
    for name in NAMES:
        shutil.copy(vector / name, folder / name)
    (folder / "verifier.html").write_bytes(page.page())
    (folder / "index.md").write_text(WORDS, "utf-8")

    done = run_cq("build", "--root", str(top), "--public-only")
    assert done.returncode == 0, done.stdout
    said = run_cq("validate", "--root", str(top)).stdout
    assert "draw-small-group" not in said  # all of them are small, and nobody is told whose
    made = top / "build" / "site"
    text = (made / "jurys" / "sealed-16" / "index.html").read_text("utf-8")
    for words in ("Type 0", "Type 5", "Les types sont scellés", "778fc698a0ab19a1", "sexe, âge"):
        assert words in text, words
    table = json.loads((vector / sealing.NAME).read_bytes())
    values = {value for values in table["types"] for value in values} - {"femme", "homme"}
    secrets = {table["nonce"].encode(), *(value.encode() for value in values)}
    for path in made.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(one in data for one in secrets), path
    assert "femme" not in text

    shutil.copy(vector / sealing.NAME, folder / sealing.NAME)
    done = run_cq("build", "--root", str(top), "--public-only")
    assert done.returncode == 1
    assert sealing.NAME in done.stdout
