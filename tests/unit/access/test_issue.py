"""Who opens what: the whole matrix, and what becomes of it when somebody leaves."""

import itertools
from collections.abc import Iterable
from dataclasses import replace

import pytest

from cq.access import closing, due, issue, published, register
from cq.access.keyring import Keyring
from cq.seal import phrase, slots
from cq.seal.cipher import unb64
from cq.seal.keys import Root, SpaceKey
from cq.seal.slots import Slots
from tests.unit.access import town as in_town
from tests.unit.access.town import ALL, REGISTER, TODAY, Town, content, new, town

OPENS = {
    "canal": {"conseillers", "q-canal", "g-berges"},
    "gare": {"conseillers", "q-gare"},
    "voirie": {"conseillers", "g-berges"},
    "animatrice": set(ALL),
}


def written(keyring: Keyring) -> Slots:
    """acces.json, as a browser reads it."""
    return slots.read(in_town.published(keyring)[1])


def entered(file: Slots, typed: str) -> dict[str, SpaceKey] | None:
    """What a phrase opens, from nothing but the public file."""
    return file.opened(Root.of_phrase(file.site, file.salt, phrase.norm(typed), file.iterations))


@pytest.fixture
def home() -> Town:
    return town(invitation=True)


def test_each_opens_what_the_register_gives_and_nothing_else(home: Town) -> None:
    file = written(home.keyring)
    assert home.told.keys() == OPENS.keys()
    for member, spaces in OPENS.items():
        one = home.told[member]
        by_phrase = entered(file, one.phrase)
        by_link = file.opened(Root.of_token(file.site, unb64(one.token)))
        assert by_phrase is not None
        assert by_phrase == by_link == {space: home.keyring.ring.keys[space] for space in spaces}


def test_all_phrases_and_links_differ(home: Town) -> None:
    assert len({one.phrase for one in home.told.values()}) == len(OPENS)
    assert len({one.token for one in home.told.values()}) == len(OPENS)
    assert all(len(one.phrase.split()) == 8 for one in home.told.values())


def test_spaces_share_no_key(home: Town) -> None:
    secrets = [key.secret for key in home.keyring.ring.keys.values()]
    assert len(set(secrets)) == len(ALL)


@pytest.mark.parametrize("leaving", sorted(OPENS))
def test_whoever_is_put_out_reads_nothing_new(leaving: str, home: Town) -> None:
    before, old = home.keyring, written(home.keyring)
    after, renewed = issue.revoked(before, [leaving], TODAY)
    file = written(after)
    assert set(renewed) == OPENS[leaving]
    assert entered(file, home.told[leaving].phrase) is None
    assert file.opened(Root.of_token(file.site, unb64(home.told[leaving].token))) is None
    # The old file still opens the old keys, and none of them is a key of now.
    held = entered(old, home.told[leaving].phrase)
    assert held is not None
    current = after.ring.keys
    assert all(current[space].secret != key.secret for space, key in held.items())
    assert all(current[space].epoch == key.epoch + 1 for space, key in held.items())
    # Nobody else has anything to do, or gets anything more; other spaces keep their keys.
    for member, spaces in OPENS.items():
        if member != leaving:
            assert entered(file, home.told[member].phrase) == {
                space: current[space] for space in spaces
            }
    for space in set(ALL) - set(renewed):
        assert current[space] == before.ring.keys[space]


def test_several_at_once_renew_a_space_once(home: Town) -> None:
    after, renewed = issue.revoked(home.keyring, ["canal", "gare"], TODAY)
    assert renewed == ["conseillers", "g-berges", "q-canal", "q-gare"]
    assert {key.epoch for key in after.ring.keys.values()} == {2}
    assert after.revoked == {"canal": TODAY, "gare": TODAY}


def test_a_rotation_closes_nothing_to_those_who_stay(home: Town) -> None:
    after = issue.rotated(home.keyring, ["q-gare"])
    file = written(after)
    opened = entered(file, home.told["gare"].phrase)
    assert opened is not None
    assert opened["q-gare"].epoch == 2
    assert opened["conseillers"] == home.keyring.ring.keys["conseillers"]
    assert [key.epoch for key in after.spaces["q-gare"]] == [1, 2]


def test_an_invitation_is_one_more_slot_of_the_same_person(home: Town) -> None:
    kinds = {(one.member, one.kind) for one in home.keyring.credentials}
    assert kinds == set(itertools.product(OPENS, ("phrase", "invitation")))
    assert len(home.keyring.credentials) == 8


