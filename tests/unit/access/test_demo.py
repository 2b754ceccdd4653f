"""The demo's register: each space has somebody, and each opens what the register gives, no more."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from cq import selection, settings
from cq.access import issue, register
from cq.access.issue import Issued
from cq.access.keyring import Keyring
from cq.content.model import Content
from cq.content.within import spaces_of
from cq.seal import phrase, slots
from cq.seal.keys import Root
from cq.seal.slots import Slots
from tests.unit.access.town import new, published

TODAY = "2026-11-21"


@pytest.fixture(scope="module")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    chosen = replace(
        settings.resolve(root=root, jobs=1),
        cache=tmp_path_factory.mktemp("cache"),
    )
    return selection.read(chosen, lambda _stage, _done, _total: None)


@pytest.fixture(scope="module")
def ways(demo: Content) -> tuple[Keyring, Slots, list[Issued]]:
    members = [one for one in register.members(demo) if one.active(TODAY)]
    keyring, told = issue.issued(
        issue.with_keys(new(), register.spaces(demo)), members, TODAY, invitation=True
    )
    return keyring, slots.read(published(keyring)[1]), told


def test_every_space_has_somebody_of_its_own(demo: Content) -> None:
    members = [one for one in register.members(demo) if one.role != "animateur"]
    mine = set(itertools.chain.from_iterable(one.spaces for one in members if one.active(TODAY)))
    assert mine == set(register.spaces(demo))
    assert set(spaces_of(demo)) <= mine


def test_the_matrix(demo: Content, ways: tuple[Keyring, Slots, list[Issued]]) -> None:
    keyring, file, told = ways
    everything = set(register.spaces(demo))
    assert len(told) > 8
    for one in told:
        root = Root.of_phrase(file.site, file.salt, phrase.norm(one.phrase), file.iterations)
        opened = file.opened(root)
        assert opened is not None
        assert opened.keys() == set(one.member.spaces)
        assert all(key == keyring.ring.keys[space] for space, key in opened.items())
        assert (opened.keys() == everything) == (one.member.role == "animateur")


def test_whose_mandate_has_ended_is_not_let_in(demo: Content) -> None:
    ended = [one for one in register.members(demo) if one.ended(TODAY)]
    assert [one.id for one in ended] == ["d-exemple"]


def test_the_file_says_nothing_of_them(ways: tuple[Keyring, Slots, list[Issued]]) -> None:
    _, file, told = ways
    assert len(file.slots) == 32  # 18 ways in, the keeper's, and dummies
    assert len({len(value) for value in file.slots.values()}) == 1
    assert len(told) * 2 <= 32
