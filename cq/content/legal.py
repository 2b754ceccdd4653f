"""What the law asks a public site to say of itself, and what site.yml does not say yet.

Pure questions: no disk, no page. FRENCH-RULES: LEG-01, RGPD-04, ACC-02. A site may be shown to a
colleague unfinished; `obstacles` says why it may not be published.
"""

from collections.abc import Iterable, Mapping

from cq.diagnostic import Diagnostic, Severity
from cq.french.folding import fold
from cq.french.numbers import counted

NOTICE = "mentions-legales"
PRIVACY = "donnees-personnelles"
ACCESSIBILITY = "accessibilite"
COUNCIL = "conseil-de-quartier"
# Pages that the site makes from site.yml where it has none of its own at that address.
PAGES = (NOTICE, PRIVACY, ACCESSIBILITY, COUNCIL)
# Another name under which a site may have written the page itself, as `cq init` does.
OTHER_NAMES = {COUNCIL: "le-conseil-de-quartier"}

# By key of site.yml: the line to write.
LINES = {
    "editeur.nom": "editeur: {nom: …, adresse: …, telephone: …}",
    "editeur.adresse": "editeur: {nom: …, adresse: …, telephone: …}",
    "editeur.telephone": "editeur: {nom: …, adresse: …, telephone: …}",
    "directeur_publication": "directeur_publication: …",
    "hebergeur.nom": "hebergeur: {nom: …, adresse: …, telephone: …}",
    "hebergeur.adresse": "hebergeur: {nom: …, adresse: …, telephone: …}",
    "hebergeur.telephone": "hebergeur: {nom: …, adresse: …, telephone: …}",
    "dpo": "dpo: dpo@…",
    "contact": "contact: contact@…",
    "accessibilite.etat": "accessibilite: {etat: non conforme, date: …}",
}
_PROMISED = fold("à compléter")
_UNFINISHED = "to-complete"


def absent(site: Mapping[str, object]) -> tuple[str, ...]:
    """The keys that site.yml does not have at all."""
    return tuple(key for key in LINES if not _value(site, key))


def lacking(site: Mapping[str, object]) -> tuple[str, ...]:
    """The keys that are absent, or that say « à compléter »."""
    return tuple(key for key in LINES if not (said := _value(site, key)) or _PROMISED in fold(said))


def obstacles(site: Mapping[str, object], found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Why this site may not be published yet; nothing where it may.

    `found` are the findings of a whole run: errors, and pages that are still « à compléter ».
    """
    reasons = []
    if keys := lacking(site):
        reasons.append(f"site.yml ne dit pas encore : {', '.join(keys)}")
    errors, unfinished = 0, set()
    for one in found:
        if one.severity is Severity.ERROR:
            errors += 1
        elif one.code == _UNFINISHED:
            unfinished.add(one.span.path)
    if errors:
        reasons.append(f"{counted(errors, 'erreur reste', 'erreurs restent')} à corriger")
    if unfinished:
        reasons.append(
            f"{counted(len(unfinished), 'fichier reste', 'fichiers restent')} à compléter"
        )
    return tuple(reasons)


def _value(site: Mapping[str, object], key: str) -> str:
    value: object = site
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value or "")
