"""The public lists as data: which columns each has, and what stands in them.

One place for each data set: a column's name, type, meaning and value stand together. Values come
from the cards of items, never from their texts: an edit of a text changes no data. The names of
people are left out: they agreed to stand on a page, not in files that are made to be copied.

A column that is added, renamed or dropped changes `VERSION` and docs/formats/donnees.md.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from cq.content import draws
from cq.content.draws import Draw
from cq.content.hearing import debate_id
from cq.content.item import ARGUMENT_TYPES, DOCUMENT_TYPES, DOSSIER_STATES, ORIGINS, Item
from cq.content.model import Community, Content
from cq.site import routes
from cq.site.feeds.tables import Cell, Column, Table, Type
from cq.site.plan import rhythm
from cq.site.plan.cards import Album

VERSION = "1.1"
BETWEEN = " | "  # values of one cell


class Entry(NamedTuple):
    """What a row is made from: an item and its facts, or one step of it."""

    item: Item
    facts: Any  # of its kind: EventFacts, DossierFacts…
    desk: "Desk"
    step: Any = None  # a DossierStep, with its rank


class Desk:
    """The few questions that columns ask beside the card."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.base = content.base
        self.arguments = Counter(map(debate_id, album.of("argument")))  # how many each débat has

    def address(self, address: str) -> str:
        """Absolute, or from the site's root where the site does not know its own."""
        return routes.absolute(self.base, address) or address

    def named(self, item: Item, field: str) -> str:
        """The ids of the items that a key names."""
        return several(one.id for one in self.album.named(item, field)) if item.references else ""

    def draw(self, item: Item) -> Draw:
        """What the public files of a draw tell; of one that has none yet, nothing."""
        return self.content.by_draw.get(item.id) or Draw(item.id, "")

    def groups(self, item: Item) -> str:
        named = self.content.named(item, "groupes") if item.references else ()
        return several(one.slug for one in named)


def several(values: Iterable[str]) -> str:
    """Values of one cell; a bar inside a value would cut it in two."""
    return BETWEEN.join(value.replace("|", "/") for value in values)


Value = Callable[[Any], Cell]


class Filled(NamedTuple):
    """A column, and what stands in it."""

    column: Column
    value: Value


def _column(
    name: str, kind: Type, description: str, value: Value, choices: tuple[str, ...] = ()
) -> Filled:
    return Filled(Column(name, kind, description, choices), value)


class DataSet(NamedTuple):
    """One list. `kind` is that of its items, or of its YAML files."""

    name: str
    title: str
    description: str
    kind: str
    columns: tuple[Filled, ...]


def _file(entry: Entry) -> str:
    address = entry.desk.album.card(entry.item).file
    return entry.desk.address(address) if address else ""


_ID = _column("id", "string", "Identifiant stable de la page.", lambda e: e.item.id)
_TITLE = _column("titre", "string", "Titre.", lambda e: e.item.title)
_DATE = _column("date", "date", "Jour.", lambda e: e.item.day)
_ABOUT = (
    _column("resume", "string", "Résumé.", lambda e: e.item.summary),
    _column("mots_cles", "string", "Mots-clés.", lambda e: several(e.item.keywords)),
)
_WHERE = (
    _column("communaute", "string", "Quartier ou groupe ; vide pour tout l’arrondissement.",
            lambda e: e.item.home),
    _column("groupes", "string", "Groupes nommés par la page.", lambda e: e.desk.groups(e.item)),
    _column("dossiers", "string", "Identifiants des dossiers nommés par la page.",
            lambda e: e.desk.named(e.item, "dossiers")),
    _column("mise_a_jour", "date", "Jour de la mise à jour, si elle est dite.",
            lambda e: e.item.updated),
    _column("page", "string", "Adresse de la page.", lambda e: e.desk.address(e.item.address)),
)  # fmt: skip

