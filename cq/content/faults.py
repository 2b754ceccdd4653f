"""What pydantic refused, as findings: each at its place, in French, with the line to write.

Knows the shapes of models, and no kind. Whether something is a fault was decided before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cq.content.tree import Block, Listing, Scalar, Tree
from cq.diagnostic import Diagnostic, Span, error

# A hint that ends with a value alone, and one with the choice between two days or hours.
_TO_WRITE = re.compile(r"(écrivez(?: par exemple)? : )(?!\w+: )([^\n]+)\Z")
_SEVERAL = re.compile(r"[0-9:-]+(?: \([^()]*\))? ou [0-9]")
_BOUNDS = {"greater_than_equal": "ge", "less_than_equal": "le"}


class _Spot(NamedTuple):
    """Where a fault is: the last key on the way, what stands there, and what should."""

    span: Span
    key: str
    parent: str  # the key around it, "" at the top
    within: bool  # in a list: one of several values of the key
    written: bool  # the key stands in the file
    value: Tree | None
    field: FieldInfo | None
    model: type[BaseModel]


def finding(
    detail: ErrorDetails, tree: Tree, model: type[BaseModel], path: PurePosixPath
) -> Diagnostic:
    """One refusal of `model`, whose value was to be made of `tree`."""
    kind = detail["type"]
    context: dict[str, Any] = detail.get("ctx") or {}
    spot = _locate(tree, detail["loc"], model, path)
    if kind in _WORDS:
        return _WORDS[kind](spot)
    if kind in _BOUNDS:
        return _out_of_range(spot, kind, context)
    if "message" in context:
        message = f"{spot.key} : {context['message']}" if spot.key else context["message"]
        hints = tuple(context.get("hints", ()))
        if not spot.within:
            hints = tuple(whole_line(hint, spot.key) for hint in hints)
        return Diagnostic(kind, message, spot.span, hints=hints)
    return error("wrong-shape", f"« {spot.key} » n’a pas la forme attendue", spot.span)


def whole_line(hint: str, key: str) -> str:
    """« écrivez : 19:30 » as the line to copy, « écrivez : debut: 19:30 »."""
    found = _TO_WRITE.match(hint)
    if found is None or not key:
        return hint
    values = found[2].replace(" ou ", f" ou {key}: ") if _SEVERAL.match(found[2]) else found[2]
    return f"{found[1]}{key}: {values}"


def with_keys(notes: Iterable[Diagnostic], tree: Tree) -> Iterator[Diagnostic]:
    """Notes about values of `tree`, each with its key in the line to write."""
    for one in notes:
        key = _key_at(tree, one.span.line, one.span.column)
        yield replace(one, hints=tuple(whole_line(hint, key) for hint in one.hints))


def _key_at(tree: Tree | None, line: int, column: int) -> str:
    """The key of the value at this place, or ""."""
    if isinstance(tree, Listing):
        return next((key for one in tree if (key := _key_at(one, line, column))), "")
    if not isinstance(tree, Block):
        return ""
    for key, value in tree.items():
        if isinstance(value, Scalar):
            if (value.line, value.column) == (line, column):
                return key
        elif within := _key_at(value, line, column):
            return within
    return ""


def _missing(spot: _Spot) -> Diagnostic:
    if spot.within:
        return error(
            "missing-value",
            f"une des valeurs de « {spot.key} » est vide",
            spot.span,
            "elle ne dirait rien aux lecteurs",
            "complétez-la ou retirez-la",
        )
    page = spot.span.path.suffix == ".md"
    consequence = f"sans elle, {'la page n’est pas construite' if page else 'rien n’est construit'}"
    if spot.written:
        message = f"« {spot.key} » est vide"
    elif spot.parent:
        message = f"il manque la clé « {spot.key} » dans « {spot.parent} »"
    else:
        message = f"il manque la clé « {spot.key} »"
    line = _line(spot)
    verb = "écrivez :"
    if not spot.written:
        where = f" sous « {spot.parent} »" if spot.parent else ""
        verb = f"ajoutez{where} {'les lignes :' if chr(10) in line else 'la ligne :'}"
    between = "\n" if "\n" in line else " "
    return error("missing-value", message, spot.span, consequence, f"{verb}{between}{line}")


def headless(model: type[BaseModel], path: PurePosixPath) -> Diagnostic:
    """All the keys that a page without header lacks, in one message, with the header to write."""
    lacking = [field for field in model.model_fields.values() if field.is_required()]
    *others, last = (f"« {field.alias} »" for field in lacking)
    said = f"les clés {', '.join(others)} et {last}" if others else f"la clé {last}"
    lines = (_lines(str(field.alias), field) for field in lacking)
    return error(
        "missing-value",
        f"la page n’a pas d’en-tête : il manque {said}",
        Span(path),
        f"sans {'elles' if others else 'elle'}, la page n’est pas construite",
        "\n".join(("écrivez tout en haut du fichier :", "---", *lines, "---")),
    )


def _keys_wanted(spot: _Spot) -> Diagnostic:
    found = "une liste" if isinstance(spot.value, Listing) else "une seule valeur"
    whole = _model_in(spot.field.annotation) if spot.field else spot.model
    lines = [f"{key}: {example}" for key, example in _required(whole or spot.model)]
    if not spot.key:
        shown = "\n  ".join(lines)
        return error(
            "wrong-shape",
            f"chaque entrée de la liste attend des clés, pas {found}",
            spot.span,
            f"écrivez par exemple :\n- {shown}",
        )
    shown = "\n  ".join((f"{spot.key}:", *lines))
    return error(
        "wrong-shape",
        f"« {spot.key} » attend des clés, chacune sur sa ligne, pas {found}",
        spot.span,
        f"écrivez par exemple :\n{shown}",
    )


def _list_wanted(spot: _Spot) -> Diagnostic:
    shown = "\n  - ".join((f"{spot.key}:", *_entries(spot.field)))
    found = "une seule valeur" if isinstance(spot.value, Scalar) else "des clés"
    return error(
        "wrong-shape",
        f"« {spot.key} » attend une liste, pas {found}",
        spot.span,
        f"écrivez par exemple :\n{shown}",
    )


def _value_wanted(spot: _Spot) -> Diagnostic:
    found = "une liste" if isinstance(spot.value, Listing) else "des clés"
    if spot.within:
        return error(
            "wrong-shape",
            f"dans « {spot.key} », une valeur simple est attendue ici, pas {found}",
            spot.span,
            _as_text(spot.value) or "écrivez cette valeur sur une seule ligne, après son tiret",
        )
    return error(
        "wrong-shape",
        f"« {spot.key} » attend une seule valeur, pas {found}",
        spot.span,
        f"écrivez par exemple : {_line(spot)}",
    )


def _as_text(value: Tree | None) -> str:
    """« - budget: 3 points » as the text that it was meant to be."""
    if not isinstance(value, Block) or len(value) != 1:
        return ""
    ((key, text),) = value.items()
    if not isinstance(text, Scalar) or '"' in text or "\\" in text or "\n" in text:
        return "si c’est un texte avec deux-points, mettez-le entre guillemets"
    return f'un texte avec deux-points se met entre guillemets, écrivez : - "{key}: {text}"'


def _out_of_range(spot: _Spot, kind: str, context: dict[str, Any]) -> Diagnostic:
    bound = context[_BOUNDS[kind]]
    small = kind == "greater_than_equal"
    return error(
        "out-of-range",
        f"{spot.key} : {spot.value} est trop {'petit' if small else 'grand'}",
        spot.span,
        f"c’est {bound} au {'moins' if small else 'plus'}",
        f"écrivez par exemple : {_line(spot)}",
    )


def _line(spot: _Spot) -> str:
    """The key with an example: one line, or the lines of the keys below it."""
    return f"{spot.key}: …" if spot.field is None else _lines(spot.key, spot.field)


def _lines(key: str, field: FieldInfo) -> str:
    inner = _model_in(field.annotation)
    if inner is not None and not field.examples:
        lines = [f"{key}: {example}" for key, example in _required(inner)]
        if get_origin(field.annotation) is tuple:  # a list, of which this is the first entry
            return f"{key}:\n  - " + "\n    ".join(lines)
        return "\n  ".join((f"{key}:", *lines))
    return f"{key}: {_example(field)}"


def _required(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Each key that a model must have, with an example; its first one where none must be."""
    fields = list(model.model_fields.values())
    for field in [field for field in fields if field.is_required()] or fields[:1]:
        yield str(field.alias), _example(field)


