"""Three small pieces whose traces are kept here, read by hand against the semantics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from leitmotor.messages import GO
from leitmotor.music.length import NEXT_BEAT, bars
from leitmotor.music.metre import Metre
from leitmotor.music.scale import MINOR, Key
from leitmotor.music.time import QUARTER, Seconds
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import Character, CompiledScore, MotifState, Place, Scene
from leitmotor.testing import builders
from leitmotor.testing.listening import Scripted


class Piece(NamedTuple):
    """A score, what is fired, and how long it is listened to."""

    score: CompiledScore
    script: tuple[Scripted, ...]
    until: Seconds


def rotation() -> Piece:
    """Two characters in turn, an arc, somebody who comes and goes (S12, S17, S23)."""
    found = MotifState("found", vary=(parse_operation("transpose +2 steps"),), dynamic=5)
    score = builders.score(
        title="rotation",
        motifs=[
            builders.motif("mara", "1q 2 3h>", states={"lost": MotifState("lost"), "found": found}),
            builders.motif("ilan", "(p) 5h 4q 3"),
            builders.motif("quill", "t3(1q 2 3) 1h"),
        ],
        characters=[
            Character("mara", "mara", "", ("lost", "found")),
            Character("ilan", "ilan", "", ()),
            Character("quill", "quill", "", ()),
        ],
        palettes=[builders.palette("duo", {"lead": "piano", "bass": "cello"})],
        progressions=[builders.progression("home", "I | vi IV | V")],
        states=[builders.state("calm", palette="duo", harmony="home")],
        scenes=[Scene("quay", "", ("mara", "ilan"), "calm")],
        rest=bars(1),
    )
    script: tuple[Scripted, ...] = (
        (5.0, "arc mara next"),
        (6.5, "enter quill"),
        (13.0, "leave ilan"),
        (17.5, "motif mara at next beat"),
    )
    return Piece(score, script, 26.0)


def crossing() -> Piece:
    """Between scenes: a pickup, a fade, another metre, key and tempo (S5, S27, S29)."""
    score = builders.score(
        title="crossing",
        motifs=[
            builders.motif("mara", "1w~ | 1w"),
            builders.motif("ilan", "5-e 6- | 1h.", pickup=QUARTER, metre=Metre(3, 4)),
            builders.motif("tide", "<1 5>h.", role="colour", metre=Metre(3, 4)),
        ],
        figures=[builders.figure("waltz", "pulse", "k1q k5 k5", metre=Metre(3, 4))],
        characters=[Character("mara", "mara", "", ()), Character("ilan", "ilan", "", ())],
        places=[Place("sea", "tide", "")],
        palettes=[
            builders.palette(
                "warm", {"lead": "violin", "bed": "string ensemble"}, levels={"bed": -6.0}
            ),
            builders.palette("cold", {"lead": "clarinet", "pulse": "harp", "colour": "piano"}),
        ],
        states=[
            builders.state("calm", palette="warm"),
            builders.state(
                "storm",
                palette="cold",
                tempo=120.0,
                metre=Metre(3, 4),
                key=Key(1, 0, MINOR),
                figures={"pulse": "waltz"},
                dynamic=5,
            ),
        ],
        scenes=[
            Scene("quay", "", ("mara",), "calm"),
            Scene("waves", "sea", ("ilan",), "storm", length=bars(2)),
            Scene("home", "", ("mara",), "calm"),
        ],
        transitions={
            ("quay", "waves"): builders.transition(fade=builders.beats(2), name="quay -> waves"),
            ("waves", "home"): builders.transition(NEXT_BEAT, held="carry", name="waves -> home"),
        },
        rest=bars(1),
    )
    return Piece(score, ((1.5, "mute bed"), (2.2, "go waves"), (6.2, "key E")), 13.0)


def desk() -> Piece:
    """An operator's evening: GO, then, for, undo, a refused cue, stop and on again (S2, S24)."""
    score = builders.score(
        title="desk",
        motifs=[builders.motif("call", "1q 3 5 3@")],
        palettes=[
            builders.palette("warm", {"lead": "violin", "bed": "piano"}),
            builders.palette("cold", {"lead": "flute", "bed": "harp"}),
        ],
        characters=[Character("mara", "call", "", ())],
        progressions=[builders.progression("home", "I | V7")],
        states=[builders.state("calm", palette="warm", harmony="home")],
        scenes=[Scene("quay", "", ("mara",), "calm")],
        cues={
            "rise": "swell 1 beat to f, then tempo 120 over 2 beats",
            "dark": {"do": "mode minor, palette cold", "once": True},
        },
        rest=bars(1),
    )
    script: tuple[Scripted, ...] = (
        (1.0, GO),
        (2.5, "chord bII for 1 beat at next beat"),
        (5.0, GO),
        (6.0, "undo dark"),
        (7.0, "go nowhere"),
        (7.5, "stop"),
        (9.0, "key D"),
    )
    return Piece(score, script, 11.0)


PIECES: Mapping[str, Piece] = {
    "rotation": rotation(),
    "crossing": crossing(),
    "desk": desk(),
}
