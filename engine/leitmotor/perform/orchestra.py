"""From roles to sounding notes: pitch, range, players, dynamics (S14, S15, S17, S21, S23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from leitmotor.messages import Cause
from leitmotor.music.chord import Chord
from leitmotor.music.dynamics import (
    SUSTAINED_VELOCITY,
    between,
    clipped_velocity,
    expression,
    velocity,
)
from leitmotor.music.fit import fold
from leitmotor.music.notes import ChordTone, Note, Piece
from leitmotor.music.resolve import resolve
from leitmotor.music.scale import Key, Pitch, spelled
from leitmotor.music.time import GRID, Ticks
from leitmotor.music.touch import LEGATO_OVERLAP_SECONDS, sounding_length
from leitmotor.perform.casting import Casting, CastingOffice, Player
from leitmotor.perform.colours import Colours
from leitmotor.perform.context import MEZZO_FORTE, motif_state_of
from leitmotor.perform.dealing import deal, in_octave, shift_for
from leitmotor.perform.house import House
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.mixer import Mixer, ramp_value
from leitmotor.perform.state import Colour, Kind, Ramp, Sounding, Statement
from leitmotor.score.compiled import Instrument
from leitmotor.score.compiled_overlays import STINGER_ROLE

SURGE_STEPS = {"sf": 2.0, "sfz": 2.0, "fp": 0.0}
FORTE_PIANO = (5.0, 2.0)  # f, then p
FORTE_PIANO_MILLISECONDS = 150.0

Placement: TypeAlias = tuple[Player, int, str]
"""A player, a MIDI number, and the pitch's name."""

LOUD_ROLES = frozenset({"lead", STINGER_ROLE})
"""Roles that play as loud as is written; every other one a step less (S23)."""

CHORD_BASES = {"bed": 48, "bass": 36, "pulse": 48}
"""Where k1 lies at the lowest (S14); 60 for every other role."""


class Prepared(NamedTuple):
    """One player's share of a note, worked out: all that an attack needs."""

    player: Player
    pitch: int
    spelling: str
    velocity: int
    expression: int  # CC11 where the instrument sustains, else -1
    colour: Colour


class Ready(NamedTuple):
    """A note worked out for a casting; good until the casting or the reading changes."""

    shares: tuple[Prepared, ...]
    levels: tuple[float | None, float | None]  # the dynamic written at its onset and its end
    length: Ticks
    legato: bool  # an overlap on the clock comes on top
    touch: str  # empty where it is normal


@dataclass(slots=True, eq=False)
class Reading:
    """Notes read in one key over one chord by one cast: who plays what. Only a cache."""

    notes: Sequence[Note]
    key: Key
    chord: Chord
    tonic: Pitch
    base: int
    casting: Casting
    placements: dict[int, tuple[Placement, ...]] = field(default_factory=dict)
    shifts: dict[str, int] = field(default_factory=dict)


