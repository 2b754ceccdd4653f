"""A private folder that a disk, a hand or a copy has spoilt: a sentence, no internal error."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq.jury import standing
from cq.jury.folders import Folders
from tests.crash.test_draws import COMMIT, DRAW, FREEZE, NAME, PLANS, folders, seat_of

Cq = Callable[..., tuple[int, str]]
SPOILT = (
    b"", b"\xff\xfe\x00", b"null\n", b"[]\n", b"{}\n", b"[1]\n", b'"texte"\n', b"0\n" * 3,
    b'{"about":[],"counts":{"lists":[{}]},"day":"hier","features":"age","first":"../..","lists":1}\n',
    b'{"present":[1]}\n', b'{"compositions":[[1]],"k":-1,"tickets":[0]}\n',
    b"id;nom\nE1;Zo\xc3\xa9\n", b"id,nom\nE1,Zo\xc3\xa9,de trop\n", b'id,nom\n"E1', b"n,pid\n1,x\n",
    b"n,pid,id,raison,date\nun,x,y,z,t\n", b"id,id\n1,2\n", b"00" * 31 + b"\n", b"[" * 100_000,
)  # fmt: skip
BEFORE = {
    "plan": ("personnes.csv", "cle.hex", "gel.json"),
    "commit": ("personnes.csv", "cle.hex", "gel.json", "plan.json"),
    "freeze": ("decisions.csv", "gel.json"),
    "list": ("personnes.csv", "cle.hex", "gel.json", "plan.json"),
    "purge": ("cle.hex", "gel.json"),
}
AFTER = {
    "draw": ("valeurs.json", "gel.json"),
    "letters": ("personnes.csv", "cle.hex", "gel.json", "remplacements.csv"),
    "minutes": ("gel.json", "proces-verbal.json", "remplacements.csv"),
    "replace": ("personnes.csv", "cle.hex", "gel.json", "remplacements.csv"),
    "explain": ("personnes.csv", "cle.hex", "gel.json"),
    "second": ("personnes.csv", "cle.hex", "gel.json"),
    "list": ("valeurs.json", "gel.json", "cle.hex"),
    "purge": ("personnes.csv", "valeurs.json"),
}


@pytest.fixture
def place(site: Path) -> Path:
    (site / "liste.csv").write_text(
        "id,nom,adresse,quartier,sexe\n"
        + "".join(f"{n},Nom{n},{n} rue A,{'ABC'[n % 3]},{'FM'[n % 2]}\n" for n in range(1, 25)),
        "utf-8",
    )
    (site / "reponses.csv").write_text("id,oui\n1,oui\n", "utf-8")
    return site.parent


def typed(seat: str) -> dict[str, tuple[str, ...]]:
    return {
        "plan": PLANS, "commit": COMMIT, "freeze": (*FREEZE, "--refaire"), "list": (),
        "purge": ("purge", NAME, "--yes", "--today", "2099-01-01"), "draw": DRAW,
        "letters": ("letters", NAME, "--qui", "tous"), "minutes": ("minutes", NAME),
        "replace": ("replace", NAME, seat, "--yes"), "explain": ("explain", NAME, "1"),
        "second": ("freeze", "second", "reponses.csv", "--after", NAME, *FREEZE[3:9]),
    }  # fmt: skip


def each(place: Path, wanted: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, bytes]]:
    """A command, a file and what it holds instead; all is put back in between."""
    kept = place.with_name(f"{place.name}-kept")
    shutil.copytree(place, kept)
    for command, names in wanted.items():
        for name in names:
            path = place / "jurys" / NAME / name
            whole = path.read_bytes() if path.is_file() else b""
            for data in (*SPOILT, whole[: len(whole) // 2]):
                path.write_bytes(data)
                yield command, name, data
                for folder in ("site/content/jurys", "jurys"):
                    shutil.rmtree(place / folder, ignore_errors=True)
                    if (kept / folder).is_dir():
                        shutil.copytree(kept / folder, place / folder)


def test_before_the_promise(place: Path, cq: Cq) -> None:
    assert cq(*FREEZE)[0] == 0
    assert cq(*PLANS)[0] == 0
    for command, name, data in each(place, BEFORE):
        code, said = cq(*typed("")[command])
        assert code in {0, 1, 2}, (command, name, data[:60], said)
        assert "interne" not in said
        # A purge destroys what is spoilt as well, and a new freeze puts it right.
        if command in {"purge", "list"}:
            assert code == 0, (command, name, data[:60], said)


def test_after_the_draw(place: Path, cq: Cq) -> None:
    for step in (FREEZE, PLANS, COMMIT, DRAW):
        code, said = cq(*step)
        assert code == 0, said
    draw = folders(place)
    code, said = cq("replace", NAME, seat_of(draw), "--yes")
    assert code == 0, said
    assert cq("minutes", NAME)[0] == 0
    seat = sitting(draw)
    for command, name, data in each(place, AFTER):
        code, said = cq(*typed(seat)[command])
        assert code in {0, 1, 2}, (command, name, data[:60], said)
        assert "interne" not in said
        if command in {"purge", "list"}:
            assert code == 0, (command, name, data[:60], said)


def sitting(draw: Folders) -> str:
    """Somebody who still sits."""
    return next(iter(standing.standing(draw).panel.sitting))
