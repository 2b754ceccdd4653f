"""What closing would do, said before it is done: members put out, mandates ended, keys renewed."""

from collections.abc import Sequence
from typing import NamedTuple

from cq.access import due, issue, register
from cq.access.keyring import KINDS, Keyring
from cq.content.model import Content
from cq.french.dates import iso_words
from cq.terminal import printable

_OTHERS = "les autres membres n’ont rien à faire"
_READ = "ce qui a déjà été lu, enregistré ou imprimé le reste"


class Plan(NamedTuple):
    """`told` in French, one line each; `after` is the keyring that would be kept."""

    told: tuple[str, ...]
    after: Keyring
    nothing: bool = False  # to be done


def of_members(keyring: Keyring, typed: Sequence[str], today: str) -> Plan:
    """Without these members. Raises Unnamed."""
    people = {one.member: one.name for one in keyring.credentials}
    # Those who are out already, by their ids: their names are not kept.
    everybody = {**dict(zip(keyring.revoked, keyring.revoked, strict=True)), **people}
    ids = {register.known(one, everybody.items()) for one in typed}
    for id_ in sorted(ids - people.keys()):
        day = iso_words(keyring.revoked[id_])
        raise register.Unnamed(f"l’accès de « {printable(id_)} » est déjà fermé, depuis le {day}")
    told = [
        f"{people[id_]} ({id_}) n’ouvrira plus : {', '.join(issue.opened_by(keyring, [id_]))}"
        for id_ in sorted(ids)
    ]
    after, spaces = issue.revoked(keyring, ids, today)
    return Plan((*told, *_renewed(spaces), _OTHERS, _READ), after)


def of_invitations(keyring: Keyring, typed: Sequence[str], _today: str) -> Plan:
    """Without the invitations of these members, who keep their phrases. Raises Unnamed.

    What an invitation opened is renewed as if its owner were put out: whoever had it may have kept
    the keys.
    """
    people = {one.member: one.name for one in keyring.credentials}
    ids = sorted({register.known(one, people.items()) for one in typed})
    for id_ in ids:
        kinds = {one.kind for one in keyring.credentials if one.member == id_}
        if kinds != set(KINDS):
            why = (
                "n’a que son invitation ; pour fermer son accès : cq access revoke"
                if "invitation" in kinds
                else "n’a pas d’invitation ; pour remplacer sa phrase : cq access letter"
            )
            raise register.Unnamed(f"{people[id_]} {why} {id_}\nrien n’a été fait")
    told = [
        f"l’invitation de {people[id_]} ({id_}) n’ouvrira plus rien ; sa phrase reste la même"
        for id_ in ids
    ]
    after, spaces = issue.uninvited(keyring, ids)
    return Plan((*told, *_renewed(spaces), _OTHERS, _READ), after)


def of_register(keyring: Keyring, content: Content, today: str) -> Plan:
    """Without what the register gives no more. Raises NoRegister."""
    found = due.due(keyring, content, today)
    after = issue.dated(keyring, found.ends)
    if not found.excess:
        agreed = "le registre et le trousseau s’accordent : rien à fermer"
        return Plan((agreed,), after, nothing=True)
    told = [f"{one.name} ({one.id}) {one.reason} : {', '.join(one.spaces)}" for one in found.excess]
    after, spaces = issue.narrowed(after, {one.id: one.spaces for one in found.excess})
    return Plan((*told, *_renewed(spaces), _OTHERS, _READ), after)


def of_spaces(keyring: Keyring, content: Content, typed: Sequence[str]) -> Plan:
    """With new keys for these spaces, or for « tous ». Raises Unnamed."""
    if list(typed) == ["tous"]:
        spaces = list(keyring.spaces)
    else:
        spaces = sorted({register.space_meant(one, content) for one in typed})
    absent = [one for one in spaces if one not in keyring.spaces]
    if absent:
        raise register.Unnamed(f"pas encore de clé pour {', '.join(absent)} : cq access add")
    return Plan((*_renewed(spaces), _OTHERS), issue.rotated(keyring, spaces))


def _renewed(spaces: Sequence[str]) -> tuple[str, ...]:
    return (f"clés renouvelées : {', '.join(spaces)}",) if spaces else ()
