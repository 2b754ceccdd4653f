"""Laws of the French floor: what is written can be read, and doing it twice changes nothing."""

import re
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from cq.french import dates, numbers
from cq.french.folding import fold, nearest, slug, sort_key
from cq.french.typography import html, plain

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
# Pieces that meet the rules far more often than random letters do.
PIECES = st.sampled_from(
    [
        *(
            " ",
            "\u00a0",
            "\u202f",
            "\n",
            "'",
            "’",
            "...",
            "…",
            ".",
            ",",
            "-",
            "/",
            "(",
            ")",
            "\x02",
        ),
        *("?", "!", ";", ":", "«", "»", "%", "€", "°", "&amp;", "&nbsp;", "&#39;", "&lt;", "@"),
        *("0", "1", "2", "10", "12", "000", "01", "+33", "2026", "h", "km", "m²", "e", "er", "ère"),
        *("ème", "mes", "nde", "n°", "p.", "M.", "Mme", "av.", "J.-C.", "I", "V", "X", "siècle"),
        *(
            "coeur",
            "OEIL",
            "oe",
            "l",
            "qu",
            "a",
            "É",
            "Dupont",
            "https://",
            "www.",
            "mot",
            "e\u0301",
        ),
    ]
)
PROSE = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=24).map("".join))


def skeleton(text: str) -> str:
    """A text without what typography may change."""
    for old, new in (
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("<sup>", ""),
        ("</sup>", ""),
    ):
        text = text.replace(old, new)
    text = re.sub("[\u00a0\u202f]", " ", text).replace("’", "'").replace("…", "...")
    text = text.replace("œ", "oe").replace("Œ", "OE").casefold()
    return re.sub(
        "([0-9ivx])(?:i?[èe]me|[èe](?=re))", lambda m: m[1] + ("e" if "m" in m[0] else ""), text
    )


@given(PROSE)
def test_typography_twice_is_once(text):
    assert html(html(text)) == html(text)
    assert plain(plain(text)) == plain(text)


@given(PROSE)
def test_typography_adds_and_loses_no_letter(text):
    assert skeleton(html(text)) == skeleton(text)
    without = text.replace("&nbsp;", "").replace("&#39;", "").replace("&#x27;", "")
    assert skeleton(plain(without)) == skeleton(without)


@given(PROSE)
def test_typography_never_touches_how_lines_and_entities_are_parted(text):
    done = html(text)
    assert done.count("\n") == text.count("\n")
    assert done.count("&amp;") == text.count("&amp;")
    assert done.count("&lt;") == text.count("&lt;")
    assert len(plain(text)) <= len(text)


@given(DAYS)
def test_every_written_day_is_read_again(day):
    for words in (
        dates.long_date(day),
        dates.date_words(day),
        dates.short_date(day),
        dates.long_date(day).upper(),
        dates.long_date(day).replace(" ", "\u00a0"),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y%m%d}",
        html(dates.long_date(day)).replace("<sup>", "").replace("</sup>", ""),
    ):
        reading = dates.read_date(words)
        assert reading.value == day, words
        assert dates.read_date(reading.canonical or "") == (day, day.isoformat(), None, "", ())


@given(HOURS)
def test_every_written_hour_is_read_again(moment):
    for words in (
        dates.hour(moment),
        dates.hour(moment).replace("\u00a0", ""),
        f"{moment.hour}:{moment.minute:02}",
        f"{moment:%H:%M:%S}",
    ):
        reading = dates.read_time(words)
        assert reading.value == moment, words
        assert dates.read_time(reading.canonical or "") == reading


@given(
    st.from_regex("0[1-9][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-", "\u00a0"])
)
def test_every_telephone_number_is_read_however_it_is_parted(digits, between):
    pairs = [digits[place : place + 2] for place in range(0, 10, 2)]
    canonical = " ".join(pairs)
    for words in (
        between.join(pairs),
        f"+33{between}{digits[1]}{between}{between.join(pairs[1:])}",
    ):
        assert numbers.read_phone(words) == (canonical, canonical, None, "", ())
    assert numbers.read_phone(canonical).value == canonical
    assert plain(canonical) == numbers.phone_shown(canonical)


HOSTILE = st.one_of(
    st.text(max_size=90),
    st.text(alphabet="0123456789/-.: hTàdulejanvierm\u0661²\u00a0\u2028", max_size=40),
)


@given(HOSTILE)
def test_reading_never_raises_and_says_either_the_value_or_why_not(text):
    for read in (dates.read_date, dates.read_time, numbers.read_phone):
        reading = read(text)
        assert (reading.value is None) == (reading.canonical is None)
        if reading.value is None:
            assert reading.code
            assert reading.message
            assert reading.hints
        if reading.message:
            assert len(reading.message) < 120
            assert "\n" not in reading.message
    if (day := dates.read_date(text).value) is not None:
        assert 1900 <= day.year <= 2200


@given(st.text())
def test_folding_and_slugs_settle_at_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold(text.replace("é", "e\u0301")) == fold(text)
    name = slug(text)
    assert slug(name) == name
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", name)


@given(st.lists(st.text(max_size=8)).flatmap(lambda w: st.tuples(st.just(w), st.permutations(w))))
def test_order_depends_on_nothing_but_the_words(both):
    words, shuffled = both
    assert sorted(words, key=sort_key) == sorted(shuffled, key=sort_key)


def slips(left: str, right: str) -> int:
    """Optimal string alignment by its definition, to hold the bit vectors to."""
    table = [
        [max(i, j) if i * j == 0 else 0 for j in range(len(right) + 1)]
        for i in range(len(left) + 1)
    ]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (left[i - 1] != right[j - 1]),
            )
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(
    st.text("abc", min_size=4, max_size=9),
    st.lists(st.text("abc", min_size=1, max_size=9), max_size=6),
)
def test_the_nearest_word_is_the_one_with_the_fewest_slips(word, candidates):
    allowed = min(1 + (len(word) - 2) // 4, 4)
    close = [slips(word, one) for one in candidates]
    found = nearest(word, candidates)
    if close and min(close) <= allowed:
        assert slips(word, found[0]) == min(close)
    else:
        assert found == []
