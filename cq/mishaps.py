"""What may go wrong around the content: for each, an exit code and French words.

The command line ends with them, and the preview shows them. Faults are known by their names, or by
the nearest name that they descend from, so that nothing here loads what raises them; what has no
name here is a bug, and the caller's.
"""

import os

from cq.french.system import not_remembered, refused
from cq.terminal import printable

UNTOUCHED = "Le site publié n’a pas été touché."
OUTSIDE = 3
# Its exit code, and the words around its own.
_FAULTS = {
    "BadSetting": (2, "{0}"),
    "Misused": (2, "{0}"),
    "NotBuilt": (2, "{0}"),
    "NotMade": (2, "{0}"),
    "Unknown": (2, "{0}"),
    "UnknownRevision": (2, "{0}"),
    "WrongPhrase": (2, "{0}"),
    "NoKeyring": (2, "{0}"),
    "NotAdmitted": (1, "{0}"),
    "NoRegister": (1, "{0}"),
    "Outgrown": (1, "{0}"),
    "Declined": (1, "{0}"),
    "Unseen": (2, "{0}"),
    "Unnamed": (2, "{0}"),
    "Misplaced": (2, "{0}"),
    "Unheard": (2, "{0}"),
    "Unfit": (1, "{0}"),
    "BadPlace": (2, "{0}"),
    "Refused": (1, "{0}"),
    "BadFile": (1, "{0}"),
    "NoSolver": (2, "{0}"),
    "BadPasswords": (OUTSIDE, "{0}"),
    "BadKeyring": (OUTSIDE, "{0}"),
    "Occupied": (OUTSIDE, "{0}"),
    "RootNotFound": (
        2,
        (
            "pas de site ici ({0}) : ni ce dossier ni ceux du dessus ne contiennent "
            "content/site.yml\nPlacez-vous dans le site, ou indiquez-le : cq … --root DOSSIER"
        ),
    ),
    "OutputTaken": (
        2,
        (
            "le dossier {0} contient autre chose qu’un site construit par cq\n"
            "Il serait remplacé. Choisissez un dossier vide ou nouveau."
        ),
    ),
    "OutputMisplaced": (
        2,
        (
            "le site ne peut pas être écrit dans {0}, parmi ses propres fichiers\n"
            "Choisissez un dossier à part, ou laissez build/site."
        ),
    ),
    "ThemeNotFound": (1, "le thème « {0} » n’existe pas (dossier themes/{0}/)"),
    "TemplateFault": (1, "{0}:{1}: erreur[template-fault] {2}\n" + UNTOUCHED),
    "BrokenPicture": (1, "{0} : {1}\n" + UNTOUCHED),
    "RepositoryFault": (OUTSIDE, "{0}"),
    "ThemeFault": (1, "{0}:1:1: erreur[theme-file] {1}\n" + UNTOUCHED),
    "WorkerLost": (OUTSIDE, "{0}\n" + UNTOUCHED),
    "WriteFailed": (OUTSIDE, "{1} : {0}\n" + UNTOUCHED),
    "PortTaken": (OUTSIDE, "{0}"),
    "Unreachable": (OUTSIDE, "{0}"),
    "Busy": (OUTSIDE, "{0}\n" + UNTOUCHED),
}
# SQLite's, of the ledger: no room, no right, or a program that holds it.
_MEMORY = {
    "OperationalError": "la mémoire de cq ne peut pas être écrite ({0})",
    "DatabaseError": "la mémoire de cq ne peut pas être lue ({0})",
}


def told(fault: BaseException) -> tuple[int, str] | None:
    """The exit code and the sentence for `fault`; None for what nobody foresaw."""
    names = [one.__name__ for one in type(fault).__mro__]  # the most precise first
    # By its very name: a misuse of SQLite descends from DatabaseError as well, and is a bug.
    if isinstance(fault, Exception) and names[0] in _MEMORY:
        return OUTSIDE, _MEMORY[names[0]].format(not_remembered(fault))
    if name := next((one for one in names if one in _FAULTS), ""):
        code, words = _FAULTS[name]
        return code, words.format(*map(printable, fault.args or (fault,)))
    if isinstance(fault, OSError):
        return OUTSIDE, _refusal(fault)
    return None


def _refusal(fault: OSError) -> str:
    """What the system refused. Nothing of the site: what is published may be old or new."""
    if fault.errno is None:
        return str(fault)
    named = isinstance(fault.filename, str | bytes)
    where = f"{printable(os.fsdecode(fault.filename))} : " if named else ""
    return f"{where}le système a refusé ({refused(fault)})"
