"""Whether the published site is the one that was built here, byte for byte.

The only answer to a host, or a thief of its password, who changes what it serves: the files are
fetched as anybody would, and compared. Nothing but their names is sent, to the one site that was
named; sizes, waiting and redirects are bounded, and few files are asked for at once.
"""

import re
import ssl
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, HTTPMessage
from pathlib import PurePosixPath
from typing import IO, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from cq.audit.subject import Part, Subject
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.front import Progress
from cq.headers import for_hosts
from cq.selection import Misused

NAME = "en ligne"
_AT_ONCE = 4
_PATIENCE = 20  # seconds for an answer
_MORE = 1 << 16  # bytes beyond the file's own that are read at most
_MOST_PAGE = 8 << 20  # of what is not among the files: a site map, an odd page
_SHOWN = 20
_GIVE_UP = 5  # in a row that could not be reached: the site is down
# What some sites leave open; none is ever ours.
_NEVER = (
    ".env", ".git/HEAD", ".git/config", ".htpasswd", "trousseau.cqk", "content/site.yml",
    "content/prive/conseillers.yml", "prive/conseillers.yml", "build/cache/tree.json",
    "cache/tree.json", "cq.htpasswd",
)  # fmt: skip
_FOR_HOST = for_hosts().keys()  # read by hosts, and served by some alone
_LINK = re.compile(r"(?:href|src)=\"([^\"#?]+)|<loc>([^<]+)</loc>")
_AGENT = "cq-audit"


class Fetched(NamedTuple):
    """An answer. `code` 0: nobody answered, `why` says it."""

    code: int
    data: bytes = b""
    why: str = ""
    whole: bool = True  # False: there is more than was asked for


class Answer(NamedTuple):
    """What became of one file."""

    path: str
    state: (
        str  # "same" | "other" | "absent" | "closed" | "unreached" | "guarded" | "open" | "taken"
    )
    why: str = ""
    links: tuple[str, ...] = ()  # of a page that is not ours: where it leads on this site


def live(subject: Subject, address: str, progress: Progress) -> Part:
    """Part 6. Raises Misused for what is no address of a site."""
    site = Site(address)
    files = [one for one in subject.files if one.size >= 0]

    def look(path: str, size: int) -> Answer:
        return _compared(subject, site, path, size)

    answers: list[Answer] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        lost = 0
        for done, answer in enumerate(_in_turns(pool, look, [(o.path, o.size) for o in files]), 1):
            answers.append(answer)
            lost = lost + 1 if answer.state == "unreached" else 0
            progress("comparaison en ligne", done, len(files))
            if lost >= _GIVE_UP and all(one.state == "unreached" for one in answers):
                pool.shutdown(cancel_futures=True)
                raise Unreachable(
                    f"{site.base} ne répond pas ({answer.why}) : rien n’a été comparé\n"
                    "vérifiez l’adresse et la connexion, puis recommencez"
                )
        answers = [one for one in answers if one.state != "taken"]
        odd = list(pool.map(site.there, _NEVER))
        strays = sorted(_strays(subject, site, answers, pool))
    found = list(_differing(subject, answers))
    found += [_extra(site, name) for name, there in zip(_NEVER, odd, strict=True) if there] + [
        _extra(site, name) for name in strays[:_SHOWN]
    ]
    if len(strays) > _SHOWN:
        found.append(_extra(site, f"et {len(strays) - _SHOWN} autres"))
    return Part(NAME, _said(site, answers, len(strays) + sum(odd)), tuple(found))


_Look = Callable[[str, int], Answer]


def _in_turns(
    pool: ThreadPoolExecutor, look: _Look, things: Sequence[tuple[str, int]]
) -> Iterator[Answer]:
    """Some at once, in their order, and never more waiting than are at work."""
    step = _AT_ONCE * 4
    for start in range(0, len(things), step):
        yield from pool.map(lambda one: look(*one), things[start : start + step])


