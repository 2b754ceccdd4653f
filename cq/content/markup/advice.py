"""What a reader would stumble on, said to the author: headings, alternative texts, vague links.

Findings only, in French (ACC-09, ACC-10, ACC-13, ACC-18); nothing is changed here.
"""

import re

from cq.content.markup.page import Page
from cq.content.markup.places import Source
from cq.diagnostic import Span, error, note, warning
from cq.french.folding import fold

_VAGUE = frozenset(
    {
        "cliquer ici",
        "cliquez ici",
        "cliquer",
        "cliquez",
        "click here",
        "ici",
        "la",
        "ce lien",
        "lien",
        "lire",
        "lire la suite",
        "la suite",
        "suite",
        "en savoir plus",
        "savoir plus",
        "plus",
        "plus d'informations",
        "plus d'infos",
        "plus d'info",
        "voir",
        "voir plus",
        "voir ici",
        "details",
        "read more",
    }
)
_COUNTS = ("", "un", "deux", "trois", "quatre", "cinq", "six")
_NO_WORDS = re.compile(r"^[\s.…!?:;,>»«›→\"()\[\]-]+|[\s.…!?:;,>»«›→\"()\[\]-]+$")
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pict?|p|photo|image|capture|screenshot|scan|whatsapp image)?"
    r"[\s_-]*\d[\d\s_.()-]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:jpe?g|png|webp|svg|gif|heic|tiff?|bmp|avif)$", re.IGNORECASE)


# An address as words, read aloud letter by letter; « mairie10.paris.fr » can be read.
_ADDRESS = re.compile(r"(?:https?://|www\.[^\s/]+/)\S+", re.IGNORECASE)
# `[words](a path with spaces.pdf)` and `[words] (path)`: no link to Markdown.
_SPACED = re.compile(r"\]( ?)\(([^()<>\n]{1,300})\)")
# `[[` and what may have been meant as a link to a page; two brackets close it, or only one that is
# the last of its line: « [[1] et [2]] » is somebody's own notation.
_UNMADE_WIKI = re.compile(r"\[\[([^\[\]]{0,200})(?:(\]\])|\](?![\[(])(?=[^\]\n]*(?:\n|\Z)))")
_PATH = re.compile(r"\A(?:https?://|\.{0,2}/)|\.[A-Za-z]{2,5}(?:#.*)?\Z")
# What word processors begin the lines of a list with. « o » counts beside another one.
_SIGNS = frozenset("•◦▪●‣∙·\uf0b7\uf0a7")
_SIGN_LINE = re.compile("^[ ]*(?:[•◦▪●‣∙·\uf0b7\uf0a7]|o(?=\t))\\s*(\\S.*)$", re.MULTILINE)


def unmade_link(text: Source, opening: int, end: int, page: Page) -> None:
    """Brackets at `opening` and `end` that a space keeps from being a link or an image."""
    found = _SPACED.match(text, end)
    if found is None:
        return
    target = found[2].strip()
    # A title in quotes, or words in parentheses, are no path.
    if '"' in target or not _PATH.search(target) or (not found[1] and " " not in target):
        return
    if found[1] and (" " in target or text.startswith("!", opening)):
        return
    between = "entre le crochet et la parenthèse"
    where = between if found[1] else "dans l’adresse"
    written = f"{text[opening : end + 1]}({target.replace(' ', '%20')})"
    page.say(
        warning(
            "space-in-link",
            f"une espace {where}",
            page.places.span(text, opening, found.end()),
            "les crochets et l’adresse apparaîtraient tels quels dans le texte",
            f"écrivez : {written}",
        )
    )


def unmade_wiki_link(text: Source, start: int, page: Page) -> None:
    """`[[` at `start` that begins no link: nothing between the brackets, two lines, one missing."""
    found = _UNMADE_WIKI.match(text, start)
    if found is None:
        return
    name, bar, words = (" ".join(one.split()) for one in found[1].partition("|"))
    if found[2] is None:
        if not name:
            return
        why = "il manque un crochet à la fin de ce lien"
    elif not name:
        why = "ce lien ne nomme aucune page"
    elif bar and not words:
        why = "ce lien n’a pas de mots après sa barre"
    else:
        why = "ce lien est sur deux lignes"
    whole = f"{name or 'nom-de-la-page'}{f'|{words}' if words else ''}"
    page.say(
        warning(
            "unmade-link",
            why,
            page.places.span(text, start, found.end()),
            "les crochets apparaîtraient tels quels dans le texte",
            f"écrivez : [[{whole}]]",
        )
    )


