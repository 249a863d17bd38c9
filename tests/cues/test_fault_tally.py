"""Faults are counted, and told in few lines that no terminal obeys."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from leitmotor.cues.fault_tally import MOST_KEYS, MOST_LINES, TOLD_EVERY, FaultTally, escaped


def test_the_first_of_a_kind_is_told_and_the_next_after_a_while() -> None:
    tally = FaultTally("osc")
    assert tally.note("pattern", "1.2.3.4:5", "/a*", 7.0) == "osc from 1.2.3.4:5: pattern: /a*"
    assert tally.note("pattern", "1.2.3.4:5", "/b*", 7.1) == ""
    assert tally.note("pattern", "1.2.3.4:6", "/b*", 7.1) != ""
    assert tally.note("text", "1.2.3.4:5", "?", 7.1) != ""
    again = tally.note("pattern", "1.2.3.4:5", "/c*", 7.0 + TOLD_EVERY)
    assert again == "osc from 1.2.3.4:5: pattern: /c* (2 times)"
    assert tally.counts == {"pattern": 4, "text": 1}


def test_a_storm_is_told_in_a_few_lines() -> None:
    """C.34."""
    tally = FaultTally("osc")
    told = [tally.note("text", f"source {n}", "x", 3 + n / 100_000) for n in range(50_000)]
    assert sum(bool(line) for line in told) == MOST_LINES
    assert tally.counts["text"] == 50_000
    assert len(tally._told) <= MOST_KEYS + 1


@given(st.text())
def test_a_line_is_printable_ascii_of_bounded_length(text: str) -> None:
    """A.4: `^[\\x20-\\x7e]*$`, whatever came."""
    assert re.fullmatch(r"[\x20-\x7e]*", escaped(text))
    assert len(escaped(text)) <= 10 * 160
    line = FaultTally("osc").note("text", text, text, 0.0)
    assert re.fullmatch(r"[\x20-\x7e]*", line)
