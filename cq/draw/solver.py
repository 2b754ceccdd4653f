"""The door to HiGHS: linear programmes, in fractions or whole numbers, solved alike each time.

One thread, one seed, no clock: the same question has the same answer on the same machine. What is
asked is for others (`cq.draw.leximin`, `cq.draw.remedy`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cq import remedies

_EXTRA = "conseils-de-quartier[quotas]"
# A whole-number programme of a jury takes a few hundred; this is some minutes.
_MOST_NODES = 100_000
_TOLERANCE = 1e-9


class NoSolver(Exception):
    """`highspy` is not installed; the words are for the user."""


class NoAnswer(Exception):
    """No solution, or none within the bounds of the search."""


class Row(NamedTuple):
    """`least` ≤ Σ coefficient · column ≤ `most`; None is no bound."""

    least: float | None
    most: float | None
    terms: Mapping[int, float]


class Answer(NamedTuple):
    """`duals` are those of the rows; they mean something without whole numbers only."""

    value: float
    columns: tuple[float, ...]
    duals: tuple[float, ...]

    def whole(self) -> tuple[int, ...]:
        return tuple(map(round, self.columns))


class Programme:
    """Maximise Σ cost · column. Columns lie between `lower` and `upper` (None: no bound)."""

    def __init__(
        self,
        costs: Sequence[float],
        lower: Sequence[float],
        upper: Sequence[float | None],
        rows: Sequence[Row],
        *,
        gap: float | None = None,
    ) -> None:
        """In whole numbers where there is a `gap`: how far from the best an answer may be."""
        core, self._inf = _loaded()
        self._many = len(costs)
        self._whole = gap is not None
        self._core = core.Highs()
        self._statuses = core.HighsModelStatus
        self._core.silent()
        options: dict[str, Any] = {
            "threads": 1,
            "random_seed": 0,
            "parallel": "off",
            "primal_feasibility_tolerance": _TOLERANCE,
            "dual_feasibility_tolerance": _TOLERANCE,
            "mip_rel_gap": gap or 0.0,
            "mip_max_nodes": _MOST_NODES,
        }
        for name, value in options.items():
            self._core.setOptionValue(name, value)
        tops = [self._inf if one is None else one for one in upper]
        self._core.addCols(self._many, list(costs), list(lower), tops, 0, [], [], [])
        self._add(rows)
        if self._whole:
            for column in range(self._many):
                self._core.changeColIntegrality(column, core.HighsVarType.kInteger)
        self._core.changeObjectiveSense(core.ObjSense.kMaximize)

    def _add(self, rows: Sequence[Row]) -> None:
        starts: list[int] = []
        places: list[int] = []
        values: list[float] = []
        for row in rows:
            starts.append(len(places))
            for place, value in sorted(row.terms.items()):
                places.append(place)
                values.append(value)
        least = [-self._inf if row.least is None else row.least for row in rows]
        most = [self._inf if row.most is None else row.most for row in rows]
        self._core.addRows(len(rows), least, most, len(places), starts, places, values)

    def ask(self, costs: Sequence[float]) -> None:
        """Other costs, for the same rows."""
        self._core.changeColsCost(self._many, list(range(self._many)), list(costs))

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Other bounds for one column."""
        self._core.changeColBounds(column, lower, upper)

    def floor(self, row: int, least: float) -> None:
        """Another lower bound for a row that has no upper one."""
        self._core.changeRowBounds(row, least, self._inf)

    def enter(self, row: int, column: int, value: float) -> None:
        """Another coefficient."""
        self._core.changeCoeff(row, column, value)

    def add_column(self, cost: float, terms: Mapping[int, float]) -> None:
        """One more column, from 0 on."""
        places = sorted(terms)
        values = [terms[one] for one in places]
        self._core.addCol(cost, 0.0, self._inf, len(places), places, values)
        self._many += 1

    def solve(self) -> Answer:
        """Raises `NoAnswer`."""
        self._core.run()
        status = self._core.getModelStatus()
        limited = status == self._statuses.kSolutionLimit
        if status != self._statuses.kOptimal and not limited:
            raise NoAnswer(self._core.modelStatusToString(status))
        found = self._core.getSolution()
        value = self._core.getInfo().objective_function_value
        if limited and abs(value) >= self._inf:
            raise NoAnswer("no solution within the bounds of the search")
        duals = () if self._whole else tuple(found.row_dual)
        return Answer(value, tuple(found.col_value), duals)


def _loaded() -> tuple[Any, float]:
    try:
        import highspy
    except ImportError:
        raise NoSolver(
            "les quotas demandent le solveur « highspy », qui n’est pas installé : sans lui, "
            f"aucune loterie ne peut être proposée\ntapez : {remedies.library(_EXTRA)}"
        ) from None
    return highspy, float(highspy.kHighsInf)
