"""Raw HTML in Markdown: what is let through, and saying what is not.

Two locks. This module rewrites every tag that an author wrote: unknown ones, their dangerous
attributes and targets are left out, and said with their place (`removed-html`). nh3 then cleans
the whole page again, ours and theirs, by the same lists; what it would still remove is a fault of
the first lock, and `finish` says so.
"""

import re
from html import unescape

import nh3

from cq.content.markup import allowed, guard, targets
from cq.content.markup.page import Mark, Page
from cq.content.markup.places import Source
from cq.diagnostic import Span, warning

_CLEANER = nh3.Cleaner(
    tags=set(allowed.TAGS),
    clean_content_tags=set(allowed.SWALLOWED),
    attributes={"*": set(allowed.EVERYWHERE)}
    | {tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
    tag_attribute_values={
        tag: {name: set(values) for name, values in names.items()}
        for tag, names in allowed.VALUES.items()
    },
    allowed_classes={tag: set(names) for tag, names in allowed.CLASSES.items()},
    url_schemes=set(allowed.SCHEMES),
    link_rel=None,
)

_NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = re.compile(
    r"([A-Za-z_:@][^\s\"'<>/=]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+"
)
_INLINE = re.compile(
    rf"<({_NAME})((?:\s++[A-Za-z_:@][\w.:@-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)"
    rf"\s*+/?>|<(/)({_NAME})\s*+>"
)
# In an HTML block tags are read as browsers do, mistakes included.
_LOOSE = re.compile(rf"<({_NAME})((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|<(/)({_NAME})[^<>]*+>")
_HIDDEN = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STYLED = frozenset({"style", "class", "align", "bgcolor", "color", "face", "size", "border"})


def sanitize(html: str) -> str:
    """The second lock: nh3's canonical HTML, without any control character."""
    cleaned = _CLEANER.clean(html)
    # An entity may have brought back what is refused in content: control characters (one of them
    # is our mark for a hole) and those that turn the direction of the text.
    return _CONTROL.sub("", cleaned) if _CONTROL.search(cleaned) else cleaned


def inline(text: Source, start: int, page: Page) -> tuple[str, int]:
    """What a `<` inside a paragraph begins: its HTML, and where to go on."""
    if text.startswith(("<!", "<?"), start) and (end := _hidden(text, start)) > 0:
        return "", end
    found = _INLINE.match(text, start)
    if not found:
        return "&lt;", start + 1
    return _tag(found, text, page)


def block(text: Source, page: Page) -> str:
    """An HTML block, tag by tag."""
    made: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        made.append(text[at:start].replace(">", "&gt;"))
        if text.startswith(("<!", "<?"), start):
            at = _hidden(text, start)
            if at < 0:
                at = len(text)
                span = page.places.span(text, start, start + 4)
                page.say(
                    warning(
                        "removed-html",
                        "ce commentaire n’est pas refermé : tout ce qui suit a été enlevé",
                        span,
                        "la suite du texte ne paraît pas sur le site",
                        "refermez-le par -->",
                    )
                )
            continue
        found = _LOOSE.match(text, start)
        if not found:
            made.append("&lt;")
            at = start + 1
            continue
        html, at = _tag(found, text, page)
        made.append(html)
    made.append(text[at:].replace(">", "&gt;"))
    return "".join(made)


def _hidden(text: str, start: int) -> int:
    """The end of a comment or the like, -1 if nothing closes it."""
    for begin, end in _HIDDEN:
        if text.startswith(begin, start):
            close = text.find(end, start + len(begin))
            return close + len(end) if close >= 0 else -1
    return -1


def _tag(found: "re.Match[str]", text: Source, page: Page) -> tuple[str, int]:
    """One tag, as it may stand, and where to go on; what it loses is said."""
    end = found.end()
    if found[3]:
        name = found[4].lower()
        if name in page.open_tags:
            # What was opened inside it is closed with it, as browsers do.
            while page.open_tags.pop() != name:
                pass
        return (f"</{name}>" if name in allowed.TAGS and name not in allowed.VOID else ""), end
    name = found[1].lower()
    start = found.start()
    if name not in allowed.TAGS or name in allowed.TASK_BOX:
        close = _swallow(text, name, end, page)
        page.say(
            warning(
                "removed-html",
                f"la balise <{name}> a été enlevée",
                page.places.span(text, start, end),
                _why(name),
                f"si ce sont des mots à montrer, écrivez \\<{name}>",
            )
        )
        return "", close
    attributes = _attributes(name, found[2] or "", text, (start, end), page)
    if name not in allowed.VOID and name not in allowed.CLOSED_ANYWAY:
        page.open_tags.append(name)
    formatting = sum(one in allowed.FORMATTING for one in page.open_tags)
    guard.check_raw(page.open_tags, formatting, text, page)
    if name in ("a", "img") or name in allowed.HEADINGS:
        kind = "a" if name == "a" else "img" if name == "img" else "heading"
        number = page.mark(Mark(kind, page.places.span(text, start, end)))  # type: ignore[arg-type]
        attributes = f' data-cq="{number}"' + attributes
    return f"<{name}{attributes}>", end


def _swallow(text: Source, name: str, end: int, page: Page) -> int:
    """Where to go on behind a forbidden tag: behind its contents, if these are no words."""
    if name not in allowed.SWALLOWED or (name, text.line) in page.never_closed:
        return end
    close = re.compile(rf"</{name}\s*+>", re.IGNORECASE).search(text, end)
    if close:
        return close.end()
    page.never_closed.add((name, text.line))  # or a thousand of them would look a thousand times
    return end


def _why(name: str) -> str:
    if name in ("script", "iframe", "object", "embed"):
        return "une page du site n’exécute ni ne montre rien qui vienne d’ailleurs"
    if name in ("form", "input", "button", "select", "textarea"):
        return "une page du site n’a pas de formulaire"
    return "seules les balises utiles au texte sont gardées"


def _attributes(tag: str, written: str, text: Source, place: tuple[int, int], page: Page) -> str:
    """The attributes that may stay, written anew."""
    kept: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(written):
        name = found[1].lower()
        value = unescape((found[2] or "").strip("\"'"))
        refused = _refusal(tag, name, value)
        if refused:
            page.say(
                warning("removed-html", refused[0], page.places.span(text, *place), *refused[1:])
            )
        elif name not in kept and not (name == "class" and not _classes(tag, value)):
            kept[name] = _classes(tag, value) if name == "class" else value
    return "".join(f' {name}="{quoted(value)}"' for name, value in kept.items())


def _classes(tag: str, value: str) -> str:
    known = allowed.CLASSES.get(tag, frozenset())
    return " ".join(one for one in value.split() if one in known)


def _refusal(tag: str, name: str, value: str) -> tuple[str, str, str] | None:
    """Why an attribute cannot stay: message and hints; None if it can."""
    if name in ("href", "src") and name in allowed.ATTRIBUTES.get(tag, ()):
        kind = targets.verdict(value)
        if kind == "forbidden":
            return _forbidden(value)
        return _remote(value) if name == "src" and kind != "inside" else None
    if name == "data-cq":
        return ("l’attribut data-cq a été enlevé", "ce nom est réservé au site", "retirez-le")
    if (
        name in allowed.EVERYWHERE
        or name in allowed.ATTRIBUTES.get(tag, ())
        or value.lower() in allowed.VALUES.get(tag, {}).get(name, ())
        or (name == "class" and _classes(tag, value).split() == value.split())
    ):
        return None
    if name.startswith("on"):
        reason = "une page du site n’exécute aucun script"
    elif name in _STYLED:
        reason = "l’apparence est l’affaire du thème, la même pour tout le site"
    else:
        reason = "cet attribut n’a pas d’effet utile sur le texte"
    return (
        f"l’attribut {name[:40]} de <{tag}> a été enlevé",
        reason,
        f"écrivez <{tag}> sans {name[:40]}",
    )


def quoted(value: str) -> str:
    """An attribute's value, as HTML."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&quot;")


def _shown(target: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in target)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _forbidden(target: str) -> tuple[str, str, str]:
    return (
        f"l’adresse « {_shown(target)} » a été enlevée",
        "un lien mène à une page (https:), un courriel (mailto:), un téléphone (tel:), un fichier",
        "écrivez par exemple : [texte](https://exemple.fr/)",
    )


def _remote(target: str) -> tuple[str, str, str]:
    return (
        f"l’image « {_shown(target)} » a été enlevée",
        "une image prise ailleurs dirait à ce site qui lit la page, et disparaîtrait avec lui",
        "posez le fichier à côté de la page et écrivez : ![description](nom-du-fichier.jpg)",
    )


def forbidden(target: str, span: Span, page: Page) -> None:
    """Say that a Markdown link lost its target."""
    message, *hints = _forbidden(target)
    page.say(warning("removed-html", message, span, *hints))


def remote_image(target: str, span: Span, page: Page) -> None:
    """Say that an image from elsewhere is not shown."""
    message, *hints = _remote(target)
    page.say(warning("removed-html", message, span, *hints))
