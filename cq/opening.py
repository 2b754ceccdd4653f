"""What a build asks before it seals: the keys of the spaces, and whether all is in order with them.

Answers with findings, whose words name the command to type; a phrase is asked for only where a
keyring lies ready.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from cq import guards, settings, unlock
from cq.access import due, kept, published
from cq.content import layout
from cq.content.checks.site import absent_spaces
from cq.content.model import Content
from cq.content.within import folder_of, spaces_of, title_of
from cq.diagnostic import Diagnostic, Span, error, has_errors
from cq.ledger import Ledger, as_text, reading
from cq.pipeline import Opener
from cq.repository.head import standing
from cq.repository.launcher import RepositoryFault
from cq.repository.newest import newest
from cq.seal.ring import Ring
from cq.seal.vault import Guarded, Vault
from cq.settings import Settings

_PUBLIC_ONLY = "pour construire le site public seul : cq build --public-only"


def opener(chosen: Settings, ask: unlock.Ask, ledger: Ledger) -> Opener:
    """What `cq.pipeline.build` asks for the keys of the site of `chosen`."""

    def open_spaces(content: Content) -> tuple[Vault | Guarded | None, tuple[Diagnostic, ...]]:
        found = [*_absent(content)]
        if found:
            return None, tuple(found)
        rules, said = guards.rules_of(chosen, content)
        if has_errors(said):
            return None, said
        if content.site.get("protection") == layout.SERVER:
            return Guarded(spaces_of(content), rules), said
        access = kept.slots(settings.access_file(chosen.root))
        ring, said = _keys(chosen, ask, content, access)
        if ring is None:
            return None, said
        found = [*said, *_without_key(content, ring)]
        try:
            numbers = _numbers(chosen.root, ring.keys, ledger)
        except RepositoryFault as fault:
            found.append(_unnumbered(str(fault)))
            return None, tuple(found)
        return Vault(ring, numbers, access or b"", rules), tuple(found)

    return open_spaces


def for_preview(chosen: Settings, ask: unlock.Ask) -> Callable[[Ledger], Opener] | None:
    """What opens the spaces each time that a preview is made; nothing where there are no keys.

    The phrase is asked for once, here, and kept as long as the preview. Raises what `unlock` does.
    """
    told: list[str] = []

    def once(question: str) -> str:
        if not told:
            told.append(ask(question))
        return told[0]

    if unlock.held(chosen, once) is None:
        return None
    return lambda ledger: opener(chosen, once, ledger)


def _keys(
    chosen: Settings, ask: unlock.Ask, content: Content, access: bytes | None
) -> tuple[Ring | None, tuple[Diagnostic, ...]]:
    """The keys, and what is to be said of `access`, the file of slots, and of the register.

    Raises what `unlock` raises.
    """
    held = unlock.held(chosen, ask)
    if held is None:
        return None, (_no_keys(content),)
    shown = published.shown(settings.access_file(chosen.root), chosen.root)
    if held.keyring is not None:
        return held.ring, due.findings(held.keyring, content, content.today, access, shown)
    if access is None:
        remedy = "reprenez celui que cq access a écrit à côté du contenu"
        return held.ring, (published.absent(shown, remedy),)
    return held.ring, () if published.is_of(held.ring, access) else (_other_keys(shown),)


def _other_keys(path: PurePosixPath) -> Diagnostic:
    return error(
        "stale-acces",
        "les clés de CQ_CLES ne sont pas celles de ce fichier d’accès",
        Span(path),
        "aucun membre n’ouvrirait ce site ; quelqu’un dont l’accès est fermé pourrait le lire",
        "sur la machine qui a le trousseau : cq access add, puis enregistrez acces.json dans git",
        "puis changez CQ_CLES ici : cq access export-ci",
    )


def _absent(content: Content) -> Iterator[Diagnostic]:
    """Spaces that this copy has not: published without them, they would be gone for everybody."""
    for one in absent_spaces(content):
        yield error(
            "missing-space", one.message, one.span,
            "publié ainsi, le site perdrait cet espace", _PUBLIC_ONLY,
        )  # fmt: skip
    if not spaces_of(content):
        yield error(
            "missing-space",
            "ce site a des espaces privés, et cette copie n’a aucun de leurs dossiers",
            Span(PurePosixPath(layout.CONTENT)),
            "publié ainsi, le site perdrait ces espaces",
            _PUBLIC_ONLY,
        )


def _no_keys(content: Content) -> Diagnostic:
    names = ", ".join(f"« {title_of(content, one)} »" for one in spaces_of(content))
    return error(
        "no-keys",
        f"ce site a des textes privés ({names}) et il n’y a pas de clés ici pour les sceller",
        Span(PurePosixPath(layout.CONTENT)),
        "ils ne seraient lisibles de personne",
        "la première fois : cq access init, puis cq access add",
        "sur une machine qui ne fait que construire : la variable CQ_CLES (cq access export-ci)",
        _PUBLIC_ONLY,
    )


def _without_key(content: Content, ring: Ring) -> Iterator[Diagnostic]:
    for space in spaces_of(content):
        if space not in ring.keys:
            yield error(
                "space-without-key",
                f"l’espace « {title_of(content, space)} » n’a pas encore de clé",
                Span(PurePosixPath(layout.CONTENT, folder_of(space).rstrip("/"))),
                "ce qu’il contient ne serait lisible de personne",
                "donnez-lui la sienne : cq access add",
            )


def _unnumbered(why: str) -> Diagnostic:
    return error(
        "no-build-number",
        f"git ne dit pas de quand sont les textes privés : {why}",
        Span(PurePosixPath(layout.CONTENT)),
        "les membres ne sauraient pas reconnaître un ancien site remis à la place du nouveau",
        "sans git, donnez vous-même un nombre qui grandit à chaque fois : CQ_BUILD_NUMBER=…",
    )


def _numbers(root: Path, spaces: Iterable[str], ledger: Ledger) -> dict[str, int]:
    """The number of each space's state: git is asked where a repository has moved. Raises
    RepositoryFault.
    """
    given = settings.build_number()
    if given is not None:
        return dict.fromkeys(spaces, given)
    with reading():
        known = {
            str(space): (str(mark), int(number))
            for space, mark, number in json.loads(ledger.note("numbers") or "[]")
        }
    found = {}
    for space in spaces:
        folder = root / layout.CONTENT / folder_of(space)
        stand = standing(folder)
        mark = stand.mark if stand else ""
        before = known.get(space)
        if before is None or not mark or before[0] != mark:
            before = mark, newest(folder)
        found[space] = before
    if found != known:
        kept = [(space, *one) for space, one in sorted(found.items())]
        ledger.keep_notes(numbers=as_text(kept))
    return {space: number for space, (_, number) in found.items()}
