"""`cq new`: every kind, in its place, never over another file, and read as `cq validate` would."""

import datetime
from pathlib import Path, PurePosixPath

import pytest

from cq import digest
from cq.content.kind import Kind, PageFields
from cq.content.kinds import BY_NAME, KINDS
from cq.content.parse import kind_of, parse
from cq.content.parsed import Parsed
from cq.content.scan import Source
from cq.content.schema import keys
from cq.diagnostic import Severity
from cq.scaffold import NotMade, item, template
from cq.scaffold.item import Wish

DAY = datetime.date(2026, 3, 10)
HOSTILE = [
    "a: b # c",
    "- x",
    "[y",
    '"z',
    "{{ 7*7 }}",
    "&ancre",
    "*alias",
    "!!python/x",
    "%",
    "'",
    "x\n---\ny",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a quartier, a groupe and a débat."""
    for path, text in {
        "site.yml": "nom: X\n",
        "quartiers/canal/quartier.yml": "nom: Canal\n",
        "groupes/eau/groupe.yml": "nom: Eau\ntype: commission\n",
        "debats/quai/index.md": "# Quai\n",
    }.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def read(path: PurePosixPath, text: str) -> Parsed:
    data = text.encode()
    return parse(Source(path, data, digest.of_bytes(data)))


CANAL = "quartiers/canal/"


def make(root: Path, kind: str, **wish: object) -> str:
    made = item.new(root, BY_NAME[kind], Wish(**wish), DAY)  # type: ignore[arg-type]
    item.write(root, made)
    return str(made.path)


MADE = [kind for kind in KINDS if kind.name != "site"]  # `cq init` makes that one


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.name)
@pytest.mark.parametrize("title", ["", "Plénière d’été", *HOSTILE])
def test_a_new_file_of_any_kind_only_lacks_what_must_be_filled_in(
    kind: Kind, title: str, root: Path
) -> None:
    slug = "essai" if title in HOSTILE and not kind.is_list else ""
    made = item.new(root, kind, Wish(title, slug=slug), DAY)
    item.write(root, made)
    text = (root / made.path).read_text("utf-8")
    assert kind_of(made.path) is kind
    found = {one.code for one in read(made.path, text).found if one.severity > Severity.NOTE}
    assert found <= {"to-complete", "missing-value"}
    if title and kind.model is not None and issubclass(kind.model, PageFields):
        card = read(made.path, text).item
        assert card is not None
        assert "".join(card.title.split()) == "".join(title.split())


@pytest.mark.parametrize(
    "kind", [kind for kind in MADE if not kind.is_list], ids=lambda kind: kind.name
)
def test_examples_may_be_uncommented(kind: Kind) -> None:
    """All at once, as an editor does it: a second sign keeps what is no key a comment."""
    given = {template.naming(kind): "Essai"}
    lines = list(template.header(kind, given, DAY))
    bare = [
        line.removeprefix("# ") if not line.startswith("# Aussi") and ": " in f"{line} " else line
        for line in lines
        if not (line.lstrip().startswith("# ") and "Par exemple" in line)
        and not line.startswith(tuple(f"# {one}, au choix" for one in ("type", "etat", "origine")))
    ]
    text = "\n".join(bare) + "\n"
    if kind.file is None and kind.suffix == ".md":
        text = f"---\n{text}---\n\nTexte.\n"
    path = PurePosixPath("content", kind.example[0])
    codes = {one.code for one in read(path, text).found}
    assert not codes & {"yaml-syntax", "unknown-key", "wrong-shape", "unknown-choice", "not-a-date"}


@pytest.mark.parametrize(
    "kind", [kind for kind in MADE if kind.is_list], ids=lambda kind: kind.name
)
def test_an_entry_takes_the_example_of_every_key(kind: Kind) -> None:
    """The models of lists say their examples only in the documentation: nothing to uncomment."""
    given = {key.name: key.example for key in keys(kind.model)}
    text = template.entry(kind, given, DAY)
    found = read(PurePosixPath("content", kind.example[0]), text)
    assert [one.code for one in found.found if one.severity > Severity.NOTE] == []
    assert [line.split(":")[0].strip("- ") for line in text.splitlines()] == list(given)


@pytest.mark.parametrize(
    ("kind", "wish", "path"),
    [
        ("event", {"title": "Fête", "day": "10 avril 2026"}, "agenda/2026-04-10-fete.md"),
        ("event", {"title": "Fête", "quartier": "canal"}, f"{CANAL}agenda/2026-03-10-fete.md"),
        ("wiki", {"title": "A", "group": "Eau", "private": True}, "groupes/eau/prive/wiki/a.md"),
        ("page", {"title": "Œuvre", "slug": "art"}, "pages/art.md"),
        ("wiki", {}, "wiki/page-de-wiki.md"),
        ("dossier", {"title": "Bancs"}, "dossiers/bancs/index.md"),
        ("argument", {"title": "Vélos"}, "debats/quai/arguments/velos.md"),
        ("mailing_list", {"title": "Lettre", "quartier": "canal"}, "listes/lettre.yml"),
        ("contact", {"title": "Camille"}, "prive/contacts.yml"),
        ("contact", {"title": "Camille", "quartier": "canal"}, f"{CANAL}prive/contacts.yml"),
        ("register", {"title": "Camille", "quartier": "canal"}, "prive/conseillers.yml"),
        ("team", {"title": "Camille"}, "equipe.yml"),
        ("quartier", {"title": "Gare de l’Est"}, "quartiers/gare-de-l-est/quartier.yml"),
        ("page", {"title": "mot " * 40}, "pages/mot" + "-mot" * 14 + ".md"),
    ],
)  # fmt: skip
def test_where_a_file_lies(kind: str, wish: dict[str, object], path: str, root: Path) -> None:
    assert make(root, kind, **wish) == f"content/{path}"


def test_a_community_is_a_key_where_the_kind_has_one(root: Path) -> None:
    text = (root / make(root, "mailing_list", title="Lettre", quartier="canal")).read_text("utf-8")
    assert "quartier: canal\n" in text
    text = (root / make(root, "register", title="Camille", quartier="canal")).read_text("utf-8")
    assert "quartiers: [canal]\n" in text


def test_nothing_is_overwritten(root: Path) -> None:
    make(root, "page", title="Bancs")
    for kind, name in (("page", "Bancs"), ("quartier", "Canal")):
        with pytest.raises(NotMade, match="existe déjà"):
            make(root, kind, title=name)
    folder = root / "content/wiki/bancs"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("# B\n")
    with pytest.raises(NotMade, match="existe déjà"):
        make(root, "wiki", title="Bancs")


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_an_entry_comes_after_those_that_are_there(end: str, root: Path) -> None:
    path = make(root, "team", title="Camille Exemple")
    file = root / path
    file.write_bytes(file.read_bytes().replace(b"consentement:", b"consentement: 2026-01-01"))
    before = file.read_bytes().replace(b"\n", b"\r\n") if end == "\r\n" else file.read_bytes()
    file.write_bytes(before if end else before.rstrip(b"\n"))
    before = file.read_bytes()
    make(root, "team", title="Claude Exemple")
    data = file.read_bytes()
    assert data.startswith(before)
    assert (b"\r\n" in data) == (end == "\r\n")
    assert data.replace(b"\r\n", b"\n").count(b"\n- id: ") == 1
    assert not [one for one in file.parent.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("before", ["nom: pas une liste\n", "- {id: a, nom", "[]\n"])
def test_a_list_that_cannot_take_an_entry_stays_as_it_is(before: str, root: Path) -> None:
    file = root / "content/equipe.yml"
    file.write_text(before)
    with pytest.raises(NotMade, match="ajoutez vous-même"):
        make(root, "team", title="Camille")
    assert file.read_text() == before


@pytest.mark.parametrize(
    ("kind", "wish", "said"),
    [
        ("page", {"slug": "Été à Paris"}, "--slug ete-a-paris"),
        ("page", {"slug": "../../x"}, "minuscules"),
        ("page", {"title": "漢字"}, "--slug"),
        ("page", {"slug": "prive"}, "pris par cq"),
        ("wiki", {"slug": "index"}, "--slug"),
        ("page", {"quartier": "canel"}, "canal"),
        ("page", {"quartier": "../prive"}, "aucun quartier"),
        ("page", {"day": "2026-03-01"}, "n’a pas de date"),
        ("event", {"day": "31 février 2026"}, "--date"),
        ("event", {"given": {"debut": "25:00"}}, "debut"),
        ("event", {"given": {"lieux": "x"}}, "lieu"),
        ("event", {"given": {"lieu.nomm": "x"}}, "nom"),
        ("quartier", {"title": "X", "private": True}, "toujours public"),
        ("quartier", {"title": "X", "quartier": "canal"}, "n’appartient"),
        ("event", {"quartier": "canal", "group": "eau"}, "un seul"),
        ("argument", {"debate": "rue"}, "quai"),
        ("site", {}, "cq init"),
    ],
)
def test_what_cannot_be_made_is_said(
    kind: str, wish: dict[str, object], said: str, root: Path
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(NotMade) as refused:
        make(root, kind, **wish)
    assert said in str(refused.value)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_folder_that_leads_elsewhere_is_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ailleurs"
    outside.mkdir()
    (root / "content/pages").symlink_to(outside)
    with pytest.raises(NotMade, match="lien symbolique"):
        make(root, "page", title="A")
    assert not list(outside.iterdir())


@pytest.mark.parametrize("word", ["Événement", "evenement", "agenda", "event", "événements"])
def test_a_kind_has_several_names(word: str) -> None:
    assert item.kind_named(word).name == "event"


def test_an_unknown_kind_is_said() -> None:
    with pytest.raises(NotMade, match="evenement"):
        item.kind_named("evenemant")


def test_a_day_is_written_as_days_are(root: Path) -> None:
    path = make(root, "dossier", title="Bancs", given={"echeance": "12 décembre 2026"})
    assert "echeance: 2026-12-12\n" in (root / path).read_text("utf-8")
