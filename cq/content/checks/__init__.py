"""Every check across files, in the order in which they run. Checks do not see each other."""

from cq.content.check import Check

CHECKS: tuple[Check, ...] = ()
