"""The reference is what the models say, its examples are sound, and it names every key."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import printed
import pytest
from PIL import Image

from cq import reference
from cq.content.kind import PageFields
from cq.content.kinds import KINDS

DAY = "2026-05-01"  # after the examples' answers and steps, before their due dates
COMMON = "titre resume mots_cles groupes dossiers maj anciennes_adresses publie_le expire glossaire"
COMMON += " brouillon"
# What was decided for each kind; a key in bold there is required here.
DECIDED = {
    "site": (
        "nom! id! arrondissement! arrondissement.numero! arrondissement.nom! "
        "arrondissement.code_insee! arrondissement.code_postal! adresse_web fuseau editeur "
        "editeur.nom! editeur.adresse editeur.telephone editeur.courriel directeur_publication "
        "hebergeur hebergeur.nom! hebergeur.adresse hebergeur.telephone dpo contact licence depot "
        "depot.adresse! depot.branche depot.public protection accessibilite accessibilite.etat "
        "accessibilite.date accessibilite.audit theme glossaire espaces_separes "
        "adresses_fonctionnelles"
    ),
    "équipe": "id! nom! fonction quartiers consentement!",
    "quartier": "nom! numero depuis jusqua contour credit rues adresse",
    "groupe": "nom! type! objet quartiers adresse depuis jusqua",
    "page": "",
    "actualité": "date auteur image image.fichier! image.alt! image.credit",
    "événement": (
        "date debut fin date_fin lieu! lieu.nom! lieu.adresse lieu.acces lieu.pmr type statut "
        "revision repetition repetition.chaque! repetition.rang repetition.jour repetition.jusqua "
        "repetition.sauf ordre_du_jour points_au_vote compte_rendu uid"
    ),
    "document": (
        "fichier! date! type! evenement langue credit licence version_accessible"
    ),
    "page de wiki": "historique_depuis",
    "dossier": (
        "etat! depuis! responsable prochaine_etape echeance quartiers etapes etapes.date! "
        "etapes.titre! etapes.texte etapes.documents etapes.par bilan"
    ),
    "question": (
        "posee_le par! adressee_a! evenement echeance reponse reponse.date! reponse.par! "
        "reponse.texte reponse.document reponse.suite"
    ),
    "débat": "dossier phases! phases.nom! phases.debut! phases.fin! rencontres synthese",
    "argument": "type! origine! date! discute_a repond_a suite",
    "tirage au sort": (
        "tirage! lieu gel engagement contestation destruction! finalite! base_legale! "
        "source_liste! information consequences valide_par responsable service contact quartiers"
    ),
    "liste": "nom! adresse! type! objet quartier groupe archives",
    "contact": (
        "nom! fonction organisation courriel telephone adresse consentement! expire!"
    ),
    "registre": (
        "id! nom! quartiers groupes role depuis! jusqua comptes courriels cles_ssh"
    ),
}  # fmt: skip


def table(text: str) -> Iterator[str]:
    """`key!` where it is required, of each row of a section."""
    for key, needed in re.findall(r"^\| `([^`]+)` \| (oui|) \|", text, re.MULTILINE):
        yield key + ("!" if needed else "")


def sections() -> dict[str, str]:
    found = re.split(r"^## (.+)$", reference.markdown(), flags=re.MULTILINE)
    return {
        title[:1].lower() + title[1:]: text
        for title, text in zip(found[1::2], found[2::2], strict=True)
    }


def test_the_page_is_what_the_models_say(root: Path):
    written = (root / "docs/formats/content.md").read_text(encoding="utf-8")
    assert written == reference.markdown(), "run `make docs`"


def test_every_key_that_was_decided_is_there():
    found = sections()
    assert list(table(found["clés communes"])) == COMMON.split()
    assert {label: list(table(found[label])) for label in DECIDED} == {
        label: keys.split() for label, keys in DECIDED.items()
    }
    assert [kind.label for kind in KINDS] == list(DECIDED)


def test_every_key_has_its_words():
    for row in re.findall(r"^\| `.*$", reference.markdown(), re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        if cells[0].strip("`").startswith("."):
            continue  # the types of files
        assert len(cells) == 4, row
        assert cells[2].endswith("."), row


def test_every_example_is_in_the_page():
    page = reference.markdown()
    for kind in KINDS:
        path, text = kind.example
        assert f"`content/{path}`" in page
        assert text in page


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A site made of the examples alone, and of the files that they name."""
    content = tmp_path / "content"
    for kind in KINDS:
        path, text = kind.example
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (content / "pages/charte-de-moderation.md").write_text("# Charte\n\nCe qui se publie.\n")
    quartier = content / "quartiers/louis-blanc-aqueduc"
    (quartier / "contour.geojson").write_text(
        '{"type": "Polygon", "coordinates": [[[2.36, 48.88], [2.37, 48.88], [2.37, 48.89], '
        "[2.36, 48.88]]]}"
    )
    (quartier / "rues.csv").write_text("voie,cote,de,a\nrue Bichat,pair,2,40\n")
    Image.new("RGB", (4, 4)).save(quartier / "actualites/banc.jpg")
    (quartier / "documents/compte-rendu-2026-03-10.pdf").write_bytes(printed.pdf("Présents"))
    with zipfile.ZipFile(quartier / "documents/compte-rendu-2026-03-10.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    for home in (quartier, content / "groupes/canal-saint-martin"):
        (home / "index.md").write_text("# Bienvenue\n\nNous nous réunissons tous les mois.\n")
    return tmp_path


def test_the_examples_make_a_site_without_a_finding(examples: Path, run_cq: Callable[..., object]):
    done = run_cq("validate", "--format", "json", cwd=examples, today=DAY)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_examples_make_a_site(examples: Path, run_cq: Callable[..., object]):
    done = run_cq("build", "--public-only", cwd=examples, today=DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    news = "quartiers/louis-blanc-aqueduc/actualites/2026-02-12-bancs/index.html"
    assert (examples / "build/site" / news).is_file()


def test_an_example_shows_every_required_key():
    for kind in KINDS:
        text = kind.example[1]
        for name, field in kind.model.model_fields.items():
            assert not field.is_required() or f"{field.alias}:" in text, name


def test_json_schemas_speak_french():
    schemas = reference.json_schemas()
    assert list(schemas) == [
        *("site", "equipe", "quartier", "groupe"),
        *("page", "actualite", "evenement", "document", "wiki"),
        *("dossier", "question", "debat", "argument", "tirage-au-sort"),
        *("liste", "contact", "registre"),
    ]  # fmt: skip
    event = schemas["evenement"]
    assert event["title"] == "événement"
    assert event["required"] == ["lieu"]
    keys = event["properties"]
    assert set(COMMON.split()) < set(keys)
    assert keys["type"]["enum"][0] == "plénière"
    assert {"type": "string", "format": "date"} in keys["date"]["anyOf"]
    assert keys["debut"]["anyOf"][0]["pattern"] == "^([01][0-9]|2[0-3]):[0-5][0-9]$"
    assert keys["revision"]["minimum"] == 0
    assert {"type": "string"} in keys["lieu"]["anyOf"]
    assert {"$ref": "#/$defs/PlaceFields"} in keys["lieu"]["anyOf"]
    assert keys["brouillon"] == {
        "default": "non",
        "description": "oui : vérifiée, jamais publiée.",
        "enum": ["oui", "non"],
        "examples": ["oui"],
        "type": "string",
    }
    assert schemas["equipe"]["items"]["required"] == ["id", "nom", "consentement"]


def test_json_schemas_hold_no_english_words():
    text = json.dumps(reference.json_schemas(), ensure_ascii=False)
    for kind in KINDS:
        for name, field in kind.model.model_fields.items():
            if name != field.alias and "_" in name:
                assert f'"{name}"' not in text
        assert str(kind.model.__doc__) not in text
    assert str(PageFields.__doc__) not in text


@pytest.mark.parametrize("name", ["evenement", "Événement", "événements", "agenda", "event"])
def test_a_kind_has_many_names(name: str):
    assert reference.name_of(name) == "evenement"


def test_the_command(run_cq: Callable[..., object], root: Path):
    page = run_cq("schema", "--markdown")
    assert page.stdout == (root / "docs/formats/content.md").read_text(encoding="utf-8")
    assert json.loads(run_cq("schema", "Événement").stdout)["title"] == "événement"
    listed = run_cq("schema").stdout.splitlines()
    assert len(listed) == len(KINDS)
    assert listed[0].split() == ["site", "content/site.yml"]
    wrong = run_cq("schema", "reunion")
    assert wrong.returncode == 2
    assert "au choix : site, equipe" in wrong.stderr
    assert run_cq("schema", "--markdown", "page").returncode == 2
