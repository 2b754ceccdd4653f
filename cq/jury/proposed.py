"""The plan that a town hall has of a draw, with the table of its types where they are sealed.

The table is private and never published; once it is destroyed only a witness has it.
"""

from cq.draw import canon, sealing
from cq.draw.canon import BadFile
from cq.draw.plan import Plan, of_json
from cq.draw.sealing import Table
from cq.jury.folders import PLAN, TYPES, Folders, Refused


def keep(folders: Folders, made: Plan, table: Table | None) -> None:
    """The plan last: it is what makes the step. A table of a plan before goes first."""
    if table is None:
        (folders.private / TYPES).unlink(missing_ok=True)
    else:
        folders.keep(TYPES, canon.written(table.as_json()))
    folders.keep(PLAN, canon.written(made.as_json()))


def of(folders: Folders) -> Plan:
    """The plan that was proposed. Raises Refused, BadFile or OSError."""
    made = of_json(canon.read(folders.kept(PLAN)))
    if not made.sealed:
        return made
    data = _kept(folders)
    if data is None:
        raise Refused(
            f"les types de ce plan sont scellés, et leur table n’est pas ici : "
            f"{folders.private / TYPES}\n"
            "remettez-la, ou refaites le plan avant l’engagement : "
            f"cq draw-jury plan {folders.name}"
        )
    return _opened(folders, made, data)


def table(folders: Folders) -> dict[str, bytes]:
    """The file of the table by its name, for who verifies a draw; nothing where nothing is sealed,
    or where it is not here. Raises Refused where it is not the table of the plan.
    """
    path = folders.public / PLAN
    data = _kept(folders)
    if data is None or not path.is_file():
        return {}
    try:
        made = of_json(canon.read(path.read_bytes()))
    except BadFile:
        return {}  # its light says so
    if not made.sealed:
        return {}
    _opened(folders, made, data)
    return {TYPES: data}


def _kept(folders: Folders) -> bytes | None:
    try:
        return folders.kept(TYPES)
    except FileNotFoundError:
        return None


def _opened(folders: Folders, made: Plan, data: bytes) -> Plan:
    try:
        return sealing.opened(made, data)
    except BadFile as fault:
        raise Refused(
            f"{folders.private / TYPES} n’est pas la table des types de ce plan : {fault}\n"
            "remettez celle du plan : le témoin en a une copie"
        ) from None
