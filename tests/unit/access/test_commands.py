"""`cq access`, typed: what it does, what it says, and that no secret is said where nobody looks."""

import contextlib
import dataclasses
import fcntl
import io
import json
import os
import pty
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import console
from cq.access import kept, locked, published, rows
from cq.access.keyring import load
from cq.access.locked import WrongPhrase
from cq.cli import run
from cq.seal import phrase, slots
from cq.seal.cipher import unb64
from cq.seal.keys import Root
from cq.seal.ring import Ring
from tests.unit import petit_bourg
from tests.unit.access import town
from tests.unit.access.town import ALL, PHRASE

Cq = Callable[..., tuple[int, str]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site, whose locks cost nothing, and its user."""
    town.settle(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def cq(place: Path, capfd: pytest.CaptureFixture[str]) -> Cq:
    """`cq("list")`: the exit code, and all that was said."""
    assert place

    def typed(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(["access", *arguments])
        return code, "".join(capfd.readouterr())

    return typed


@pytest.fixture
def settled(place: Path, cq: Cq) -> dict[str, str]:
    """The phrases by member, once everybody is in."""
    assert cq("init")[0] == 0
    assert cq("add", "--output", str(place / "phrases.txt"))[0] == 0
    return town.phrases(place / "phrases.txt")


def opened(place: Path, typed: str) -> set[str]:
    held = slots.read((place / "site/content/acces.json").read_bytes())
    root = Root.of_phrase(held.site, held.salt, phrase.norm(typed), held.iterations)
    return set(held.opened(root) or ())


def test_from_nothing_to_everybody_in(place: Path, settled: dict[str, str], cq: Cq) -> None:
    assert settled.keys() == {"canal", "gare", "voirie", "animatrice"}
    assert opened(place, settled["canal"]) == {"conseillers", "q-canal", "g-berges"}
    assert opened(place, settled["animatrice"]) == set(ALL)
    assert stat.S_IMODE((place / "phrases.txt").stat().st_mode) == 0o600
    code, said = cq("list")
    assert code == 0
    assert "Camille Passerelle" in said
    assert not any(one in said for one in settled.values())
    code, said = cq("list", "--format", "json")
    rows = {row["id"]: row for row in json.loads(said)}
    assert rows["canal"]["etat"] == "à jour"
    assert rows["ancienne"]["etat"] == "mandat terminé"
    assert rows["prochaine"]["etat"] == "mandat à venir"
    assert rows["gare"]["espaces"] == "conseillers q-gare"
    code, said = cq("add")
    assert (code, said) == (0, "rien à faire : chacun a déjà son accès\n")


def test_nothing_is_written_twice(place: Path, settled: dict[str, str], cq: Cq) -> None:
    del settled
    before = (place / "site/content/acces.json").read_bytes()
    cq("add")
    assert (place / "site/content/acces.json").read_bytes() == before


def test_init_does_not_forget_what_there_is(place: Path, settled: dict[str, str], cq: Cq) -> None:
    del settled
    code, said = cq("init")
    assert code == 1
    assert "il y a déjà un trousseau" in said
    (place / "k/trousseau.cqk").rename(place / "k/ailleurs.cqk")
    code, said = cq("init")
    assert code == 1
    assert "d’un autre trousseau" in said


@pytest.mark.parametrize("command", [("init",), ("add",), ("add", "canal")])
def test_nothing_is_shown_where_nobody_looks(
    command: tuple[str, ...], place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command[0] == "add":
        assert cq("init")[0] == 0
    else:
        monkeypatch.delenv("CQ_PHRASE")
    code, said = cq(*command)
    assert code == 2
    assert "dans un terminal" in said
    assert "--output" in said
    assert not (place / "k/trousseau.cqk.avant").exists()  # nothing was changed


def test_without_a_phrase_nobody_waits(
    settled: dict[str, str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    monkeypatch.delenv("CQ_PHRASE")
    code, said = cq("list")
    assert code == 2
    assert "CQ_PHRASE" in said


def test_a_wrong_phrase_is_a_sentence(
    settled: dict[str, str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    monkeypatch.setenv("CQ_PHRASE", "abaisser bougie mouton")
    code, said = cq("list")
    assert code == 2
    assert "ne s’ouvre pas" in said
    assert "fiche de secours" in said
    assert "mouton" not in said


def test_revoking(place: Path, settled: dict[str, str], cq: Cq) -> None:
    code, said = cq("revoke", "camille passerelle", "--dry-run")
    assert code == 0
    assert "clés renouvelées : conseillers, g-berges, q-canal" in said
    assert opened(place, settled["canal"])
    code, said = cq("revoke", "canal")
    assert code == 1
    assert "--yes" in said
    assert opened(place, settled["canal"])
    code, said = cq("revoke", "canal", "--yes")
    assert code == 0
    assert not opened(place, settled["canal"])
    assert opened(place, settled["gare"]) == {"conseillers", "q-gare"}
    code, said = cq("add")  # nobody comes back by himself
    assert code == 0
    assert "Camille Passerelle (canal) : accès fermé le 1er mars 2026" in said
    code, said = cq("revoke", "canal", "--yes")
    assert code == 2
    again = place / "again.txt"
    assert cq("add", "canal", "--output", str(again))[0] == 0
    assert opened(place, town.phrases(again)["canal"]) == {"conseillers", "q-canal", "g-berges"}


def test_an_invitation_goes_and_the_phrase_stays(place: Path, cq: Cq) -> None:
    cq("init")
    output = place / "phrases.txt"
    assert cq("add", "canal", "gare", "--invitation", "--output", str(output))[0] == 0
    lines = output.read_text().splitlines()
    words = [one.partition(" : ")[2] for one in lines if "phrase de passe : " in one]
    tokens = [one.partition("#i=")[2].partition("/")[0] for one in lines if "#i=" in one]
    cq("add", "voirie", "--output", str(place / "voirie.txt"))

    def enters(token: str) -> bool:
        held = slots.read((place / "site/content/acces.json").read_bytes())
        root = Root.of_token(held.site, unb64(token))
        return bool(held.opened(root))

    assert [enters(one) for one in tokens] == [True, True]
    code, said = cq("revoke", "camille passerelle", "--invitation")
    assert (code, "--yes" in said) == (1, True)
    assert enters(tokens[0])
    code, said = cq("revoke", "camille passerelle", "--invitation", "--yes")
    assert code == 0
    assert "l’invitation de Camille Passerelle (canal) n’ouvrira plus rien" in said
    assert [enters(one) for one in tokens] == [False, True]
    assert opened(place, words[0]) == {"conseillers", "q-canal", "g-berges"}
    # Whoever had it may have kept the keys: those of what it opened are others now.
    after = load(place / "k/trousseau.cqk", PHRASE)
    assert {one: key.epoch for one, key in after.ring.keys.items()} == {
        "conseillers": 2, "g-berges": 2, "q-canal": 2, "q-gare": 1,
    }  # fmt: skip
    assert after.revoked == {}
    code, said = cq("revoke", "canal", "gare", "--invitation", "--yes")
    assert code == 2
    assert "Camille Passerelle n’a pas d’invitation" in said
    assert "cq access letter canal" in said
    assert enters(tokens[1])  # all of it, or nothing


def test_another_phrase_for_the_keyring(
    place: Path, settled: dict[str, str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring, access = place / "k/trousseau.cqk", place / "site/content/acces.json"
    before, slots_before = load(keyring, PHRASE), access.read_bytes()
    assert kept.before(keyring).exists()
    sheet = place / "fiche.txt"
    code, said = cq("phrase", "--output", str(sheet))
    assert code == 0
    assert "rien n’est à publier" in said
    line = next(one for one in sheet.read_text().splitlines() if "d’un trait" in one)
    words = line.partition(" : ")[2]
    assert words not in said
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    # Neither the keyring nor the copy beside it opens with the former phrase.
    for one in (keyring, kept.before(keyring)):
        with pytest.raises(WrongPhrase):
            load(one, PHRASE)
        after = load(one, words)
        assert dataclasses.replace(after, lock=before.lock) == before
        assert after.lock.salt != before.lock.salt
        assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert access.read_bytes() == slots_before
    assert opened(place, settled["canal"]) == {"conseillers", "q-canal", "g-berges"}
    assert cq("list")[0] == 2
    monkeypatch.setenv("CQ_PHRASE", words)
    assert cq("list")[0] == 0
    assert cq("add")[1] == "rien à faire : chacun a déjà son accès\n"


def test_a_phrase_that_somebody_chose_for_the_keyring(
    place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    keyring = place / "k/trousseau.cqk"
    old = keyring.read_bytes()
    strong = "Zbrk7 quenouille vitupérée 92 marmoréen flux gyroscope"
    with typing(monkeypatch, "jaimelamairie"):
        code, said = cq("phrase", "--chosen")
        assert (code, "trop faible" in said) == (1, True)
    with typing(monkeypatch, strong, "autre chose"):
        assert "diffèrent" in cq("phrase", "--chosen")[1]
    assert keyring.read_bytes() == old
    with typing(monkeypatch, strong, strong):
        code, said = cq("phrase", "--chosen")
    assert (code, "quenouille" in said) == (0, False)
    assert load(keyring, strong).ring == load(kept.before(keyring), strong).ring


def test_a_phrase_that_cannot_be_changed_stays(
    place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    keyring, sheet = place / "k/trousseau.cqk", place / "fiche.txt"
    old = keyring.read_bytes()
    code, said = cq("phrase")  # nobody looks
    assert (code, "--output" in said) == (2, True)
    assert cq("phrase", "--output", str(place / "site/content/fiche.txt"))[0] == 2
    with monkeypatch.context() as patched:
        patched.setenv("CQ_PHRASE", "une autre")
        assert cq("phrase", "--output", str(sheet))[0] == 2

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    for name in ("write", "create"):
        with monkeypatch.context() as patched:
            patched.setattr(kept, name, full)
            assert cq("phrase", "--output", str(sheet))[0] == 3
    with monkeypatch.context() as patched:
        patched.setattr(locked, "locked", lambda *_: b"not a keyring")
        assert cq("phrase", "--output", str(sheet))[0] == 3
    assert keyring.read_bytes() == old
    assert not sheet.exists()
    load(keyring, PHRASE)


def test_a_disk_that_fills_up_after_the_keyring_takes_no_phrase_back(
    place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    keyring, sheet = place / "k/trousseau.cqk", place / "fiche.txt"
    write, written = kept.write, []

    def filling(path: Path, data: bytes, **more: bool) -> None:
        written.append(path)
        if len(written) > 1:
            raise OSError(28, "no space left")
        write(path, data, **more)

    monkeypatch.setattr(kept, "write", filling)
    assert cq("phrase", "--output", str(sheet))[0] == 0
    line = next(one for one in sheet.read_text().splitlines() if "d’un trait" in one)
    load(keyring, line.partition(" : ")[2])
    assert written == [keyring, kept.before(keyring)]
    assert not kept.before(keyring).exists()  # it would open with the former phrase


def test_the_sheet_is_shown_before_the_keyring_is_locked_anew(
    place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    keyring = place / "k/trousseau.cqk"
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    code, said = cq("phrase")
    assert code == 0
    assert said.index("FICHE DE SECOURS") < said.index("est changée")
    line = next(one for one in said.splitlines() if "d’un trait" in one)
    load(keyring, line.partition(" : ")[2])


def test_an_ended_mandate(
    place: Path, settled: dict[str, str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = cq("expire")
    assert (code, "rien à fermer" in said) == (0, True)
    monkeypatch.setenv("CQ_TODAY", "2027-01-01")
    assert "à fermer" in cq("list")[1]
    code, said = cq("expire", "--yes")
    assert code == 0
    assert "a fini son mandat le 31 décembre 2026 : conseillers, q-gare" in said
    assert not opened(place, settled["gare"])
    assert opened(place, settled["canal"])


def test_without_the_register_nothing_is_closed(
    place: Path, settled: dict[str, str], cq: Cq
) -> None:
    register = place / "site/content/prive/conseillers.yml"
    register.unlink()
    code, said = cq("expire", "--yes")
    assert code == 1
    assert "n’est pas là" in said
    register.write_text("- {id: canal, nom: Camille, depuis: demain}\n")
    code, said = cq("expire", "--yes")
    assert code == 1
    assert "cq validate" in said
    assert opened(place, settled["gare"])


def test_a_register_of_a_quartier_lets_nobody_in(
    place: Path, settled: dict[str, str], cq: Cq
) -> None:
    del settled
    other = place / "site/content/quartiers/canal/prive/conseillers.yml"
    other.parent.mkdir()
    other.write_text("- {id: pirate, nom: X, role: animateur, depuis: 2025-01-01}\n")
    code, said = cq("add", "pirate", "--output", str(place / "p.txt"))
    assert code == 2
    assert "personne ne s’appelle" in said


def test_rotating(place: Path, settled: dict[str, str], cq: Cq) -> None:
    keyring = place / "k/trousseau.cqk"
    for typed in ("la gare", "q-gare", "gare", "tous"):
        assert cq("rotate", typed, "--yes")[0] == 0
    assert {one: key.epoch for one, key in load(keyring, PHRASE).ring.keys.items()} == {
        "conseillers": 2, "g-berges": 2, "q-canal": 2, "q-gare": 5,
    }  # fmt: skip
    assert opened(place, settled["gare"]) == {"conseillers", "q-gare"}
    code, said = cq("rotate", "canale")
    assert code == 2
    assert "q-canal" in said


def test_an_old_keyring_opens_nothing_again(place: Path, settled: dict[str, str], cq: Cq) -> None:
    keyring = place / "k/trousseau.cqk"
    old = keyring.read_bytes()
    assert cq("revoke", "canal", "--yes")[0] == 0
    keyring.write_bytes(old)
    code, said = cq("add")
    assert code == 1
    assert "plus récente" in said
    assert not opened(place, settled["canal"])


def test_nor_does_one_whose_members_have_all_left(
    place: Path, settled: dict[str, str], cq: Cq
) -> None:
    keyring = place / "k/trousseau.cqk"
    old = keyring.read_bytes()
    assert cq("revoke", *settled, "--yes")[0] == 0
    keyring.write_bytes(old)
    code, said = cq("add")
    assert code == 1
    assert "plus récente" in said
    assert not any(opened(place, one) for one in settled.values())


def test_a_run_cut_between_the_two_files_is_mended(
    place: Path, settled: dict[str, str], cq: Cq
) -> None:
    access = place / "site/content/acces.json"
    old = access.read_bytes()
    assert cq("revoke", "canal", "--yes")[0] == 0
    access.write_bytes(old)  # as it was, had the run been killed
    code, said = cq("add")
    assert code == 0
    assert "a été refait" in said
    assert not opened(place, settled["canal"])


def test_a_letter(place: Path, settled: dict[str, str], cq: Cq) -> None:
    folder = place / "lettres"
    code, said = cq("letter", "canal", "--output", str(folder))
    assert code == 1
    assert opened(place, settled["canal"])
    code, said = cq("letter", "Camille Passerelle", "--output", str(folder), "--yes")
    assert code == 0
    assert not opened(place, settled["canal"])
    letter = folder / "lettre-canal.html"
    assert str(letter) in said
    assert stat.S_IMODE(letter.stat().st_mode) == 0o600
    text = letter.read_text()
    assert "Camille Passerelle" in text
    assert "https://exemple.fr/espace/" in text
    assert "<svg" in text
    epochs = {
        one: key.epoch for one, key in load(place / "k/trousseau.cqk", PHRASE).ring.keys.items()
    }
    assert epochs == {"conseillers": 2, "g-berges": 2, "q-canal": 2, "q-gare": 1}
    code, said = cq("letter", "gare", "--output", str(folder), "--yes", "--sans-invitation",
                    "--oubliee")  # fmt: skip
    assert code == 0
    assert load(place / "k/trousseau.cqk", PHRASE).ring.keys["q-gare"].epoch == 1
    assert "<svg" not in (folder / "lettre-gare.html").read_text()


def test_letters_for_all_at_once(place: Path, cq: Cq) -> None:
    cq("init")
    assert cq("add", "--letters", str(place / "lettres"))[0] == 0
    assert len(list((place / "lettres").iterdir())) == 4


def test_a_mandate_that_does_not_run_lets_nobody_in(place: Path, settled: object, cq: Cq) -> None:
    del settled
    output = str(place / "x.txt")
    assert "a pris fin le 31 août 2025" in cq("add", "ancienne", "--output", output)[1]
    assert "ne commence que le 1er septembre 2026" in cq("add", "prochaine", "--output", output)[1]
    assert "a déjà un accès" in cq("add", "gare", "--output", output)[1]
    assert not (place / "x.txt").exists()


def test_secrets_go_neither_among_the_content_nor_into_git(
    place: Path, cq: Cq, git: Callable[..., str]
) -> None:
    site = place / "site"
    cq("init")
    for name in ("content/prive/phrases.txt", "build/site/phrases.txt"):
        code, said = cq("add", "--output", str(site / name))
        assert code == 2
        assert not (site / name).exists()
    git(site, "init")
    code, said = cq("add", "--output", str(site / "phrases.txt"))
    assert code == 2
    assert ".gitignore" in said
    (site / ".gitignore").write_text("/secret/\n")
    assert cq("add", "--output", str(site / "secret/phrases.txt"))[0] == 0
    code, said = cq("letter", "gare", "--output", str(site), "--yes")
    assert code == 2
    assert "dépôt git" in said


def test_a_file_that_is_there_is_not_written_over(place: Path, cq: Cq) -> None:
    cq("init")
    (place / "x.txt").write_text("à moi")
    code, said = cq("add", "--output", str(place / "x.txt"))
    assert code == 2
    assert "existe déjà" in said
    assert (place / "x.txt").read_text() == "à moi"


def test_a_second_letter_in_one_folder_says_what_to_erase(
    place: Path, settled: object, cq: Cq
) -> None:
    del settled
    folder = place / "mes lettres"
    first, second = folder / "lettre-gare.html", folder / "lettre-canal.html"
    assert cq("letter", "gare", "canal", "--output", str(folder), "--yes")[0] == 0
    before = first.read_text()
    code, said = cq("letter", "gare", "--output", str(folder), "--yes")
    assert code == 2
    assert f"effacez-le et recommencez : rm -- '{first}'" in said
    code, said = cq("letter", "gare", "canal", "--output", str(folder), "--yes")
    assert code == 2
    assert f"recommencez : rm -- '{first}' '{second}'" in said
    assert first.read_text() == before
    first.unlink()
    assert cq("letter", "gare", "--output", str(folder), "--yes")[0] == 0


def test_the_line_of_a_machine(place: Path, settled: object, cq: Cq) -> None:
    del settled
    code, said = cq("export-ci")
    assert code == 0
    assert Ring.of_line(said.splitlines()[0]) == load(place / "k/trousseau.cqk", PHRASE).ring
    assert "CQ_CLES" in said


def test_two_at_once(place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    del settled
    monkeypatch.setattr(kept, "_PATIENCE", 0.1)
    with (place / "k/.trousseau.cqk.verrou").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        code, said = cq("revoke", "canal", "--yes")
    assert code == 3
    assert "une autre commande se sert du trousseau" in said


def test_in_ci_no_name_is_shown(settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    del settled
    monkeypatch.setenv("CI", "true")
    code, said = cq("list")
    assert code == 0
    assert "Camille" not in said


def test_a_weak_keyring_phrase_is_refused(
    place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CQ_PHRASE", "conseil-de-quartier")
    code, said = cq("init")
    assert code == 1
    assert "trop faible" in said
    assert not (place / "k").exists()
    assert cq("init", "--force")[0] == 0


@contextlib.contextmanager
def typing(monkeypatch: pytest.MonkeyPatch, *answers: str):
    waiting = list(answers)
    monkeypatch.setattr(console, "secret", lambda _question, **_: waiting.pop(0))
    yield waiting


def test_a_chosen_phrase(place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    cq("init")
    strong = "Zbrk7 quenouille vitupérée 92 marmoréen flux gyroscope"
    with typing(monkeypatch, "jaimelamairie"):
        code, said = cq("add", "canal", "--chosen")
        assert code == 1
        assert "trop faible" in said
        assert "jaimelamairie" not in said
    with typing(monkeypatch, strong, "autre chose"):
        assert "diffèrent" in cq("add", "canal", "--chosen")[1]
    with typing(monkeypatch, strong, strong):
        code, said = cq("add", "canal", "--chosen")
        assert code == 0
        assert "quenouille" not in said
    assert opened(place, strong) == {"conseillers", "q-canal", "g-berges"}
    with typing(monkeypatch, "jaimelamairie", "jaimelamairie"):
        assert cq("add", "gare", "--chosen", "--force")[0] == 0
    assert "une seule personne" in cq("add", "--chosen")[1]


def test_measuring(cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    with typing(monkeypatch, "jaimelamairie"):
        code, said = cq("measure")
        assert code == 1
        assert "bits, soit moins d’un euro" in said
        assert "il faut 80 bits" in said
    with typing(monkeypatch, PHRASE):
        code, said = cq("measure")
        assert code == 0
        assert said.startswith("88 bits")


def test_shown_on_a_terminal(place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a person looks, and nothing else was asked, the phrases are shown."""
    cq("init")
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    code, said = cq("add", "gare")
    assert code == 0
    shown = next(line for line in said.splitlines() if "phrase de passe" in line)
    assert opened(place, shown.partition(" : ")[2]) == {"conseillers", "q-gare"}


def test_a_phrase_is_typed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with open(theirs, closefd=True) as terminal:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", terminal)
        monkeypatch.setattr(
            "getpass.getpass", lambda prompt, stream: f"{prompt}{stream is not None}"
        )
        assert console.secret("Phrase") == "Phrase : True"
    os.close(ours)


def test_a_phrase_that_nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """CQ_PHRASE is the keyring's: it is named for that one only."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(console.Unheard, match="CQ_PHRASE"):
        console.secret("Phrase")
    with pytest.raises(console.Unheard, match="à l’entrée de la commande"):
        console.secret("Phrase", piped=True)
    monkeypatch.setattr("sys.stdin", io.StringIO("un deux\n"))
    assert console.secret("Phrase", piped=True) == "un deux"


def test_a_chosen_name_for_the_machine_s_safe(
    place: Path, settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package is installed and knows the phrase, nobody is asked; else it is no help."""
    import sys
    import types

    del settled
    monkeypatch.delenv("CQ_PHRASE")
    safe = types.ModuleType("keyring")
    asked: list[tuple[str, str]] = []

    def answer(name: str, path: str) -> str:
        asked.append((name, path))
        return PHRASE

    monkeypatch.setitem(sys.modules, "keyring", safe)
    safe.get_password = answer
    assert cq("list")[0] == 0
    assert asked == [("cq", str(place / "k/trousseau.cqk"))]

    def broken(_name: str, _path: str) -> str:
        raise RuntimeError("no safe is running")

    safe.get_password = broken
    assert cq("list")[0] == 2


def test_phrases_that_cannot_be_told_are_not_kept(
    place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    cq("init")
    before = (place / "k/trousseau.cqk").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(kept, "create", full)
        assert cq("add", "--output", str(place / "x.txt"))[0] == 3
    assert (place / "k/trousseau.cqk").read_bytes() == before
    with monkeypatch.context() as patched:
        patched.setattr(published, "save", full)
        assert cq("add", "--letters", str(place / "lettres"))[0] == 3
    assert list((place / "lettres").iterdir()) == []
    assert cq("add", "--letters", str(place / "lettres"))[0] == 0


def test_what_cannot_be_published_changes_no_keyring(
    place: Path, settled: dict[str, str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the letters are taken back, and their phrases stay in the keyring: nobody's."""
    before = (place / "k/trousseau.cqk").read_bytes()
    access = (place / "site/content/acces.json").read_bytes()

    def full(_file: Path, _data: bytes) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(published, "prepared", full)
        code, _ = cq("letter", "canal", "--output", str(place / "lettres"), "--yes")
        assert code == 3
        assert cq("revoke", "canal", "--yes")[0] == 3
    assert list((place / "lettres").iterdir()) == []
    assert (place / "k/trousseau.cqk").read_bytes() == before
    assert (place / "site/content/acces.json").read_bytes() == access
    assert opened(place, settled["canal"])


def test_a_keyring_and_its_sheet_come_together(
    place: Path, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sheet cannot be written, a keyring that nobody could open is not made."""
    monkeypatch.delenv("CQ_PHRASE")
    sheet, keyring = place / "fiche.txt", place / "k/trousseau.cqk"

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(kept, "create", full)
        assert cq("init", "--output", str(sheet))[0] == 3
    assert not keyring.exists()
    with monkeypatch.context() as patched:
        patched.setattr(published, "save", full)
        assert cq("init", "--output", str(sheet))[0] == 3
    assert not sheet.exists()
    assert cq("init", "--output", str(sheet))[0] == 0
    words = sheet.read_text().partition("d’un trait : ")[2].partition("\n")[0]
    assert load(keyring, words).credentials == ()


def test_no_line_of_keys_in_a_log(settled: object, cq: Cq, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settled
    monkeypatch.setenv("CI", "true")
    code, said = cq("export-ci")
    assert code == 2
    assert "journal" in said
    assert "cq1." not in said


def test_an_old_keyring_gives_no_line(place: Path, settled: dict[str, str], cq: Cq) -> None:
    """The machine that builds would seal with what somebody who was put out has kept."""
    keyring = place / "k/trousseau.cqk"
    old = keyring.read_bytes()
    assert cq("revoke", "canal", "--yes")[0] == 0
    keyring.write_bytes(old)
    code, said = cq("export-ci")
    assert code == 1
    assert "plus récente" in said
    assert "cq1." not in said
    assert settled


def test_somebody_who_is_out_already(settled: object, cq: Cq) -> None:
    assert settled
    assert cq("revoke", "canal", "--yes")[0] == 0
    code, said = cq("revoke", "canal", "--yes")
    assert code == 2
    assert "déjà fermé, depuis le 1er mars 2026" in said


def test_a_letter_without_an_address_says_what_it_lacks(
    place: Path, settled: object, cq: Cq
) -> None:
    assert settled
    assert "adresse_web" not in cq("letter", "canal", "--output", str(place / "a"), "--yes")[1]
    (place / "site/content/site.yml").write_text(petit_bourg.SITE)
    code, said = cq("letter", "canal", "--output", str(place / "b"), "--yes")
    assert code == 0
    assert "adresse_web" in said


def test_only_what_is_to_be_done_stands_out(settled: object, cq: Cq) -> None:
    assert settled
    found = json.loads(cq("list", "--format", "json")[1])
    assert {one["etat"] for one in found} >= {"à jour"}
    assert not any(map(rows.is_due, found))
    assert rows.is_due({"etat": "à fermer : a fini son mandat"})
    assert rows.is_due({"etat": "à faire entrer"})
