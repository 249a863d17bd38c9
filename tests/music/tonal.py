"""Keys, and chords and pitches by name, for the tests of harmony."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from leitmotor.music.chord import Chord, parse_chord_name
from leitmotor.music.scale import MODES, Key, Pitch

keys = st.builds(Key, st.integers(0, 6), st.integers(-1, 1), st.sampled_from(list(MODES.values())))
"""Keys with one sharp or flat at most before the tonic, in every mode."""


def chord(name: str) -> Chord:
    """The chord of a name that must be one."""
    found = parse_chord_name(name)
    assert found is not None
    return found


def names(pitches: Iterable[Pitch]) -> str:
    """The pitches as text: "C4 E4 G4"."""
    return " ".join(pitch.name for pitch in pitches)
