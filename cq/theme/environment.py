"""The one door to Jinja: sandboxed templates, strict names, French filters.

A template gets a view and these filters, nothing else: no file, no clock, no content.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from cq.content.item import STATE_WORDS
from cq.french import articles, dates, numbers, typography
from cq.french.folding import slug
from cq.theme import BASE, INSIDE, Theme
from cq.theme.kept import Compiled


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to the fields of views.

    A page reads some hundred fields; asking the sandbox about each cost half of rendering. A
    field that a NamedTuple declares is data by construction: nothing there to guard.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        fields = _FIELDS.get(type(obj))
        if fields is None:
            fields = _FIELDS[type(obj)] = frozenset(getattr(type(obj), "_fields", ()))
        if attribute in fields and isinstance(obj, tuple):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


_FIELDS: dict[type, frozenset[str]] = {}


class _Spaces(Extension):
    """The words of a template get their no-break spaces, as those of the content do.

    Only a space that its author wrote is changed: `'none'; img-src` and `http://` stay.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, _SIGN.sub(_no_break, token.value))
            else:
                yield token


_SIGN = re.compile(r" ([:;?!»])(?=[\s<\"]|$)|(«) ")


def _no_break(found: re.Match[str]) -> str:
    if found[2]:
        return f"«{numbers.NO_BREAK}"
    return f"{numbers.NARROW if found[1] in ';?!' else numbers.NO_BREAK}{found[1]}"


class _Delivered(BytecodeCache):
    """What Jinja asks before it compiles: cq's own templates are kept, a site's never."""

    def __init__(self, theme: Theme, program: str) -> None:
        self._own = theme.places
        self._inside = theme.inside
        self.compiled = Compiled(program)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        del filename
        return INSIDE if self._inside and name == BASE else name

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key not in self._own:
            bucket.code = self.compiled.get(bucket.key, bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key not in self._own and bucket.code is not None:
            self.compiled.put(bucket.key, bucket.checksum, bucket.code)


# The last one made ready, by the very texts of its templates: forked workers find it compiled.
_READY: dict[tuple[bool, frozenset[tuple[str, str]]], ImmutableSandboxedEnvironment] = {}


def get_ready(theme: Theme, program: str) -> None:
    """Compile every template of `theme`, for the processes that are forked later, and for later
    runs of this very `program` (`settings.identity`).
    """
    made = environment(theme, program)
    for name in theme.templates:
        with suppress(TemplateError):  # said with its place when a page asks for it
            made.get_template(name)
    if isinstance(made.bytecode_cache, _Delivered):
        made.bytecode_cache.compiled.keep()
    for key in [one for one in _READY if one[0] == theme.inside]:
        del _READY[key]
    _READY[theme.inside, frozenset(theme.templates.items())] = made


def environment(theme: Theme, program: str = "") -> ImmutableSandboxedEnvironment:
    """Jinja for one theme; a template is compiled at its first use, unless `program` kept it."""
    ready = _READY.get((theme.inside, frozenset(theme.templates.items())))
    if ready is not None:
        return ready
    made = _Sandbox(
        loader=FunctionLoader(lambda name: _source(theme, name)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Delivered(theme, program) if program else None,
        extensions=(_Spaces,),
    )
    made.filters.update(_FILTERS)
    return made


class _Dated(Protocol):
    """What two filters ask of a card. ISO texts, "19:30"."""

    day: str
    end_day: str | None
    start: str | None
    end: str | None


def _source(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """A template with its name as its file: a fault then says in which one it is."""
    text = theme.source(name)
    return None if text is None else (text, name, None)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _time(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def _date(text: str) -> Markup:
    """« mardi 10 mars 2026 », with « 1er » raised."""
    return Markup(dates.html_date(_day(text)))  # noqa: S704 - made of our own words


def _short_date(text: str) -> Markup:
    return Markup(dates.html_date(_day(text), weekday=False))  # noqa: S704 - likewise


def _raised(text: str) -> Markup:
    """A title with its ordinals raised: « Conseils de quartier du 10<sup>e</sup> »."""
    return Markup(typography.html(str(escape(text))))  # noqa: S704 - escaped, then our own <sup>


def _hours(card: _Dated) -> str:
    """« de 19 h à 21 h », « à 19 h », « toute la journée »."""
    if card.start is None:
        return "toute la journée"
    if card.end is None:
        return f"à {dates.hour(_time(card.start))}"
    return f"de {dates.hour(_time(card.start))} à {dates.hour(_time(card.end))}"


def _days(card: _Dated) -> str:
    """« du 5 au 7 mars 2026 », or the one day."""
    if card.end_day and card.end_day != card.day:
        return dates.date_range(_day(card.day), _day(card.end_day))
    return dates.long_date(_day(card.day))


def _language(code: str) -> str:
    """« en anglais »; "" for French, which needs no word; the code where it is not in the list."""
    main = code.lower().partition("-")[0]
    return "" if main in {"", "fr"} else _LANGUAGES.get(main, f"langue\u00a0: {code}")


# Those of Paris's residents, and Europe's.
_LANGUAGES = {
    "ar": "en arabe", "bn": "en bengali", "br": "en breton", "ca": "en catalan",
    "de": "en allemand", "en": "en anglais", "es": "en espagnol", "fa": "en persan",
    "he": "en hébreu", "it": "en italien", "ja": "en japonais", "ku": "en kurde",
    "nl": "en néerlandais", "pl": "en polonais", "pt": "en portugais", "ro": "en roumain",
    "ru": "en russe", "ta": "en tamoul", "tr": "en turc", "uk": "en ukrainien",
    "ur": "en ourdou", "vi": "en vietnamien", "wo": "en wolof", "zh": "en chinois",
}  # fmt: skip
# Words of front matter that are no French words, or that say nothing.
_SORTS = {
    "compte-rendu": "compte rendu", "ordre-du-jour": "ordre du jour", "autre": "",
}  # fmt: skip

_FILTERS: dict[str, Callable[..., Any]] = {
    "date": _date,
    "date_courte": _short_date,
    "date_texte": lambda text: dates.long_date(_day(text)),
    "jour": lambda text: _day(text).day,
    "jour_semaine": lambda text: dates.weekday_name(_day(text)),
    "mois": lambda text: dates.month_name(_day(text).month),
    "mois_court": lambda text: dates.short_month(_day(text).month),
    "mois_annee": lambda text: dates.month_year(_day(text)),
    "annee": lambda text: text[:4],
    "heures": _hours,
    "jours": _days,
    "heure": lambda text: dates.hour(_time(text)),
    "langue": _language,
    "etat": lambda text: STATE_WORDS.get(text, text),
    "le": articles.the,
    "de": articles.of_the,
    "a": articles.to_the,
    "sorte": lambda text: _SORTS.get(text, text),
    "taille": numbers.size,
    "nombre": numbers.number,
    "typographie": typography.plain,
    "exposants": _raised,
    "ancre": slug,
    "telephone": lambda text: Markup(numbers.phone_html(text)),  # noqa: S704 - escapes by itself
}
