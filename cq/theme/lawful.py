"""What a site's own theme may not do: call a third party, keep track of readers, wear the State's
colours. Findings about texts, by signs that are sure; reads nothing.

RGPD-01, RGPD-02, DSFR-01. A miss is caught by the pages' security policy; a false alarm would keep
a site from being built: so that only addresses written out are seen, only the code of scripts, and
only names that the State's design system alone has.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from cq.diagnostic import Diagnostic, Span, error, warning
from cq.theme import FOLDER
from cq.theme.own import OwnFile

# What is not closed runs to the end, as browsers have it, and so that each sign is read once.
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->)?|\{#(?:[^#]|#(?!\}))*+(?:#\})?")
_STYLE_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
# Strings first, so that the slashes of an address begin no comment.
_CODE = re.compile(
    r""""(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?|`(?:\\.|[^`\\])*+`?"""
    r"|(//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)",
    re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b[^<>]{0,2000}>((?:[^<]|<(?!/script))*+)", re.IGNORECASE)

_REMOTE = r"((?:https?:|wss?:)?//[^\s\"'`<>()]+)"
_ATTRIBUTE = re.compile(
    rf"(?<![\w:.-])(src|srcset|imagesrcset|poster|data|(?:xlink:)?href)\s*+=\s*+[\"']?\s*+{_REMOTE}",
    re.IGNORECASE,
)
_HREF_LOADS = frozenset(("link", "use", "image", "base", "feimage", "script"))
_RELATION = re.compile(r"\brel\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_LOADING = frozenset(
    """
    stylesheet icon apple-touch-icon mask-icon preload modulepreload prefetch preconnect
    dns-prefetch manifest
    """.split()  # noqa: SIM905 - a list that people read and add to
)
_FAR = 3000  # characters: no tag is longer
_STYLE_LOADS = re.compile(rf"(?:\burl\(\s*+[\"']?|@import\s++[\"'])\s*+{_REMOTE}", re.IGNORECASE)
_SCRIPT_LOADS = re.compile(
    r"(?:\b(?:fetch|import|importScripts|Worker|SharedWorker|WebSocket|EventSource|Request)\s*\("
    r"\s*|\.src\s*=\s*|\.open\s*\(\s*[\"'][A-Z]+[\"']\s*,\s*|\b(?:from|import)\s+)[\"'`]" + _REMOTE
)
_TRACKERS = re.compile(r"\b(?:document\s*\.\s*cookie\b|cookieStore\s*\.|sendBeacon\s*\()")
_STORES = re.compile(r"\b(?:localStorage|sessionStorage|indexedDB)\b")

_COPY = "posez une copie du fichier dans le thème, et nommez-la : "
_INSTEAD = {
    ".html": f"{_COPY}{{{{ vers('theme/nom-du-fichier') }}}}",
    ".svg": f"{_COPY}nom-du-fichier",
    ".css": f'{_COPY}url("nom-du-fichier")',
    ".js": "retirez ces lignes, ou posez une copie du fichier dans le thème",
}
# Names of components that the State's design system begins with « fr- ».
_DSFR = re.compile(
    r"(?<![\w-])(?:data-fr-(?:scheme|theme|js-\w+)|fr-(?:accordion|alert|badge|breadcrumb|btn|callout"
    r"|card|checkbox|col|connect|consent|container|enlarge-link|fieldset|follow|footer|grid-row"
    r"|header|icon|input|modal|nav|notice|pagination|quote|select|sidemenu|skiplinks|stepper"
    r"|summary|tabs|tile|toggle|tooltip|upload))(?![a-z0-9])"
)
_DSFR_FILE = re.compile(r"\bdsfr(?:\.[\w-]+)*\.(?:css|js)\b", re.IGNORECASE)
_MARIANNE = re.compile(r"\bfont(?:-family)?\s*:[^;{}\n]{0,300}?\bMarianne\b")
_MARIANNE_FILE = re.compile(r"(?:^|/)Marianne[-_][\w.-]*\.(?:woff2?|ttf|otf|eot)\Z", re.IGNORECASE)
_BLOCK = re.compile(r"R[ée]publique\s*<br\s*/?>\s*fran[cç]aise", re.IGNORECASE)


def unlawful(files: Iterable[OwnFile], theme: str, address: str) -> Iterator[Diagnostic]:
    """The findings in the `files` of `theme`, of a site that is published at `address`."""
    mine = [one for one in files if one.path.startswith(f"{FOLDER}/{theme}/")]
    own = (urlsplit(address).hostname or "") if address else ""
    texts = [_Text(one) for one in mine]
    # One name may be anybody's (« fr- » for French); two are the State's.
    names = {found[0] for one in texts for found in _DSFR.finditer(one.bare)}
    for one in texts:
        yield from one.third_parties(own)
        yield from one.trackers()
        yield from one.state_brand(by_names=len(names) > 1)


