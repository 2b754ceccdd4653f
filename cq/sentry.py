"""`cq access server`: the passwords and rules of a web server that guards the private spaces, kept
in one folder, and what each member is told once.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from cq import admit, selection, settings
from cq.access import guard, kept, logins, policy, register, rules
from cq.access.begin import Unfit
from cq.access.guard import Guard
from cq.access.logins import Login, Settled
from cq.access.register import Member
from cq.admit import Declined, Person
from cq.content.layout import CONSEILLERS, DOUBLE, SERVER
from cq.content.model import Content
from cq.french.dates import iso_words
from cq.french.numbers import counted
from cq.front import Progress
from cq.repository import would_take
from cq.settings import Settings
from cq.site.routes import absolute, root_of

_HOME = "/etc/cq"


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    names: tuple[str, ...]  # whose password is to be renewed
    home: str  # the folder of passwords on the server; "" where it stays what it was
    output: Path | None  # a file for the passwords


def prepare(run: Settings, order: Order, person: Person, progress: Progress) -> list[str]:
    """What to say, once it is done. Raises what says why it cannot be."""
    if order.output is not None:
        kept.guard(order.output, run.root, run.output)
    folder = settings.server_folder(run.root)
    _guarded(folder, run)
    content = selection.read(run, progress)
    protection = str(content.site.get("protection") or "")
    root = root_of(content.base) or "/"
    if protection not in {SERVER, DOUBLE}:
        return _said_by_headers(order, root)
    members = register.members(content)
    today = run.today.isoformat()
    with kept.alone(folder):
        before = guard.load(folder)
        home = order.home or (before.home if before else _HOME)
        renewed = _renewed(order, person, members, before)
        found = logins.settled(
            members, before.hashes if before else {}, today, renewed=renewed, choice=secrets.choice
        )  # fmt: skip
        if found.told and order.output is None:
            admit.shown("un mot de passe", looks=person.looks)
        held = Guard(rules.checked_home(home), found.hashes)
        wanted = {
            **guard.files(protection, held, members, register.spaces(content), root),
            **policy.files(root),
        }
        changed = guard.save(folder, wanted)
    lines = _told(found.told, order, protection)
    lines += [f"{login} : mot de passe retiré" for login in found.gone]
    if not changed:
        return [*lines, f"rien n’avait changé : {folder}"]
    return [*lines, *_next(folder, found, home, protection, content)]


def _said_by_headers(order: Order, root: str) -> list[str]:
    """What a server that guards nothing should say all the same. Raises Unfit where passwords were
    asked for.
    """
    if order.names or order.output is not None or order.home:
        raise Unfit(
            "dans content/site.yml, les espaces privés ne sont protégés que par leur chiffrement : "
            "un serveur n’a rien à garder\n"
            "pour qu’il les garde aussi : protection: double   (sans chiffrement : serveur)"
        )
    return [
        "les espaces privés sont chiffrés : aucun mot de passe à donner au serveur ; s’il est à",
        "vous, ajoutez-lui les lignes qui suivent (Netlify et Cloudflare Pages lisent le fichier",
        "_headers que cq build écrit : rien à faire)",
        *("", *"\n".join(policy.files(root).values()).rstrip().split("\n")),
    ]


def _guarded(folder: Path, run: Settings) -> None:
    """Raise Misplaced where the folder would be published, or taken in by git."""
    real = folder.resolve()
    if kept.among(real, run.root, run.output):
        raise kept.Misplaced(f"{folder} : rien de secret ne s’écrit parmi ce qui est publié")
    if would_take(real / "membres.htpasswd"):
        raise kept.Misplaced(
            f"{folder} est dans un dépôt git, qui garderait ces mots de passe\n"
            f"ajoutez à .gitignore : {folder.name}/"
        )


def _renewed(
    order: Order, person: Person, members: tuple[Member, ...], before: Guard | None
) -> set[str]:
    """The ids of those whose password is to be another one. Raises Unnamed or Declined."""
    people = [(one.id, one.name) for one in members]
    found = {register.known(typed, people) for typed in order.names}
    had = before.hashes if before else {}
    lost = [one.name for one in members if one.id in found and logins.login_of(one) in had]
    if lost and not person.agrees(f"Remplacer le mot de passe de {', '.join(lost)} ?"):
        raise Declined(f"rien n’a été fait : --yes remplace le mot de passe de {', '.join(lost)}")
    return found


def _told(told: tuple[Login, ...], order: Order, protection: str) -> list[str]:
    if not told:
        return []
    words = "\n".join(_one(one, protection) for one in told)
    if order.output is None:
        return [words]
    kept.create(order.output, words)
    count = counted(len(told), "mot de passe nouveau", "mots de passe nouveaux")
    return [f"{count} ; à lire dans {order.output}"]


def _one(one: Login, protection: str) -> str:
    member = one.member
    lines = [f"{member.name} ({member.id})", f"  identifiant : {one.name}"]
    lines.append(f"  mot de passe du serveur : {one.password}")
    if protection == SERVER:
        lines += [f"  page : {guard.SPACES}{space}/" for space in member.spaces]
    else:
        lines.append(
            "  ce mot de passe n’est pas la phrase qui ouvre les espaces : il faut les deux"
        )
    if member.until:
        lines.append(f"  jusqu’au : {iso_words(member.until)}")
    return "\n".join(lines) + "\n"


def _next(folder: Path, found: Settled, home: str, protection: str, content: Content) -> list[str]:
    """What is to be done on the server, before anything is published."""
    [(place, _)] = guard.places(protection, (CONSEILLERS,))
    address = absolute(content.base, place) or place
    return [
        f"{counted(len(found.hashes), 'membre', 'membres')} ; mots de passe et règles : {folder}",
        "sur le serveur, avant de publier :",
        f"  1. copiez ces fichiers dans {home}, que seul le serveur web peut lire :",
        f"     rsync -r --chmod=D750,F640 --chown=root:www-data {folder}/ root@SERVEUR:{home}/",
        "  2. dites-lui de suivre ces règles :",
        f"     nginx, dans le bloc server : include {home}/nginx.conf;",
        f"     Caddy, dans le bloc du site : import {home}/caddy.conf   (caddy-2.6.conf avant 2.8)",
        "     Apache : AllowOverride AuthConfig FileInfo pour le dossier du site,",
        f"     sinon, dans son VirtualHost : Include {home}/apache.conf",
        f"     et de même, pour tout le site : {home}/entetes-….conf",
        "  3. ne servez le site qu’en https : le mot de passe voyage avec chaque page",
        f"ensuite : cq build, publiez, et vérifiez que le serveur répond 401 : curl -I {address}",
        f"si une autre machine construit le site : CQ_SERVEUR={protection}:{home}",
    ]
