"""What a letter says first, for each of the four that may get one; a town hall writes its own.

Plain texts, a paragraph between two blank lines, kept beside the letters: written there at first
with the words below, and used as they stand from then on. What the law wants in each letter is not
among them (`cq.jury.paper`): nobody takes it out by editing a text.
"""

from pathlib import Path
from string import Template

from cq.access import kept
from cq.jury.folders import Refused

DRAWN, RESERVE, REST, REPLACED = "tires", "suppleants", "non-tires", "remplaces"
KINDS = (DRAWN, RESERVE, REST, REPLACED)
FOLDER = "lettres"  # where they all are, in the private folder
_MOST = 20_000

DELIVERED = {
    DRAWN: """\
Le tirage au sort « $titre » vous a désigné ou désignée pour siéger.

Vous êtes libre d’accepter ou de refuser, sans donner de raison. Merci de nous répondre avant le \
$reponse_avant, à l’adresse $contact.

Si vous ne pouvez pas venir, la personne suivante de la même catégorie est appelée, selon une \
règle connue d’avance. Vous en seriez prévenu ou prévenue par écrit, avec le numéro du remplacement.
""",
    RESERVE: """\
Le tirage au sort « $titre » ne vous a pas désigné ou désignée pour siéger, mais vous êtes parmi \
les suppléantes et suppléants : $rang de votre catégorie.

Vous n’avez rien à faire. Si une personne de votre catégorie ne peut pas siéger, nous vous écrirons.
""",
    REST: """\
Le tirage au sort « $titre » ne vous a pas désigné ou désignée. Vous n’avez rien à faire.

Votre chance d’être tiré ou tirée était la même que celle de toutes les personnes de votre \
catégorie : $chance.
""",
    REPLACED: """\
Votre siège du tirage au sort « $titre » a été donné à une autre personne : c’est le remplacement \
numéro $evenement, du $jour_remplacement. $motif

Si c’est une erreur, dites-le-nous vite, à l’adresse $contact : un remplacement se conteste. \
Chaque personne remplacée reçoit cette lettre, et le numéro de son remplacement est public.
""",
}
NAMES = (
    "titre", "reponse_avant", "contact", "rang", "chance", "evenement", "jour_remplacement",
    "motif", "criteres", "numero", "nom", "prenom",
)  # fmt: skip


def texts(folder: Path, kinds: tuple[str, ...]) -> dict[str, Template]:
    """Those of `folder`, where the delivered ones are put first. Raises Refused or OSError."""
    found = {}
    for kind in kinds:
        path = folder / f"{kind}.txt"
        if not path.exists():
            kept.write(path, DELIVERED[kind].encode())
        found[kind] = _read(path)
    return found


def _read(path: Path) -> Template:
    with path.open("rb") as stream:
        data = stream.read(_MOST + 1)
    try:
        made = Template(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(
            f"{path} n’est pas un texte UTF-8\nenregistrez-le ainsi, ou effacez-le"
        ) from None
    unknown = sorted(set(made.get_identifiers()) - set(NAMES)) if made.is_valid() else ["$"]
    if len(data) > _MOST or unknown:
        raise Refused(
            f"{path} : « ${unknown[0].lstrip('$')} » n’est pas remplacé\n"
            f"les mots remplacés : {', '.join(f'${name}' for name in NAMES)} ; $$ écrit un $"
            if unknown
            else f"{path} : trop long pour une lettre\nune page suffit"
        )
    return made