class _Text:
    """One file, its comments blanked out: places stay what they are."""

    def __init__(self, file: OwnFile) -> None:
        self.path = PurePosixPath(file.path)
        self.bare = file.text
        suffix = self.path.suffix
        self.marked = suffix in {".html", ".svg"}
        if self.marked:
            self.bare = _COMMENT.sub(_blank, self.bare)
        elif suffix == ".css":
            self.bare = _STYLE_COMMENT.sub(_blank, self.bare)
        # The scripts of it, each with the place where it begins.
        self.scripts: list[tuple[int, str]] = []
        if suffix == ".js":
            self.bare = _CODE.sub(_blank_comment, self.bare)
            self.scripts.append((0, self.bare))
        elif self.marked:
            self.scripts += [
                (one.start(1), _CODE.sub(_blank_comment, one[1]))
                for one in _SCRIPT.finditer(self.bare)
            ]
        self.starts = [0, *(one.end() for one in re.finditer("\n", self.bare))]

    def _span(self, start: int, width: int) -> Span:
        line = bisect_right(self.starts, start)
        return Span(self.path, line, start - self.starts[line - 1] + 1, width)

    def third_parties(self, own: str) -> Iterator[Diagnostic]:
        """One finding a host, at the first address of it."""
        places: dict[str, tuple[int, str]] = {}
        for start, address in sorted(self._loads()):
            host = _host(address)
            if host and host != own:
                places.setdefault(host, (start, address))
        for host, (start, address) in places.items():
            yield error(
                "theme-third-party",
                f"ce thème fait charger un fichier de « {host} »",
                self._span(start, len(address)),
                "le navigateur de chaque visiteur s’y ferait connaître, sans qu’on le lui demande",
                _INSTEAD[self.path.suffix],
            )

    def _loads(self) -> Iterator[tuple[int, str]]:
        if self.marked:
            for one in _ATTRIBUTE.finditer(self.bare):
                if self._is_loaded(one[1].lower(), one.start()):
                    yield one.start(2), one[2]
        if self.marked or self.path.suffix == ".css":
            for one in _STYLE_LOADS.finditer(self.bare):
                before = self.bare[max(0, one.start() - 80) : one.start()]
                if "@namespace" not in before.rpartition(";")[2]:
                    yield one.start(1), one[1]
        for begin, code in self.scripts:
            for one in _SCRIPT_LOADS.finditer(code):
                yield begin + one.start(1), one[1]

    def _is_loaded(self, attribute: str, at: int) -> bool:
        """Whether a browser fetches what this attribute names: it does not follow an `<a>`."""
        opening = self.bare.rfind("<", max(0, at - _FAR), at)
        if opening < 0 or ">" in self.bare[opening:at]:
            return False
        end = self.bare.find(">", at, at + _FAR)
        tag = self.bare[opening + 1 : end if end > 0 else at + _FAR]
        name = re.split(r"[\s/>]", tag, maxsplit=1)[0].lower()
        if attribute == "data":
            return name == "object"
        if not attribute.endswith("href"):
            return True
        if name != "link":
            return name in _HREF_LOADS
        said = _RELATION.search(tag)
        return said is not None and not _LOADING.isdisjoint(said[1].lower().split())

    def trackers(self) -> Iterator[Diagnostic]:
        """One finding for what is sent or sent back, one for what is kept on the machine."""
        sent = self._first(_TRACKERS)
        if sent is not None:
            yield error(
                "theme-tracker",
                f"ce script emploie « {sent[1].rstrip(' (.')} »",
                self._span(sent[0], len(sent[1])),
                "le site ne pose pas de témoin et n’envoie rien de ses visiteurs, et ses pages le "
                "promettent",
                "retirez ces lignes",
            )
        kept = self._first(_STORES)
        if kept is not None:
            yield warning(
                "theme-tracker",
                f"ce script garde quelque chose chez le visiteur, dans « {kept[1]} »",
                self._span(kept[0], len(kept[1])),
                "sans accord, seul un choix que le visiteur vient de faire (un contraste, une "
                "langue) peut y être",
                "retirez ces lignes, ou dites-le sur la page « Données personnelles »",
            )

    def _first(self, pattern: re.Pattern[str]) -> tuple[int, str] | None:
        for begin, code in self.scripts:
            found = pattern.search(code)
            if found is not None:
                return begin + found.start(), found[0]
        return None

    def state_brand(self, *, by_names: bool) -> Iterator[Diagnostic]:
        """One finding a file, at the first sign."""
        signs = [(_MARIANNE, "la police Marianne"), (_DSFR_FILE, "le DSFR")]
        if self.marked:
            signs.append((_BLOCK, "le bloc « République française »"))
        if by_names:
            signs.append((_DSFR, "le DSFR"))
        found = [
            (one.start(), one[0], what) for sign, what in signs if (one := sign.search(self.bare))
        ]
        span = None
        if _MARIANNE_FILE.search(str(self.path)):
            span, what = Span(self.path), "la police Marianne"
        elif _DSFR_FILE.fullmatch(self.path.name):
            span, what = Span(self.path), "le DSFR"
        elif found:
            start, sign, what = min(found)
            span = self._span(start, len(sign))
        if span is not None:
            yield error(
                "theme-state-brand",
                f"ce thème emploie {what}, que seuls les sites de l’État peuvent employer",
                span,
                "son système de design est interdit aux collectivités : le visiteur se croirait "
                "ailleurs",
                "retirez-le ; le thème livré s’en passe, et vous pouvez en reprendre les fichiers",
            )


def _host(address: str) -> str:
    """Whom this address reaches; "" where a template decides it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host if "." in host or host == "localhost" else ""


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _blank_comment(found: re.Match[str]) -> str:
    return _blank(found) if found[1] else found[0]
