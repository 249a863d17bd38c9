"""Scores made in code for the measurements of the performer alone."""

from __future__ import annotations

from dataclasses import replace

from leitmotor.messages import Attack, Event, Release, Voice
from leitmotor.music.length import bars
from leitmotor.music.time import QUARTER
from leitmotor.score.compiled import (
    Character,
    Choice,
    CompiledScore,
    Figure,
    FigureBar,
    Palette,
    Scene,
)
from leitmotor.testing import builders

NOTE_EVENTS = (Attack, Release)
SIXTEENTH = QUARTER // 4

_SIXTEENTHS = "1s 3s 5s 3s 8s 5s 3s 1s 2s 4s 6s 4s 1s 3s 5s 8s"


def sixteenths(parts: int, tempo: float = 120.0, text: str = _SIXTEENTHS) -> CompiledScore:
    """So many roles, each playing sixteenths without a rest from a figure of its own.

    A part gives 16 attacks and releases a second at 120 quarters a minute.
    """
    roles = ["pulse", *(f"pulse {number}" for number in range(2, parts + 1))]
    figures = [builders.figure(f"figure {role}", role, text) for role in roles]
    state = builders.state(
        "busy",
        layers=tuple(roles),
        palette="all",
        figures={role: f"figure {role}" for role in roles},
    )
    score = builders.score(
        figures=figures, states=[state], scenes=[Scene("one", "", (), "busy")], tempo=tempo
    )
    return _with_palette(score, roles)


def _with_palette(score: CompiledScore, roles: list[str]) -> CompiledScore:
    """A harp of its own for each role, on as many channels: more than one port would have."""
    program = builders.instrument("harp").program
    voices = {
        ("harp", role): Voice("harp", role, "", number, program, 0)
        for number, role in enumerate(roles)
    }
    cast = {role: Choice((("harp",),), f"all {role}") for role in roles}
    return replace(
        score,
        instruments={**score.instruments, "harp": builders.instrument("harp")},
        palettes={"all": Palette("all", cast)},
        voices={**score.voices, **voices},
    )


def even_stream(parts: int = 10, tempo: float = 150.0, text: str = _SIXTEENTHS) -> CompiledScore:
    """An attack or a release every 5 ms, never two at once: 10 parts of shifted sixteenths.

    Each part's sixteenths (0.1 s) begin a tenth later than those of the part before, and last so
    long that every release falls half way between two attacks.
    """
    score = sixteenths(parts, tempo, text)
    step = SIXTEENTH // parts
    length = SIXTEENTH // 2 + step // 2
    shifted = {
        name: replace(figure, bars=tuple(_shifted(bar, n * step, length) for bar in figure.bars))
        for n, (name, figure) in enumerate(score.figures.items())
    }
    return replace(score, figures=shifted)


def _shifted(bar: FigureBar, by: int, length: int) -> FigureBar:
    notes = tuple(note._replace(onset=note.onset + by, length=length) for note in bar.notes)
    return replace(bar, notes=notes)


def in_unison(parts: int = 8, tempo: float = 120.0) -> CompiledScore:
    """The piece of `bench/piece.py`: part n repeats the n-th semitone above the keynote."""
    degrees = ("1", "1#", "2", "2#", "3", "4", "4#", "5")
    score = sixteenths(parts, tempo)
    figures = {
        name: builders.figure(name, figure.role, _repeated(degree))
        for (name, figure), degree in zip(score.figures.items(), degrees, strict=True)
    }
    return replace(score, figures=figures)


def _repeated(degree: str) -> str:
    return " ".join([f"{degree}s", *[degree] * 15])


def chamber_music() -> CompiledScore:
    """What a score usually asks for: a theme with states, chords under it, a bass and a pulse."""
    theme = builders.motif(
        "theme",
        "1q 2e 3e 5q 4e 3e | 2q. 3e 4h | 6e 5e 4e 3e 2q 5-q | 1h. rq",
        rest=bars(0),
    )
    palette = builders.palette(
        "warm",
        {
            "lead": ["violin", "flute"],
            "bed": "string ensemble",
            "bass": "cello",
            "pulse": "harp",
        },
    )
    state = builders.state(
        "calm",
        palette="warm",
        harmony="home",
        layers=("lead", "bed", "bass", "pulse"),
        figures={"pulse": "waves", "bass": "walk"},
    )
    return builders.score(
        motifs=[theme],
        figures=_accompaniment(),
        palettes=[palette],
        progressions=[builders.progression("home", "I | vi | IV | V7 | iii | vi | ii | V")],
        characters=[Character("mara", "theme", "", ())],
        states=[state],
        scenes=[Scene("one", "", ("mara",), "calm")],
        tempo=120.0,
        breathe=bars(0),
        rest=bars(0),
    )


def _accompaniment() -> list[Figure]:
    return [
        builders.figure("waves", "pulse", "k1s k3 k5 k1+ k3+ k1+ k5 k3 k1 k3 k5 k1+ k3+ k1+ k5 k3"),
        builders.figure("walk", "bass", "k1q k3q k5q k3q"),
    ]


def note_events(events: list[Event]) -> int:
    """How many of them are attacks and releases."""
    return sum(isinstance(event, NOTE_EVENTS) for event in events)
