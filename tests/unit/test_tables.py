"""Whatever rows say, what is written stays a table, JSON or CSV, on any screen."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.tables import FORMATS, Cell, Column, Plan, Row, folded, left_out, show, titled

KEYS = ("titre", "lieu", "nombre", "vrai")
PLAN = Plan(
    (
        Column("Titre", titled, wide=True),
        Column("Nombre", lambda row: str(row["nombre"]), right=True, spare=True),
    ),
    KEYS,
    lambda row: bool(row["vrai"]),
)
ROWS = some.lists(
    some.fixed_dictionaries({
        "titre": some.text(), "lieu": some.text(), "nombre": some.integers(),
        "vrai": some.booleans(),
    }),
    max_size=4,
)  # fmt: skip


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        return True


def written(rows: list[dict[str, Cell]], form: str, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    show(rows, PLAN, form, out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "＝1", "＠a", "\n=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    row: dict[str, Cell] = {"titre": text, "lieu": None, "nombre": -1, "vrai": False}
    _, line = csv.reader(io.StringIO(written([row], "csv"), newline=""))
    assert line[0].startswith("'")
    assert line[1:] == ["", "-1", "non"]


@given(ROWS)
def test_csv_is_read_back(rows: list[dict[str, Cell]]) -> None:
    head, *read = csv.reader(io.StringIO(written(rows, "csv"), newline=""))
    assert tuple(head) == KEYS
    assert len(read) == len(rows)
    for line, row in zip(read, rows, strict=True):
        assert line[2:] == [str(row["nombre"]), "oui" if row["vrai"] else "non"]
        assert not line[0].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(ROWS)
def test_json_says_the_very_words(rows: list[dict[str, Cell]]) -> None:
    assert json.loads(written(rows, "json")) == rows


@given(ROWS, some.sampled_from(FORMATS))
def test_nothing_moves_a_cursor(rows: list[dict[str, Cell]], form: str) -> None:
    text = written(rows, form).replace("\n", "")
    assert all(one.isprintable() or one in "\u00a0\u202f" for one in text)


def test_marks_are_colours_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def first(row: Row, line: str) -> list[tuple[int, int]]:
        return [(0, 3)] if line != row["lieu"] else []

    plan = Plan((Column("Titre", titled, marks=first),), KEYS)
    row: dict[str, Cell] = {"titre": "##[un", "lieu": "Danube", "nombre": 1, "vrai": False}
    screen, pipe = Terminal(), io.StringIO()
    for out in (screen, pipe):
        show([row], plan, "table", out)
    assert "\x1b[1;4m## \x1b[0m[un" in screen.getvalue()
    assert "\x1b" not in pipe.getvalue()
    assert "│ ## [un │\n│ Danube │" in pipe.getvalue()


@given(some.text(alphabet=":#[ab \n", max_size=40))
def test_no_line_of_a_table_is_a_command(title: str) -> None:
    text = written([{"titre": title, "lieu": "", "nombre": 1, "vrai": True}], "table")
    assert "##[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@given(ROWS.filter(bool))
def test_a_table_is_as_wide_as_its_paper_at_most(rows: list[dict[str, Cell]]) -> None:
    lines = written(rows, "table").splitlines()
    assert lines[0].endswith("┐")
    assert lines[-1].endswith("┘")


def test_no_row_is_no_table() -> None:
    assert written([], "table") == ""
    assert json.loads(written([], "json")) == []
    assert written([], "csv") == "titre,lieu,nombre,vrai\n"


@pytest.mark.parametrize(("columns", "shown"), [(80, False), (140, True)])
def test_a_narrow_screen_shows_less(
    columns: int,
    shown: bool,  # noqa: FBT001 - a parameter of this test
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    row: dict[str, Cell] = {"titre": "a", "lieu": "b", "nombre": 1, "vrai": False}
    text = written([row], "table", Terminal())
    assert ("Nombre" in text) == shown
    assert all(len(line) <= columns for line in text.splitlines())


def test_a_private_row_says_who_reads_it() -> None:
    row = {"titre": "A", "lieu": "Danube", "espace": "q-danube"}
    assert titled(row) == "A\nDanube, privé (q-danube)"
    assert titled(row | {"espace": "public"}) == "A\nDanube"
    assert titled(row | {"espace": "public", "lieu": ""}) == "A"


def test_what_is_left_out_is_said() -> None:
    assert list(left_out(0, 0, "question privée")) == []
    assert list(left_out(1, 0, "question privée")) == [
        "1\u00a0question privée : --private, ou hors de la CI"
    ]
    several, faulty = left_out(3, 1, "question privée")
    assert several.startswith("3\u00a0questions privées")
    assert faulty.startswith("1\u00a0fichier fautif ")


@given(some.text("ab/-é", max_size=40), some.integers(1, 12))
def test_a_path_is_folded_and_nothing_of_it_lost(path: str, width: int) -> None:
    lines = list(folded(path, width))
    assert "".join(lines) == path
    assert all(len(one) <= width for one in lines)


@pytest.mark.parametrize("width", [50, 80])
def test_no_folder_of_a_path_is_cut(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    path = "content/quartiers/louis-blanc-aqueduc/agenda/2026-03-10-pleniere.md"
    plan = Plan(
        (
            Column("Jour", lambda _: "22 nov. 2026"),
            Column("Page", lambda row: f"{row['titre']}\n{row['chemin']}", wide=True),
            Column("Par", lambda _: "un conseiller ou une conseillère", wide=True),
        ),
        ("titre", "chemin"),
    )
    out = Terminal()
    show([{"titre": "Plénière", "chemin": path}], plan, "table", out)
    cells = [line.split("│")[2].strip() for line in out.getvalue().splitlines() if "│" in line]
    lines = cells[2:]
    assert len(lines) > 1
    assert "".join(lines) == path
    assert all(one.endswith(("/", "-")) for one in lines[:-1])
