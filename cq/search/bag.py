"""What a page says, as a bag of words: one line of text, made where the page is parsed.

`length TAB groups TAB groups`, the second ones of the words of the title. A group is one digit for
its weight (`coding.DIGITS`, at most 63), the stem, and the forms where they are not the stem
alone: `Dcanal:canal,canaux`. Nothing of another page enters, so a bag is kept as long as its text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from cq.content.item import Item
from cq.content.parsed import Parsed
from cq.search.coding import DIGITS, VALUES
from cq.search.words import SHORT, pieces, remembered, words

_SUMMARY, _HEADING, _KEYWORD, _TITLE = 2, 3, 4, 4  # what a word of the text counts 1
_MOST = len(DIGITS) - 1
_MOST_STEMS = 20_000  # of one bag: a book has fewer, a file of noise must not fill the index
EMPTY = "0\t\t"


def get_ready() -> None:
    """Load the stemmer: workers share what was loaded before them."""
    words("prêt")


def bag_of(parsed: Parsed) -> str:
    """The bag of a page; of what is no page, an empty one."""
    item, body = parsed.item, parsed.body
    if item is None:
        return EMPTY
    weights = Counter(pieces(body.text))
    for text in facts(item):
        weights.update(pieces(text))
    headings = "\n".join(heading.text for heading in body.headings)
    for text, weight in (
        (headings, _HEADING - 1),  # the text holds its headings
        (item.summary, _SUMMARY),
        ("\n".join(item.keywords), _KEYWORD),
        (item.title, _TITLE),
    ):
        for piece in pieces(text):
            weights[piece] = weights.get(piece, 0) + weight
    return _bag(weights, item.title)


def bag_of_text(text: str) -> str:
    """The bag of a text without a page of its own: what a PDF says."""
    return _bag(Counter(pieces(text)), "")


def facts(item: Item) -> Iterable[str]:
    """What the page says beside its text: words for its bag, and for an excerpt."""
    if item.event is not None:
        yield from (item.event.place, item.event.place_address, item.event.place_access)
        yield from (*item.event.agenda, *item.event.votes)
    if item.document is not None:
        yield item.document.type
    if item.dossier is not None:
        yield from (item.dossier.next_step, item.dossier.outcome)
        for step in item.dossier.steps:
            yield from (step.title, step.text)
    if item.question is not None and item.question.answer is not None:
        yield from (item.question.answer.text, item.question.answer.follow_up)
    if item.debate is not None:
        yield item.debate.synthesis
    if item.argument is not None:
        yield item.argument.follow_up


def _bag(weights: Mapping[str, int], title: str) -> str:
    length = 0
    totals: dict[str, int] = {}
    spelled: dict[str, str] = {}  # the first form of each stem; nearly always the only one
    several: dict[str, list[str]] = {}
    for piece, weight in weights.items():
        # Every word of the site goes through here: plain tuples, and no call but this one.
        for form, stem in remembered(piece) if len(piece) < SHORT else words(piece):
            length += weight
            if stem in totals:
                totals[stem] += weight
                if spelled[stem] != form:
                    several.setdefault(stem, []).append(form)
            else:
                totals[stem] = weight
                spelled[stem] = form
    for stem, forms in several.items():
        spelled[stem] = ",".join(sorted({spelled[stem], *forms}))
    titled = {stem for piece in pieces(title) for _, stem in words(piece)}
    return _line(length, totals, spelled, titled)


def _line(
    length: int, totals: Mapping[str, int], spelled: Mapping[str, str], titled: set[str]
) -> str:
    """Groups in the order in which their words are met."""
    if len(totals) > _MOST_STEMS:
        heaviest = sorted(totals, key=lambda stem: (stem not in titled, -totals[stem], stem))
        totals = {stem: totals[stem] for stem in heaviest[:_MOST_STEMS]}
    named = {stem: weight for stem, weight in totals.items() if stem in titled}
    plain = {stem: weight for stem, weight in totals.items() if stem not in titled}
    return f"{length}\t{_groups(plain, spelled)}\t{_groups(named, spelled)}"


def _groups(totals: Mapping[str, int], spelled: Mapping[str, str]) -> str:
    return " ".join([
        DIGITS[min(_MOST, weight)] + stem
        + ("" if spelled[stem] == stem else ":" + spelled[stem])
        for stem, weight in totals.items()
    ])  # fmt: skip


def merged(bag: str, others: Iterable[str]) -> str:
    """A page's bag with those of the texts that come with it (`bag_of_text`)."""
    length = 0
    totals: dict[str, int] = {}
    forms: dict[str, set[str]] = {}
    titled: set[str] = set()
    for one in (bag, *others):
        count, plain, named = one.split("\t")
        length += int(count)
        titled.update(stem_and_forms(group[1:])[0] for group in named.split())
        for group in (*plain.split(), *named.split()):
            stem, own = stem_and_forms(group[1:])
            totals[stem] = totals.get(stem, 0) + VALUES[group[0]]
            forms.setdefault(stem, set()).update(own)
    spelled = {stem: ",".join(sorted(own)) for stem, own in forms.items()}
    return _line(length, totals, spelled, titled)


def stem_and_forms(group: str) -> tuple[str, list[str]]:
    """A group without its weight: « canal:canal,canaux »."""
    stem, _, forms = group.partition(":")
    return stem, forms.split(",") if forms else [stem]
