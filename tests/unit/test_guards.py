"""What a build says besides its numbers: who guards the spaces, and what nobody has looked at."""

import pytest

from cq import guards


def test_a_machine_with_keys_alone_says_that_it_knows_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CQ_CLES", raising=False)
    assert guards.told("", 12) == ()
    monkeypatch.setenv("CQ_CLES", "cq1.x")
    (line,) = guards.told("", 12)
    assert "cq access expire" in line
    assert guards.told("double", 12) == (*guards.told("double", 0), line)
    # Nothing was sealed, or no key opens what was written: a server looks at its own passwords.
    assert guards.told("", 0) == ()
    assert not any("CQ_CLES" in one for one in guards.told("serveur", 12))
