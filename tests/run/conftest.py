"""Scores for the tests of the real-time shell."""

from __future__ import annotations

import pytest

from leitmotor.messages import Attack, Event, Release
from leitmotor.score.compiled import CompiledScore
from leitmotor.testing.live import two_scenes


@pytest.fixture
def score() -> CompiledScore:
    """60 bpm: mara and ilan state a bar each, a bed below; two scenes; cues."""
    return two_scenes()


@pytest.fixture
def pairs_are_whole() -> object:
    """Checks that attacks and releases match one to one."""

    def check(events: list[Event]) -> None:
        attacks = [event.note for event in events if isinstance(event, Attack)]
        releases = [event.note for event in events if isinstance(event, Release)]
        assert sorted(attacks) == sorted(releases)

    return check
