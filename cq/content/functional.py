"""E-mail addresses of offices: those whose local part says what for, and nobody's name.

The site's own list of others is judged in `cq.content.checks.privacy`.
"""

import re

from cq.french.folding import fold

# A local part whose first word is one of these is nobody's own.
FUNCTIONS = frozenset(
    """
    contact mairie conseil conseils accueil info infos information informations secretariat
    bureau direction communication presse webmaster webmestre postmaster abuse dpo rgpd cnil
    accessibilite democratie participation citoyen citoyens citoyennete quartier quartiers cq
    association asso collectif comite commission equipe animation coordination moderation
    redaction newsletter lettre liste listes noreply support aide service services technique
    urbanisme voirie proprete culture education ecole bibliotheque mediatheque centre maison
    espace cabinet elus arrondissement inscription inscriptions reservation reservations
    evenement evenements agenda budget git hello bonjour ne no do security securite vie
    relations guichet courrier registre
    """.split()  # noqa: SIM905 - a list that people read and add to
)
_HIDDEN = re.compile(r"[ ]?[\[({](?:at|arobase|chez)[\])}][ ]?", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


def address_of(written: str) -> str:
    """« paul (at) exemple.fr » as the address that it is."""
    return _HIDDEN.sub("@", written)


def is_functional(address: str) -> bool:
    """Whether its first word is an office's."""
    first = _WORD.match(fold(address.partition("@")[0]))
    return first is not None and first[0] in FUNCTIONS
