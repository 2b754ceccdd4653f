"""Calendar months: « six months after 31 August » is the last day of February.

Days only, no content.
"""

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day `months` calendar months later, or the last one of a month that is shorter.

    Never earlier than `day` for `months` ≥ 0, and never out of order: a later day has a later or
    equal answer. `months` may be negative.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
