"""Hypothesis strategies: cues of every kind, and scripts of them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from leitmotor.messages import AfterPrevious, AtBar, Cue, Do, Fire, Observation, Position, Set
from leitmotor.music.time import Seconds

VALUES = (0.0, 0.3, 0.5, 0.62, 1.0)
_VALUE = st.sampled_from(VALUES)

DOS = (
    "go run",
    "go shore",
    "go next",
    "go shore from the top",
    "state chase",
    "state calm",
    "motif tune",
    "motif answer as one in counter",
    "motif tide at now",
    "enter ilan",
    "enter mara quietly",
    "leave mara",
    "arc mara = two",
    "arc ilan next",
    "tempo 120 over 2 bars",
    "tempo x1.1",
    "tempo 40 over 3 s geometric",
    "key Eb",
    "key F# minor at now",
    "mode dorian for 2 bars",
    "metre 3/4",
    "harmony second",
    "chord IV",
    "chord D major for 2 bars",
    "palette cold",
    "keep palette warm",
    "play lead on piano",
    "figure bed rocking",
    "layers lead bed",
    "mute bed",
    "unmute bed",
    "solo lead",
    "mute piano for 1 bar",
    "level lead -6 dB over 1 bar",
    "level all out",
    "level all back",
    "dynamic pp over 2 beats",
    "swell 1 bar to ff",
    "crescendo 2 beats p to f",
    "fade 1 bar",
    "density 0.3 over 2 bars",
    "keep density 0.7",
    "wait 2 beats",
    "stop",
    "undo swell",
    "cancel all",
    "panic",
    "log hello",
    "tension = 0.9",
    "set tension = 0 over 1 bar",
    "set tension = 0.7 over 2 s for 2 bars",
    "undo tense",
    "dynamic f at next beat, then motif tune",
    "motif tune at marker mark",
    "go back",
    "passage song",
    "passage song from bar 2 at now",
    "passage song from mark, then motif tune",
    "pause",
    "pause over 1 beat",
    "resume",
    "resume exactly",
    "vamp 2 bars for at most 4 bars",
    "vamp 1 bars until again leave at next bar",
    "vamp 1 bars at now",
    "continue",
    "hold until again for at most 3 s",
    "hold until again",
    "hold at each bar until again for at most 1 s",
    "finish",
    "finish at now",
    "finish with song",
    "fade out 2 beats",
    "undo again",
    "stinger knock",
    "stinger bell at next bar, then stinger knock",
    "stinger knock at marker mark",
    "silence breath",
    "silence held, then log on",
    "mute bed over 1 bar",
    "unmute bed over 2 beats",
    "solo lead over 3 s",
    "layers lead pulse over 1 bar",
    "palette cold over 2 bars",
    "keep palette warm over 1 beat",
    "mute mara over 1 bar for 2 bars",
)


def cues() -> st.SearchStrategy[Cue]:
    """A cue of any kind."""
    return st.one_of(
        st.sampled_from(DOS).map(Do),
        st.builds(Set, st.just("tension"), _VALUE),
        st.just(Fire("level", (("value", "6.2"),))),
        st.sampled_from(("swell", "again", "tune twice", "by turns", "GO", "nobody")).map(Fire),
        st.sampled_from(("press", "event")).map(lambda kind: Observation(kind, "b")),
    )


def places() -> st.SearchStrategy[Seconds | Position]:
    """Where a cue of a script acts."""
    seconds: st.SearchStrategy[Seconds | Position] = st.floats(0.0, 24.0, allow_nan=False)
    return st.one_of(
        seconds,
        st.integers(0, 24).map(float),  # on the beats of 60 bpm, where ties are made
        st.builds(AtBar, st.integers(1, 8), st.sampled_from((Fraction(1), Fraction(5, 2)))),
        st.builds(AfterPrevious, st.just(Fraction(2)), st.sampled_from(("bars", "seconds"))),
    )


def scripts() -> st.SearchStrategy[list[tuple[Seconds | Position, Cue]]]:
    """A few cues with their places, in the order in which they are received."""
    return st.lists(st.tuples(places(), cues()), max_size=6)