def _example(field: FieldInfo) -> str:
    return str(field.examples[0]) if field.examples else "…"


def _entries(field: FieldInfo | None) -> list[str]:
    """« [Plan vélo, Canal] » as two entries."""
    example = _example(field) if field else "…"
    return example.strip("[]").split(", ")


def _locate(
    tree: Tree, loc: tuple[int | str, ...], model: type[BaseModel], path: PurePosixPath
) -> _Spot:
    """The narrowest place that `loc` reaches; a step that leads nowhere is a missing key."""
    span = Span(path, getattr(tree, "line", 1), getattr(tree, "column", 1))
    value: Tree | None = tree
    key = parent = ""
    within, written = False, True
    field: FieldInfo | None = None
    inner: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, str):
            if inner is None or not (isinstance(value, Block) or key == ""):
                continue  # `lieu: ""` is read as a place without a name: the key is « lieu »
            parent, key, within = key, step, False
            field = _field(inner, step)
            inner = _model_in(field.annotation) if field else None
            written = isinstance(value, Block) and step in value.places
            if isinstance(value, Block):
                span = value.places.get(step, span)
                value = value.get(step)
        elif isinstance(value, Listing) and step < len(value):
            within = key != ""
            value = value[step]
            span = Span(path, value.line, value.column, getattr(value, "width", 0))
    if isinstance(value, Scalar):
        span = Span(path, value.line, value.column, value.width)
    return _Spot(span, key, parent, within, written, value, field, model)


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    for name, field in model.model_fields.items():
        if (field.alias or name) == key:
            return field
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - a type's own form
    """The model inside a field, if any: directly, in a tuple, or beside None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def nested(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model of what stands under `key`, if it is one."""
    field = _field(model, key)
    return _model_in(field.annotation) if field else None


_WORDS: dict[str, Callable[[_Spot], Diagnostic]] = {
    "missing": _missing,
    "missing-value": _missing,
    "dict_type": _keys_wanted,
    "model_type": _keys_wanted,
    "model_attributes_type": _keys_wanted,
    "list_type": _list_wanted,
    "tuple_type": _list_wanted,
    "wrong-shape": _value_wanted,
}
