"""What letters and minutes say of the town hall and of the purpose: typed by people, not computed.

An empty field stands as « à compléter » on paper, where somebody sees it before signing.
"""

from typing import NamedTuple

TO_COMPLETE = "à compléter"


class Particulars(NamedTuple):
    """Words of the town hall. Days are AAAA-MM-JJ; `page` is the draw's address on the site."""

    owner: str = ""  # the administration
    address: str = ""
    service: str = ""
    contact: str = ""
    officer: str = ""  # for data protection
    page: str = ""
    purpose: str = ""
    basis: str = ""
    origin: str = ""
    notice: str = ""  # how people are told of it
    place: str = ""
    contest: str = ""
    destroyed: str = ""
    validated: str = ""  # ALG-04: a function
    consequences: str = ""

    def missing(self, *fields: str) -> list[str]:
        """Which of `fields` stand as « à compléter »."""
        return [
            field
            for field in fields
            if not (text := getattr(self, field)) or TO_COMPLETE in text.casefold()
        ]


def said(text: str) -> str:
    """`text`, or the words that ask for it."""
    return text or TO_COMPLETE
