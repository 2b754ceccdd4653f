"""`cq draw-jury`, typed alone: the draws of a site and what comes next for each."""

import os
import re
import shutil
from pathlib import Path

import pytest

from cq.cli import run
from cq.jury.folders import Entry, Folders
from tests.unit.jury import town

EXAMPLE = town.EXAMPLE


def said(capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    assert run(["draw-jury"]) == 0
    return capfd.readouterr().out


def test_a_site_without_draws_says_how_to_begin(site: Path, capfd: pytest.CaptureFixture[str]):
    assert site
    assert "cq draw-jury freeze" in said(capfd)


def test_each_draw_has_its_next_step(site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    public = site / "content" / "jurys"
    for name in ("gele", "propose", "engage"):
        (tmp_path / "jurys" / name).mkdir(parents=True)
        (tmp_path / "jurys" / name / "gel.json").write_text("{}\n")
        for part in ("cle.hex", "personnes.csv"):
            (tmp_path / "jurys" / name / part).touch()
    (tmp_path / "jurys" / "propose" / "plan.json").write_text("{}\n")
    for name in ("engage", "ailleurs", "annule"):
        (public / name).mkdir(parents=True)
        shutil.copy(EXAMPLE / "commitment.json", public / name)
    Folders("annule", public / "annule", tmp_path / "x").note(Entry("2027-01-02", "annulation"))
    text = said(capfd)
    assert "cq draw-jury plan gele" in text
    assert "cq draw-jury commit propose" in text
    assert re.search(r"tirer, mercredi 23 août 2023 à .*\(.*\) : cq draw-jury draw engage", text)
    # Promised on another machine: here it can be verified, and nothing else.
    assert "cq draw-jury verify ailleurs" in text
    assert "annule « Jury d'essai « simple-12 » » : annulé" in text


def test_after_a_draw_come_its_papers_and_the_end(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    public, private = site / "content/jurys/simple-12", tmp_path / "jurys/simple-12"
    made = Folders("simple-12", public, private)
    for name in ("commitment.json", "transcript.json"):
        made.publish(name, (EXAMPLE / name).read_bytes())
    for name in ("cle.hex", "personnes.csv", "gel.json"):
        made.keep(name, b"{}")

    def write(name: str, moment: int) -> str:
        made.keep(name, b"")
        os.utime(private / name, (moment, moment))
        return said(capfd)

    assert "cq draw-jury minutes simple-12" in said(capfd)
    assert "cq draw-jury letters simple-12 --qui tous" in write("proces-verbal.html", 1)
    assert "cq draw-jury purge simple-12" in write("lettres/tires.csv", 1)
    made.note(Entry("2027-01-02", "remplacement 1", "ab"))
    assert "cq draw-jury letters simple-12 --remplacement 1" in write("remplacements.csv", 2)
    assert "additif" in write("lettres/remplacement-1-tires.csv", 3)
    assert "cq draw-jury purge simple-12" in write("proces-verbal.html", 3)
    made.note(Entry("2027-01-03", "annulation", "", "Une liste oubliée"))
    assert "qui ne sert plus : cq draw-jury purge simple-12" in said(capfd)


def test_a_purge_that_was_stopped_is_seen(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    assert site
    (tmp_path / "jurys" / "gele").mkdir(parents=True)
    (tmp_path / "jurys" / "gele" / "gel.json").write_text("{}\n")
    (tmp_path / "jurys" / "gele" / "cle.hex").touch()
    text = said(capfd)
    assert "liste gelée, mais personnes.csv n’est plus ici" in text
    assert "cq draw-jury purge gele" in text


def test_a_file_that_cannot_be_read_is_said(site: Path, capfd: pytest.CaptureFixture[str]):
    (site / "content/jurys/abime").mkdir(parents=True)
    (site / "content/jurys/abime/commitment.json").write_bytes(b"\xff{")
    assert "commitment.json n’est pas lisible" in said(capfd)


@pytest.mark.parametrize("link", ["", "journal.csv"])
def test_a_link_among_the_public_files_is_not_followed(
    link: str, site: Path, capfd: pytest.CaptureFixture[str]
):
    """A journal that is a link to the people would be read, and written anew with them in it."""
    private = town.frozen(site, "vise").private
    public = site / "content/jurys/vise"
    public.parent.mkdir(parents=True)
    if link:
        public.mkdir()
        (public / link).symlink_to(private / "personnes.csv")
    else:
        public.symlink_to(private, target_is_directory=True)
    for arguments in ([], ["plan", "vise", "--seats", "2"], ["cancel", "vise", "--raison", "x"]):
        assert run(["draw-jury", *arguments]) == 1
        assert "lien symbolique" in capfd.readouterr().err


def test_a_log_that_is_too_long_is_never_cut(site: Path, capfd: pytest.CaptureFixture[str]):
    """As long in characters as may be, and longer in bytes."""
    public = town.frozen(site, "long").public
    public.mkdir(parents=True)
    line = f"2026-03-01,gel,,{'é' * 983}\n"
    whole = "date,etape,empreinte,note\n" + line * 3_000
    (public / "journal.csv").write_text(whole, "utf-8")
    assert run(["draw-jury", "cancel", "long", "--raison", "liste périmée", "--yes"]) == 1
    assert "journal.csv est trop gros" in capfd.readouterr().err
    assert (public / "journal.csv").read_text("utf-8") == whole


def test_no_list_of_names_lies_among_the_contents(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    (site / "content/jurys/ici").mkdir(parents=True)
    monkeypatch.setenv("CQ_JURYS", str(site / "content" / "jurys"))
    assert run(["draw-jury"]) == 1
    assert "CQ_JURYS" in capfd.readouterr().err