_EVENTS = DataSet("agenda", "Agenda", "Les réunions et les rendez-vous.", "event", (
    _ID, _TITLE,
    _column("date", "date", "Premier jour.", lambda e: e.item.day),
    _column("debut", "time", "Heure de début ; vide : toute la journée.", lambda e: e.facts.start),
    _column("date_fin", "date", "Dernier jour, s’il y en a plusieurs.", lambda e: e.facts.end_day),
    _column("fin", "time", "Heure de fin, si elle est connue.", lambda e: e.facts.end),
    _column("type", "string", "Type de réunion.", lambda e: e.facts.type),
    _column("statut", "string", "La réunion est-elle maintenue ?", lambda e: e.facts.status,
            ("confirmé", "annulé", "reporté")),
    _column("lieu", "string", "Nom du lieu.", lambda e: e.facts.place),
    _column("lieu_adresse", "string", "Adresse du lieu.", lambda e: e.facts.place_address),
    _column("lieu_acces", "string", "Comment venir.", lambda e: e.facts.place_access),
    _column("repetition", "string", "Quand la réunion revient ; vide : une seule fois.",
            lambda e: e.facts.repetition and rhythm.words(e.facts.repetition, e.item.day or "")),
    _column("ordre_du_jour", "string", "Points de l’ordre du jour.",
            lambda e: several(e.facts.agenda)),
    _column("points_au_vote", "string", "Points soumis au vote.", lambda e: several(e.facts.votes)),
    _column("compte_rendu", "string", "Identifiant du compte rendu (jeu « documents »).",
            lambda e: e.desk.named(e.item, "compte_rendu")),
    *_ABOUT, *_WHERE,
    _column("ics", "string", "Adresse de la réunion pour un agenda (.ics) ; elle dit la règle "
            "exacte d’une réunion qui revient.",
            lambda e: e.desk.address(e.item.address + routes.EVENT_CALENDAR)),
))  # fmt: skip

_NEWS = DataSet("actualites", "Actualités", "Les actualités publiées.", "news", (
    _ID, _TITLE, _DATE, *_ABOUT, *_WHERE,
))  # fmt: skip

_DOCUMENTS = DataSet(
    "documents", "Documents", "Comptes rendus, vœux, courriers, études et plans.", "document", (
    _ID, _TITLE, _DATE,
    _column("type", "string", "Type de document.", lambda e: e.facts.type, DOCUMENT_TYPES),
    _column("langue", "string", "Langue ; vide : français.", lambda e: e.facts.language),
    _column("fichier", "string", "Adresse du fichier.", _file),
    _column("format", "string", "Format du fichier.", lambda e: e.desk.album.card(e.item).format),
    _column("octets", "integer", "Taille du fichier.",
            lambda e: e.desk.album.card(e.item).size or None),
    _column("reunion", "string", "Identifiant de la réunion (jeu « agenda »).",
            lambda e: e.desk.named(e.item, "evenement")),
    *_ABOUT, *_WHERE,
))  # fmt: skip

_WIKI = DataSet("wiki", "Wiki", "Les pages du wiki.", "wiki", (
    _ID, _TITLE, *_ABOUT, *_WHERE,
))  # fmt: skip

_DOSSIERS = DataSet(
    "dossiers", "Dossiers", "Ce que les conseils suivent dans la durée.", "dossier", (
    _ID, _TITLE,
    _column("depuis", "date", "Jour où le dossier a été ouvert.", lambda e: e.item.day),
    _column("etat", "string", "Où il en est.", lambda e: e.facts.state, DOSSIER_STATES),
    _column("responsable", "string", "Qui le suit : une fonction.", lambda e: e.facts.owner),
    _column("prochaine_etape", "string", "Ce qui vient ensuite.", lambda e: e.facts.next_step),
    _column("echeance", "date", "Pour quand.", lambda e: e.facts.due),
    _column("etapes", "integer", "Nombre d’étapes (jeu « etapes »).", lambda e: len(e.facts.steps)),
    _column("derniere_etape", "date", "Jour de la dernière étape.",
            lambda e: e.facts.steps[-1].day if e.facts.steps else None),
    _column("bilan", "string", "Ce qu’il a donné, une fois clos.", lambda e: e.facts.outcome),
    *_ABOUT, *_WHERE,
))  # fmt: skip

