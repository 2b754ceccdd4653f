"""One line of the report."""

from enum import Enum
from typing import NamedTuple


class State(Enum):
    """How it is: only what must be done is a fault."""

    OK = "ok"
    ATTENTION = "attention"
    TO_DO = "à faire"


class Remark(NamedTuple):
    """What was looked at, how it is, and what to type where it is not well."""

    part: str  # machine, git, site
    subject: str
    state: State
    words: str
    remedy: str = ""
