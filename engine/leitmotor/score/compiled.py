"""The compiled score: all that the performer knows. Names resolved, times in ticks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import TypeAlias

from leitmotor.messages import Voice
from leitmotor.music.length import Boundary, Gap, Length
from leitmotor.music.metre import Metre
from leitmotor.music.notes import Note
from leitmotor.music.numeral import Numeral
from leitmotor.music.operation import Operation
from leitmotor.music.scale import Key, Mode
from leitmotor.music.time import Seconds, Ticks
from leitmotor.records import record
from leitmotor.score.choice import Choice as Choice
from leitmotor.score.compiled_overlays import SilencePlan, Stinger
from leitmotor.score.compiled_parameters import MappingRule, Parameter
from leitmotor.score.compiled_passages import Passage
from leitmotor.score.compiled_rig import AudioOut
from leitmotor.score.matchers import Condition, Matcher
from leitmotor.score.names import Names
from leitmotor.score.verbs import Entry, Rotation


@record
class Instrument:
    """A sounding range (MIDI numbers) and how it is played."""

    name: str
    low: int
    high: int
    comfortable_low: int
    comfortable_high: int
    program: int  # from 0
    bank: int
    poly: int  # how many notes at once
    sustaining: bool  # level by CC11, else by velocity (S23)
    kit: tuple[tuple[str, int], ...] = ()  # pieces in order, with their MIDI numbers
    techniques: tuple[tuple[str, int], ...] = ()  # pizz, trem -> program from 0
    sound: str = ""  # what it sounds like: a known name (violin pizz), drums, or a program's name
    tone: float = 0.0  # its own colour, -1 dark … 1 bright
    soundfont: str = ""  # the path of the rig's; empty for the built-in sound
    preset: tuple[int, int] | None = None  # bank and preset in it; None for bank and program


Players: TypeAlias = tuple[str, ...]

Reverb: TypeAlias = tuple[str, Seconds]
"""A kind of room and how long it takes to fall by 60 dB."""


@record
class Palette:
    """Who plays each role, and how."""

    name: str
    roles: Mapping[str, Choice[Players]]
    dynamic: tuple[int, int] | None = None  # lowest and highest level
    touch: str = ""
    register: int = 0  # semitones, a multiple of 12
    figures: Mapping[str, Choice[str]] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    chords: str = ""  # how the bed voices them: sevenths, open, clusters; empty as written
    tone: float = 0.0  # of its players, -1 dark … 1 bright
    reverb: Reverb | None = None
    distance: float | None = None  # metres, of its players


@record
class MotifState:
    """How a motif is played in one of its states."""

    name: str
    vary: tuple[Operation, ...] = ()
    palette: str = ""
    dynamic: int | None = None
    mode: Mode | None = None
    harmony: Choice[str] | None = None
    touch: str = ""


@record
class Motif:
    """A motif as written, in ticks from its first full bar (a pickup has negative onsets)."""

    name: str
    notes: tuple[Note, ...]
    length: Ticks  # from the first full bar to its end, pickup not counted
    pickup: Ticks
    metre: Metre
    role: str
    octave: int  # octaves above 4
    fit: str  # none, key, chord
    harmony: Choice[str] | None
    times: int  # statements in a row; 0 for ever
    must_keep: frozenset[int]  # note numbers from 0
    rest: Gap | None
    marks: Mapping[str, Ticks]
    states: Mapping[str, MotifState]
    each_time: tuple[tuple[Operation, ...], ...] = ()  # one entry a statement, counted round


@record
class FigureBar:
    """One bar of a figure."""

    notes: tuple[Note, ...]
    length: Ticks


@record
class Figure:
    """What a role plays round and round."""

    name: str
    role: str
    bars: tuple[FigureBar, ...]
    each_time: tuple[tuple[FigureBar, ...], ...] = ()  # one a time through, counted round


@record
class Progression:
    """Chords bar by bar; several numerals share a bar."""

    name: str
    bars: tuple[tuple[Numeral, ...], ...]
    home: Mode  # the mode its numerals are written in (S20)
    key: Key | None = None  # `in:`


@record
class Character:
    """Someone in the story."""

    name: str
    motif: str
    palette: str
    arc: tuple[str, ...]


@record
class Place:
    """Somewhere in the story."""

    name: str
    motif: str
    palette: str
    reverb: Reverb | None = None
    distance: float | None = None  # metres


@record
class State:
    """A story state; None and empty where it leaves the defaults alone."""

    name: str
    tempo: float | None = None
    metre: Metre | None = None
    key: Key | None = None
    palette: Choice[str] | None = None
    harmony: Choice[str] | None = None
    layers: tuple[str, ...] | None = None
    figures: Mapping[str, Choice[str]] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    dynamic: int | None = None
    phrase: Length | None = None
    breathe: Length | None = None
    rest: Gap | None = None
    density: float | None = None
    inputs: Mapping[str, float] = field(default_factory=dict)  # for parameters, at its entry


@record
class Scene:
    """Where we are, who is there, in which state."""

    name: str
    place: str
    who: tuple[str, ...]
    state: str
    at: Seconds | None = None
    length: Length | None = None
    phrase: Length | None = None
    breathe: Length | None = None
    rest: Gap | None = None
    marks: Mapping[str, int] = field(default_factory=dict)  # name -> bar from 1
    passages: tuple[Choice[str], ...] = ()  # played one after the other


@record
class CueRule:
    """A cue of the score: what fires it and what it does."""

    name: str
    when: tuple[Matcher, ...]
    do: tuple[Entry, ...] | Rotation
    sets: str = ""  # the parameter it sets
    while_: tuple[Condition, ...] = ()
    once: bool = False
    cooldown: Seconds = 0.0
    number: str = ""
    note: str = ""
    listed: bool = False  # in the GO order
    scale: tuple[float, float] | None = None  # the range of what comes in for `sets`


@record
class Transition:
    """How one scene or state gives way to another, all keys filled in (S29)."""

    name: str
    at: Boundary
    wait_at_most: Length | None
    fade: Length | None
    held: str  # release, carry, restrike
    ramp: Length | None  # tempo: None is a step
    enter: str = ""  # where it was, same bar, marker X; empty is from the top
    bridge: str = ""  # the passage that is played between


@record
class Defaults:
    """What `time:` gives."""

    tempo: float
    metre: Metre
    key: Key
    phrase: Length
    breathe: Length
    rest: Gap
    start_on_cue: bool | None  # None: at once unless a script or a rig with inputs is given
    frame_rate: Fraction
    timecode_starts: int  # frames
    swing: float = 0.5  # the first half's share of a beat
    humanise: str = "off"  # off, light, full
    count_in: Length | None = None  # where one is asked for (`--count-in`)


@record
class CompiledScore:
    """A score, ready to be performed."""

    title: str
    hash: str  # of the texts it was compiled from
    seed: int
    defaults: Defaults
    instruments: Mapping[str, Instrument]
    palettes: Mapping[str, Palette]
    characters: Mapping[str, Character]
    places: Mapping[str, Place]
    motifs: Mapping[str, Motif]
    figures: Mapping[str, Figure]
    progressions: Mapping[str, Progression]
    states: Mapping[str, State]
    scenes: tuple[Scene, ...]  # in file order; at least one
    cues: tuple[CueRule, ...]
    transitions: Mapping[tuple[str, str], Transition]  # (a, b) with "any"; ("", "") is the default
    voices: Mapping[tuple[str, str], Voice]  # (instrument, role), or (instrument, "")
    marks: frozenset[str]  # every mark that something places
    names: Names  # for verbs that are typed during the performance
    lead_motifs: tuple[str, ...]  # in file order, for the scene `all` (S13)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    parts: Mapping[str, Motif] = field(default_factory=dict)  # the written parts of passages
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    mappings: tuple[MappingRule, ...] = ()  # in file order
    stingers: Mapping[str, Stinger] = field(default_factory=dict)
    silences: Mapping[str, SilencePlan] = field(default_factory=dict)
    audio_outs: tuple[AudioOut, ...] = ()  # of the rig, in its order
