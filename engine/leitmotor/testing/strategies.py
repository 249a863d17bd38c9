"""Hypothesis strategies: small scores with all that is performed, and cue scripts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from leitmotor.music.length import Boundary, Gap, Grid, Length, LengthRange, Unit, bars
from leitmotor.music.metre import COMMON_TIME, Metre
from leitmotor.music.scale import MODES, Key
from leitmotor.music.time import QUARTER
from leitmotor.music.transform_text import parse_operation
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    Motif,
    MotifState,
    Place,
    Scene,
)
from leitmotor.score.compiled_overlays import SilencePlan, Stinger
from leitmotor.score.compiled_passages import Passage
from leitmotor.score.matchers import Clock, Every, InHours, InState, Threshold
from leitmotor.score.names import Names
from leitmotor.testing import builders
from leitmotor.testing.cue_strategies import VALUES, cues, places, scripts

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
EACH_TIME = ("as written", "ornament turn", "thicken thirds", "retrograde", "fragment 1..2")
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

# Made once: to make them anew for every score would take longer than to draw from them.
_FLAG = st.booleans()
_STEP = st.integers(0, 7)
_METRE = st.sampled_from(METRES)
_PROGRESSION = st.sampled_from(PROGRESSIONS)
_CHORDS = st.sampled_from(("first", "second"))
_COLOUR = st.sampled_from(("warm", "cold"))
_ROLES = st.lists(st.sampled_from(ROLES), unique=True)
_ROLES_OF_A_PALETTE = st.lists(st.sampled_from(ROLES), unique=True, min_size=2)
_TOGETHER = st.sampled_from((1, 1, 2))
_PLAYERS = {
    count: st.lists(st.sampled_from(PLAYERS), min_size=count, max_size=count, unique=True)
    for count in (1, 2)
}
_RANGE = st.none() | st.just((1, 6))
_TOUCH = st.sampled_from(("", "", "legato", "staccato"))
_TONE = st.sampled_from((0.0, 0.0, -0.8, 0.5))
_ROOM = st.sampled_from((None, None, ("hall", 2.8), ("dry", 0.0)))
_DISTANCE = st.sampled_from((None, None, 1.0, 7.0))
_FIGURED = st.sampled_from(("bed", "pulse"))
_STATE_TEMPO = st.sampled_from((50.0, 60.0, 97.0, 144.0))
_KEY = st.sampled_from(KEYS)

_VARY = st.lists(st.sampled_from(OPERATIONS).map(parse_operation), max_size=2)
_OWN_STEP = st.none() | _STEP
_OWN_MODE = st.none() | st.sampled_from((MODES["minor"], MODES["lydian"]))
_OWN_CHORDS = st.sampled_from(("", "", "first"))
_PICKUP = st.sampled_from((0, 0, QUARTER))
_NOTES = st.sampled_from(NOTES)
_FIT = st.sampled_from(("key", "chord", "none"))
_TIMES = st.sampled_from((1, 1, 1, 0, 2))
_OCTAVE = st.sampled_from((0, 0, -1))

_BOUNDARY = st.sampled_from(BOUNDARIES)
_WAIT = st.none() | st.just(Length(Fraction(3), Unit.SECONDS))
_FADE = st.none() | st.just(Length(Fraction(1), Unit.BEATS))
_HELD = st.sampled_from(("release", "carry", "restrike"))
_RAMP = st.none() | st.just(bars(1))
_FIGURE = st.sampled_from(FIGURES)
_OWN_KEY = st.none() | st.just(KEYS[3])
_OWN_PALETTE = st.sampled_from(("", "warm"))
_PLACE_MOTIF = st.sampled_from(("", "tide"))
_COMPANY = st.sampled_from(COMPANIES)
_SCENE_LENGTH = st.none() | st.just(bars(3))
_TEMPO = st.sampled_from((60.0, 90.0, 133.0))
_BREATHE = st.integers(0, 1)
_SEED = st.integers(0, 3)
_ENTER = st.sampled_from(("", "", "where it was", "same bar", "marker mark"))
_BRIDGE = st.sampled_from(("", "", "", "song"))
_SCENE_PASSAGES = st.sampled_from(((), (), (Choice(("song",), "scene run passage 0"),)))
_BED = st.sampled_from(("figure rocking", "rest"))
_OWN_TEMPO = st.sampled_from((None, 72.0))
_PASSAGE_VERB = st.sampled_from(
    ("level bed -6 dB", "hold until again for at most 2 s", "vamp 1 bars for at most 5 s")
)
_THEN = st.sampled_from(("", "again", "go shore", "go back", "stop"))
_VALUE = st.sampled_from(VALUES)
_PARAMETER = st.builds(
    builders.parameter,
    rise=st.sampled_from((0.0, 1.0, 3.7)),
    smooth=st.sampled_from((0.0, 0.4)),
    is_smooth=_FLAG,
    start=_VALUE,
)
_HOLD = st.sampled_from((0.0, 0.0, 1.3))
_HOURS = InHours(35_999, 36_003)
_WHILE = st.sampled_from(((), (), (InState("chase"),), (_HOURS,), (InState("chase"), _HOURS)))
_PLACE = st.none() | _BOUNDARY
_SWITCHED = st.builds(
    builders.mapping,
    st.sampled_from(("layer pulse", "layer bed", "layer bass")),
    above=st.just(0.6),
    below=st.just(0.4),
    hold=_HOLD,
    at=_PLACE,
    back=_PLACE,
    fade=_FADE,
    while_=_WHILE,
)
_DRIVEN = (
    ("tempo", "0 -> +0%", "1 -> x1.4"),
    ("dynamic", "0 -> pp", "0.6 -> f", "1 -> ff"),
    ("level bed", "0 -> -12 dB", "1 -> 0 dB"),
    ("density", "0 -> 0.3", "1 -> 1"),
    ("swing", "0 -> 50%", "1 -> 66%"),
    ("palette", "0 -> warm", "0.5 -> cold"),
    ("harmony", "0 -> first", "0.6 -> second"),
    ("figure bed", "0.5 -> rocking"),
    ("state", "0 -> calm", "0.55 -> chase"),
    ("tone", "0 -> dark", "1 -> bright"),
    ("distance bed", "0 -> 1 m", "1 -> 16 m"),
    ("distance lead", "0.4 -> 2 m", "0.5 -> 8 m"),
)
_FOLLOWED = st.builds(
    lambda target, conditions: builders.mapping(*target, while_=conditions),
    st.sampled_from(_DRIVEN),
    _WHILE,
)
_MAPPINGS = st.lists(_FOLLOWED | _SWITCHED, max_size=3, unique_by=lambda rule: rule.name)
_REST: st.SearchStrategy[Gap] = st.sampled_from((bars(1), LengthRange(bars(0), bars(2))))
_SWING = st.sampled_from((0.5, 0.5, 2 / 3))
_HUMANISE = st.sampled_from(("off", "off", "light", "full"))
_DENSITY = st.sampled_from((0.0, 0.4, 1.0))
_EACH_TIME = st.lists(st.sampled_from(EACH_TIME), max_size=2)
_FIGURES_EACH_TIME = st.sampled_from(((), (("k1q k3",), ("k1e k5", "k3h"))))
_STINGER = st.sampled_from(("1q 2e 3e 5h", "<1 2b 5>h r", "re 1 grace(2s 3) 5q 1q", "5-q | 1w"))
_ON_TOP = st.sampled_from((("horn",), ("harp", "cello"), ("bed",), ()))
_LANDS = st.sampled_from((None, *BOUNDARIES[:4]))
_DUCK = st.sampled_from((0.0, -6.0))
_COOLDOWN = st.sampled_from((0.0, 3.0))
_AFTER = st.sampled_from(("", "silence breath", "motif tune"))
_UNTIL = st.sampled_from(("", "cue", "again"))
_BELL = st.sampled_from(((), (Every(3.7),), (Every(5.0), Clock(36_000))))


@st.composite
def motifs(draw: st.DrawFn, name: str) -> Motif:
    """A motif of the list, in states that vary it."""
    variants = {
        state: MotifState(
            state,
            vary=tuple(draw(_VARY)),
            dynamic=draw(_OWN_STEP),
            mode=draw(_OWN_MODE),
        )
        for state in ("one", "two")
    }
    pickup = draw(_PICKUP)
    return builders.motif(
        name,
        "5-q | 1e 2e 3q 5q" if pickup else draw(_NOTES),
        pickup=pickup,
        metre=Metre(4, 4),
        fit=draw(_FIT),
        times=draw(_TIMES),
        octave=draw(_OCTAVE),
        states=variants,
        harmony=draw(_OWN_CHORDS),
        marks={"mark": QUARTER},
        each_time=draw(_EACH_TIME),
    )


@st.composite
def states(draw: st.DrawFn, name: str) -> Any:
    """A story state that gives some of what a state can give."""
    settings: dict[str, object] = {}
    if draw(_FLAG):
        settings["tempo"] = draw(_STATE_TEMPO)
    if draw(_FLAG):
        settings["metre"] = draw(_METRE)
    if draw(_FLAG):
        settings["key"] = draw(_KEY)
    if draw(_FLAG):
        settings["palette"] = draw(_COLOUR)
    if draw(_FLAG):
        settings["harmony"] = draw(_CHORDS)
    if draw(_FLAG):
        settings["figures"] = {draw(_FIGURED): "rocking"}
    if draw(_FLAG):
        settings["dynamic"] = draw(_STEP)
    if draw(_FLAG):
        settings["density"] = draw(_DENSITY)
    if draw(_FLAG):
        settings["layers"] = tuple(draw(_ROLES))
    if draw(_FLAG):
        settings["inputs"] = {"tension": draw(_VALUE)}
    return builders.state(name, **settings)


@st.composite
def palettes(draw: st.DrawFn, name: str) -> Any:
    """A palette with some roles, one of them perhaps played by two together."""
    roles: dict[str, Any] = {}
    for role in draw(_ROLES_OF_A_PALETTE):
        roles[role] = draw(_PLAYERS[draw(_TOGETHER)])
    return builders.palette(
        name,
        roles,
        draw(_RANGE),
        touch=draw(_TOUCH),
        tone=draw(_TONE),
        reverb=draw(_ROOM),
        distance=draw(_DISTANCE),
    )


@st.composite
def stingers(draw: st.DrawFn, name: str) -> Stinger:
    """A short gesture, perhaps with a pickup, on top of whatever plays."""
    notes = draw(_STINGER)
    return builders.stinger(
        name,
        notes,
        *draw(_ON_TOP),
        at=draw(_LANDS),
        wait_at_most=draw(_WAIT),
        fit=draw(_FIT),
        pickup=QUARTER if notes.startswith("5-") else 0,
        cooldown=draw(_COOLDOWN),
        duck=draw(_DUCK),
        then=draw(_AFTER),
    )


@st.composite
def silences(draw: st.DrawFn) -> list[SilencePlan]:
    """A breath, and a longer silence that a cue may end."""
    return [
        builders.silence("breath", builders.beats(1), tails=draw(_FLAG)),
        builders.silence(
            "held", builders.seconds(2.0), builders.seconds(6.0), draw(_UNTIL), back=draw(_OWN_STEP)
        ),
    ]


_STINGERS = (stingers("knock"), stingers("bell"))
_SILENCES = silences()
_MOTIFS = (motifs("tune"), motifs("answer"), motifs("tide"))
_PALETTES = (palettes("warm"), palettes("cold"))
_STATES = (states("calm"), states("chase"))


@st.composite
def passages(draw: st.DrawFn) -> tuple[Passage, tuple[Motif, ...]]:
    """A passage of two written parts and a figure, with verbs at its second bar."""
    metre = draw(st.sampled_from((COMMON_TIME, Metre(3, 4))))
    bar = "1q 2 3" if metre.bar < COMMON_TIME.bar else "1h 2q 3"
    pickup = draw(_PICKUP)
    upbeat = "5-q | " if pickup else ""
    last = bar.rpartition(" ")[0] if pickup else bar
    return builders.passage(
        "song",
        {
            "lead": f"{upbeat}{bar} | {bar}@ | {last}",
            "cello": f"{upbeat}{bar} | {bar} | {last}",
            "bed": draw(_BED),
        },
        pickup=pickup,
        metre=metre,
        key=draw(_OWN_KEY),
        tempo=draw(_OWN_TEMPO),
        harmony=draw(_OWN_CHORDS),
        marks={"mark": metre.bar},
        at={metre.bar: draw(_PASSAGE_VERB)},
        then=draw(_THEN),
        names=Names(scenes=frozenset(("shore", "run")), cues=frozenset(("swell", "again"))),
    )


@st.composite
def scores(draw: st.DrawFn) -> CompiledScore:
    """A score of two characters, two states, two scenes and a place."""
    transition = builders.transition(
        draw(_BOUNDARY),
        wait_at_most=draw(_WAIT),
        fade=draw(_FADE),
        held=draw(_HELD),
        ramp=draw(_RAMP),
        enter=draw(_ENTER),
        bridge=draw(_BRIDGE),
    )
    return builders.score(
        motifs=[draw(motifs) for motifs in _MOTIFS],
        figures=[
            builders.figure("rocking", "bed", draw(_FIGURE), each_time=draw(_FIGURES_EACH_TIME))
        ],
        palettes=[draw(palettes) for palettes in _PALETTES],
        progressions=[
            builders.progression("first", draw(_PROGRESSION)),
            builders.progression("second", draw(_PROGRESSION), key=draw(_OWN_KEY)),
        ],
        characters=[
            Character("mara", "tune", draw(_OWN_PALETTE), ("one", "two")),
            Character("ilan", "answer", "", ("one", "two")),
        ],
        places=[Place("quay", draw(_PLACE_MOTIF), "", draw(_ROOM), draw(_DISTANCE))],
        instruments=[builders.instrument("violin", tone=draw(_TONE))],
        states=[draw(states) for states in _STATES],
        scenes=[
            Scene("shore", "quay", draw(_COMPANY), "calm"),
            Scene(
                "run",
                "",
                ("ilan",),
                "chase",
                length=draw(_SCENE_LENGTH),
                marks={"mark": 2},
                passages=draw(_SCENE_PASSAGES),
            ),
        ],
        passages=[draw(passages())],
        cues={
            "swell": "swell 1 bar to ff, then go next",
            "again": "go shore from the top",
            "tune twice": "motif tune as two, then motif answer in counter",
            "tense": {"do": "swell 1 bar to f", "when": [Threshold("tension", True, 0.5)]},
            "calmer": {"do": "set tension = 1", "when": [Threshold("tension", False, 0.2, 1.1)]},
            "level": {"sets": "tension", "scale": (0.0, 10.0)},
            "by turns": {"do": {"shuffled": ["density 0.5", "key Eb", "palette cold"]}},
            "bell": {"do": "log bell", "when": draw(_BELL)},
        },
        transitions={("", ""): transition},
        stingers=[draw(stingers) for stingers in _STINGERS],
        silences=draw(_SILENCES),
        tempo=draw(_TEMPO),
        metre=draw(_METRE),
        phrase=bars(2),
        breathe=bars(draw(_BREATHE)),
        rest=draw(_REST),
        seed=draw(_SEED),
        parameters=[draw(_PARAMETER)],
        mappings=draw(_MAPPINGS),
        swing=draw(_SWING),
        humanise=draw(_HUMANISE),
    )


__all__ = ["cues", "motifs", "places", "scores", "scripts"]
