"""Stage 6, render: one target in, its bytes out. Wide: worker processes hold a Renderer each.

Sees a view and the text that its key names, nothing else. Raises TemplateFault for a theme's
mistake, never for the content's.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol

from cq.content.body import HOLE, HOLES
from cq.content.parsed import Text
from cq.french import typography
from cq.site import differences, linked, routes
from cq.site.glossed import Glossaries
from cq.site.rendered import Rendered
from cq.site.target import Target
from cq.site.views import Chrome
from cq.theme import Theme
from cq.theme.words import told

# An image whose author gave no size has its hole last: `markup` sees to that.
_HOLE = re.compile(rf'(href|src)="{HOLES}"(>?)')
_TABLE = re.compile(r"(?=<table[ >])")
_BOX = '<div class="tableau" role="group" aria-label="Tableau" tabindex="0">'
# What a template's own mistake may raise beside Jinja's errors: a macro without end, say.
_FAULTS = (
    TypeError, ValueError, AttributeError, ArithmeticError, LookupError, RecursionError, MemoryError
)  # fmt: skip
_SLACK = 40  # characters that typography may add or take
_EMPTY = Text("{}", "", (), "")


class Store(Protocol):
    """Where the texts of items are: the ledger, or a test's dict."""

    def get(self, key: str) -> Text: ...

    def paper(self, key: str) -> str: ...


class TemplateFault(Exception):
    """A template asked for a name that its view does not have, or does not compile."""

    def __init__(self, template: str, line: int, message: str) -> None:
        super().__init__(template, line, message)
        self.template = template
        self.line = line
        self.message = message


