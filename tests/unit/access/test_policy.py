"""What servers are asked to say with every page; on the servers themselves in tests/whole."""

import pytest

from cq.access import policy
from cq.access.rules import BadPlace
from cq.headers import EVERYWHERE, SPACES


@pytest.mark.parametrize("root", ["/", "/mairie/conseils-10/"])
def test_each_server_is_told_every_header_once(root: str) -> None:
    for name, text in policy.files(root).items():
        said = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        for header, value in (*EVERYWHERE, *SPACES):
            assert sum(header in line for line in said) == 1, (name, header)
            assert any(f'"{value}"' in line for line in said), (name, value)


def test_no_rule_is_made_of_an_odd_address() -> None:
    for root in ("/a b/", '/"/', "/a;b/", "/../", "/$x/", "/a#b/", "sans-barre"):
        with pytest.raises(BadPlace):
            policy.files(root)