class Orchestra:
    """Plays notes as the context of this instant has it."""

    def __init__(
        self, house: House, ledger: Ledger, mixer: Mixer, office: CastingOffice, colours: Colours
    ) -> None:
        self.house = house
        self.colours = colours
        self.ledger = ledger
        self.mixer = mixer
        self.office = office
        self._readings: dict[object, Reading] = {}
        self._cued: dict[Ticks, tuple[Ramp, float]] = {}
        self._sampled: tuple[Ramp, Ticks, int] | None = None  # ramp, place and CC11 last sampled

    # -- reading -----------------------------------------------------------------------------------

    def reading(
        self, text: object, notes: Sequence[Note], role: str, casting: Casting, tonic: Pitch
    ) -> Reading:
        """How these notes, known under the name `text`, are read in the context in force."""
        state = self.house.state
        key, chord = state.key, state.chord
        name = (
            text,
            (tonic.midi, tonic.step, key.mode.name, key.letter, key.alter),
            chord.name,
            (role, casting.names, casting.register),
        )
        reading = self._readings.get(name)
        if reading is None:
            if len(self._readings) > 4096:
                self._readings.clear()
            base = CHORD_BASES.get(role.split(" ")[0], 60)
            reading = self._readings[name] = Reading(notes, key, chord, tonic, base, casting)
        return reading

    def placements(self, reading: Reading, number: int) -> tuple[Placement, ...]:
        """Who plays which pitches of note `number`."""
        placed = reading.placements.get(number)
        if placed is None:
            note = reading.notes[number]
            placed = self._place(reading, note, self._pitches(reading, note))
            reading.placements[number] = placed
        return placed

    def place_snapped(
        self, reading: Reading, number: int, pitches: Sequence[Pitch]
    ) -> tuple[Placement, ...]:
        """As `placements`, with pitches that were moved onto the chord."""
        return self._place(reading, reading.notes[number], pitches)

    def pitches(self, reading: Reading, number: int) -> tuple[Pitch, ...]:
        """The pitches of a note as written, lowest first."""
        return self._pitches(reading, reading.notes[number])

    def _pitches(self, reading: Reading, note: Note) -> tuple[Pitch, ...]:
        resolved = (
            resolve(tone, reading.key, reading.chord, reading.tonic, reading.base)
            for tone in note.tones
            if not isinstance(tone, Piece)
        )
        return tuple(sorted(resolved, key=_midi) if len(note.tones) > 1 else resolved)

    def _place(
        self, reading: Reading, note: Note, pitches: Sequence[Pitch]
    ) -> tuple[Placement, ...]:
        players = [
            player.techniques.get(note.technique or reading.casting.touch, player)
            for player in reading.casting.players
        ]
        placed: list[Placement] = []
        for player, share in deal(players, pitches):
            if player.instrument.kit:
                placed.extend(self._strokes(player, note))
                continue
            shift = self._shift(reading, player.instrument)
            previous: int | None = None
            for pitch in share:
                midi = pitch.midi + 12 * (shift + reading.casting.register)
                midi = fold(midi, player.instrument.low, player.instrument.high, previous)
                step = pitch.step + 7 * ((midi - pitch.midi) // 12)
                placed.append((player, midi, spelled(step, midi)))
                previous = midi
        return tuple(placed)

    def _strokes(self, player: Player, note: Note) -> list[Placement]:
        """On a kit a piece is found by its name, degree n is the n-th piece, counted round."""
        kit = player.instrument.kit
        pieces = dict(kit)
        strokes: list[Placement] = []
        for tone in note.tones:
            if isinstance(tone, Piece):
                if tone.name in pieces:
                    strokes.append((player, pieces[tone.name], tone.name))
                continue
            number = (tone.number - 1) // 2 if isinstance(tone, ChordTone) else tone.step
            name, midi = kit[number % len(kit)]
            strokes.append((player, midi, name))
        return strokes

    def _shift(self, reading: Reading, instrument: Instrument) -> int:
        """Octaves that bring the whole text into the instrument's range (T3.1)."""
        shift = reading.shifts.get(instrument.name)
        if shift is None:
            pitches = [
                pitch.midi + 12 * reading.casting.register
                for note in reading.notes
                for pitch in self._pitches(reading, note)
            ]
            shift = reading.shifts[instrument.name] = shift_for(instrument, pitches)
        return shift

    # -- dynamics ----------------------------------------------------------------------------------

    def level(
        self, note_level: float | None, role: str, statement: Statement | None, casting: Casting
    ) -> float:
        """The dynamic of a note now, in steps (S23)."""
        context = self.house.context
        if context.dynamic_by_cue:
            base = self._cued_level(context.dynamic, self.house.state.tick)
        else:
            variant = motif_state_of(self.house.score, statement)
            base = context.dynamic.start
            if variant is not None and variant.dynamic is not None:
                base = variant.dynamic
        level = base + (0.0 if note_level is None else note_level - MEZZO_FORTE)
        if role not in LOUD_ROLES:
            level -= 1.0
        if casting.limits is not None:
            level = min(max(level, casting.limits[0]), casting.limits[1])
        return min(max(level, 0.0), 7.0)

    def _cued_level(self, ramp: Ramp, tick: Ticks) -> float:
        """Where a cue's dynamic stands; ramps are linear in decibels (theory T9)."""
        known = self._cued.get(tick)
        if known is not None and known[0] is ramp:
            return known[1]
        level = ramp_value(ramp, tick)
        if not ramp.over_at(tick) and ramp.goal != ramp.start:
            share = (level - ramp.start) / (ramp.goal - ramp.start)
            level = between(ramp.start, ramp.goal, share)
        if len(self._cued) > 1:
            self._cued.clear()
        self._cued[tick] = (ramp, level)
        return level

    # -- sounding ----------------------------------------------------------------------------------

    def play(
        self,
        reading: Reading,
        number: int,
        length: Ticks,
        role: str,
        statement: Statement | None,
        casting: Casting,
        cause: Cause,
        owner: str,
    ) -> None:
        """Attack a note of a reading now, for `length` ticks as written."""
        ready = self.ready(reading, number, length, role, statement, casting)
        self.sound(reading.notes[number], ready, cause, owner)

    def ready(
        self,
        reading: Reading,
        number: int,
        length: Ticks,
        role: str,
        statement: Statement | None,
        casting: Casting,
    ) -> Ready:
        """A note of a reading worked out for a casting, and kept as long as that holds."""
        key = (reading, number, length)
        ready: Ready | None = casting.prepared.get(key)
        if ready is None:
            placed = self.placements(reading, number)
            note = reading.notes[number]
            ready = self.prepared(note, placed, length, role, statement, casting)
            if self.house.context.dynamic.over_at(self.house.state.tick):
                casting.prepared[key] = ready
        return ready

    def prepared(
        self,
        note: Note,
        placed: Sequence[Placement],
        length: Ticks,
        role: str,
        statement: Statement | None,
        casting: Casting,
    ) -> Ready:
        """A note's attacks at the dynamic of this instant (S23).

        `length` is the written one; 0 is held until its owner lets go.
        """
        level = self.level(note.level, role, statement, casting)
        if note.surge:
            level = self._surge(note.surge, level)
        sustained = clipped_velocity(SUSTAINED_VELOCITY + note.accent)
        struck = clipped_velocity(velocity(level) + note.accent)
        cc11 = expression(level)
        colour, tone, metres = self.house.scope.colour, casting.tone, casting.metres
        shares = tuple(
            Prepared(
                player,
                pitch,
                spelling,
                *((sustained, cc11) if player.instrument.sustaining else (struck, -1)),
                colour(tone, metres, player.voice.role, player.instrument),
            )
            for player, pitch, spelling in placed
        )
        touch = note.articulation or casting.touch
        sounding = sounding_length(length, touch) if length else 0
        levels = (note.level, note.level if note.level_end is None else note.level_end)
        legato = touch == "legato" and length > 0
        return Ready(shares, levels, sounding, legato, "" if touch == "normal" else touch)

    def sound(self, note: Note, ready: Ready, cause: Cause, owner: str) -> None:
        """Attack what was prepared, unless a silence is on (S25)."""
        state = self.house.state
        if state.tick < state.overlaid.silent_until and state.overlaid.hushes(cause.rule):
            return
        shares, levels, length, legato, touch = ready
        if legato:
            length += self.house.milliseconds(1000.0 * LEGATO_OVERLAP_SECONDS)
        attack, written = self.ledger.attack, note.number
        for player, pitch, spelling, struck, cc11, colour in shares:
            if player.channel.colour != colour:
                self.colours.take(player.voice, player.channel, colour)
            if player.channel.parked:
                self.mixer.unpark(player.voice, player.channel)
            if cc11 >= 0 and player.channel.expression != cc11:
                self.mixer.express(player.voice, player.channel, cc11)
            attack(
                player.voice, pitch, spelling, struck, length, written, cause, owner, levels, touch
            )
        if levels[0] != levels[1]:
            self.mixer.watch()
        if note.surge == "fp":
            later = self.house.state.tick + self.house.milliseconds(FORTE_PIANO_MILLISECONDS)
            self.house.push(later, Kind.CONTROL, "forte piano", owner)

    @staticmethod
    def _surge(surge: str, level: float) -> float:
        return FORTE_PIANO[0] if surge == "fp" else min(level + SURGE_STEPS[surge], 7.0)

    # -- while notes sound -------------------------------------------------------------------------

    def sample(self) -> None:
        """A place of the grid: levels and expression follow their ramps."""
        if self.mixer.levels_move():
            self.mixer.level_all()
        moving = self.mixer.moving()
        everything = self._cue_moves()
        told: set[tuple[str, int]] = set()
        for sounding in self.house.state.ledger.values():
            swelling = sounding.levels[0] != sounding.levels[1]
            if swelling or everything:
                moving = moving or swelling
                place = (sounding.voice.out, sounding.voice.channel)
                if place not in told:  # the notes of a chord share their channel's expression
                    told.add(place)
                    self._express(sounding)
        if moving:
            self.mixer.watch()

    def _cue_moves(self) -> bool:
        """Whether a cue's dynamic is heard to move: by a value of CC11 since the last place."""
        ramp, tick = self.house.context.dynamic, self.house.state.tick
        if not ramp.moves_at(tick):
            return False
        now = expression(self._cued_level(ramp, tick))
        known, before = self._sampled, tick - GRID
        self._sampled = (ramp, tick, now)
        if tick in (ramp.end, ramp.rest):
            return True
        if known is not None and known[0] is ramp and known[1] == before:
            return known[2] != now
        return expression(self._cued_level(ramp, before)) != now

    def follow(self) -> None:
        """Another dynamic is in force: what sustains follows it at once."""
        for sounding in self.house.state.ledger.values():
            self._express(sounding)
        if self.mixer.moving():
            self.mixer.watch()

    def settle(self) -> None:
        """What moved the dynamics has come to rest: its last value goes out, however soon."""
        for sounding in self.house.state.ledger.values():
            self._express_now(sounding)

    def _express(self, sounding: Sounding) -> None:
        """A sounding note's channel takes the dynamic that the note has now, if not too soon."""
        if self.mixer.may_sample(sounding.voice):
            self._express_now(sounding)

    def _express_now(self, sounding: Sounding) -> None:
        voice = sounding.voice
        if not self.house.score.instruments[voice.instrument].sustaining:
            return
        statement = self._statement_of(sounding.owner)
        role = statement.role if statement is not None else voice.role or "lead"
        casting = self.office.cast(role, statement)
        level = self.level(self._written_now(sounding), role, statement, casting)
        self.mixer.express(voice, self.mixer.channel(voice), expression(level))

    def _written_now(self, sounding: Sounding) -> float | None:
        """What is written at the present place of a note: inside a hairpin, between its ends."""
        start, end = sounding.levels
        if start is None or end is None or start == end:
            return start
        passed = self.house.state.tick - sounding.attack.tick
        return between(start, end, min(passed / max(sounding.attack.length, 1), 1.0))

    def _statement_of(self, owner: str) -> Statement | None:
        word, _, number = owner.partition(" ")
        return self.house.state.statements.get(int(number)) if word == "statement" else None

    def restrike(self, what: str, length: Ticks) -> None:
        """A note held over an entry is attacked again by its role's new players (S29)."""
        role, pitch_text, spelling = what.split("\n")
        casting = self.office.cast(role, None)
        midi = int(pitch_text)
        placed = []
        for player in casting.players:
            shift = shift_for(player.instrument, (midi,))
            pitch = fold(midi + 12 * shift, player.instrument.low, player.instrument.high, None)
            placed.append((player, pitch, in_octave(spelling, (pitch - midi) // 12)))
        note = Note(-1, 0, length, ())
        cause = self.house.cause("restrike")
        ready = self.prepared(note, placed, length, role, None, casting)
        self.sound(note, ready, cause, "left")

    def forte_piano(self, owner: str) -> None:
        """The piano of an `fp`."""
        for sounding in self.house.state.ledger.values():
            voice = sounding.voice
            sustains = self.house.score.instruments[voice.instrument].sustaining
            if sounding.owner == owner and sustains:
                self.mixer.express(voice, self.mixer.channel(voice), expression(FORTE_PIANO[1]))


def _midi(pitch: Pitch) -> int:
    return pitch.midi
