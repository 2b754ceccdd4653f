"""What one page, style or script does when a browser reads it: its policy, what it fetches by
itself, and whether anything in it could act.

Marks are read with patterns: what a browser would make of odd ones is the sanitiser's affair
(`cq.content.markup.clean`). Here every page is one that our own templates wrote.
"""

import functools
import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from cq.audit.subject import Subject
from cq.diagnostic import Diagnostic, error
from cq.draw import page as verifier
from cq.site.plan.space_page import integrity
from cq.site.routes import JURIES, SPACE, VERIFY

SHELL = f"{SPACE}index.html"
_VERIFIER = re.compile(rf"{JURIES}[^/]+/{VERIFY}index\.html")
_POLICY = re.compile(
    r"<head>\s*<meta charset=\"utf-8\">\s*<meta http-equiv=\"Content-Security-Policy\" "
    r"content=\"([^\"]*)\">"
)
_WEAK = ("unsafe-", "http:", "https:", "*", "strict-dynamic")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.IGNORECASE | re.DOTALL)
_SRC, _SUM = re.compile(r"src=\"([^\"]+)\""), re.compile(r"integrity=\"([^\"]+)\"")
# None goes beyond the next « < », so that a page is read in one pass, however it is broken.
_MARK = re.compile(r"<([a-zA-Z][^\s<>/]*)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*>)")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]++)(?:\s*=\s*(\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?")
# What a browser fetches by itself, or where a form goes; « canonical » and the like are words only.
_FETCHED = {"src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "background"}
_RELATIONS = {
    "stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch",
    "manifest", "apple-touch-icon",
}  # fmt: skip
_LINKED = {"use", "image", "feimage"}  # drawings inside a page
_OUT = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_STYLE = re.compile(r"url\(\s*[\"']?(?:[a-z]+:)?//|@import\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[\"'`](?:https?:|wss?:)?//[^\"'`\s]+")
_NAMESPACES = ("http://www.w3.org/",)


class Mark(NamedTuple):
    """One opening mark of a page, in lower case; values without their escapes."""

    name: str
    attributes: dict[str, str]

    @property
    def fetched(self) -> Iterator[str]:
        """The addresses that a browser asks for by itself."""
        for name, value in self.attributes.items():
            if name in _FETCHED or (name == "href" and (self.name in _LINKED or self._is_needed)):
                yield value

    @property
    def _is_needed(self) -> bool:
        relations = self.attributes.get("rel", "").lower().split()
        return self.name == "link" and not _RELATIONS.isdisjoint(relations)


def marks(text: str) -> Iterator[Mark]:
    for name, rest in _MARK.findall(text):
        yield _read(name, rest)


def _read(name: str, rest: str) -> Mark:
    attributes = {
        key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(rest)
    }
    return Mark(name.lower(), attributes)


def judged(subject: Subject, path: str, text: str) -> Iterator[Diagnostic]:
    """What is wrong with a published text of this name."""
    if path.endswith(".html"):
        yield from _page(subject, path, text)
    elif path.endswith(".css") and _STYLE.search(text):
        yield _third(subject, path, "une feuille de style")
    elif path.endswith(".js"):
        outside = [one for one in _ABSOLUTE.findall(text) if not one[1:].startswith(_NAMESPACES)]
        if outside:
            yield _third(subject, path, "un script")


def _page(subject: Subject, path: str, text: str) -> Iterator[Diagnostic]:
    if _VERIFIER.fullmatch(path) and verifier.known(subject.read(path)):
        return  # one file with its script, ours to the byte: its own tests look at it
    policy = _POLICY.search(text)
    if policy is None:
        yield _unsafe(subject, path, "cette page n’a pas de politique de sécurité en tête")
    else:
        yield from _policy(subject, path, html.unescape(policy[1]))
    for attributes, inside in _SCRIPT.findall(text):
        if "application/ld+json" not in attributes and ("src=" not in attributes or inside.strip()):
            yield _unsafe(subject, path, "cette page a un script dans son texte")
            break
    told: set[str] = set()
    for name, rest in dict.fromkeys(_MARK.findall(text)):
        told.update((_wrong if len(rest) < _LONG else _judged)(name, rest, path == SHELL))
    for words in sorted(told):
        yield _unsafe(subject, path, words) if words else _third(subject, path, "cette page")
    if path == SHELL:
        yield from _pinned(subject, text)


def _judged(name: str, rest: str, shell: bool) -> tuple[str, ...]:  # noqa: FBT001 - remembered by it
    """What is wrong with a mark, in words; "" where it calls another site."""
    mark = _read(name, rest)
    found = [*_acting(mark), *_leading(mark, shell=shell)]
    return (*found, "") if any(_is_out(one) for one in mark.fetched) else tuple(found)


_LONG = 400
_wrong = functools.lru_cache(maxsize=1 << 14)(_judged)  # all pages have some marks in common


def _acting(mark: Mark) -> Iterator[str]:
    for name in mark.attributes:
        if (name.startswith("on") and name.isalpha()) or name in {"style", "srcdoc"}:
            yield f"cette page a un attribut « {name} »"
            return


def _leading(mark: Mark, *, shell: bool) -> Iterator[str]:
    """Ways to go elsewhere that no policy stops; our pages of old addresses stay on the site."""
    if mark.name == "base":
        yield "cette page change le sens de ses liens (base)"
    if mark.name == "meta" and mark.attributes.get("http-equiv", "").lower() == "refresh":
        _, _, address = mark.attributes.get("content", "").partition("=")
        if shell or not address or _OUT.match(address):
            yield "cette page renvoie ailleurs d’elle-même"


def _is_out(address: str) -> bool:
    return bool(_OUT.match(address)) and not address.startswith(("data:image/", "mailto:"))


def _policy(subject: Subject, path: str, policy: str) -> Iterator[Diagnostic]:
    rules: dict[str, list[str]] = {}
    for one in policy.split(";"):
        name, *values = one.split() or [""]
        rules.setdefault(name, values)
    wanted = {"default-src": ["'none'"], "base-uri": ["'none'"]}
    asked = ["form-action"]
    if path == SHELL:
        wanted["form-action"] = ["'none'"]
        asked += ["require-trusted-types-for", "trusted-types"]
    wrong = [value for values in rules.values() for value in values if _is_weak(value)]
    wrong += [name for name, values in wanted.items() if rules.get(name) != values]
    wrong += [name for name in asked if name not in rules]
    if wrong:
        words = f"la politique de sécurité de cette page est trop large : {', '.join(wrong)}"
        yield _unsafe(subject, path, words)


def _is_weak(value: str) -> bool:
    return any(sign in value for sign in _WEAK)


def _pinned(subject: Subject, text: str) -> Iterator[Diagnostic]:
    """The shell names each script with its digest, and it is the one that is published."""
    there = {one.path for one in subject.files}
    for attributes, _ in _SCRIPT.findall(text):
        src, sum_ = _SRC.search(attributes), _SUM.search(attributes)
        path = src[1].removeprefix("../") if src else ""
        if not sum_ or path not in there or integrity(subject.read(path)) != sum_[1]:
            words = f"le script « {path} » de l’espace n’est pas tenu par son empreinte"
            yield _unsafe(subject, SHELL, words)


def _unsafe(subject: Subject, path: str, words: str) -> Diagnostic:
    return error(
        "unsafe-page",
        words,
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
