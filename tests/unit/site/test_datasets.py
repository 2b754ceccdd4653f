"""The data sets, on a site with one example of every kind: every value, and who may see it."""

import csv
import datetime
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cq import front
from cq.content.kinds import KINDS
from cq.content.layout import PUBLIC
from cq.content.links import DATA_FILES, DATA_SETS
from cq.content.model import Content
from cq.settings import Settings
from cq.site.feeds import tables
from cq.site.plan import datasets
from cq.site.plan.cards import Album
from cq.site.plan.data import Downloads
from cq.site.target import Target

TODAY = "2026-06-20"
CHECKS: dict[str, Callable[[str], object]] = {
    "string": str,
    "date": datetime.date.fromisoformat,
    "time": lambda text: datetime.datetime.strptime(text, "%H:%M"),  # noqa: DTZ007 - an hour
    "integer": int,
}
PACKAGE = {
    "type": "object",
    "required": ["name", "version", "licenses", "resources"],
    "properties": {
        "name": {"pattern": "^[a-z0-9._-]+$"},
        "licenses": {
            "type": "array", "minItems": 1, "items": {"type": "object", "required": ["path"]},
        },
        "resources": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "format", "mediatype", "encoding", "schema"],
                "properties": {
                    "name": {"pattern": "^[a-z0-9._-]+$"},
                    "path": {"pattern": r"^(?!\.\.)[a-z0-9/._-]+\.(csv|json)$"},
                    "schema": {"pattern": r"^[a-z]+\.schema\.json$"},
                },
            },
        },
    },
}  # fmt: skip


def content_of(folder: Path, home: Path) -> Content:
    today = datetime.date.fromisoformat(TODAY)
    run = front.open_run(Settings(folder, home / "build" / "site", 1, today, home / "cache"))
    try:
        read = front.front(run, want_content=True).content
    finally:
        run.ledger.close()
    assert read is not None
    return read.seen_by(PUBLIC, TODAY)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The example of each kind, the débat's in a quartier as well."""
    home = tmp_path_factory.mktemp("datasets")
    for kind in KINDS:
        path, text = kind.example
        if kind.private:
            path = path if path.startswith("prive/") else f"prive/{path}"
        file = home / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return content_of(home, home)


@pytest.fixture(scope="module")
def targets(content: Content) -> dict[str, Target]:
    return {one.path: one for one in Downloads(content, Album(content)).targets()}


def rows_of(targets: dict[str, Target], path: str) -> list[dict[str, str]]:
    text = str(targets[path].view[0])
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


def test_every_data_set_has_a_line_and_an_address(
    content: Content, targets: dict[str, Target]
) -> None:
    made = datasets.tables(content, Album(content))
    assert tuple(table.name for table in made) == DATA_SETS
    assert [table.name for table in made if not table.rows] == []
    assert targets.keys() >= DATA_FILES


def test_every_cell_is_of_its_column_s_type(targets: dict[str, Target]) -> None:
    seen = 0
    for path in [path for path in targets if path.endswith(".csv")]:
        name = path.rsplit("/", 1)[-1].removesuffix(".csv")
        schema = json.loads(str(targets[f"donnees/{name}.schema.json"].view[0]))
        rows = rows_of(targets, path)
        keys = [row[schema["primaryKey"][0]] for row in rows]
        assert all(keys)
        assert len(set(keys)) == len(keys)
        as_json = json.loads(str(targets[path.replace(".csv", ".json")].view[0]))["lignes"]
        for field in schema["fields"]:
            for row, other in zip(rows, as_json, strict=True):
                cell = row[field["name"]]
                if cell:
                    read = CHECKS[field["type"]](cell)
                    assert cell in field.get("constraints", {}).get("enum", [cell])
                    if field["type"] in {"string", "integer"}:
                        assert read == other[field["name"]]
                    seen += 1
                else:
                    assert other[field["name"]] is None
            assert all(row.keys() == {one["name"] for one in schema["fields"]} for row in rows)
    assert seen > 100


def only(rows: list[dict[str, str]]) -> dict[str, str]:
    (row,) = rows
    return row


def test_what_stands_in_the_cells(targets: dict[str, Target]) -> None:
    question = only(rows_of(targets, "donnees/questions.csv"))
    assert question["posee_le"] == "2026-03-10"
    assert question["reponse_par"] == "direction de la voirie"
    assert question["reponse_date"] == "2026-04-02"
    assert question["reunion"].endswith("2026-03-10-pleniere")
    dossier = only(rows_of(targets, "donnees/dossiers.csv"))
    steps = rows_of(targets, "donnees/etapes.csv")
    assert int(dossier["etapes"]) == len(steps)
    assert dossier["derniere_etape"] == steps[-1]["date"]
    assert {step["dossier"] for step in steps} == {dossier["id"]}
    debate = only(rows_of(targets, "donnees/debats.csv"))
    argument = only(rows_of(targets, "donnees/arguments.csv"))
    assert debate["arguments"] == "1"
    assert argument["debat"] == debate["id"]
    assert argument["origine"] == "papier"
    assert (debate["debut"], debate["fin"]) == ("2026-03-10", "2026-04-30")
    document = rows_of(targets, "donnees/documents.csv")[0]
    assert document["page"].startswith("https://")


def test_nobody_is_named(content: Content, targets: dict[str, Target]) -> None:
    """Authors agreed to stand on a page."""
    names = [member.name for member in content.team]
    assert names
    for path, target in targets.items():
        if path.endswith((".csv", ".json")):
            assert not [name for name in names if name in str(target.view[0])], path