_STEPS = DataSet("etapes", "Étapes des dossiers", "Chaque étape de chaque dossier.", "dossier", (
    _column("id", "string", "Dossier et rang de l’étape.",
            lambda e: f"{e.item.id}#{e.step[0]}"),
    _column("dossier", "string", "Identifiant du dossier (jeu « dossiers »).", lambda e: e.item.id),
    _column("rang", "integer", "Rang dans le dossier, à partir de 1.", lambda e: e.step[0]),
    _column("date", "date", "Jour de l’étape.", lambda e: e.step[1].day),
    _column("titre", "string", "L’étape en quelques mots.", lambda e: e.step[1].title),
    _column("texte", "string", "Ce qui s’est passé.", lambda e: e.step[1].text),
    _column("par", "string", "Qui parle.", lambda e: e.step[1].by, ("conseil", "institution")),
    _column("communaute", "string", "Quartier ou groupe ; vide pour tout l’arrondissement.",
            lambda e: e.item.home),
))  # fmt: skip

_QUESTIONS = DataSet(
    "questions", "Questions", "Les questions aux institutions, et leurs réponses.", "question", (
    _ID, _TITLE,
    _column("posee_le", "date", "Jour où elle a été posée.", lambda e: e.item.day),
    _column("par", "string", "Qui la pose : une instance.", lambda e: e.facts.asked_by),
    _column("adressee_a", "string", "À qui.", lambda e: e.facts.to),
    _column("reunion", "string", "Identifiant de la réunion (jeu « agenda »).",
            lambda e: e.desk.named(e.item, "evenement")),
    _column("echeance", "date", "Réponse attendue pour le.", lambda e: e.facts.due),
    _column("reponse_date", "date", "Jour de la réponse ; vide : pas de réponse.",
            lambda e: e.facts.answer and e.facts.answer.day),
    _column("reponse_par", "string", "Qui répond : une fonction.",
            lambda e: e.facts.answer and e.facts.answer.by),
    _column("reponse", "string", "La réponse.", lambda e: e.facts.answer and e.facts.answer.text),
    _column("reponse_document", "string", "Identifiant du document de la réponse.",
            lambda e: e.desk.named(e.item, "reponse.document")),
    _column("suite", "string", "Ce qui a suivi.",
            lambda e: e.facts.answer and e.facts.answer.follow_up),
    *_ABOUT, *_WHERE,
))  # fmt: skip

_DEBATES = DataSet("debats", "Débats", "Les débats et leurs synthèses.", "debate", (
    _ID, _TITLE,
    _column("debut", "date", "Premier jour de la première phase.",
            lambda e: min((one.start for one in e.facts.phases), default=None)),
    _column("fin", "date", "Dernier jour de la dernière phase.",
            lambda e: max((one.end for one in e.facts.phases), default=None)),
    _column("phases", "string", "Les phases : nom, premier et dernier jour.",
            lambda e: several(f"{one.name} ({one.start}/{one.end})" for one in e.facts.phases)),
    _column("dossier", "string", "Identifiant de son dossier.",
            lambda e: e.desk.named(e.item, "dossier")),
    _column("rencontres", "string", "Identifiants des réunions (jeu « agenda »).",
            lambda e: e.desk.named(e.item, "rencontres")),
    _column("arguments", "integer", "Nombre d’arguments (jeu « arguments »).",
            lambda e: e.desk.arguments.get(e.item.id, 0)),
    _column("synthese", "string", "Ce que le débat a conclu.", lambda e: e.facts.synthesis),
    *_ABOUT, *_WHERE,
))  # fmt: skip

