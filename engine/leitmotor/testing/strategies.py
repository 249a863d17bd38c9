"""Hypothesis strategies: small scores with all that is performed, and cue scripts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from leitmotor.messages import AfterPrevious, AtBar, Cue, Do, Fire, Observation, Position
from leitmotor.music.length import Boundary, Grid, Length, Unit, bars
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.operation import Operation
from leitmotor.music.scale import MODES, Key
from leitmotor.music.time import QUARTER, Seconds
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import Character, CompiledScore, Motif, MotifState, Place, Scene
from leitmotor.testing import builders

NOTES = (
    "1q 2e 3e 5h",
    "(p) 1q 3q 5q 3q | 1w",
    "5e* 5e* 6e 5e 3h>",
    "(pp) 1h (cresc) 3h 5h (ff) 1+h",
    "t3(1e 2 3) 5q 1h@",
    "<1 3 5>h <1 4 6>h",
    "grace(2s 3) 4q 3q 1h",
    "k1q k3 k5 k7",
    "1q(sf) 3(fp) 5h(legato)",
    "c4h eb h r".replace(" h r", "h"),
    "re 5-e 1q 3bq. 7-e",
)
FIGURES = ("k1e k5 k3 k5 k1 k5 k3 k5", "k1q k3", "k1h. k5q", "1e 5 8 5")
PROGRESSIONS = ("I | vi | IV | V", "i VI | iv V7", "I", "bII | I V | vi ii V I")
METRES = (COMMON_TIME, Metre(3, 4), Metre(6, 8), Metre(7, 8, (2, 2, 3)), Metre(5, 4))
OPERATIONS = (
    "transpose +2 steps",
    "transpose m3 up",
    "invert about 1",
    "retrograde",
    "augment 2",
    "fragment 1..2",
    "thicken octaves",
    "tempo x1.2",
    "register +12",
    "articulate staccato",
    "in bed",
    "ornament neighbours",
)
KEYS = tuple(
    Key(letter, alter, MODES[mode])
    for letter, alter in ((0, 0), (1, 0), (2, -1), (5, 1))
    for mode in ("major", "minor", "dorian")
)
BOUNDARIES = (
    Boundary(Grid.NOW),
    Boundary(Grid.BEAT),
    Boundary(Grid.BAR),
    Boundary(Grid.BARS, 2),
    Boundary(Grid.PHRASE),
    Boundary(Grid.END),
)
ROLES = ("lead", "bed", "bass", "pulse", "counter")
COMPANIES = (("mara",), ("mara", "ilan"), ())
PLAYERS = ("violin", "clarinet", "cello", "harp", "piano", "horn", "string ensemble")


@st.composite
def motifs(draw: st.DrawFn, name: str) -> Motif:
    """A motif of the list, in states that vary it."""
    variants = {
        state: MotifState(
            state,
            vary=tuple(draw(st.lists(operations(), max_size=2))),
            dynamic=draw(st.none() | st.integers(0, 7)),
            mode=draw(st.none() | st.sampled_from((MODES["minor"], MODES["lydian"]))),
        )
        for state in ("one", "two")
    }
    pickup = draw(st.sampled_from((0, 0, QUARTER)))
    return builders.motif(
        name,
        "5-q | 1e 2e 3q 5q" if pickup else draw(st.sampled_from(NOTES)),
        pickup=pickup,
        metre=Metre(4, 4),
        fit=draw(st.sampled_from(("key", "chord", "none"))),
        times=draw(st.sampled_from((1, 1, 1, 0, 2))),
        octave=draw(st.sampled_from((0, 0, -1))),
        states=variants,
        harmony=draw(st.sampled_from(("", "", "first"))),
        marks={"mark": QUARTER},
    )


def operations() -> st.SearchStrategy[Operation]:
    """One operation of `vary:`."""
    return st.sampled_from(OPERATIONS).map(parse_operation)


@st.composite
def states(draw: st.DrawFn, name: str) -> Any:
    """A story state that gives some of what a state can give."""
    settings: dict[str, object] = {}
    if draw(st.booleans()):
        settings["tempo"] = draw(st.sampled_from((50.0, 60.0, 97.0, 144.0)))
    if draw(st.booleans()):
        settings["metre"] = draw(st.sampled_from(METRES))
    if draw(st.booleans()):
        settings["key"] = draw(st.sampled_from(KEYS))
    if draw(st.booleans()):
        settings["palette"] = draw(st.sampled_from(("warm", "cold")))
    if draw(st.booleans()):
        settings["harmony"] = draw(st.sampled_from(("first", "second")))
    if draw(st.booleans()):
        settings["figures"] = {draw(st.sampled_from(("bed", "pulse"))): "rocking"}
    if draw(st.booleans()):
        settings["dynamic"] = draw(st.integers(0, 7))
    if draw(st.booleans()):
        settings["layers"] = tuple(draw(st.lists(st.sampled_from(ROLES), unique=True)))
    return builders.state(name, **settings)


@st.composite
def palettes(draw: st.DrawFn, name: str) -> Any:
    """A palette with some roles, one of them perhaps played by two together."""
    roles: dict[str, Any] = {}
    for role in draw(st.lists(st.sampled_from(ROLES), unique=True, min_size=2)):
        count = draw(st.sampled_from((1, 1, 2)))
        roles[role] = draw(
            st.lists(st.sampled_from(PLAYERS), min_size=count, max_size=count, unique=True)
        )
    return builders.palette(name, roles, draw(st.none() | st.just((1, 6))))


@st.composite
def scores(draw: st.DrawFn) -> CompiledScore:
    """A score of two characters, two states, two scenes and a place."""
    transition = builders.transition(
        draw(st.sampled_from(BOUNDARIES)),
        wait_at_most=draw(st.none() | st.just(Length(Fraction(3), Unit.SECONDS))),
        fade=draw(st.none() | st.just(Length(Fraction(1), Unit.BEATS))),
        held=draw(st.sampled_from(("release", "carry", "restrike"))),
        ramp=draw(st.none() | st.just(bars(1))),
    )
    return builders.score(
        motifs=[draw(motifs("tune")), draw(motifs("answer")), draw(motifs("tide"))],
        figures=[builders.figure("rocking", "bed", draw(st.sampled_from(FIGURES)))],
        palettes=[draw(palettes("warm")), draw(palettes("cold"))],
        progressions=[
            builders.progression("first", draw(st.sampled_from(PROGRESSIONS))),
            builders.progression(
                "second",
                draw(st.sampled_from(PROGRESSIONS)),
                key=draw(st.none() | st.just(KEYS[3])),
            ),
        ],
        characters=[
            Character("mara", "tune", draw(st.sampled_from(("", "warm"))), ("one", "two")),
            Character("ilan", "answer", "", ("one", "two")),
        ],
        places=[Place("quay", draw(st.sampled_from(("", "tide"))), "")],
        states=[draw(states("calm")), draw(states("chase"))],
        scenes=[
            Scene("shore", "quay", draw(st.sampled_from(COMPANIES)), "calm"),
            Scene("run", "", ("ilan",), "chase", length=draw(st.none() | st.just(bars(3)))),
        ],
        cues={
            "swell": "swell 1 bar to ff, then go next",
            "again": "go shore from the top",
            "tune twice": "motif tune as two, then motif answer in counter",
        },
        transitions={("", ""): transition},
        tempo=draw(st.sampled_from((60.0, 90.0, 133.0))),
        metre=draw(st.sampled_from(METRES)),
        phrase=bars(2),
        breathe=bars(draw(st.integers(0, 1))),
        rest=bars(1),
        seed=draw(st.integers(0, 3)),
    )


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
    "wait 2 beats",
    "stop",
    "undo swell",
    "cancel all",
    "panic",
    "log hello",
    "dynamic f at next beat, then motif tune",
    "motif tune at marker mark",
)


def cues() -> st.SearchStrategy[Cue]:
    """A cue of any kind."""
    return st.one_of(
        st.sampled_from(DOS).map(Do),
        st.sampled_from(("swell", "again", "tune twice", "GO", "nobody")).map(Fire),
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
