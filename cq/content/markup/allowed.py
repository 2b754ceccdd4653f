"""The allow-list: every element, attribute, value and class that a page's text may have.

Both locks of `clean` read it; nothing here acts. What Markdown makes, and harmless HTML beside it.
No style, no script, no form, no frame: the site's CSP would stop them anyway.
"""

EVERYWHERE = frozenset({"id", "lang", "dir", "title", "data-cq"})
TASK_BOX = frozenset({"input"})  # only Markdown's own, never an author's
# fmt: off
TAGS = TASK_BOX | frozenset(
    {
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br",
        "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
        "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    }
)
# fmt: on
_CELL = frozenset({"colspan", "rowspan"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "aria-label"}),
    "code": frozenset({"class"}),  # language-…, checked in the last pass
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "input": frozenset({"disabled", "checked", "aria-label"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed"}),
    "section": frozenset({"aria-label"}),
    "td": _CELL,
    "th": _CELL | {"abbr"},
    "time": frozenset({"datetime"}),
}
VALUES: dict[str, dict[str, frozenset[str]]] = {
    "div": {"role": frozenset({"note"})},
    "input": {"type": frozenset({"checkbox"})},
    "section": {"role": frozenset({"doc-endnotes"})},
    "th": {"scope": frozenset({"col", "row", "colgroup", "rowgroup"})},
}
_SIDES = frozenset({"left", "center", "right"})
CLASSES: dict[str, frozenset[str]] = {
    "a": frozenset({"retour-note"}),
    "div": frozenset(
        {
            "alerte",
            "alerte-note",
            "alerte-tip",
            "alerte-important",
            "alerte-warning",
            "alerte-caution",
        }
    ),
    "li": frozenset({"tache"}),
    "p": frozenset({"alerte-titre"}),
    "section": frozenset({"notes"}),
    "sup": frozenset({"appel-note"}),
    "td": _SIDES,
    "th": _SIDES,
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What these hold is no text: it goes with the tag.
# fmt: off
SWALLOWED = frozenset(
    {
        "applet", "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript",
        "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
        "xmp",
    }
)
# fmt: on
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset({"br", "hr", "img", "input", "wbr"})
FORMATTING = frozenset({"a", "b", "code", "em", "i", "s", "small", "strong", "u"})
# HTML closes these by itself: left open, they do not nest.
CLOSED_ANYWAY = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "rt", "rp"}
)
