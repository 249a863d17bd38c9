"""What several tests of the score language share."""

from __future__ import annotations

import pytest

from leitmotor.score.names import STANDARD_ROLES, Names

_NAMES = Names(
    scenes=frozenset({"quay", "files", "quay at night"}),
    states=frozenset({"calm", "chase"}),
    motifs=frozenset({"mara", "mara as a child", "tide"}),
    characters=frozenset({"mara", "ilan"}),
    palettes=frozenset({"warm", "cold"}),
    figures=frozenset({"rocking"}),
    progressions=frozenset({"home"}),
    instruments=frozenset({"violin", "double bass"}),
    roles=frozenset(STANDARD_ROLES) | {"pulse 2"},
    passages=frozenset({"lullaby"}),
    stingers=frozenset({"knock"}),
    silences=frozenset({"breath"}),
    cues=frozenset({"letter", "letter opened", "tension"}),
    parameters=frozenset({"tension", "city noise"}),
    hits=frozenset({"door"}),
    marks=frozenset({"plea"}),
    arcs={"mara": frozenset({"lost", "resolved"}), "ilan": frozenset()},
    motif_states={"mara": frozenset({"lost", "resolved"})},
    statuses={"mara & ilan": frozenset({"allied", "betrayed"})},
)


@pytest.fixture
def names() -> Names:
    """A cast of names: several hold blanks, and some hold a word that means something in a verb."""
    return _NAMES
