"""The law of the index: patched = built, whatever was edited."""

from hypothesis import given
from hypothesis import strategies as st

from cq.search.bag import bag_of_text, merged
from cq.search.bounds import bounds
from cq.search.index import Change, built, patched, touched

WORDS = (
    "banc", "bancs", "canal", "canaux", "cheval", "chevaux", "pêche", "péché", "pécher", "10e",
    "10ème", "zinc", "œuvre", "oeuvres", "مرحبا", "a1", "réunion", "réunions", "se réunir",
)  # fmt: skip
text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def page(said: str, title: str) -> str:
    """A bag whose title has the words of `title`."""
    length, plain, _ = bag_of_text(title).split("\t")
    return merged(f"{length}\t\t{plain}", [bag_of_text(said)])


bag = st.builds(page, text, text)


@given(st.lists(bag, min_size=1, max_size=70), st.data())
def test_patched_is_built(bags: list[str], data: st.DataObject) -> None:
    states = built(bags, len(bags))
    assert len(states) == len(bounds(len(bags)))
    for _ in range(data.draw(st.integers(1, 3))):
        edits = data.draw(
            st.dictionaries(st.integers(0, len(bags) - 1), bag, min_size=1, max_size=3)
        )
        changes = [Change(page, bags[page], after) for page, after in edits.items()]
        for page, after in edits.items():
            bags[page] = after
        for shard, some in touched(changes, len(bags)).items():
            again = patched(states[shard], some)
            assert again != states[shard]
            states[shard] = again
        assert states == built(bags, len(bags))
