"""What relays of drand answer is bounded, read with suspicion, and never a traceback."""

import email.message
import io
import json
import urllib.error
from collections.abc import Callable

import pytest

from cq.jury import relays
from tests.unit.jury.town import SIGNATURES

OPENED = "urllib.request.OpenerDirector.open"


def answer(**said: object) -> Callable[..., io.BytesIO]:
    return lambda *_, **__: io.BytesIO(json.dumps(said).encode())


def text(data: bytes) -> Callable[..., io.BytesIO]:
    return lambda *_, **__: io.BytesIO(data)


def fails(made: Callable[[], Exception]) -> Callable[..., io.BytesIO]:
    def opened(*_: object, **__: object) -> io.BytesIO:
        raise made()

    return opened


def not_yet() -> Exception:
    return urllib.error.HTTPError("x", 425, "", email.message.Message(), io.BytesIO())


def test_each_relay_is_asked_for_that_round_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def opened(request: object, **more: object) -> io.BytesIO:
        asked.append(request.full_url)
        assert more["timeout"]
        return io.BytesIO(json.dumps({"round": 3, "signature": SIGNATURES[3]}).encode())

    monkeypatch.setattr(OPENED, lambda _, *given, **more: opened(*given, **more))
    assert [signature for _, signature in relays.fetched(3)] == [SIGNATURES[3]] * 3
    assert all(one.startswith("https://") and one.endswith("/public/3") for one in asked)


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        (answer(round=4, signature="00"), "un autre tour"),
        (answer(round=3, signature=12), "un autre tour"),
        (answer(round=3), "autre chose"),
        (text(b"[]"), "autre chose"),
        (text(b"<html>"), "autre chose"),
        (text(b"\xff"), "autre chose"),
        (text(b"[" * 20_000), "autre chose"),
        (fails(TimeoutError), "à temps"),
        (fails(lambda: urllib.error.URLError(TimeoutError())), "à temps"),
        (fails(lambda: urllib.error.URLError("nom inconnu")), "pas de réponse"),
        (fails(ConnectionResetError), "pas de réponse"),
        (fails(not_yet), "pas encore ce tour (réponse 425)"),
    ],
)
def test_what_is_no_round_is_said(
    opened: Callable[..., io.BytesIO], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OPENED, lambda _, *given, **more: opened(*given, **more))
    with pytest.raises(relays.Unreachable) as told:
        list(relays.fetched(3))
    assert words in str(told.value)
    assert "--signature" in str(told.value)