_ARGUMENTS = DataSet("arguments", "Arguments des débats", "Chaque argument reçu.", "argument", (
    _ID,
    _column("debat", "string", "Identifiant du débat (jeu « debats »).",
            lambda e: debate_id(e.item)),
    _TITLE,
    _column("date", "date", "Jour où il a été reçu.", lambda e: e.item.day),
    _column("type", "string", "Ce qu’il est.", lambda e: e.facts.type, ARGUMENT_TYPES),
    _column("origine", "string", "D’où il vient.", lambda e: e.facts.origin, ORIGINS),
    _column("discute_a", "string", "Identifiants des réunions (jeu « agenda »).",
            lambda e: e.desk.named(e.item, "discute_a")),
    _column("repond_a", "string", "Identifiant de l’argument auquel il répond.",
            lambda e: e.desk.named(e.item, "repond_a")),
    _column("suite", "string", "Ce qu’il est devenu.", lambda e: e.facts.follow_up),
    *_ABOUT, *_WHERE,
))  # fmt: skip


def _of_site(entry: Entry, own: str, *keys: str) -> str:
    """What a draw's page says, else site.yml."""
    value: Any = entry.desk.content.site
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return own or str(value or "")


def _drawn_from(entry: Entry) -> str:
    """Which data the draw looks at: its criteria; the address, where a household has one seat."""
    draw = entry.desk.draw(entry.item)
    if not draw.seats:
        return ""
    return several((*draw.features, *(("adresse",) if draw.household else ()))) or "inscription"


_ALGORITHMS = DataSet(
    "algorithmes", "Algorithmes", "Les traitements : un par tirage au sort.", "jury", (
    _ID, _TITLE, _column("date", "date", "Jour du tirage.", lambda e: e.item.day),
    _column("etat", "string", "Où il en est.", lambda e: e.desk.album.card(e.item).state,
            (*draws.COMING, draws.DRAWN, draws.STOPPED)),
    _column("administration", "string", "Administration responsable.",
            lambda e: _of_site(e, e.facts.owner, "editeur", "nom")),
    _column("service", "string", "Service qui s’en occupe.", lambda e: e.facts.service),
    _column("contact", "string", "Adresse à laquelle demander des explications.",
            lambda e: _of_site(e, e.facts.contact, "contact")),
    _column("finalite", "string", "À quoi il sert.", lambda e: e.facts.purpose),
    _column("base_legale", "string", "Ce qui le permet.", lambda e: e.facts.basis),
    _column("nature", "string", "Ce que fait le traitement.",
            lambda _: "tirage au sort, protocole cq/jury/v1"),
    _column("source_donnees", "string", "D’où vient la liste.", lambda e: e.facts.origin),
    _column("donnees", "string", "Critères que le tirage regarde ; vide avant l’engagement.",
            _drawn_from),
    _column("consequences", "string", "Pour une personne tirée.", lambda e: e.facts.consequences),
    _column("valide_par", "string", "Fonction qui l’a validé ; vide avant le tirage.",
            lambda e: e.facts.validated or d.validated if (d := e.desk.draw(e.item)).drawn else ""),
    _column("engagement", "string", "Empreinte de l’engagement ; vide avant.",
            lambda e: e.desk.draw(e.item).fingerprint),
    _column("personnes", "integer", "Personnes de la liste ; vide avant l’engagement.",
            lambda e: e.desk.draw(e.item).people or None),
    _column("sieges", "integer", "Sièges.", lambda e: e.desk.draw(e.item).seats or None),
    *_ABOUT, *_WHERE,
))  # fmt: skip


class Named(NamedTuple):
    """What a row is made from where there is no page of an item: a YAML file's keys."""

    id: str
    keys: Mapping[str, Any]
    page: str


def _key(name: str, kind: Type, description: str, key: str = "") -> Filled:
    return _column(name, kind, description, lambda one: _said(one.keys.get(key or name)))