class Site:
    """One site on the web, asked politely."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise Misused(
                f"--live : « {address} » n’est pas l’adresse d’un site ; "
                "écrivez par exemple : --live https://exemple.fr/"
            )
        path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
        self.base = f"{parts.scheme}://{parts.netloc}{path}"
        self._opener = urllib.request.build_opener(_SameSite(self.base))
        self._opener.addheaders = [("User-Agent", _AGENT), ("Accept-Encoding", "identity")]

    def get(self, path: str, most: int) -> Fetched:
        """The file at `path`, `most` bytes of it."""
        asked = urllib.request.Request(self.base + quote(path))  # noqa: S310 - http(s) only, above
        try:
            with self._opener.open(asked, timeout=_PATIENCE) as answer:
                data, whole = _read(answer, most, answer.headers.get("Content-Encoding") or "")
                return Fetched(answer.status, data, whole=whole)
        except urllib.error.HTTPError as fault:
            with fault:
                return Fetched(fault.code, why=f"réponse {fault.code}")
        except (
            urllib.error.URLError,
            HTTPException,
            OSError,
            ValueError,
            EOFError,
            zlib.error,
        ) as fault:
            return Fetched(0, why=_reason(fault))

    def there(self, path: str) -> bool:
        """Whether something is served at `path`, other than a page that says « not found »."""
        answer = self.get(path, _MORE)
        return answer.code == 200 and not answer.data.lstrip()[:200].lower().startswith(
            (b"<!doctype", b"<html")
        )

    def path_of(self, link: str, page: str) -> str | None:
        """Where on this site a link of `page` leads, None for another site."""
        whole = urljoin(self.base + quote(page), link.strip())
        return unquote(whole.removeprefix(self.base)) if whole.startswith(self.base) else None


class _SameSite(urllib.request.HTTPRedirectHandler):
    """Follows redirects inside the site alone."""

    max_redirections = 3

    def __init__(self, base: str) -> None:
        self._origin = urlsplit(base)[:2]

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's own
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl)[:2] != self._origin:
            raise urllib.error.HTTPError(newurl, code, "vers un autre site", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(answer: IO[bytes], most: int, coding: str) -> tuple[bytes, bool]:
    """The first bytes of an answer, unpacked if the server insists; whether that is all."""
    data = answer.read(most + 1)
    if coding.lower() in {"gzip", "x-gzip"} and len(data) <= most:
        stream = zlib.decompressobj(31)
        data = stream.decompress(data, most + 1)
    return data[:most], len(data) <= most


def _reason(fault: Exception) -> str:
    why = getattr(fault, "reason", fault)
    if isinstance(why, ssl.SSLError):
        return "le certificat de ce site n’est pas valable"
    return "pas de réponse à temps" if isinstance(why, TimeoutError) else "pas de réponse"


def _compared(subject: Subject, site: Site, path: str, size: int) -> Answer:
    answer = site.get(path, size + _MORE)
    if answer.code == 0:
        return Answer(path, "unreached", answer.why)
    if answer.code in {401, 403}:
        state = "taken" if path in _FOR_HOST else "closed"
        return Answer(path, "guarded" if subject.guarded(path) else state, answer.why)
    if subject.guarded(path) and answer.code == 200:
        return Answer(path, "open")
    if answer.code != 200:
        return Answer(path, "taken" if path in _FOR_HOST else "absent", answer.why)
    mine = subject.read(path)
    if answer.data == mine:
        return Answer(path, "same")
    links: tuple[str, ...] = ()
    if path.endswith((".html", ".xml")):
        links = _links(answer.data)
    return Answer(path, "other", f"{len(answer.data)} octets au lieu de {len(mine)}", links)


def _links(data: bytes) -> tuple[str, ...]:
    text = data[:_MOST_PAGE].decode("utf-8", "replace")
    return tuple(dict.fromkeys(one or two for one, two in _LINK.findall(text)))[:1000]


def _strays(
    subject: Subject, site: Site, answers: Sequence[Answer], pool: ThreadPoolExecutor
) -> set[str]:
    """Pages that the published site names and that were not built here."""
    ours = {one.path for one in subject.files}
    named: dict[str, str] = {}
    for answer in answers:
        for link in answer.links:
            path = site.path_of(link, answer.path)
            if path is not None:
                path += "index.html" if not path or path.endswith("/") else ""
                named.setdefault(path, answer.path)
    asked = sorted(named.keys() - ours)[:1000]
    there = pool.map(lambda path: site.get(path, 1).code == 200, asked)
    return {path for path, is_there in zip(asked, there, strict=True) if is_there}


def _differing(subject: Subject, answers: Sequence[Answer]) -> Iterator[Diagnostic]:
    by_state: dict[str, list[Answer]] = {}
    for answer in answers:
        by_state.setdefault(answer.state, []).append(answer)
    for answer in by_state.get("other", [])[:_SHOWN]:
        yield error(
            "live-differs", f"ce fichier n’est pas le même en ligne ({answer.why})",
            subject.span(answer.path),
            "une autre version du site est publiée, ou quelqu’un a changé ce fichier chez "
            "l’hébergeur",
            "publiez de nouveau ; s’il change encore, changez les mots de passe de l’hébergement",
        )  # fmt: skip
    if by_state.get("open"):
        yield _unguarded(subject, by_state["open"])
    for answer in by_state.get("absent", [])[:_SHOWN]:
        yield error(
            "live-missing", f"ce fichier manque en ligne ({answer.why})", subject.span(answer.path),
            "des pages mènent à une erreur", "publiez de nouveau le dossier entier",
        )  # fmt: skip
    for state, words in (
        ("unreached", "n’ont pas pu être lus en ligne"), ("closed", "demandent un mot de passe"),
    ):  # fmt: skip
        some = by_state.get(state, [])
        if some:
            yield warning(
                "live-unreached",
                f"{counted(len(some), 'fichier', 'fichiers')} {words} ({some[0].why})",
                subject.span(some[0].path),
                "ils n’ont pas été comparés",
            )
    for state in ("other", "absent"):
        if len(by_state.get(state, [])) > _SHOWN:
            yield error(
                "live-differs" if state == "other" else "live-missing",
                f"{len(by_state[state])} fichiers en tout sont dans ce cas",
                subject.span(by_state[state][_SHOWN].path),
            )


def _unguarded(subject: Subject, answers: Sequence[Answer]) -> Diagnostic:
    """What a server should ask a password for, and gives to everybody."""
    first = answers[0].path
    clear = subject.clear_space(first) is not None
    return error(
        "live-unguarded",
        f"{counted(len(answers), 'fichier privé', 'fichiers privés')} en ligne sans mot de passe",
        subject.span(first),
        "tout le monde les lit : retirez-les de l’hébergement maintenant" if clear
        else "ils restent scellés, mais le serveur ne garde rien, contre ce que dit site.yml",
        "puis installez-y les règles de : cq access server",
    )  # fmt: skip


def _extra(site: Site, name: str) -> Diagnostic:
    return error(
        "live-extra",
        "le site publié a un fichier qui n’a pas été construit ici",
        Span(PurePosixPath(f"({urlsplit(site.base).netloc})", name)),
        "un reste d’une ancienne version, ou ce que quelqu’un y a mis",
        "retirez-le chez l’hébergeur : publiez le dossier entier, sans rien garder d’avant",
    )


class Unreachable(Exception):
    """The published site does not answer; the words are for the user."""


def _said(site: Site, answers: Sequence[Answer], extra: int) -> str:
    same = sum(one.state == "same" for one in answers)
    guarded = sum(one.state == "guarded" for one in answers)
    said = f"{site.base} : {counted(same, 'fichier identique', 'fichiers identiques')}"
    if guarded:
        said += f", {counted(guarded, 'gardé', 'gardés')} par un mot de passe"
    other = len(answers) - same - guarded
    if other or extra:
        return f"{said}, {other} à voir, {counted(extra, 'inconnu', 'inconnus')}"
    return f"{said}, rien d’autre"
