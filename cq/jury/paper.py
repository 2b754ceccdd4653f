"""The printed letter of a draw: one sheet a person, many in one file to print.

It asks nothing of the network. The address, the line and the salt in it are its reader's own.
"""

import html
import itertools
from collections.abc import Collection, Iterable, Mapping
from string import Template
from typing import NamedTuple

from cq.french.dates import iso_words
from cq.jury.particulars import Particulars, said
from cq.printed import page_head

_STYLE = """\
@page { size: A4; margin: 18mm 20mm; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
       font: 11pt/1.4 "Liberation Serif", "Times New Roman", serif; }
article + article { break-before: page; margin-top: 4rem; border-top: 1pt dashed #777; }
h1 { font-size: 1.25em; margin: 1em 0 .5em; }
h2 { font-size: 1em; margin: .9em 0 .2em; break-after: avoid; }
p { margin: .35em 0; }
.to { margin: 1.5em 0 1.5em 50%; white-space: pre-line; }
.own { display: flex; gap: 1.2em; break-inside: avoid; }
.own svg { flex: none; width: 40mm; height: 40mm; }
.line { margin: .3em 0; padding: .5em .8em; border: .75pt solid #111; overflow-wrap: anywhere;
        font: .82em/1.35 "Liberation Mono", monospace; white-space: pre-wrap; }
.digits { font-family: "Liberation Mono", monospace; }
.small { font-size: .85em; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  article + article { border: 0; margin: 0; }
}
@media screen and (max-width: 34rem) { .to { margin-left: 0; } .own { display: block; } }
"""
# What lists call it, as `cq.jury.lists` reads it; the first of each that somebody has.
_PERSON = (
    ("civilite",),
    ("prenom", "prenoms", "first_name"),
    ("nom_d_usage", "nom_usuel", "nom", "nom_de_famille", "nom_de_naissance", "last_name",
     "surname", "name"),
)  # fmt: skip
_MOST = 1_000  # bytes of a code: at 40 mm its modules have 0.35 mm
_STREET = frozenset(
    ("numero_de_voie", "numero_voie", "num_voie", "type_de_voie", "voie", "libelle_de_voie",
     "libelle_voie")
)  # fmt: skip
_LINES = (
    "adresse", "adresse_1", "adresse1", "adresse_postale", "address", "primary_address1",
    "complement", "complement_adresse", "complement_d_adresse", "adresse_2", "adresse2",
    "primary_address2",
)  # fmt: skip
_TOWN = (
    ("code_postal", "cp", "zip", "postcode", "primary_zip"),
    ("commune", "ville", "city", "primary_city"),
)
_HEAD = Template(page_head(_STYLE))
TAIL = "</body>\n</html>\n"
_LETTER = Template("""\
<article>
<p>$owner<br>$address</p>
<p class="to">$to</p>
<p>Le $day</p>
<h1>$title</h1>
$body
<h2>Vérifier par vous-même</h2>
<div class="own">$code
<div>
<p>Votre numéro dans la liste publique : <span class="digits">$number</span></p>
<p>$how</p>
</div></div>
<p>Le sel, puis la ligne, qui ne sont qu’à vous :</p>
<p class="line">$salt</p>
<p class="line">$row</p>
<h2>Une décision prise par un programme</h2>
<p class="small">Ce tirage est un traitement algorithmique. L’administration responsable est :
$the_owner$service. Il sert à : $purpose. Ses règles, ses principales caractéristiques et le
résultat sont publiés$page. Vous avez
le droit d’en obtenir les règles et les principales caractéristiques, et de savoir comment elles
vous ont été appliquées (articles L311-3-1 et R311-3-1-1 du code des relations entre le public et
l’administration) : demandez-le à $contact. Sans réponse dans un délai d’un mois, vous pouvez saisir
la Commission d’accès aux documents administratifs (CADA, cada.fr), dans les deux mois qui
suivent.$validated</p>
<h2>Vos données</h2>
<p class="small">Responsable : $the_owner. Délégué ou déléguée à la protection des données :
$officer. Finalité : $purpose. Base légale : $basis. D’où viennent vos données : $origin. Données
traitées : celles de la ligne ci-dessus$criteria. Destinataires : le service qui organise le
tirage ; en public ne figurent que des numéros, des catégories et des empreintes, sans aucun nom.
Conservation : $retention. Vous avez le droit d’y accéder, de les rectifier, de vous opposer à leur
traitement, de le limiter et de les faire effacer, en écrivant à $contact, et de vous plaindre à la
CNIL (cnil.fr).</p>
</article>
""")