def test_nothing_private_and_no_draft(content: Content) -> None:
    first = next(item for item in content.items if item.kind == "news")
    hidden = first._replace(id="prive/actualites/x", space="conseillers", title="Zqcache")
    draft = first._replace(id="actualites/y", draft=True, title="Zqbrouillon")
    later = first._replace(id="actualites/z", publish="2999-01-01", title="Zqplustard")
    everything = replace(content, items=(*content.items, hidden, draft, later), audience=None)
    seen = everything.seen_by(PUBLIC, TODAY)
    for target in Downloads(seen, Album(seen)).targets():
        assert "Zq" not in repr(target.view)


def test_an_edit_of_a_text_changes_no_data(content: Content) -> None:
    edited = replace(content, items=tuple(
        item._replace(key=f"autre:{item.path}", anchors=()) for item in content.items
    ))  # fmt: skip
    before = list(Downloads(content, Album(content)).targets())
    assert list(Downloads(edited, Album(edited)).targets()) == before


def test_a_community_has_its_own_lines(targets: dict[str, Target]) -> None:
    own = [path for path in targets if re.match("donnees/(quartiers|groupes)/.*csv$", path)]
    assert own
    for path in own:
        home = path.removeprefix("donnees/").rpartition("/")[0]
        rows = rows_of(targets, path)
        assert rows
        assert {row["communaute"] for row in rows} == {home}
        whole = rows_of(targets, f"donnees/{path.rsplit('/', 1)[-1]}")
        assert [row for row in whole if row["communaute"] == home] == rows


def test_the_catalogue_names_what_there_is(targets: dict[str, Target]) -> None:
    package = json.loads(str(targets["donnees/datasets.json"].view[0]))
    jsonschema.validate(package, PACKAGE)
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for one in package["resources"]:
        file = str(targets[f"donnees/{one['path']}"].view[0])
        assert one.get("bytes", len(file.encode())) == len(file.encode())
        assert f"donnees/{one['schema']}" in targets
    paths = {f"donnees/{one['path']}" for one in package["resources"]}
    assert paths == {
        path for path in targets
        if path.endswith((".csv", ".json"))
        and not path.endswith((".schema.json", "datasets.json"))
    }  # fmt: skip


def test_the_page_says_how_long_each_file_is(targets: dict[str, Target]) -> None:
    view: Any = targets["donnees/index.html"].view
    sheets = [*view.sheets, *(one for _, sheets in view.places for one in sheets)]
    files = [file for sheet in sheets for file in sheet.files]
    assert len(files) > 2 * len(DATA_SETS)
    for file in files:
        assert file.size == len(str(targets[file.address].view[0]).encode())


def test_a_list_tells_its_last_day_and_none_to_come() -> None:
    columns = (tables.Column("id", "string", "x"), tables.Column("date", "date", "x"))
    table = tables.Table("a", "A", "", "1.0", columns, (("1", "2026-06-01"), ("2", "2027-01-01")))
    from cq.site.plan.data import _changed

    assert _changed(table, TODAY) == "2026-06-01"
    assert _changed(table._replace(rows=()), TODAY) == ""


def test_several_values_stay_apart() -> None:
    assert datasets.several(["a", "b|c", "d"]) == "a | b/c | d"


_DOCUMENT = """\
# Les données : fichiers et colonnes

<!-- Écrite par `pytest tests/unit/site/test_datasets.py --update` : ne la corrigez pas ici. -->

`cq build` publie chaque liste du site sous `donnees/`, deux fois : `agenda.csv` (UTF-8, virgule,
CRLF, une ligne de titres) et `agenda.json` (les mêmes lignes sous `lignes`). À côté,
`agenda.schema.json` en dit les colonnes (Table Schema), `datasets.json` nomme tous les fichiers
(Frictionless Data Package), et `licence.txt` dit ce que l’on peut en faire. Les lignes d’un
quartier ou d’un groupe sont aussi à part : `donnees/quartiers/…/agenda.csv`.

- Un jour est écrit `2026-03-10`, une heure `19:30`. Une cellule vide (`null` en JSON) : on ne sait
  pas, ou il n’y a rien.
- Plusieurs valeurs d’une cellule sont séparées par ` | `.
- En CSV, une cellule qu’un tableur prendrait pour une formule commence par une apostrophe. Pour
  retrouver le texte, enlevez une apostrophe à toute cellule où des apostrophes précèdent `=`, `+`,
  `-`, `@`, une tabulation ou une fin de ligne.
- Les auteurs ne sont pas nommés. Les textes des pages n’y sont pas ; `page` dit où les lire.

Version des colonnes : {version}. Une colonne ajoutée change le second chiffre ; une colonne
renommée ou retirée, le premier.
"""


def documented() -> str:
    parts = [_DOCUMENT.format(version=datasets.VERSION)]
    for one in datasets.SETS:
        parts.append(
            f"\n## {one.name}\n\n{one.description}\n\n| colonne | type | contenu |\n|---|---|---|\n"
        )
        for column, _ in one.columns:
            choices = f" ({', '.join(column.choices)})" if column.choices else ""
            parts.append(f"| `{column.name}` | {column.type} | {column.description}{choices} |\n")
    return "".join(parts)


def test_the_columns_are_those_that_were_promised(root: Path, update: bool) -> None:  # noqa: FBT001
    file = root / "docs" / "formats" / "donnees.md"
    if update:
        file.write_text(documented(), "utf-8")
    assert file.read_text("utf-8") == documented()
