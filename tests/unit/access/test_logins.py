"""Passwords for a web server: bcrypt as all three read it, and nothing else kept."""

import random  # noqa: TID251 - a test’s own

import bcrypt
import pytest

from cq.access import logins, register
from cq.access.logins import BadPasswords, Unusable
from cq.access.register import Member, NoRegister
from cq.seal import phrase
from tests.unit.access.town import TODAY, content

CHEAP = 4
CHOICE = random.Random(5).choice  # noqa: S311 - a test's own


def test_a_hash_is_of_the_kind_that_old_apaches_know() -> None:
    made = logins.hashed("abaisser-bougie", CHEAP)
    assert made.startswith("$2y$04$")
    assert bcrypt.checkpw(b"abaisser-bougie", made.encode())
    assert not bcrypt.checkpw(b"abaisser-bougi", made.encode())
    assert logins.hashed("abaisser-bougie").startswith("$2y$08$")


@pytest.mark.parametrize("password", ["", "a" * 73, "é" * 37, "a\0b"])
def test_what_bcrypt_would_cut_is_no_password(password: str) -> None:
    with pytest.raises(Unusable) as raised:
        logins.hashed(password, CHEAP)
    assert not password or password not in str(raised.value)
    logins.hashed("a" * 72, CHEAP)


def test_the_longest_phrase_fits() -> None:
    longest = max(phrase.folded_words(), key=len)
    drawn = phrase.norm(" ".join([longest] * phrase.WORDS))
    assert drawn.isascii()
    assert " " not in drawn
    assert len(drawn) <= logins.LONGEST


def test_members_keep_theirs_and_who_left_loses_it() -> None:
    members = register.members(content())
    first = logins.settled(members, {}, TODAY, choice=CHOICE, cost=CHEAP)
    assert sorted(first.hashes) == ["animatrice", "canal", "gare", "voirie"]  # not former, not next
    assert [one.name for one in first.told] == sorted(first.hashes)
    for one in first.told:
        assert bcrypt.checkpw(one.password.encode(), first.hashes[one.name].encode())
        assert one.password not in repr(one)
    again = logins.settled(members, first.hashes, TODAY, choice=CHOICE, cost=CHEAP)
    assert (again.hashes, again.told, again.gone) == (first.hashes, (), ())
    other = logins.settled(
        members, first.hashes, TODAY, renewed=["canal"], choice=CHOICE, cost=CHEAP
    )
    assert [one.name for one in other.told] == ["canal"]
    assert {
        login for login in other.hashes if other.hashes[login] != first.hashes[login]
    } == {"canal"}  # fmt: skip
    later = logins.settled(members, first.hashes, "2027-01-01", choice=CHOICE, cost=CHEAP)
    assert later.gone == ("gare",)
    assert "prochaine" in later.hashes


def test_a_space_is_open_to_its_members_alone() -> None:
    members = register.members(content())
    hashes = logins.settled(members, {}, TODAY, choice=CHOICE, cost=CHEAP).hashes
    found = {
        space: sorted(logins.of_space(space, members, hashes))
        for space in register.spaces(content())
    }
    assert found == {
        "conseillers": ["animatrice", "canal", "gare", "voirie"],
        "g-berges": ["animatrice", "canal", "voirie"],
        "q-canal": ["animatrice", "canal"],
        "q-gare": ["animatrice", "gare"],
    }


def test_two_ids_of_one_name_are_refused() -> None:
    people = [Member(id_, "X", "conseiller", (), TODAY, "") for id_ in ("élan", "Elan")]
    with pytest.raises(NoRegister, match="elan"):
        logins.settled(people, {}, TODAY, choice=CHOICE, cost=CHEAP)


def test_a_login_is_plain_letters_whatever_the_register_says() -> None:
    for id_ in ("a:b", "../x", "x\ny", "{}", '"; }', "été", "☃"):
        login = logins.login_of(Member(id_, "X", "conseiller", (), TODAY, ""))
        line = logins.written({login: logins.hashed("x", CHEAP)})
        assert list(logins.read(line)) == [login]


@pytest.mark.parametrize(
    "text",
    ["secret", "a:secret", "a:$2y$08$court", "a b:{0}", "A:{0}", ":{0}", "a:{0}\na:{0}", "a:{0}:x"],
)
def test_a_file_that_is_not_ours_is_refused_and_never_quoted(text: str) -> None:
    hashed = logins.hashed("x", CHEAP)
    with pytest.raises(BadPasswords) as raised:
        logins.read(text.replace("{0}", hashed))
    assert "secret" not in str(raised.value)
    assert hashed not in str(raised.value)
