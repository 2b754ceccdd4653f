"""Every command at every stage of a draw: what is not its turn is refused, and touches nothing."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon
from cq.jury.folders import Folders
from tests.unit.jury import town

Cq = Callable[..., tuple[int, str]]
NAME = "simple-12"
DICE = "1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2"
STAGES = (
    "new", "frozen", "planned", "committed", "drawn", "purged", "cancelled", "cancelled after",
)  # fmt: skip
DONE = ("drawn", "purged", "cancelled after")  # there is a result
ALLOWED = {
    "freeze": ("new",),
    "plan": ("frozen", "planned"),
    "commit": ("planned",),
    "draw": ("committed", "drawn", "purged"),
    "letters": ("drawn",),
    "minutes": DONE,
    "replace": ("drawn",),
    "explain": DONE,
    "purge": ("frozen", "planned", "drawn", "purged", "cancelled", "cancelled after"),
    "cancel": ("frozen", "planned", "committed", "drawn", "purged"),
}


def typed(cq: Cq, *arguments: str) -> None:
    code, said = cq(*arguments)
    assert code == 0, said


COMMIT = ("commit", NAME, "--title", "Jury", "--source", "des:32:Dés", "--yes")
DRAW = ("draw", NAME, "--value", DICE)
PURGE = ("purge", NAME, "--yes", "--today", "2099-01-01")
CANCEL = ("cancel", NAME, "--raison", "liste de 2025", "--yes")
TO = {  # what leads to each stage, after the plan
    "committed": (COMMIT,),
    "drawn": (COMMIT, DRAW),
    "purged": (COMMIT, DRAW, PURGE),
    "cancelled": (COMMIT, CANCEL),
    "cancelled after": (COMMIT, DRAW, CANCEL),
}


def brought(site: Path, cq: Cq, stage: str) -> Folders:
    if stage == "new":
        return town.folders(site, NAME)
    if stage == "frozen":
        return town.frozen(site)
    made = town.planned(site)
    for arguments in TO.get(stage, ()):
        typed(cq, *arguments)
    return made


def asked(command: str, made: Folders, site: Path) -> tuple[str, ...]:
    seat = "0" * 32
    if (made.public / "transcript.json").is_file():
        seat = json.loads((made.public / "transcript.json").read_bytes())["seats"][0][0]
    if command == "freeze":
        other = site.parent / "autre.csv"
        other.write_text("id,nom\n1,Un\n2,Deux\n3,Trois\n4,Quatre\n", "utf-8")
        return (
            "freeze", NAME, str(other), "--source", "ici", "--finalite", "un jury",
            "--detruire", "2099-12-31", "--information", "affiche",
        )  # fmt: skip
    return {
        "plan": ("plan", NAME, "--seats", "2"),
        "commit": COMMIT,
        "draw": DRAW,
        "letters": ("letters", NAME),
        "minutes": ("minutes", NAME),
        "replace": ("replace", NAME, seat, "--yes"),
        "explain": ("explain", NAME, seat),
        "purge": PURGE,
        "cancel": CANCEL,
    }[command]


def everything(made: Folders) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for folder in (made.public, made.private)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("stage", STAGES)
def test_each_step_in_its_turn_and_in_no_other(stage: str, site: Path, cq: Cq) -> None:
    made = brought(site, cq, stage)
    before = everything(made)
    for command, stages in ALLOWED.items():
        if stage in stages:
            continue
        code, said = cq(*asked(command, made, site))
        assert (code, "erreur interne" in said) == (1, False), (command, said)
        assert everything(made) == before, command


@pytest.mark.parametrize(
    ("stage", "command"),
    [(stage, command) for command, stages in ALLOWED.items() for stage in stages],
)
def test_its_turn_has_come(stage: str, command: str, site: Path, cq: Cq) -> None:
    typed(cq, *asked(command, brought(site, cq, stage), site))


def test_a_promise_whose_files_are_gone_is_not_made_again(site: Path, cq: Cq) -> None:
    made = brought(site, cq, "committed")
    first = everything(made)
    (made.public / "commitment.json").unlink()
    code, said = cq(*COMMIT)
    assert (code, "manque" in said, "git checkout" in said) == (1, True, True), said
    # The whole folder gone, as on a branch that never had it.
    for path in made.public.iterdir():
        path.unlink()
    code, said = cq(*COMMIT)
    assert (code, "second engagement" in said) == (1, True), said
    assert not list(made.public.iterdir())
    for path, data in first.items():
        Path(path).write_bytes(data)
    typed(cq, *DRAW)


def test_a_draw_whose_files_are_gone_comes_back_the_same(site: Path, cq: Cq) -> None:
    made = brought(site, cq, "drawn")
    before = everything(made)
    for name in ("transcript.json", "sources.json"):
        (made.public / name).unlink()
    (made.private / "valeurs.json").unlink()  # typed on another machine
    code, said = cq("draw", NAME, "--value", DICE.replace("6", "5"))
    assert (code, "a déjà donné" in said) == (1, True), said
    assert not (made.public / "transcript.json").exists()
    assert made.journal()[-1].step == "refus"
    typed(cq, *DRAW)
    assert (made.public / "transcript.json").read_bytes() == before[
        str(made.public / "transcript.json")
    ]
    assert [one.step for one in made.journal()].count("tirage") == 1
    assert cq("verify", NAME)[0] == 0


def test_the_seed_of_the_journal_is_the_only_one(site: Path, cq: Cq) -> None:
    made = brought(site, cq, "drawn")
    (made.public / "transcript.json").unlink()
    (made.private / "valeurs.json").unlink()
    # The line of the values taken out as well: the seed tells.
    lines = (made.public / "journal.csv").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if b",valeurs," not in line]
    (made.public / "journal.csv").write_bytes(b"".join(kept))
    code, said = cq("draw", NAME, "--value", DICE.replace("6", "5"))
    assert (code, "a déjà eu lieu" in said) == (1, True), said
    assert not (made.public / "transcript.json").exists()


def test_a_cancelled_draw_says_so_first(site: Path, cq: Cq) -> None:
    made = brought(site, cq, "cancelled after")
    code, said = cq(*asked("explain", made, site))
    assert code == 0
    assert said.startswith("Ce tirage a été annulé le ")
    assert "liste de 2025" in said.split("\n")[0]
    typed(cq, "minutes", NAME)
    page = (made.private / "proces-verbal.html").read_text("utf-8")
    assert page.index("Ce tirage a été annulé") < page.index("<h2>")


def test_a_list_that_changed_since_the_promise_is_told_by_its_day(site: Path, cq: Cq) -> None:
    """J4: the day and the fingerprint of the promise stand in the refusal."""
    made = brought(site, cq, "committed")
    people = (made.private / "personnes.csv").read_bytes()
    (made.private / "personnes.csv").write_bytes(people.replace(b"\n", b"\r\n", 1))
    gel = canon.read((made.private / "gel.json").read_bytes())
    gel["people"] = hashlib.sha256(people).hexdigest()
    made.keep("gel.json", canon.written(gel))
    before = everything(made)
    code, said = cq(*DRAW)
    assert code == 1
    assert "la liste a changé depuis l’engagement du " in said
    assert "(empreinte " in said
    assert "Tirage refusé." in said
    assert everything(made) == before
    (made.private / "personnes.csv").write_bytes(people)
    typed(cq, *DRAW)


def test_two_sources_of_one_name_are_refused(site: Path, cq: Cq) -> None:
    town.planned(site)
    for labels in (("X", "X"), ("X", "X : bis")):
        code, said = cq(
            "commit", NAME, "--title", "Jury", "--source", f"des:32:{labels[0]}", "--source",
            f"mots:{labels[1]}", "--yes",
        )  # fmt: skip
        assert (code, "nommez-les différemment" in said) == (1, True), said


@pytest.mark.parametrize("label", ["=1+1", "-cmd", "@SUM(A1)", "＝1"])
def test_nothing_published_is_a_formula(label: str, site: Path, cq: Cq) -> None:
    town.planned(site)
    code, said = cq("commit", NAME, "--title", "Jury", "--source", f"des:32:{label}", "--yes")
    assert (code, "formule" in said) == (1, True), said
    code, said = cq("cancel", NAME, "--raison", label, "--yes")
    assert (code, "formule" in said) == (1, True), said
