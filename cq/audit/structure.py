"""What pages, feeds and files of the public site are made of: none leads into a space, none loads
anything from elsewhere or does what its policy would forbid, and nothing of the workshop was left.

Pages are read with patterns, not parsed: what a browser would make of odd marks is the sanitiser's
affair (`cq.content.markup.clean`). Here every page is one that our own templates wrote.
"""

import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from cq.audit import folded
from cq.audit.subject import ACCESS, WORDS, Part, Subject
from cq.audit.tracked import sources_in_public
from cq.content.layout import PUBLIC
from cq.content.within import folder_of
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.front import Progress
from cq.over import over
from cq.site.plan.space_page import integrity
from cq.site.routes import SPACE

NAME = "structure"
_SHELL = f"{SPACE}index.html"
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
_POLICY = re.compile(
    r"<head>\s*<meta charset=\"utf-8\">\s*<meta http-equiv=\"Content-Security-Policy\" "
    r"content=\"([^\"]*)\">"
)
_WEAK = ("unsafe-", "http:", "https:", "*", "data:script", "strict-dynamic")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.IGNORECASE | re.DOTALL)
_SRC, _SUM = re.compile(r"src=\"([^\"]+)\""), re.compile(r"integrity=\"([^\"]+)\"")
_EVENT = re.compile(r"<[a-z][^<>]*\s(on[a-z]+|style|srcdoc)\s*=", re.IGNORECASE)
_REFRESH = re.compile(r"<meta[^>]*http-equiv=[\"']?refresh[^>]*>", re.IGNORECASE)
_BASE = re.compile(r"<base\b", re.IGNORECASE)
# What a browser fetches by itself, or where a form goes; « canonical » and the like are words only.
_LOADED = re.compile(
    r"<(?:img|script|source|iframe|embed|audio|video|track|input|object|frame|portal|use|image)\b"
    r"[^>]*?\s(?:src|srcset|data|poster|href|xlink:href)\s*=\s*[\"']?([^\"'>\s]+)"
    r"|<link\b(?=[^>]*\srel=[\"']?[^\"'>]*\b(?:stylesheet|icon|preload|prefetch|modulepreload|"
    r"preconnect|dns-prefetch|manifest)\b)[^>]*?\shref\s*=\s*[\"']?([^\"'>\s]+)"
    r"|<form\b[^>]*?\saction\s*=\s*[\"']?([^\"'>\s]+)",
    re.IGNORECASE,
)
_OUT = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_STYLE = re.compile(r"url\(\s*[\"']?((?:[a-z]+:)?//[^\"')]+)|@import\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[\"'`](?:https?:|wss?:)?//[^\"'`\s]+")
_NAMESPACES = ("http://www.w3.org/",)
_ROUTE = re.compile(r"#/((?:conseillers|[qg]-[a-z0-9-]+))/([^\"'<>\s&]+)")
_SHOWN = 5
_SITE = PurePosixPath("content/site.yml")
_FOLDER = PurePosixPath("(dossier à publier)")


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
    """Addresses of private pages, in their space and from the site's root, no public page has."""
    found: set[str] = set()
    public: set[str] = set()
    for item in subject.content.items:
        if item.space == PUBLIC:
            public.add(item.address)
            continue
        inside = f"{item.address}".removeprefix(folder_of(item.space))
        found.update((item.address, inside) if inside.count("/") > 1 else (item.address,))
    return frozenset(one for one in found - public if one.count("/") > 1)


_ADDRESSES = re.compile(
    r"(?:href|src|action|content|cite|data-[a-z-]+)=\"([^\"]*)\"|<(?:loc|link|id)>([^<]*)<"
    r"|\b(?:URL|ATTACH|SOURCE)(?:;[^:\r\n]*)?:(\S+)|\"(?:url|id|home_page_url|@id|a|u)\":\s*\"([^\"]*)\""
    r"|^(?:Disallow|Allow|Sitemap):\s*(\S+)",
    re.MULTILINE,
)


def _faults(subject: Subject, path: str, ids: frozenset[str]) -> Iterator[Diagnostic]:
    data = folded.read(subject.read(path))
    if path in {ACCESS, WORDS}:
        return
    yield from _routes(subject, path, data, ids)
    if path.endswith(".html"):
        yield from _page(subject, path, data)
    elif path.endswith(".css"):
        if _STYLE.search(data):
            yield _third(subject, path, "une feuille de style")
    elif path.endswith(".js"):
        outside = [one for one in _ABSOLUTE.findall(data) if not one[1:].startswith(_NAMESPACES)]
        if outside:
            yield _third(subject, path, "un script")


