"""Examples changed in one place: which light goes red, and that its sentence can be read.

The page that verifies runs the same cases (tests/vectors/draw-tampers.json).
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cq.draw import sealing
from cq.draw.transcript import NAMES
from cq.draw.verify import LIGHTS, State, verified

VECTORS = Path(__file__).parents[2] / "vectors"
CASES: list[dict[str, Any]] = json.loads((VECTORS / "draw-tampers.json").read_bytes())
STATES = {"V": State.GREEN, "O": State.AMBER, "R": State.RED, "-": State.OFF}


def changed(case: dict[str, Any]) -> dict[str, bytes]:
    """The files of a case; `previous` and the table of types, if any, among them."""
    files = {name: (VECTORS / case["example"] / name).read_bytes() for name in NAMES}
    if "previous" in case:
        files["previous"] = (VECTORS / case["previous"] / "transcript.json").read_bytes()
    if "table" in case:
        files[sealing.NAME] = (VECTORS / case["table"] / sealing.NAME).read_bytes()
    for change in case["changes"]:
        name = change["file"]
        if change["new"] is None:
            del files[name]
            continue
        old, new = change["old"].encode(), change["new"].encode()
        assert files[name].count(old) == 1
        files[name] = files[name].replace(old, new)
    return files


@pytest.mark.parametrize("case", [pytest.param(one, id=one["why"]) for one in CASES])
def test_each_change_turns_its_light_red(case: dict[str, Any]) -> None:
    files = changed(case)
    verdict = verified(
        files,
        previous=files.pop("previous", None),
        fingerprint=case.get("announced", ""),
        last_event=case.get("last_event", ""),
    )

    lights = [verdict.lights[name] for name in LIGHTS]
    assert [light.state for light in lights] == [STATES[one] for one in case["lights"]]
    assert verdict.good == ("R" not in case["lights"])
    assert verdict.waiting == (case["lights"] in ("VV---", "VO---"))
    said = [light.said for light in lights if light.state is State.RED]
    assert all(len(sentences) == 1 for sentences in said) or "R" in case["lights"]
    for sentences in said:
        assert re.fullmatch(r"([A-Z]|[a-z]+\.(json|txt) ).+\.", sentences[-1])


def test_there_are_enough_of_them() -> None:
    assert sum("R" in one["lights"] for one in CASES) >= 100