class Addressee(NamedTuple):
    """One letter. `row` is what the number was made of; `link` fills in the page, "" for none."""

    to: tuple[str, ...]
    paragraphs: tuple[str, ...]
    pid: str
    salt: str
    row: Mapping[str, str]
    link: str = ""
    criteria: str = ""  # what the draw looked at: a second stage knows more than the line says


def head(title: str) -> str:
    return _HEAD.substitute(title=html.escape(title))


def grouped(digits: str) -> str:
    """Four digits at a time: to be read aloud, and never taken for a number by a spreadsheet."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def letter(one: Addressee, title: str, particulars: Particulars, today: str) -> str:
    """The sheet of one person; every word of it is escaped."""
    told = particulars
    values = {
        "owner": said(told.owner),
        "the_owner": said(told.owner),
        "address": said(told.address),
        "to": "\n".join(one.to),
        "day": iso_words(today),
        "title": title,
        "number": grouped(one.pid),
        "how": _how(one, told),
        "salt": grouped(one.salt),
        "row": "\n".join(f"{name} : {value}" for name, value in one.row.items()),
        "service": f" ({told.service})" if told.service else "",
        "purpose": said(told.purpose),
        "page": f" à l’adresse {told.page}" if told.page else "",
        "contact": said(told.contact),
        "validated": f" Le résultat a été validé par {told.validated}." if told.validated else "",
        "officer": said(told.officer),
        "basis": said(told.basis),
        "origin": said(told.origin),
        "criteria": f" ; critères du tirage : {one.criteria}" if one.criteria else "",
        "retention": f"jusqu’au {iso_words(told.destroyed)}" if told.destroyed else said(""),
    }
    return _LETTER.substitute(
        {name: html.escape(value) for name, value in values.items()},
        body="\n".join(f"<p>{html.escape(text)}</p>" for text in one.paragraphs),
        code=_drawing(one.link) if one.link else "",
    )


def _how(one: Addressee, told: Particulars) -> str:
    if one.link:
        return (
            "Visez ce dessin avec un téléphone : la page de vérification s’ouvre, remplie. Elle "
            "cherche votre numéro dans la liste sans envoyer votre ligne à personne. Ou bien "
            f"ouvrez {told.page}verifier/ et recopiez-y le sel et la ligne."
        )
    return "Sur la page de vérification du tirage, recopiez le sel et la ligne ci-dessous."


def paragraphs(text: str) -> tuple[str, ...]:
    """Those of a plain text: blank lines part them."""
    blocks = (" ".join(block.split()) for block in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(block for block in blocks if block)


def fits(link: str) -> bool:
    """Whether a telephone would read its code, printed on a letter."""
    return len(link.encode()) <= _MOST


def _drawing(link: str) -> str:
    """A QR code as SVG: 7 % of it may be stained, since a whole line makes it dense.

    Its mask is not chosen among the eight, which would take four times as long: any can be read.
    """
    import segno

    made = segno.make(link, error="l", micro=False, boost_error=False, mask=0)
    drawn: str = made.svg_inline(border=4, omitsize=True, title="Votre ligne, en code QR")
    return drawn


def address(row: Mapping[str, str], home: Collection[str] = ()) -> tuple[str, ...]:
    """Who lives where, from the columns that a list is likely to have; those of `home` are part of
    the address, whatever they are called. The first line is who, "" where no column says it.
    """
    found = {name: value for name, value in row.items() if value}

    def first(names: Iterable[str]) -> list[str]:
        return [found[name] for name in names if name in found][:1]

    person = " ".join(one for names in _PERSON for one in first(names))
    town = " ".join(one for names in _TOWN for one in first(names))
    apart = {*_LINES, *itertools.chain(*_TOWN)}
    street = " ".join(
        value for name, value in found.items()
        if name not in apart and (name in _STREET or name in home)
    )  # fmt: skip
    lines = (found[name] for name in _LINES if name in found)
    return (person, *(line for line in (street, *lines, town) if line))
