"""The system's reasons, in French."""

import errno
import os
import re

import pytest

from cq.french.system import _REASONS, refused


@pytest.mark.parametrize("number", sorted(_REASONS))
def test_no_reason_is_the_system_s_own(number: int) -> None:
    said = refused(OSError(number, os.strerror(number), "x"))
    assert said != os.strerror(number)
    assert not re.search(r"\b(no|not|file|is|device|permission)\b", said, re.IGNORECASE)


def test_a_rare_reason_keeps_its_number() -> None:
    said = refused(OSError(errno.EL2HLT, os.strerror(errno.EL2HLT)))
    assert said.endswith(f"code {errno.EL2HLT}")


def test_words_without_a_number() -> None:
    assert refused(OSError("relancez la commande")) == "relancez la commande"
