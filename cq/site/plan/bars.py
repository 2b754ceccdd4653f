"""Bar charts without a library: where each bar lies and how long it is.

Lengths are shares of the width and places are in `em`: the words keep the page's own size on any
screen, and grow with the reader's letters. The template draws; colours are the style sheet's.
"""

from collections.abc import Iterable

from cq.site.figures import Bar, Chart

_ROW = 2.5  # em: one line of words, its bar, some air
_WORDS = 1.0  # em: the line on which the words stand
_BAR = 1.375  # em: the bar's upper edge


def chart(
    anchor: str, title: str, heads: tuple[str, str], rows: Iterable[tuple[str, float, str]]
) -> Chart:
    """A chart of `rows`: label, value, value in words. Values are zero or more; the greatest has
    the whole width. Without any value above zero, all bars have no length.
    """
    known = [(label, max(0.0, value), words) for label, value, words in rows]
    most = max((value for _, value, _ in known), default=0.0)
    bars = tuple(
        Bar(
            label,
            words,
            f"{_short(100 * value / most if most else 0)}%",
            f"{_short(number * _ROW + _WORDS)}em",
            f"{_short(number * _ROW + _BAR)}em",
        )
        for number, (label, value, words) in enumerate(known)
    )
    said = ", ".join(f"{bar.label} {bar.words}" for bar in bars)
    height = f"{_short(len(bars) * _ROW)}em"
    return Chart(anchor, title, heads, f"{title}\u00a0: {said}", height, bars)


def _short(value: float) -> str:
    """« 62.5 », « 3 »: two decimals at most, as style sheets write numbers."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
