"""The keyring's file: what comes back, what is refused, and that nothing of it is ever shown."""

import json
import os
import signal
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.access import kept, keyring, locked
from cq.access.keyring import Keyring, load, save
from cq.access.locked import BadKeyring, Cost, WrongPhrase
from cq.seal import cipher
from tests.unit.access.town import ITERATIONS, PHRASE, new, town


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "k" / "trousseau.cqk"


def test_what_was_saved_comes_back(file: Path) -> None:
    made = town(invitation=True).keyring
    save(file, made)
    assert load(file, PHRASE) == made
    assert load(file, PHRASE).ring == made.ring


def test_the_phrase_may_be_typed_in_four_letters_and_without_accents(file: Path) -> None:
    made = new()
    save(file, made)
    assert load(file, "ABAI boug depa-fact hero invo poli tril") == made


def test_a_file_for_its_owner_alone_whatever_the_mask(file: Path) -> None:
    old = os.umask(0)
    try:
        save(file, new())
        save(file, new())
    finally:
        os.umask(old)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.before(file).stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert sorted(one.name for one in file.parent.iterdir()) == [file.name, f"{file.name}.avant"]


def test_the_one_before_is_kept(file: Path) -> None:
    first, second = new(), new()
    save(file, first)
    save(file, second)
    assert load(kept.before(file), PHRASE) == first


def test_another_phrase_does_not_open_it(file: Path) -> None:
    save(file, new())
    with pytest.raises(WrongPhrase, match="ne s’ouvre pas") as caught:
        load(file, "abaisser bougie")
    assert "abaisser" not in str(caught.value)


def test_a_damaged_one_names_the_one_before(file: Path) -> None:
    save(file, new())
    save(file, new())
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(WrongPhrase, match=r"trousseau\.cqk\.avant"):
        load(file, PHRASE)


def test_no_keyring_says_how_to_have_one(file: Path) -> None:
    with pytest.raises(kept.NoKeyring, match="cq access init"):
        load(file, PHRASE)
    with pytest.raises(kept.NoKeyring):
        load(file / "x", PHRASE)


def test_a_pipe_that_nobody_writes_into_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "t")
    for place in (tmp_path / "t", tmp_path / "t" / "x", tmp_path / "lien"):
        (tmp_path / "lien").unlink(missing_ok=True)
        (tmp_path / "lien").symlink_to(tmp_path / "t")
        signal.alarm(10)  # else the test itself would wait
        try:
            with pytest.raises(kept.NoKeyring):
                load(place, PHRASE)
        finally:
            signal.alarm(0)


def test_every_bit_counts() -> None:
    made = new()
    data = locked.locked({"a": 1}, made.lock)
    for place in range(len(data)):
        broken = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises((BadKeyring, WrongPhrase)):
            locked.unlocked(broken, PHRASE)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_french(data: bytes) -> None:
    with pytest.raises(BadKeyring):
        locked.unlocked(data, PHRASE)


def header(**changed: object) -> bytes:
    fields = {
        "argon2id": {"kib": 8, "lanes": 1, "passes": 1}, "f": "cq-trousseau",
        "nonce": "A" * 16, "salt": "A" * 22, "v": 1,
    }  # fmt: skip
    return json.dumps({**fields, **changed}).encode() + b"\n" + bytes(32)


@pytest.mark.parametrize(
    "changed",
    [
        {"f": "age"},
        {"v": 2},
        {"v": "x" * 400},
        {"argon2id": {"kib": 1 << 30, "lanes": 1, "passes": 1}},
        {"argon2id": {"kib": 1 << 20, "lanes": 1, "passes": 10**9}},
        {"argon2id": {"kib": 1 << 20, "lanes": 4, "passes": 64}},
        {"argon2id": {"kib": (1 << 14) + 1, "lanes": 1, "passes": 64}},
        {"argon2id": {"kib": 8, "lanes": 2, "passes": 1}},
        {"argon2id": {"kib": True, "lanes": 1, "passes": 1}},
        {"argon2id": {"kib": 8.0, "lanes": 1, "passes": 1}},
        {"argon2id": {"kib": 8, "lanes": 1}},
        {"argon2id": {"kib": 8, "lanes": 1, "passes": 1, "more": 1}},
        {"argon2id": [8, 1, 1]},
        {"salt": ""},
        {"salt": 3},
        {"nonce": "A" * 4000},
    ],
)
def test_a_hostile_first_line_is_refused_before_it_is_obeyed(changed: dict[str, object]) -> None:
    with pytest.raises(BadKeyring):
        locked.unlocked(header(**changed), PHRASE)