def _routes(subject: Subject, path: str, text: str, ids: frozenset[str]) -> Iterator[Diagnostic]:
    """A way to a private page: its existence and its name are private as well."""
    plain = html.unescape(text) if "&" in text else text
    spaces = {found[1] for found in _ROUTE.finditer(plain) if found[2].strip("/\\")}
    if path.startswith("theme/"):
        spaces = set()
    for group in _ADDRESSES.findall(plain):
        told = next(filter(None, group), "").replace("index.html", "")
        bare = told.partition("#")[0].partition("?")[0]
        parts = bare.split("/")
        if "prive" in parts or any("/".join(parts[n:]) in ids for n in range(len(parts) - 1)):
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


def _pinned(subject: Subject, text: str) -> Iterator[Diagnostic]:
    """The shell names each script with its digest, and it is the one that is published."""
    there = {one.path for one in subject.files}
    for attributes, _ in _SCRIPT.findall(text):
        src, sum_ = _SRC.search(attributes), _SUM.search(attributes)
        path = src[1].removeprefix("../") if src else ""
        if not sum_ or path not in there or integrity(subject.read(path)) != sum_[1]:
            yield _unsafe(
                subject, _SHELL, "un script de l’espace n’est pas tenu par son empreinte", path
            )


def _page(subject: Subject, path: str, text: str) -> Iterator[Diagnostic]:
    if path == _SHELL:
        yield from _pinned(subject, text)
    policy = _POLICY.search(text)
    if policy is None:
        yield _unsafe(subject, path, "cette page n’a pas de politique de sécurité en tête", "")
    else:
        yield from _policy(subject, path, html.unescape(policy[1]))
    for attributes, inside in _SCRIPT.findall(text):
        is_data = "application/ld+json" in attributes
        if not is_data and ("src=" not in attributes or inside.strip()):
            yield _unsafe(subject, path, "cette page a un script dans son texte", "")
            break
    event = _EVENT.search(text)
    if event:
        yield _unsafe(subject, path, f"cette page a un attribut « {event[1]} »", "")
    made = subject.targets.get(path)
    if _REFRESH.search(text) and not (made and _is_redirect(text)):
        yield _unsafe(subject, path, "cette page renvoie ailleurs d’elle-même", "")
    if _BASE.search(text):
        yield _unsafe(subject, path, "cette page change le sens de ses liens (base)", "")
    for group in _LOADED.findall(text):
        address = html.unescape(next(filter(None, group), ""))
        if _OUT.match(address) and not address.startswith(("data:image/", "mailto:")):
            yield _third(subject, path, "cette page")
            break


def _policy(subject: Subject, path: str, policy: str) -> Iterator[Diagnostic]:
    rules: dict[str, list[str]] = {}
    for one in policy.split(";"):
        name, *values = one.split() or [""]
        rules.setdefault(name, values)
    weak = [
        value for name, values in rules.items() for value in values
        if any(sign in value for sign in _WEAK)
    ]  # fmt: skip
    lacks = [
        name for name, wanted in (("default-src", ["'none'"]), ("base-uri", ["'none'"]))
        if rules.get(name) != wanted
    ]  # fmt: skip
    if path == _SHELL:
        lacks += [
            name for name in ("require-trusted-types-for", "trusted-types") if name not in rules
        ]
        if rules.get("form-action") != ["'none'"]:
            lacks.append("form-action")
    if weak or lacks or "form-action" not in rules:
        words = ", ".join((*weak, *lacks)) or "form-action"
        yield _unsafe(subject, path, "la politique de sécurité de cette page est trop large", words)


def _is_redirect(text: str) -> bool:
    """Whether it is our own page of an old address: it leads to a place of this site."""
    found = re.search(r"http-equiv=\"refresh\" content=\"0; url=([^\"]+)\"", text)
    return found is not None and not _OUT.match(found[1]) and "<script" not in text


def _unsafe(subject: Subject, path: str, words: str, more: str) -> Diagnostic:
    return error(
        "unsafe-page",
        words + (f" : {more}" if more else ""),
        subject.span(path),
        "un texte piégé pourrait y agir, et lire ce qu’un navigateur retient des espaces privés",
        "si le site a son propre thème, reprenez la tête de page de themes/default/base.html",
    )


def _third(subject: Subject, path: str, what: str) -> Diagnostic:
    return error(
        "third-party",
        f"{what} charge quelque chose d’un autre site",
        subject.span(path),
        "cet autre site saurait qui lit cette page, et pourrait la changer",
        "copiez le fichier dans le thème, ou faites-en un lien",
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
            yield Diagnostic(code, f"{message} : {count} fichiers en tout", Span(_FOLDER))
