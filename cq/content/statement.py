"""What the law wants each legal page to say: its headings, where the form is laid down, else its
subjects, under whatever heading.

Pure questions about words, for pages that a site writes itself; those that cq makes have all of it.
FRENCH-RULES: ACC-04, ACC-05, LEG-01, LEG-04, RGPD-03. Not asked for: what stands in the declaration
only where there is some (a derogation, a content that is exempt), and the order of headings.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cq.content import legal
from cq.french.folding import fold


class _Wanted(NamedTuple):
    """A heading as the page would have it, and what to look for: in headings alone, or anywhere."""

    heading: str
    sign: re.Pattern[str]
    anywhere: bool = True


def _heading(words: str, sign: str) -> _Wanted:
    return _Wanted(words, re.compile(sign), anywhere=False)


def _subject(words: str, sign: str) -> _Wanted:
    return _Wanted(words, re.compile(sign))


# Signs are looked for in folded text: no accents, no capitals, straight apostrophes.
_WANTED = {
    legal.ACCESSIBILITY: (
        _subject("Engagement", r"\bengage"),
        _subject("Schéma pluriannuel et plan d’action", r"schema pluriannuel"),
        _heading("État de conformité", r"\betat de (?:la )?conformite"),
        _heading("Résultat des tests", r"\bresultats?\b"),
        _heading("Contenus non accessibles", r"contenus? (?:non |in)accessibles?"),
        _heading("Établissement de cette déclaration", r"\betabli"),
        _heading("Technologies utilisées", r"technolog"),
        _heading("Environnement de test", r"environnement"),
        _heading("Outils d’évaluation", r"\boutils?\b"),
        _heading("Pages vérifiées", r"\bpages?\b.{0,80}(?:verif|evalu|test|audit)|echantillon"),
        _heading("Retour d’information et contact", r"\bretours?\b|\bcontact"),
        _heading("Voies de recours", r"\brecours"),
    ),
    legal.PRIVACY: (
        _subject("Responsable du traitement", r"\bresponsable"),
        _subject("Finalités", r"finalite|\bpourquoi\b|objectif|\bbut\b"),
        _subject("Bases légales", r"bases? (?:legale|juridique)|fondement"),
        _subject("Données obligatoires ou facultatives", r"obligatoire|facultati"),
        _subject("Destinataires", r"destinataire"),
        _subject("Durées de conservation", r"\bdurees?\b|conserv|combien de temps|\bgarde"),
        _subject("Vos droits", r"\bdroits?\b"),
        _subject("Délégué à la protection des données", r"\bdelegue|\bdpo\b|\bdpd\b"),
        _subject("Réclamation", r"reclamation|\bcnil\b|plainte"),
    ),
    legal.NOTICE: (
        _subject("Éditeur", r"\bedit(?:eur|rice|e\b|ion\b)|\bpubli(?:e|ee) par\b"),
        _subject(
            "Direction de la publication",
            r"direct(?:ion|eur|rice)(?:s|\W{1,3}rice)? de (?:la )?publication"
            r"|responsable de (?:la )?publication",
        ),
        _subject("Hébergement", r"\bheberge"),
        _subject("Droit de réponse", r"droit de (?:reponse|rectification)"),
    ),
}  # fmt: skip


def unsaid(name: str, headings: Iterable[str], text: str) -> Iterator[str]:
    """The headings that legal page `name` lacks, as they would be written."""
    titles = [fold(one) for one in headings]
    said = fold(text)
    for wanted in _WANTED.get(name, ()):
        places = (said,) if wanted.anywhere else titles
        if not any(wanted.sign.search(one) for one in places):
            yield wanted.heading
