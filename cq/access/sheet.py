"""What is shown once: the recovery sheet of a keyring, and the phrases of those who were let in.

Plain text, to be printed or read aloud; words stand by number, so that none is forgotten.
"""

from collections.abc import Iterable
from pathlib import Path

from cq.access.issue import Issued
from cq.access.register import Member
from cq.content.layout import CONSEILLERS
from cq.french.dates import iso_words
from cq.terminal import one_line


def numbered(phrase: str) -> str:
    """« 1 abaisser  2 bougie … », four words a line."""
    words = [f"{number} {word}" for number, word in enumerate(phrase.split(), 1)]
    width = max(map(len, words), default=0) + 3
    rows = [words[start : start + 4] for start in range(0, len(words), 4)]
    return "\n".join("".join(one.ljust(width) for one in row).rstrip() for row in rows)


def recovery(site: str, path: Path, phrase: str, today: str) -> str:
    """The sheet for an envelope."""
    return f"""\
FICHE DE SECOURS du trousseau de « {one_line(site)} », le {iso_words(today)}

Phrase de passe du trousseau :

{_shifted(numbered(phrase))}

    d’un trait : {phrase}

Le trousseau est le fichier {path}
Ce fichier et cette phrase ouvrent, ensemble, tous les espaces privés : qui n’a que l’un des deux
n’ouvre rien. Sans la phrase, personne ne peut plus ni publier ces espaces ni y faire entrer
quelqu’un, et personne ne peut la retrouver.

À faire aujourd’hui :
  1. imprimez cette fiche, mettez-la sous enveloppe fermée, à la mairie ;
  2. donnez-en une seconde, sous enveloppe, à une autre personne de confiance ;
  3. gardez une copie du fichier ailleurs que sur cet ordinateur ;
  4. effacez cette fiche de l’ordinateur, si elle y a été écrite.
"""


def phrases(told: Iterable[Issued], address: str) -> str:
    """What each one is to be told; `address` is of the shell, "" where the site has none."""
    return "\n".join(_one(one, address) for one in told)


def _one(one: Issued, address: str) -> str:
    member = one.member
    opened = "tous les espaces" if member.role == "animateur" else ", ".join(member.spaces)
    lines = [f"{one_line(member.name)} ({one_line(member.id)})", f"  ouvre : {opened}"]
    if member.until:
        lines.append(f"  jusqu’au : {iso_words(member.until)}")
    if one.phrase:
        lines.append(f"  phrase de passe : {one.phrase}")
    if one.token:
        lines.append(f"  invitation : {invitation(address, one.token, member)}")
    return "\n".join(lines) + "\n"


def invitation(address: str, token: str, member: Member) -> str:
    """The link of an invitation: what follows « # » is sent to no server."""
    return f"{address or 'espace/'}#i={token}/{home_of(member)}/"


def home_of(member: Member) -> str:
    """The space in which one arrives: one's own quartier or group rather than what all share."""
    own = [space for space in member.spaces if space != CONSEILLERS]
    return own[0] if own and member.role != "animateur" else CONSEILLERS


def _shifted(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