def list_signs(text: Source, page: Page) -> None:
    """Lines that a word processor's bullets begin: to Markdown, one paragraph."""
    if text.isascii() or _SIGNS.isdisjoint(text):
        return
    lines = list(_SIGN_LINE.finditer(text))
    if not lines:
        return
    count = f", sur {len(lines)} lignes" if len(lines) > 1 else ""
    page.say(
        warning(
            "list-sign",
            f"« {lines[0][0].strip()[0]} » ne commence pas un élément de liste{count}",
            page.places.span(text, lines[0].start(), lines[0].end()),
            "ces lignes se suivraient dans un seul paragraphe"
            if lines[1:]
            else "la ligne serait un paragraphe comme un autre",
            f"écrivez un tiret et une espace : - {lines[0][1][:120]}",
        )
    )


def link_words(words: str, target: str, span: Span, page: Page, *, shows_image: bool) -> None:
    """A link must say where it leads, read alone. An address that stands bare in the
    text is left alone: its author shows it, and an invitation has little else to give.
    """
    if not words:
        if not shows_image:
            page.say(
                warning(
                    "vague-link-text",
                    "ce lien n’a pas de texte",
                    span,
                    "personne ne peut le voir ni le choisir",
                    f"écrivez entre les crochets où il mène : [le compte rendu]({target[:120]})",
                )
            )
        return
    if _ADDRESS.fullmatch(words):
        page.say(
            warning(
                "vague-link-text",
                "ce lien n’a pour texte que son adresse",
                span,
                "un lecteur d’écran l’épelle, et elle ne dit pas où mène le lien",
                f"écrivez où il mène, entre crochets : [le compte rendu]({target[:120]})",
            )
        )
        return
    if len(words) > 25:
        return
    bare = _NO_WORDS.sub("", fold(words).replace("’", "'"))
    if bare in _VAGUE or not _has_words(bare):
        page.say(
            warning(
                "vague-link-text",
                f"« {words} » ne dit pas où mène ce lien",
                span,
                "un lecteur d’écran énonce les liens seuls, hors de leur phrase",
                f"écrivez entre les crochets où il mène : [le compte rendu]({target[:120]})",
            )
        )


def alternative(alt: str, source: str, span: Span, page: Page) -> None:
    """An image must be said in words."""
    name = re.split(r"[/\\]", source.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])[-1]
    if not alt:
        page.say(
            error(
                "missing-alt",
                "cette image n’a pas de texte de remplacement",
                span,
                "qui ne la voit pas ne saura pas ce qu’elle montre ; une image purement "
                "décorative n’a pas sa place dans le texte",
                f"écrivez : ![ce que montre l’image]({name})",
            )
        )
        return
    stem = _EXTENSION.sub("", name)
    same = alt.casefold() == name.casefold() or (
        alt.casefold() == stem.casefold() and not stem.isalpha()
    )
    if same or _EXTENSION.search(alt) or _CAMERA.fullmatch(alt):
        page.say(
            error(
                "missing-alt",
                f"« {alt[:60]} » est un nom de fichier, pas un texte de remplacement",
                span,
                "qui ne voit pas l’image ne saura pas ce qu’elle montre",
                f"écrivez : ![ce que montre l’image]({name})",
            )
        )


def wordless_heading(words: str, span: Span, page: Page) -> None:
    """An emoji alone is read by its name, or not at all."""
    if not _has_words(words):
        page.say(
            note(
                "no-words",
                f"« {words[:30]} » est un titre sans mots",
                span,
                "un lecteur d’écran énonce le nom du dessin, ou rien",
                f"écrivez ce qu’il veut dire, par exemple : ## {words[:30]} À retenir",
            )
        )


def _has_words(text: str) -> bool:
    return any(one.isalnum() for one in text)


def heading_level(level: int, before: int, words: str, span: Span, page: Page) -> None:
    """Levels follow one another: 2 under the page's title, 3 under 2."""
    if level == 1:
        page.say(
            warning(
                "heading-order",
                "une page n’a qu’un titre de niveau 1",
                span,
                "celui-ci est montré au niveau 2",
                f"écrivez avec deux dièses : ## {words[:120]}",
            )
        )
    elif level > before + 1:
        page.say(
            warning(
                "heading-order",
                f"ce titre de niveau {level} vient après un niveau {before}",
                span,
                "le plan de la page a un trou, et qui l’écoute croit avoir manqué une partie",
                f"écrivez avec {_COUNTS[before + 1]} dièses : {'#' * (before + 1)} {words[:120]}",
            )
        )


def empty_heading(span: Span, page: Page) -> None:
    page.say(
        warning(
            "heading-order",
            "ce titre est vide",
            span,
            "il n’est pas montré, et manquerait au plan de la page",
            "écrivez ses mots : ## Titre, ou retirez la ligne",
        )
    )


def something_removed(page: Page, span: Span) -> None:
    """The second lock held something that the first let through; the page is safe, and says so."""
    page.say(
        warning(
            "removed-html",
            "du code HTML de cette page a été enlevé",
            span,
            "un lien ou une image n’avait pas une adresse permise",
            "écrivez-le en Markdown : [texte](adresse)",
        )
    )
