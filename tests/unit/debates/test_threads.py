"""The tree of answers, whatever people write: every argument once, no circle, never too deep."""

from hypothesis import given
from hypothesis import strategies as st

from cq.debates.threads import DEEPEST, Thread, threads


def shown(thread: Thread) -> object:
    return (thread.id, [shown(one) for one in thread.replies]) if thread.replies else thread.id


def all_in(tree: tuple[Thread, ...], depth: int = 0) -> list[tuple[str, int]]:
    found = []
    for one in tree:
        found += [(one.id, depth), *all_in(one.replies, depth + 1)]
    return found


def test_answers_hang_under_what_they_answer_in_their_order() -> None:
    tree = threads("abcde", {"c": "a", "b": "a", "d": "c"})
    assert [shown(one) for one in tree] == [("a", ["b", ("c", ["d"])]), "e"]


def test_an_answer_may_come_before_its_question() -> None:
    assert [shown(one) for one in threads("ab", {"a": "b"})] == [("b", ["a"])]


def test_an_answer_to_nobody_stands_by_itself() -> None:
    assert [shown(one) for one in threads("ab", {"a": "z"})] == ["a", "b"]


def test_a_circle_opens_at_its_first_member() -> None:
    tree = threads("qabc", {"q": "b", "a": "b", "b": "c", "c": "a"})
    assert [shown(one) for one in tree] == [("a", [("c", [("b", ["q"])])])]
    assert [shown(one) for one in threads("a", {"a": "a"})] == ["a"]


def test_a_long_chain_stops_nesting_and_says_what_is_answered() -> None:
    names = [f"a{number:04}" for number in range(3000)]
    tree = threads(names, dict(zip(names[1:], names, strict=False)))
    flat = all_in(tree)
    assert sorted(name for name, _ in flat) == names
    assert max(depth for _, depth in flat) == DEEPEST
    last = tree[0]
    for _ in range(DEEPEST - 1):
        last = last.replies[0]
    assert last.replies[0].beyond is None
    assert last.replies[1].beyond == last.replies[0].id


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefghz")))
def test_every_argument_stands_once(answers: dict[str, str]) -> None:
    flat = all_in(threads("abcdefgh", answers))
    assert sorted(name for name, _ in flat) == list("abcdefgh")
