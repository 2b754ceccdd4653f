"""Quoting what was written, in a message of one line."""

from cq.french.reading import quoted


def test_long_and_broken_text_is_quoted_on_one_short_line():
    assert quoted("demain\n\tsoir") == "«\u00a0demain soir\u00a0»"
    assert quoted("\u202ex\x1b[31m") == "«\u00a0x [31m\u00a0»"
    assert len(quoted("mot " * 100_000)) <= 44
