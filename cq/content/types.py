"""The types of front matter values: text in, one reading out, or a French reason why not.

Each is a pydantic annotation. Values reach it as `Scalar` (text with its place); a value with
one reading that is not written the canonical way leaves a note in the validation context.
Reading what was read gives the same value, so what the ledger keeps passes through here again.
"""

import datetime
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from cq.content.tree import Scalar
from cq.diagnostic import Edit, Span, note
from cq.french import dates, numbers
from cq.french.folding import fold, nearest

# Without what « mailto: » would read as something else (?, &, %, #).
_EMAIL = re.compile(
    r"[^\s@<>()\"',;:?&%#/\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}\Z"
)
_YES = frozenset(("oui", "vrai", "true", "yes", "on"))
_NO = frozenset(("non", "faux", "false", "no", "off"))


def refuse(code: str, message: str, *hints: str) -> PydanticCustomError:
    """A fault of the value; `cq.content.schema` gives it its place."""
    # pydantic formats the template with the context: braces in a volunteer's text are not ours.
    return PydanticCustomError(code, "{message}", {"message": message, "hints": hints})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise refuse("wrong-shape", "une seule valeur est attendue ici")
    return value


def _rewrite(info: ValidationInfo, value: object, code: str, canonical: str, message: str) -> None:
    """Leave a note: read as meant, canonically written thus."""
    if not isinstance(value, Scalar) or info.context is None:
        return
    span = Span(info.context["path"], value.line, value.column, value.width)
    fixes: tuple[Edit, ...] = ()
    if value.width:
        end = value.column + value.width
        fixes = (Edit(value.line, value.column, value.line, end, canonical),)
    info.context["found"].append(note(code, message, span, f"écrivez : {canonical}", fixes=fixes))


def _reading(read: Callable[[str], Any]) -> Callable[[object, ValidationInfo], object]:
    def validate(value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value if isinstance(value, datetime.date | datetime.time) else _text(value)
        result = read(value)
        if result.value is None:
            raise refuse(result.code, result.message, *result.hints)
        if result.code is not None:
            _rewrite(info, value, result.code, result.canonical, result.message)
        return result.value

    return validate


def _phone(value: object, info: ValidationInfo) -> object:
    del info
    result = numbers.read_phone(_text(value))
    if result.value is None:
        raise refuse(result.code or "not-a-phone", result.message, *result.hints)
    return result.value


def line(value: object) -> str:
    """One line of text: inner line breaks are spaces."""
    return " ".join(_text(value).split())


def paragraphs(value: object) -> str:
    """A text of several paragraphs: one blank line between two, lines of one joined."""
    parts = re.split(r"\n\s*\n", _text(value).strip())
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = fold(_text(value)).strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise refuse("not-a-flag", f"« {value} » n’est ni oui ni non", "écrivez : oui   (ou : non)")


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    text = _text(value).strip()
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise refuse(
            "not-a-number", f"« {text} » n’est pas un nombre entier", "écrivez par exemple : 12"
        )
    return int(text)


def _email(value: object) -> str:
    text = _text(value).strip()
    if not _EMAIL.match(text):
        raise refuse(
            "not-an-email",
            f"« {text} » n’est pas une adresse de courriel",
            "écrivez par exemple : contact@exemple.fr",
        )
    return text


def _web(value: object) -> str:
    text = _text(value).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in text:
        raise refuse(
            "not-an-address",
            f"« {text} » n’est pas une adresse web",
            "une adresse web commence par https://",
            "écrivez par exemple : https://exemple.fr/",
        )
    return text


def _file(value: object) -> str:
    """A path relative to the file's folder; whether it exists is a check's question."""
    text = _text(value).strip()
    path = PurePosixPath(text)
    if not text or path.is_absolute() or "\\" in text or ":" in text:
        raise refuse(
            "bad-path",
            f"« {text} » n’est pas le nom d’un fichier posé à côté",
            "le fichier joint se place dans le même dossier",
            "écrivez par exemple : compte-rendu.pdf",
        )
    return text


def _several(value: object) -> object:
    """A list; a single value counts as a list of one (« mots_cles: canal »)."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


def _present(value: str) -> str:
    if not value.strip():
        raise refuse("missing-value", "la valeur manque")
    return value


def one_of(*choices: str) -> BeforeValidator:
    """A closed list of words; accents and capitals do not matter, the canonical one is kept."""
    folded = {fold(choice).replace(" ", "-"): choice for choice in choices}

    def validate(value: object) -> str:
        text = _text(value).strip()
        found = folded.get(fold(text).replace(" ", "-").replace("_", "-"))
        if found is None:
            near = [f"écrivez : {one}" for one in nearest(text, choices)[:1]]
            raise refuse(
                "unknown-choice",
                f"« {text} » n’est pas prévu ici",
                f"au choix : {', '.join(choices)}",
                *near,
            )
        return found

    return BeforeValidator(validate, json_schema_input_type=Literal[choices])


def one_or_more(type_: Any) -> BeforeValidator:  # noqa: ANN401 - a type's own form
    """A list of `type_`; a single value counts as a list of one."""
    return BeforeValidator(_several, json_schema_input_type=list[type_] | type_)


def _shown(**schema: str) -> Any:  # noqa: ANN401 - a type's own form
    """A text, as an editor's JSON Schema shows it."""
    return Annotated[str, WithJsonSchema({"type": "string", **schema})]


_HOUR = _shown(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")

Text = Annotated[str, BeforeValidator(line)]
Prose = Annotated[str, BeforeValidator(paragraphs)]
Words = Annotated[str, BeforeValidator(lambda value: _present(line(value)))]
Day = Annotated[datetime.date, BeforeValidator(_reading(dates.read_date))]
Hour = Annotated[
    datetime.time, BeforeValidator(_reading(dates.read_time), json_schema_input_type=_HOUR)
]
Phone = Annotated[str, BeforeValidator(_phone)]
Email = Annotated[str, BeforeValidator(_email, json_schema_input_type=_shown(format="email"))]
WebAddress = Annotated[str, BeforeValidator(_web, json_schema_input_type=_shown(format="uri"))]
FilePath = Annotated[str, BeforeValidator(_file)]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=Literal["oui", "non"])]
Whole = Annotated[int, BeforeValidator(_whole)]
TextList = Annotated[tuple[Words, ...], one_or_more(str)]