def test_a_cost_that_would_keep_the_machine_for_minutes_is_said() -> None:
    costly = {"kib": 1 << 20, "lanes": 4, "passes": 64}
    with pytest.raises(BadKeyring, match="64 passes sur 1024 Mio"):
        locked.unlocked(header(argon2id=costly), PHRASE)


def test_the_first_line_above_is_else_a_good_one() -> None:
    with pytest.raises(WrongPhrase):
        locked.unlocked(header(), PHRASE)


SPACE = {"conseillers": [[1, "A" * 43]]}
PERSON = {
    "expires": "", "kind": "phrase", "made": "2026-03-01", "member": "x", "name": "X",
    "root": "A" * 43, "spaces": ["conseillers"],
}  # fmt: skip
GOOD = {
    "credentials": [PERSON], "dummies": [], "iterations": 10, "keeper": "A" * 43, "revoked": {},
    "salt": "A" * 22, "site": "A" * 22, "spaces": SPACE,
}  # fmt: skip


def read_back(value: object, file: Path) -> Keyring:
    lock = new().lock
    kept.write(file, locked.locked(value, lock))
    return load(file, PHRASE)


def test_the_good_one_is_good(file: Path) -> None:
    assert read_back(GOOD, file).credentials[0].member == "x"


@pytest.mark.parametrize(
    "changed",
    [
        {"credentials": [{**PERSON, "spaces": ["q-canal"]}]},
        {"credentials": [{**PERSON, "kind": "empreinte"}]},
        {"credentials": [{**PERSON, "made": "hier"}]},
        {"credentials": [{**PERSON, "name": "x" * 501}]},
        {"credentials": [{**PERSON, "name": None}]},
        {"credentials": [{**PERSON, "root": "AA"}]},
        {"credentials": [PERSON] * 4001},
        {"credentials": {}, "spaces": []},
        {"dummies": ["A" * 22] * 17},
        {"dummies": ["x"]},
        {"keeper": "A"},
        {"keeper": None},
        {"iterations": 10**8},
        {"iterations": 0},
        {"iterations": True},
        {"revoked": {"x": "demain"}},
        {"revoked": {"x": None}},
        {"revoked": ["x"]},
        {"salt": None},
        {"site": "A"},
        {"spaces": {"conseillers": []}},
        {"spaces": {"conseillers": [[2, "A" * 43], [1, "A" * 43]]}},
        {"spaces": {"conseillers": [[0, "A" * 43]]}},
        {"spaces": {"../x": [[1, "A" * 43]]}},
        {"spaces": None},
    ],
)
def test_a_content_that_is_none_is_refused(changed: dict[str, object], file: Path) -> None:
    with pytest.raises(BadKeyring, match="n’est pas celui"):
        read_back({**GOOD, **changed}, file)


@pytest.mark.parametrize("value", [[], 3, None, "x"])
def test_so_is_what_is_no_object(value: object, file: Path) -> None:
    with pytest.raises(BadKeyring):
        read_back(value, file)


def test_nothing_secret_is_in_a_repr() -> None:
    made = town(invitation=True)
    secrets = [one.root for one in made.keyring.credentials]
    secrets += [key.secret for held in made.keyring.spaces.values() for key in held]
    secrets += [made.keyring.lock.key, made.keyring.keeper]
    shown = repr(made.keyring) + repr(made.told) + repr(made.keyring.ring)
    for secret in secrets:
        assert repr(secret) not in shown
        assert cipher.b64(secret) not in shown
    for one in made.told.values():
        assert one.phrase not in shown
        assert one.token not in shown


def test_the_real_cost_is_what_rfc_9106_recommends() -> None:
    """The one test that pays it; the others have a cheap one."""
    assert Cost() == keyring.COST == Cost(passes=3, kib=65_536, lanes=4)
    assert keyring.ITERATIONS == 1_000_000
    made = Keyring.new(PHRASE)
    assert made.lock.cost == Cost()
    assert made.iterations == 1_000_000
    value, lock = locked.unlocked(locked.locked([1], made.lock), PHRASE)
    assert (value, lock) == ([1], made.lock)
    assert new().iterations == ITERATIONS


def test_two_writings_never_share_a_nonce() -> None:
    made = new()
    first, second = (locked.locked({}, made.lock).split(b"\n")[0] for _ in range(2))
    assert json.loads(first)["nonce"] != json.loads(second)["nonce"]
    assert json.loads(first)["salt"] == json.loads(second)["salt"]


def test_a_site_s_keys_are_no_other_site_s() -> None:
    first, second = new(), new()
    assert first.site != second.site
    assert first.salt != second.salt
    assert replace(first, site=second.site) != first