class Renderer:
    """Makes pages of one theme and one chrome, of the public site or of one private space, whose
    pages have a way of their own to `link`.

    `program`: see `cq.theme.environment`.
    """

    def __init__(
        self,
        theme: Theme,
        chrome: Chrome,
        store: Store,
        program: str = "",
        link: Callable[..., str] = routes.link,
    ) -> None:
        self.link = link
        self.theme = theme
        self.chrome = chrome
        self.store = store
        self.program = program
        self._environment: Any = None
        self._glossaries = Glossaries(chrome, self.link)
        self._frames: dict[tuple[str, str], tuple[Any, Any]] = {}

    def render(self, target: Target) -> Rendered:
        if target.template == "@paper":
            view: Any = target.view
            # With the mark of UTF-8: not every server says what a file of text is written in.
            text = f"\ufeff{self.store.paper(view.key)}\n"
            return Rendered(target.path, text.encode(), target.space)
        if target.template.startswith("@"):
            return Rendered(target.path, feed(target), target.space)
        return Rendered(target.path, self._page(target).encode(), target.space)

    def _page(self, target: Target) -> str:
        import jinja2
        from markupsafe import Markup

        from cq.theme.environment import environment

        if self._environment is None:
            self._environment = environment(self.theme, self.program)
        view: Any = target.view
        at, root = view.frame.at, view.frame.root
        key = getattr(view, "key", "")
        text = self.store.get(key) if key else _EMPTY

        def to(address: str) -> str:
            return self.link(address, at, root)

        back = routes.root_from(at) if root is None else root
        try:
            header, footer = self._frame(back, view.frame.section, to)
            page: str = self._environment.get_template(target.template).render(
                vue=view,
                page=view.frame,
                site=self.chrome,
                vers=to,
                racine=back,
                entete=header,
                pied=footer,
                corps=Markup(self._text(text.html, view)),  # noqa: S704 - cleaned by `markup`
                chapeau=_lead(view.frame.description, text.text),
                sommaire=text.headings,
                differences=self._differences(view),
                donnees=Markup(linked.script(view, self.chrome)),  # noqa: S704 - escaped there
                gabarit=target.template.removesuffix(".html"),
            )
        except jinja2.TemplateSyntaxError as fault:
            name = fault.name or target.template
            raise TemplateFault(self.theme.place(name), fault.lineno, told(fault)) from None
        except (jinja2.TemplateError, *_FAULTS) as fault:
            name, line = _where(fault, target.template, self.theme)
            raise TemplateFault(self.theme.place(name), line, told(fault)) from fault
        return page

    def _text(self, html: str, view: Any) -> str:  # noqa: ANN401 - of any page
        """The body of a page: its links filled, the glossary's terms marked."""
        made = _filled(_named(html, view), view, view.frame.at, self.link)
        if not getattr(view, "glossed", False):
            return made
        place = view.frame.place or getattr(view, "place", None)
        return self._glossaries.mark(made, view.frame, place.address if place else "")

    def _differences(self, view: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - of any page
        """Each version with what it changed in the one before it."""
        revisions = getattr(view, "revisions", ())
        texts = [self.store.get(one.key).text for one in revisions]
        return [
            (revision, differences.between(old, new))
            for revision, new, old in zip(revisions, texts, texts[1:], strict=False)
        ]

    def _frame(self, prefix: str, section: str, to: Callable[[str], str]) -> tuple[Any, Any]:
        """Header and footer, rendered once for each depth and section: they are alike in all."""
        from markupsafe import Markup

        made = self._frames.get((prefix, section))
        if made is None:
            names = {"site": self.chrome, "vers": to, "section": section, "racine": prefix}
            header, footer = (
                Markup(self._environment.get_template(name).render(names))  # noqa: S704
                for name in ("parts/header.html", "parts/footer.html")
            )
            made = self._frames[prefix, section] = (header, footer)
        return made


def _named(html: str, view: Any) -> str:  # noqa: ANN401 - of any page
    """`[[links]]` without words of their own say the title of what they lead to."""
    for number, title in getattr(view, "names", ()):
        start = html.find(f'="{HOLE.format(number)}">')
        if start >= 0:
            begin, end = html.index(">", start) + 1, html.find("</a>", start)
            html = html[:begin] + _attribute(title) + html[end:]
    return html


def _filled(html: str, view: Any, at: str, link: Callable[..., str]) -> str:  # noqa: ANN401
    """The holes of a body, filled with relative links; one that leads nowhere is left out."""
    links: tuple[str | None, ...] = getattr(view, "links", ())
    sizes = {number: sides for number, *sides in getattr(view, "sizes", ())}

    def fill(hole: re.Match[str]) -> str:
        number = int(hole[2])
        address = links[number] if number < len(links) else None
        if address is None:
            return f'data-absent=""{hole[3]}'
        shown = address if address.startswith("#") else link(address, at)
        size = ""
        if hole[3] and hole[1] == "src" and number in sizes:
            size = ' width="{}" height="{}"'.format(*sizes[number])
        return f'{hole[1]}="{_attribute(shown)}"{size}{hole[3]}'

    if links:
        html = _HOLE.sub(fill, html)
    if "<table" in html:
        # A wide table scrolls in its own box, which the keyboard must reach.
        html = _TABLE.sub(_BOX, html).replace("</table>", "</table></div>")
    return html


def _lead(summary: str, text: str) -> str:
    """The summary, where it is no mere beginning of the text that follows."""
    if not summary or not text:
        return summary
    if text[0].isalnum() and text[0] != summary[0]:
        return summary  # the usual case, at no cost
    begins = typography.plain(text[: len(summary) + _SLACK])
    return "" if begins.startswith(summary.removesuffix("…").rstrip()) else summary


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def feed(target: Target) -> bytes:
    """A file that no template makes."""
    view: Any = target.view
    if target.template == "@calendar":
        from cq.site.feeds import calendar

        return calendar.render(view)
    if target.template == "@atom":
        from cq.site.feeds import atom

        return atom.render(view)
    if target.template == "@vcard":
        from cq.site.feeds import vcard

        return vcard.render(view)
    if target.template == "@text":
        return bytes(view[0].encode())
    return _small(target.template, view)


def _small(template: str, view: Any) -> bytes:  # noqa: ANN401 - of any feed
    if template == "@json_feed":
        from cq.site.feeds import json_feed

        return json_feed.render(*view)
    if template == "@security":
        from cq.site.feeds import security

        return security.render(view)
    from cq.site.feeds import sitemap

    if template == "@sitemap":
        return sitemap.render(view)
    if template == "@sitemaps":
        return sitemap.index(view)
    return sitemap.robots(view[0] or None)


def _where(fault: BaseException, template: str, theme: Theme) -> tuple[str, int]:
    """The innermost template's own line: Jinja puts templates on the traceback as files."""
    trace, place = fault.__traceback__, (template, 1)
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in theme.templates:
            place = (name, trace.tb_lineno)
        trace = trace.tb_next
    return place
