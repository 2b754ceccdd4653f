"""What pages, feeds and files of the public site are made of: none leads into a space, none loads
anything from elsewhere (`cq.audit.pages`), and nothing of the workshop was left.
"""

import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from cq.audit import folded
from cq.audit.pages import judged
from cq.audit.subject import FOLDER, Part, Subject
from cq.audit.tracked import sources_in_public
from cq.content.layout import PUBLIC
from cq.content.within import folder_of
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.front import Progress
from cq.over import over
from cq.spaces import SLOTS, WORDS

NAME = "structure"
_TEXTS = (
    ".html", ".xml", ".atom", ".json", ".ics", ".csv", ".txt", ".geojson", ".webmanifest", ".js",
    ".css", ".svg",
)  # fmt: skip
# What no site publishes: keys, memories, sources, what editors and systems leave behind.
_LEFT = re.compile(
    r"(?:^|/)(?:\.(?!nojekyll$|htaccess$|well-known/)[^/]*(?:/|$)"
    r"|trousseau[^/]*$|[^/]*\.(?:cqk|avant|sqlite|map|md|ya?ml|py|lock|bak|orig|old|swp|tmp|log|pem|key"
    r"|htpasswd)$|[^/]*~$|Thumbs\.db$|node_modules/|__pycache__/|desktop\.ini$)",
    re.IGNORECASE,
)
_ROUTE = re.compile(r"#/((?:conseillers|[qg]-[a-z0-9-]+))/([^\"'<>\s&]+)")
_SHOWN = 5
_SITE = PurePosixPath("content/site.yml")


def structure(subject: Subject, progress: Progress) -> Part:
    """Part 4: routes, policies, third parties, leavings, where the sources are."""
    paths = [one.path for one in subject.open_files()]
    found = [*_leavings(subject), *_address(subject), *sources_in_public(subject)]
    found += _statement(subject, frozenset(paths))
    ids = _private_addresses(subject)

    def look(path: str) -> list[Diagnostic]:
        return list(_faults(subject, path, ids))

    texts = [path for path in paths if path.endswith(_TEXTS)]
    for done, faults in enumerate(over(look, texts, jobs=subject.settings.jobs), 1):
        found += faults
        progress("structure des pages", done, len(texts))
    pages = sum(path.endswith(".html") for path in texts)
    others = counted(len(texts) - pages, "autre texte", "autres textes")
    said = f"{counted(pages, 'page', 'pages')} et {others} : adresses, politiques, tiers, restes"
    return Part(NAME, said, tuple(_few(found)))


def _leavings(subject: Subject) -> Iterator[Diagnostic]:
    for one in subject.files:
        if _LEFT.search(one.path):
            yield error(
                "left-behind",
                "ce fichier n’a rien à faire sur un site publié",
                subject.span(one.path.rstrip("/")),
                "des clés, une mémoire ou des sources y seraient lisibles de tous",
                "supprimez-le, puis : cq build --clean",
            )


def _address(subject: Subject) -> Iterator[Diagnostic]:
    """Where the site will be, when it has sealed spaces."""
    base = subject.content.base
    if not base or not subject.spaces:
        return
    parts = urlsplit(base)
    place = Span(_SITE)
    if parts.scheme != "https":
        yield error(
            "space-address",
            "adresse_web n’est pas en https : aucun navigateur n’ouvrirait les espaces privés",
            place,
            "le chiffrement d’un navigateur ne marche qu’en https",
            f"écrivez : adresse_web: https://{parts.netloc}{parts.path}",
        )
    if parts.path.strip("/"):
        yield warning(
            "space-address",
            f"le site est dans un dossier ({parts.path}) de {parts.netloc}",
            place,
            "un autre site du même nom de domaine pourrait lire ce qu’un navigateur retient des "
            "espaces privés",
            "donnez-lui un domaine ou un sous-domaine à lui",
        )


def _statement(subject: Subject, paths: frozenset[str]) -> Iterator[Diagnostic]:
    """The declaration of accessibility, which the law wants and every page leads to."""
    if "accessibilite/index.html" not in paths:
        yield error(
            "no-statement",
            "le site n’a pas de déclaration d’accessibilité",
            subject.span("accessibilite/index.html"),
            "la loi la demande, et chaque page doit y mener",
            'cq new page --slug accessibilite --titre "Accessibilité"',
        )


def _private_addresses(subject: Subject) -> frozenset[str]:
    """Addresses of private pages, in their space and from the site's root, that no public page has
    and none ends with: two communities may meet on one day.
    """
    found: set[str] = set()
    public: set[str] = set()
    for item in subject.content.items:
        if item.space == PUBLIC:
            public.update(_ends(item.address))
        else:
            found.update((item.address, item.address.removeprefix(folder_of(item.space))))
    return frozenset(one for one in found - public if one.count("/") > 1)


def _ends(address: str) -> Iterator[str]:
    """« a/b/c/ », « b/c/ », « c/ »."""
    while address:
        yield address
        address = address.partition("/")[2]


_ADDRESSES = re.compile(
    r"(?:href|src|action|content|cite|data-[a-z-]+)=\"([^\"]*)\"|<(?:loc|link|id)>([^<]*)<"
    r"|\b(?:URL|ATTACH|SOURCE)(?:;[^:\r\n]*)?:(\S+)|\"(?:url|id|home_page_url|@id|a|u)\":\s*\"([^\"]*)\""
    r"|^(?:Disallow|Allow|Sitemap):\s*(\S+)",
    re.MULTILINE,
)


def _faults(subject: Subject, path: str, ids: frozenset[str]) -> Iterator[Diagnostic]:
    data = folded.read(subject.read(path))
    if path in {SLOTS, WORDS}:
        return
    yield from _routes(subject, path, data, ids)
    yield from judged(subject, path, data)


def _routes(subject: Subject, path: str, text: str, ids: frozenset[str]) -> Iterator[Diagnostic]:
    """A way to a private page: its existence and its name are private as well."""
    plain = html.unescape(text) if "&" in text else text
    spaces = {found[1] for found in _ROUTE.finditer(plain) if found[2].strip("/\\")}
    if path.startswith("theme/"):
        spaces = set()
    for group in dict.fromkeys(_ADDRESSES.findall(plain)):
        told = next(filter(None, group), "").replace("index.html", "")
        bare = told.partition("#")[0].partition("?")[0]
        if "prive" in bare.split("/") or not ids.isdisjoint(_ends(bare)):
            spaces.add("")
    if spaces:
        named = ", ".join(sorted(filter(None, spaces)))
        yield error(
            "private-route",
            "ce fichier public mène à une page privée" + (f" (espace {named})" if named else ""),
            subject.span(path),
            "son adresse dit déjà ce qu’elle contient",
            "retirez ce lien du texte public, puis : cq build",
        )


def _few(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Of one code, so many; a theme's one fault is on every page."""
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        key = one.code, one.message
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _SHOWN:
            yield one
    for (code, message), count in counts.items():
        if count > _SHOWN:
            yield Diagnostic(code, f"{message} : {count} fichiers en tout", Span(FOLDER))
