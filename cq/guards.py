"""What a build asks of the server's side: that somebody has prepared it, and for whom.

`protection: serveur` publishes private texts in clear. A line of site.yml alone must never do that:
it also takes `cq access server`, run by whoever keeps the site, or CQ_SERVEUR where only a machine
builds.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from cq import settings
from cq.access import due, guard, logins, register, rules
from cq.access.guard import Guard
from cq.access.logins import BadPasswords
from cq.access.rules import BadPlace
from cq.content import layout
from cq.content.layout import DOUBLE, SERVER
from cq.content.model import Content
from cq.content.within import folder_of, spaces_of, title_of
from cq.diagnostic import Diagnostic, Span, error, has_errors
from cq.french import numbers
from cq.settings import Settings
from cq.terminal import printable

_SITE = Span(PurePosixPath(layout.CONTENT, "site.yml"))
_UNWATCHED = (
    "CQ_CLES ne dit pas qui a un accès : un mandat fini n’est pas vu ici, mais là où est le "
    "trousseau, par cq access expire"
)
_AGAIN = "puis copiez de nouveau ses fichiers sur le serveur"


def rules_of(chosen: Settings, content: Content) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """What the site says to the server, by path, and what keeps it from being published."""
    protection = str(content.site.get("protection") or "")
    if protection not in {SERVER, DOUBLE}:
        return {}, ()
    folder = settings.server_folder(chosen.root)
    try:
        held = guard.load(folder)
        meant, home = settings.server_grant()
        if home and meant != protection:  # leave to seal is none to publish in clear
            why = f"CQ_SERVEUR vaut pour « {printable(meant)} », non pour « {protection} »"
            return {}, (_unprepared(protection, why),)
        home = home or (held.home if held else "")
        if not home:
            return {}, (_unprepared(protection, "cq access server n’a pas été lancée ici"),)
        rules.checked_home(home)
    except (BadPlace, BadPasswords) as fault:
        return {}, (_unprepared(protection, str(fault).partition("\n")[0]),)
    found = tuple(_differences(content, held, folder, protection)) if held else ()
    if has_errors(found):
        return {}, found
    return guard.htaccess(protection, spaces_of(content), home), found


def counted(number: int, protection: str) -> str:
    """How many private files there are, and what they are."""
    one, several = (
        ("fichier privé en clair", "fichiers privés en clair") if protection == SERVER
        else ("fichier scellé", "fichiers scellés")
    )  # fmt: skip
    return numbers.counted(number, one, several)


def told(protection: str, sealed: int) -> tuple[str, ...]:
    """What the user must know of a site whose private spaces a server is to guard, or which was
    `sealed` where nobody knows who enters.
    """
    if sealed and protection != SERVER and settings.keys_line():
        return (*told(protection, 0), _UNWATCHED)
    if protection == SERVER:
        return (
            "ATTENTION : les espaces privés sont en clair dans espace/, seul le serveur les garde",
            "n’en publiez rien sur un serveur sans les règles de « cq access server »",
        )
    if protection == DOUBLE:
        return ("les règles de « cq access server » gardent en plus les fichiers scellés",)
    return ()


def _unprepared(protection: str, why: str) -> Diagnostic:
    clear = (
        ("avec protection: serveur, ils seraient publiés en clair, lisibles de tous",)
        if protection == SERVER
        else ()
    )
    return error(
        "server-unprepared",
        f"rien ne dit qu’un serveur garde les espaces privés : {why}",
        _SITE,
        *clear,
        "préparez le serveur : cq access server --path /etc/cq",
        f"sur une machine qui ne fait que construire : la variable CQ_SERVEUR={protection}:/etc/cq",
        "pour des espaces que le chiffrement protège, sans serveur : protection: chiffrement",
    )


def _differences(
    content: Content, held: Guard, folder: Path, protection: str
) -> Iterator[Diagnostic]:
    """Where the passwords are not those of the register; nothing where that is not here."""
    try:
        members = logins.by_login(register.members(content))
    except register.NoRegister:
        return
    for login in held.hashes:
        member = members.get(login)
        if reason := due.left(member, content.today):
            name = member.name if member else login
            yield error(
                "open-access",
                f"{name} {reason}, mais son mot de passe du serveur est encore là",
                register.entry(member),
                "ce qui sera publié lui resterait lisible",
                f"retirez-le : cq access server, {_AGAIN}",
            )
    if protection != SERVER:
        return
    for space in spaces_of(content):
        if not (folder / f"{space}.htpasswd").is_file():
            yield error(
                "server-unprepared",
                f"l’espace « {title_of(content, space)} » est nouveau : le serveur ne le garde pas",
                Span(PurePosixPath(layout.CONTENT, folder_of(space).rstrip("/"))),
                "personne ne pourrait le lire",
                f"ajoutez-la : cq access server, {_AGAIN}",
            )
