"""What a reader would stumble on, said to the author: headings, alternative texts, vague links.

Findings only, in French (ACC-09, ACC-10, ACC-13); nothing is changed here.
"""

import re

from cq.content.markup.page import Page
from cq.diagnostic import Span, error, warning
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
_NO_WORDS = re.compile(r"^[\s.…!?:;,>»«›→\"()\[\]-]+|[\s.…!?:;,>»«›→\"()\[\]-]+$")
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pict?|p|photo|image|capture|screenshot|scan|whatsapp image)?"
    r"[\s_-]*\d[\d\s_.()-]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:jpe?g|png|webp|svg|gif|heic|tiff?|bmp|avif)$", re.IGNORECASE)


def link_words(words: str, span: Span, page: Page, *, shows_image: bool) -> None:
    """A link must say where it leads, read alone."""
    if not words:
        if not shows_image:
            page.say(
                warning(
                    "vague-link-text",
                    "ce lien n’a pas de texte",
                    span,
                    "personne ne peut le voir ni le choisir",
                    "écrivez entre les crochets où il mène : [le compte rendu du 10 mars](…)",
                )
            )
        return
    if len(words) > 25:
        return
    bare = _NO_WORDS.sub("", fold(words).replace("’", "'"))
    if bare in _VAGUE or not bare:
        page.say(
            warning(
                "vague-link-text",
                f"« {words} » ne dit pas où mène ce lien",
                span,
                "un lecteur d’écran énonce les liens seuls, hors de leur phrase",
                "écrivez par exemple : [le compte rendu du 10 mars](…)",
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


def heading_level(level: int, before: int, span: Span, page: Page) -> None:
    """Levels follow one another: 2 under the page's title, 3 under 2."""
    if level == 1:
        page.say(
            warning(
                "heading-order",
                "une page n’a qu’un titre de niveau 1",
                span,
                "celui-ci est montré au niveau 2",
                "écrivez le titre avec deux dièses : ## Titre",
            )
        )
    elif level > before + 1:
        page.say(
            warning(
                "heading-order",
                f"ce titre de niveau {level} vient après un niveau {before}",
                span,
                "le plan de la page a un trou, et qui l’écoute croit avoir manqué une partie",
                f"écrivez-le avec {before + 1} dièses : {'#' * (before + 1)} Titre",
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
