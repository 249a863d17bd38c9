"""Theory T3 `articulate`: sounding lengths."""

from __future__ import annotations

import pytest

from leitmotor.music.time import QUARTER
from leitmotor.music.touch import ARTICULATIONS, LEGATO_OVERLAP_SECONDS, sounding_length


@pytest.mark.parametrize(
    ("articulation", "hundredths"),
    [("", 95), ("normal", 95), ("staccato", 50), ("staccatissimo", 25), ("portato", 75),
     ("legato", 100), ("tenuto", 100)],
)  # fmt: skip
def test_t3_part_of_a_quarter_that_sounds(articulation: str, hundredths: int) -> None:
    assert sounding_length(QUARTER, articulation) == QUARTER * hundredths // 100


def test_t3_nothing_sounds_longer_than_written_or_not_at_all() -> None:
    assert all(
        1 <= sounding_length(ticks, word) <= ticks for word in ARTICULATIONS for ticks in (1, 7)
    )
    assert LEGATO_OVERLAP_SECONDS == 0.02


def test_t3_an_unknown_articulation_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        ValueError, match='"stacato" is not an articulation; did you mean "staccato"'
    ):
        sounding_length(QUARTER, "stacato")