def test_a_new_way_in_replaces_the_old_one(home: Town) -> None:
    member = home.told["gare"].member
    after, (one,) = issue.issued(home.keyring, [member], TODAY)
    file = written(after)
    assert entered(file, home.told["gare"].phrase) is None
    assert entered(file, one.phrase) is not None
    assert one.token == ""
    assert [way.kind for way in after.credentials if way.member == "gare"] == ["phrase"]


def test_a_chosen_phrase_is_never_told_back() -> None:
    made = content()
    member = register.members(made)[0]
    after, (one,) = issue.issued(new(), [member], TODAY, chosen="Le chat de ma voisine")
    assert one.phrase == ""
    assert entered(written(after), "le-chat de ma voisine") is not None


def lines(people: Iterable[str]) -> str:
    return "".join(f"{one}\n" for one in people)


def test_the_register_says_who_waits_and_who_has_too_much(home: Town) -> None:
    rows = REGISTER.splitlines()
    rows[0] = rows[0].replace("quartiers: [canal]", "quartiers: [gare]")  # moved
    rows[1] = rows[1].replace("jusqua: 2026-12-31", "jusqua: 2026-02-28")  # ended
    del rows[2]  # voirie has left
    rows.append("- {id: nouveau, nom: Sacha Érable, depuis: 2026-02-01}")
    after = content(lines(rows))
    found = due.due(home.keyring, after, TODAY)
    assert [one.id for one in found.waiting] == ["nouveau"]
    assert found.gained == {"canal": ("q-gare",)}
    assert {one.id: one.spaces for one in found.excess} == {
        "canal": ("q-canal",), "gare": ("conseillers", "q-gare"),
        "voirie": ("conseillers", "g-berges"),
    }  # fmt: skip
    plan = closing.of_register(home.keyring, after, TODAY)
    assert due.due(plan.after, after, TODAY).excess == ()
    file = written(plan.after)
    assert entered(file, home.told["gare"].phrase) is None
    assert entered(file, home.told["voirie"].phrase) is None
    moved = entered(file, home.told["canal"].phrase)
    assert moved is not None
    assert moved.keys() == {"conseillers", "g-berges"}
    widened = issue.widened(plan.after, found.gained)
    opened = entered(written(widened), home.told["canal"].phrase)
    assert opened is not None
    assert opened.keys() == {"conseillers", "g-berges", "q-gare"}


def test_whoever_was_put_out_comes_back_only_by_name(home: Town) -> None:
    after, _ = issue.revoked(home.keyring, ["gare"], TODAY)
    found = due.due(after, home.content, TODAY)
    assert found.waiting == ()
    assert [one.id for one in found.put_out] == ["gare"]
    again, _ = issue.issued(after, found.put_out, TODAY)
    assert again.revoked == {}


def test_the_last_day_of_a_mandate_is_still_open(home: Town) -> None:
    assert not due.due(home.keyring, home.content, "2026-12-31").excess
    late = due.due(home.keyring, home.content, "2027-01-01").excess
    assert [one.id for one in late] == ["gare"]
    assert late[0].reason == "a fini son mandat le 31 décembre 2026"


def test_a_quartier_that_is_no_more_is_no_excess() -> None:
    people = REGISTER.replace("quartiers: [canal], ", "")
    home = town()
    after = content(people)
    left = tuple(one for one in after.quartiers if one.slug != "canal")
    assert len(left) < len(after.quartiers)
    assert due.due(home.keyring, replace(after, quartiers=left), TODAY).excess == ()


def test_whoever_leaves_keeps_nothing_of_a_quartier_that_is_no_more() -> None:
    """Else they would be put out again at each build, and never be out."""
    made = town()
    people = "".join(one for one in REGISTER.splitlines(keepends=True) if "id: gare" not in one)
    after = content(people)
    left = tuple(one for one in after.quartiers if one.slug != "gare")
    after = replace(after, quartiers=left)
    plan = closing.of_register(made.keyring, after, TODAY)
    assert "gare" not in {one.member for one in plan.after.credentials}
    assert due.due(plan.after, after, TODAY).excess == ()


def test_the_file_agrees_or_not(home: Town) -> None:
    keyring, data = in_town.published(home.keyring)
    assert published.agrees(keyring, data)
    assert not published.agrees(keyring, None)
    assert not published.agrees(keyring, b"{}")
    assert not published.agrees(issue.rotated(keyring, ["q-gare"]), data)
    assert not published.agrees(issue.revoked(keyring, ["gare"], TODAY)[0], data)
    assert not published.agrees(new(), data)
