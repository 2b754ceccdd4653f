"""The site's own templates, looked at without making a page: what cannot be read at all.

A name that no view has shows only when a page is made; that is the renderer's to say.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from jinja2 import TemplateSyntaxError

from cq.diagnostic import Diagnostic, Span, error
from cq.theme import Theme
from cq.theme.environment import environment
from cq.theme.words import told


def faults(theme: Theme) -> Iterator[Diagnostic]:
    """A finding for each template of the site's own that does not compile."""
    made = environment(theme)
    for name, place in theme.places.items():
        try:
            made.compile(theme.templates[name], name, name)
        except TemplateSyntaxError as fault:
            yield error(
                "template-fault",
                told(fault),
                Span(PurePosixPath(place), fault.lineno),
                "aucun site ne serait publié",
                "corrigez ce gabarit, ou retirez-le : celui du thème livré le remplace",
            )
        except RecursionError as fault:  # a hundred levels of brackets
            yield error("template-fault", told(fault), Span(PurePosixPath(place)))
