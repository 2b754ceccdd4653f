"""Two folders change places; a kill in between is undone at the next start."""

import os
from pathlib import Path

import pytest

from cq.site import exchange


@pytest.fixture
def places(tmp_path):
    site, spare, aside = tmp_path / "site", tmp_path / "next", tmp_path / "last"
    for folder in (site, spare):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return site, spare, aside


def names(*folders: Path) -> list[str | None]:
    return [(one / "name").read_text() if one.exists() else None for one in folders]


def test_this_system_exchanges_in_one_step(places):
    # Linux and macOS do on every disk that a developer builds on; the rest is the way back.
    site, spare, _ = places
    assert exchange._at_once(site, spare)
    assert names(site, spare) == ["next", "site"]


@pytest.mark.parametrize("at_once", [True, False])
def test_swap(places, at_once, monkeypatch):
    if not at_once:
        monkeypatch.setattr(exchange, "_at_once", lambda *_: False)
    exchange.swap(*places)
    assert names(*places) == ["next", "site", None]


def test_the_first_site_simply_takes_its_place(places):
    site, spare, aside = places
    (site / "name").unlink()
    site.rmdir()
    exchange.swap(*places)
    assert names(site, spare, aside) == ["next", None, None]


def test_a_missing_spare_is_said_and_nothing_moves(places):
    site, spare, aside = places
    (spare / "name").unlink()
    spare.rmdir()
    with pytest.raises(FileNotFoundError):
        exchange.swap(*places)
    assert names(site, spare, aside) == ["site", None, None]


def test_a_refused_second_rename_takes_the_first_back(places, monkeypatch):
    monkeypatch.setattr(exchange, "_at_once", lambda *_: False)
    spare = places[1]
    real = os.rename

    def refuse(source, target):
        if Path(source) == spare:
            raise PermissionError(1, "no")
        real(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(PermissionError):
        exchange.swap(*places)
    assert names(*places) == ["site", "next", None]


def test_recovery_between_the_first_and_the_second_rename(places):
    site, _, aside = places
    site.rename(aside)
    exchange.recover(*places)
    assert names(*places) == ["site", "next", None]


def test_recovery_between_the_second_and_the_third_rename(places):
    site, spare, aside = places
    site.rename(aside)
    spare.rename(site)
    exchange.recover(*places)
    assert names(*places) == ["next", "site", None]


def test_recovery_with_nothing_to_do_and_of_a_leftover(places):
    exchange.recover(*places)
    assert names(*places) == ["site", "next", None]
    places[2].mkdir()
    exchange.recover(*places)
    assert names(*places) == ["site", "next", None]


@pytest.mark.parametrize("number", sorted(exchange._CANNOT))
def test_a_system_that_cannot_is_not_an_error(places, number, monkeypatch):
    import ctypes

    class Library:
        @staticmethod
        def renameat2(*_):
            ctypes.set_errno(number)
            return -1

        renamex_np = renameat2

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library())
    assert not exchange._at_once(*places[:2])
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    exchange.swap(*places)
    assert names(*places) == ["next", "site", None]
