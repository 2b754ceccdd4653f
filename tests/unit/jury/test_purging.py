"""After a purge nobody's name is left, and anyone can still verify the draw."""

import datetime
from pathlib import Path

import pytest

from cq.jury import purging
from cq.jury.folders import Backwards, Entry, Folders, Refused, Step
from tests.unit.jury.test_freezing import freeze, wish
from tests.unit.jury.test_second import TWENTY, draw, second_of

LATE = datetime.date(2027, 6, 1)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders("essai", tmp_path / "jurys" / "essai", tmp_path / "prive" / "essai")
    freeze(made, wish(TWENTY))
    return made


def asked(today: datetime.date = LATE, *, yes: bool = True, days: int = 30) -> purging.Wish:
    return purging.Wish(today, days, lambda _: yes)


def drawn(folders: Folders) -> None:
    draw(folders, 3)
    folders.note(Entry("2027-03-01", "tirage"))


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_that_names_anybody_is_left(folders: Folders):
    drawn(folders)
    folders.keep("lettres/tires.html", b"Nom7, 7 rue A")
    folders.keep("remplacements.csv", b"1,x,E7,maladie,2027-03-02\n")
    (folders.private / "lien").symlink_to("/etc/hostname")
    before = folders.files()
    said = "\n".join(purging.purge(folders, asked()))
    assert folders.step() == Step.PURGED
    assert "Nom" not in everything(folders.private).decode()
    assert {path.name for path in folders.private.iterdir()} == {"gel.json"}
    assert Path("/etc/hostname").exists()
    assert folders.files() == before
    last = folders.journal()[-1]
    assert (last.day, last.step) == ("2027-06-01", "purge")
    assert "SSD" in said
    assert "sauvegardes" in said
    assert "dépôt git" in said
    assert "déjà" in purging.purge(folders, asked())[0]


def test_a_purge_that_was_stopped_goes_on(folders: Folders, monkeypatch: pytest.MonkeyPatch):
    drawn(folders)
    destroy = purging._destroy

    def stopped(path: Path) -> None:
        if path.name == "personnes.csv":
            raise KeyboardInterrupt
        destroy(path)

    monkeypatch.setattr(purging, "_destroy", stopped)
    with pytest.raises(KeyboardInterrupt):
        purging.purge(folders, asked())
    assert folders.step() == Step.DRAWN
    monkeypatch.undo()
    purging.purge(folders, asked())
    assert folders.step() == Step.PURGED


def test_one_that_was_stopped_before_its_line_writes_it(folders: Folders):
    drawn(folders)
    for name in ("personnes.csv", "cle.hex"):
        (folders.private / name).unlink()
    purging.purge(folders, asked())
    assert folders.step() == Step.PURGED


def test_no_is_no(folders: Folders):
    drawn(folders)
    before = everything(folders.private)
    assert purging.purge(folders, asked(yes=False)) == []
    assert everything(folders.private) == before


def test_a_draw_that_may_be_contested_keeps_its_list(folders: Folders):
    drawn(folders)
    with pytest.raises(Backwards, match="jusqu’au 31 mars 2027"):
        purging.purge(folders, asked(datetime.date(2027, 3, 30)))
    folders.note(Entry("2027-03-20", "remplacement 1"))
    with pytest.raises(Backwards, match="19 avril 2027"):
        purging.purge(folders, asked(datetime.date(2027, 3, 31)))
    purging.purge(folders, asked(datetime.date(2027, 3, 31), days=5))
    assert folders.step() == Step.PURGED


def test_the_day_that_the_page_announces_is_kept(folders: Folders):
    drawn(folders)
    announced = asked(datetime.date(2027, 6, 1), days=0)._replace(announced="2027-06-01")
    with pytest.raises(Backwards, match="jusqu’au 1er juin 2027"):
        purging.purge(folders, announced)
    purging.purge(folders, announced._replace(today=datetime.date(2027, 6, 2)))
    assert folders.step() == Step.PURGED


def test_a_promised_draw_is_drawn_or_cancelled_first(folders: Folders):
    folders.publish("commitment.json", b"{}\n")
    with pytest.raises(Backwards, match="cancel essai"):
        purging.purge(folders, asked())
    folders.note(Entry("2027-03-01", "annulation", note="liste périmée"))
    purging.purge(folders, asked())
    assert "Nom" not in everything(folders.private).decode()


def test_a_list_that_served_nothing_is_destroyed_at_once(folders: Folders):
    purging.purge(folders, asked(datetime.date(2026, 11, 23)))
    assert folders.step() == Step.NEW
    assert not folders.private.exists()  # else it would be listed as a draw to come
    with pytest.raises(Refused, match="rien à détruire"):
        purging.purge(folders, asked())


def test_the_second_that_has_the_key_is_named(folders: Folders):
    drawn(folders)
    second = second_of(folders)
    second = Folders("jury", second.public, folders.private.parent / "jury")
    called = [row["id"] for row in folders.people()]
    from cq.jury import second as stages

    ids = [one for one in called if one in stages.called(folders)]
    freeze(second, wish("id\n" + "\n".join(ids) + "\n")._replace(after=folders))
    assert any("second tirage jury" in line for line in purging.purge(folders, asked()))