def _said(value: object) -> Cell:
    if isinstance(value, list):
        return several(map(str, value))
    return value if isinstance(value, (str, int)) else None


_SINCE = (
    _key("depuis", "date", "Premier jour."),
    _key("jusqua", "date", "Dernier jour ; vide : il dure."),
)
_OWN = _column("page", "string", "Adresse de sa page.", lambda one: one.page)

_LISTS = DataSet("listes", "Listes de diffusion", "Les listes auxquelles écrire.", "mailing_list", (
    _column("id", "string", "Identifiant stable de la liste.", lambda one: one.id),
    _key("nom", "string", "Nom."),
    _key("adresse", "string", "Adresse de la liste."),
    _key("type", "string", "Annonce, discussion ou groupe de travail."),
    _key("objet", "string", "À quoi elle sert."),
    _key("quartier", "string", "Son quartier."),
    _key("groupe", "string", "Son groupe."),
    _key("archives", "string", "Qui lit ses archives."),
))  # fmt: skip
_QUARTIERS = DataSet("quartiers", "Quartiers", "Les conseils de quartier.", "quartier", (
    _column("id", "string", "Identifiant stable du quartier.", lambda one: one.id),
    _key("nom", "string", "Nom."),
    _key("numero", "string", "Numéro officiel."),
    *_SINCE,
    _key("courriel", "string", "Adresse à laquelle lui écrire.", "adresse"),
    _OWN,
))  # fmt: skip
_GROUPS = DataSet("groupes", "Groupes", "Commissions et groupes de travail.", "group", (
    _column("id", "string", "Identifiant stable du groupe.", lambda one: one.id),
    _key("nom", "string", "Nom."),
    _key("type", "string", "Commission ou groupe de travail."),
    _key("objet", "string", "À quoi il sert."),
    _key("quartiers", "string", "Ses quartiers."),
    *_SINCE,
    _key("courriel", "string", "Adresse à laquelle lui écrire.", "adresse"),
    _OWN,
))  # fmt: skip

SETS = (
    _EVENTS, _NEWS, _DOCUMENTS, _WIKI, _DOSSIERS, _STEPS, _QUESTIONS, _DEBATES, _ARGUMENTS,
    _ALGORITHMS, _LISTS, _QUARTIERS, _GROUPS,
)  # fmt: skip


def tables(content: Content, album: Album) -> tuple[Table, ...]:
    """Every data set of one audience, in the order of `SETS`; also those without a row, since
    programs come back to the same addresses.
    """
    desk = Desk(content, album)
    return tuple(
        Table(
            one.name, one.title, one.description, VERSION,
            tuple(filled.column for filled in one.columns),
            tuple(
                tuple(filled.value(entry) for filled in one.columns)
                for entry in _entries(one, desk)
            ),
        )
        for one in SETS
    )  # fmt: skip


def _entries(wanted: DataSet, desk: Desk) -> Iterable[Entry | Named]:
    if wanted is _LISTS:
        return _lists(desk.content)
    if wanted in {_QUARTIERS, _GROUPS}:
        found = desk.content.quartiers if wanted is _QUARTIERS else desk.content.groups
        return [_community(one, desk) for one in found]
    entries = [
        Entry(item, getattr(item, wanted.kind, None), desk) for item in desk.album.of(wanted.kind)
    ]
    if wanted is _STEPS:
        return [
            entry._replace(step=(rank, step))
            for entry in entries
            for rank, step in enumerate(entry.facts.steps, 1)
        ]
    return entries


def _lists(content: Content) -> list[Named]:
    return [
        Named(record.id, json.loads(fields), "")
        for record in content.records
        if record.kind == "mailing_list"
        for fields in record.fields
    ]


def _community(one: Community, desk: Desk) -> Named:
    keys = {"nom": one.name, **dict(one.facts)}
    return Named(one.slug, keys, desk.address(one.address))
