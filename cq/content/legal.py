"""What the law asks a public site to say of itself, and what site.yml does not say yet.

Pure questions: no disk, no page. FRENCH-RULES: LEG-01, RGPD-04, ACC-07. The checks and `cq doctor`
ask the same list; who publishes a site will ask it too.
"""

from collections.abc import Iterable, Mapping

from cq.content.item import Item
from cq.french.folding import fold

NOTICE = "mentions-legales"
PRIVACY = "donnees-personnelles"
ACCESSIBILITY = "accessibilite"
COUNCIL = "conseil-de-quartier"
# Pages that the site makes from site.yml where it has none of its own at that address.
PAGES = (NOTICE, PRIVACY, ACCESSIBILITY, COUNCIL)
# Another name under which a site may have written the page itself, as `cq init` does.
OTHER_NAMES = {COUNCIL: "le-conseil-de-quartier"}
CHARTER = "charte-de-moderation"

# By key of site.yml: the page that must say it, and an example.
_ASKED = {
    "editeur.nom": (NOTICE, "Mairie du 10e"),
    "editeur.adresse": (NOTICE, "1, place de la Mairie, 75010 Paris"),
    "editeur.telephone": (NOTICE, "01 99 00 12 34"),
    "directeur_publication": (NOTICE, "la maire ou le maire du 10e arrondissement"),
    "hebergeur.nom": (NOTICE, "Hébergeur Exemple"),
    "hebergeur.adresse": (NOTICE, "1, rue de l’Exemple, 59000 Lille"),
    "hebergeur.telephone": (NOTICE, "01 99 00 12 35"),
    "dpo": (PRIVACY, "dpo@exemple.fr"),
    "contact": (ACCESSIBILITY, "contact@exemple.fr"),
}
KEYS = tuple(_ASKED)
# Said elsewhere, it is said: pages fall back on it.
_INSTEAD = {"contact": "editeur.courriel"}
_PROMISED = fold("à compléter")


def taken(items: Iterable[Item]) -> frozenset[str]:
    """The addresses that `items` answer at, old ones included; without capitals."""
    return frozenset(
        f"{address.strip('/')}/".casefold()
        for one in items
        for address in (one.address, *one.old_addresses)
    )


def is_taken(name: str, addresses: frozenset[str]) -> bool:
    """Whether the site has this page of its own, at one of its `taken` addresses."""
    return bool({f"{name}/", f"{OTHER_NAMES.get(name, name)}/"} & addresses)


def absent(site: Mapping[str, object], pages: Iterable[str] = PAGES) -> tuple[str, ...]:
    """The keys that site.yml does not have at all, of those that `pages` must say."""
    wanted = set(pages)
    return tuple(key for key in KEYS if _ASKED[key][0] in wanted and not _value(site, key))


def lacking(site: Mapping[str, object]) -> tuple[str, ...]:
    """The keys that are absent, or that say « à compléter »."""
    return tuple(key for key in KEYS if not (said := _value(site, key)) or _PROMISED in fold(said))


def lines(keys: Iterable[str]) -> tuple[str, ...]:
    """The lines that site.yml wants for `keys`, with examples."""
    written: dict[str, None] = {}
    for key in keys:
        head, _, below = key.partition(".")
        if below:
            written[f"{head}:"] = None
        written[f"  {below}: {_ASKED[key][1]}" if below else f"{head}: {_ASKED[key][1]}"] = None
    return tuple(written)


def _value(site: Mapping[str, object], key: str) -> str:
    value: object = site
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value or "") or (_value(site, _INSTEAD[key]) if key in _INSTEAD else "")
