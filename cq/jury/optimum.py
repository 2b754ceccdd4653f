"""`verify --optimum`: whether the lottery could have been fairer. A claim of its own, which needs
the solver; a draw is right without it.
"""

from collections.abc import Mapping

from cq.draw import canon, leximin, sealing
from cq.draw import plan as plans
from cq.draw.plan import Plan
from cq.draw.solver import NoAnswer
from cq.french.numbers import number
from cq.jury.folders import Folders

AGREED = 5e-4  # solvers differ by less (docs/formats/jury-v1.md)
_PLACES = 2


def told(folders: Folders, table: Mapping[str, bytes] | None = None) -> tuple[bool, str]:
    """Whether nobody's smallest chance could be better, and a sentence. `table` is that of sealed
    types, by its name. Raises BadFile, OSError and `NoSolver`.
    """
    plan = plans.of_json(canon.read(folders.files()["plan.json"]))
    if plan.sealed and not table:
        return True, "Optimum : les quotas sont scellés ; rien à comparer sans la table des types."
    if table:
        plan = sealing.opened(plan, table[sealing.NAME])
    if not plan.quotas:
        return True, "Optimum : sans quotas, il n’y a qu’une loterie ; rien à comparer."
    try:
        short = leximin.short_of_best(plan)
    except NoAnswer:
        return False, "Optimum : le solveur n’a pas trouvé de loterie à comparer à celle-ci."
    least = _percent(_least(plan))
    if short <= AGREED:
        return True, f"Optimum : la plus petite chance, {least}, est la meilleure possible."
    best = _percent(_least(plan) + short)
    return False, f"Optimum : la plus petite chance est {least} ; {best} était possible."


def _least(plan: Plan) -> float:
    return float(min(map(plan.chance, range(len(plan.counts)))))


def _percent(chance: float) -> str:
    return f"{number(100 * chance, _PLACES)} %"
