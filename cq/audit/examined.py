"""The parts of the audit in their order: what was asked for, and nothing but the order is decided
here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cq import settings, unlock
from cq.access import kept
from cq.audit.allowed import allowed
from cq.audit.known import Known
from cq.audit.leaks import leaks
from cq.audit.opened import opened
from cq.audit.sieve import Sieve
from cq.audit.structure import structure
from cq.audit.subject import Part, lies_sealed, subject
from cq.audit.terms import wanted
from cq.content.layout import PUBLIC
from cq.front import Progress
from cq.settings import Settings


@dataclass(frozen=True)
class Wish:
    """What was asked for beside the parts that are always done."""

    canary: bool = False
    live: str = ""


def examined(chosen: Settings, wish: Wish, ask: unlock.Ask, progress: Progress) -> Iterator[Part]:
    """Each part, as it is done. Raises NotBuilt, what `unlock` raises, and what `live` does."""
    seen = subject(chosen, progress)
    if any(lies_sealed(one.path) for one in seen.files):
        ring, keyring = unlock.held(chosen, ask) or (None, None)
        access = kept.slots(settings.access_file(chosen.root))
        seen = replace(seen, ring=ring, access=access, keyring=keyring)
    yield allowed(seen)
    sieve = Sieve(*wanted(seen.content, seen.ledger, seen.root))
    known = Known(seen)
    sieve.runs.forget(known.runs(PUBLIC))
    yield leaks(seen, sieve, known, progress)
    yield structure(seen, progress)
    yield opened(seen, sieve, known, progress)
    if wish.canary:
        from cq.audit.canary import canary

        yield canary(chosen, seen, progress)
    else:
        yield Part("canari", "non demandé (cq audit --canary)", done=False)
    if wish.live:
        from cq.audit.live import live

        yield live(seen, wish.live, progress)
    else:
        yield Part("en ligne", "non demandé (cq audit --live ADRESSE)", done=False)
