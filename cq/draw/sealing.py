"""Types that are not told: the public plan has numbers, and the digest of the table that says which
values and which quotas stand behind them. Where few people are of one type, it may be known who.

The table goes to the town hall and to a witness. Its nonce keeps it from being guessed: there are
few tables that a town could have. The numbers of the types follow from the nonce as well, since in
the order of their values they would tell them.
"""

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cq.draw.canon import BadFile, canonical, digest, keyed, read
from cq.draw.plan import MOST_QUOTAS, MOST_TYPES, Plan, Quota, check, quota, texts

NAME = "types.json"
_KEYS = {"nonce", "quotas", "types"}
_MOST = 16_000_000  # bytes
_NONCE = re.compile("[0-9a-f]{64}")


class Table(NamedTuple):
    """What a sealed plan keeps to itself. `nonce` is 64 hexadecimal digits."""

    nonce: str
    types: tuple[tuple[str, ...], ...]
    quotas: tuple[Quota, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "nonce": self.nonce,
            "quotas": [one.as_json() for one in self.quotas],
            "types": [list(one) for one in self.types],
        }

    def digest(self) -> str:
        """64 hexadecimal digits, as the plan has them."""
        return digest("types", canonical(self.as_json())).hex()


def nonce_of(key: bytes, draw: str) -> str:
    """The nonce of a draw's table. A second stage has the key of the first and another name."""
    return keyed(key, "types", draw.encode()).hex()


def sealed(plan: Plan, nonce: str) -> tuple[Plan, Table]:
    """The same lottery under other numbers, and its table. The plan still knows its types; what it
    publishes does not.
    """
    order = sorted(range(len(plan.types)), key=lambda kind: _place(nonce, plan.types[kind]))

    def moved(some: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(some[kind] for kind in order)

    lottery = sorted(zip(map(moved, plan.compositions), plan.tickets, strict=True))
    table = Table(nonce, moved(plan.types), plan.quotas)
    return (
        dataclasses.replace(
            plan,
            types=table.types,
            counts=moved(plan.counts),
            compositions=tuple(composition for composition, _ in lottery),
            tickets=tuple(tickets for _, tickets in lottery),
            sealed=table.digest(),
        ),
        table,
    )


def opened(plan: Plan, data: bytes) -> Plan:
    """The sealed plan with what the file of its table says. Raises `BadFile` where that is not the
    table, or where the lottery does not hold its quotas.
    """
    if not plan.sealed:
        raise BadFile("une table des types a été donnée, et ce plan n’en scelle aucune")
    if len(data) > _MOST:
        raise BadFile("la table des types donnée est trop grosse")
    try:
        return _opened(plan, _table(read(data)))
    except BadFile as fault:
        raise BadFile(f"dans la table des types donnée : {fault}") from None


def _opened(plan: Plan, table: Table) -> Plan:
    if table.digest() != plan.sealed:
        raise BadFile("ce n’est pas celle que le plan scelle : son empreinte diffère")
    places = [_place(table.nonce, one) for one in table.types]
    if any(one >= other for one, other in itertools.pairwise(places)):
        raise BadFile("les types ne sont pas dans l’ordre, ou l’un y est deux fois")
    made = dataclasses.replace(plan, types=table.types, quotas=table.quotas)
    if made.is_closed:
        raise BadFile("les types, leurs valeurs et leurs effectifs ne se répondent pas")
    check(made)
    return made


def _table(value: Any) -> Table:  # noqa: ANN401 - it comes from a file of anyone's
    if not isinstance(value, Mapping) or value.keys() != _KEYS:
        raise BadFile("ce n’est pas une table de types")
    nonce, quotas, types = value["nonce"], value["quotas"], value["types"]
    if not isinstance(nonce, str) or not _NONCE.fullmatch(nonce):
        raise BadFile("le sel de la table n’est pas lisible")
    if not isinstance(quotas, list) or not isinstance(types, list):
        raise BadFile("une liste était attendue")
    if len(types) > MOST_TYPES or len(quotas) > MOST_QUOTAS:
        raise BadFile("cette table est trop grande pour être vérifiée")
    return Table(nonce, tuple(map(texts, types)), tuple(map(quota, quotas)))


def _place(nonce: str, values: Sequence[str]) -> bytes:
    return keyed(bytes.fromhex(nonce), "type", canonical(list(values)))
