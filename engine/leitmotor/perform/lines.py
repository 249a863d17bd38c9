"""Bed, bass, pulse and figures: the roles that play along (S13, S14, S16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from leitmotor.messages import Cause
from leitmotor.music.fit import fold
from leitmotor.music.notes import ChordTone, Degree, Note
from leitmotor.music.scale import Pitch, spelled, tonic_pitch
from leitmotor.music.swing import STRAIGHT
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.music.voicing import bass_pitch, bed_voicing, styled
from leitmotor.perform.casting import Casting, CastingOffice
from leitmotor.perform.context import base_role
from leitmotor.perform.dealing import deal, shift_for
from leitmotor.perform.density import density_at, is_full
from leitmotor.perform.house import House
from leitmotor.perform.humanise import Humanise
from leitmotor.perform.layout import Stroke, laid_out
from leitmotor.perform.ledger import Ledger
from leitmotor.perform.new_statements import new_statement
from leitmotor.perform.orchestra import Orchestra, Placement, Reading
from leitmotor.perform.state import Kind, Line
from leitmotor.perform.statements import Statements
from leitmotor.score.compiled import Figure, FigureBar

HELD_ROLES = frozenset({"bed", "bass"})

EIGHTH = QUARTER // 2
PULSE = Figure(
    "pulse",
    "pulse",
    (FigureBar((Note(0, 0, EIGHTH, (ChordTone(1),), articulation="staccato"),), EIGHTH),),
)
"""What pulse plays without a figure: the chord's root in eighths (S14)."""

_WHOLE_BAR = 64 * QUARTER  # cut at the bar line, whatever the metre

CADENCE = {
    "\nlead": Figure(
        "\nlead",
        "lead",
        (
            FigureBar((Note(0, 0, _WHOLE_BAR, (Degree(1),)),), _WHOLE_BAR),
            FigureBar((Note(1, 0, _WHOLE_BAR, (Degree(0),)),), _WHOLE_BAR),
        ),
    ),
    "\npulse": Figure(
        "\npulse",
        "pulse",
        (
            PULSE.bars[0],
            FigureBar((Note(0, 0, _WHOLE_BAR, (ChordTone(1),)),), _WHOLE_BAR),
        ),
    ),
}
"""What lead and pulse play when the music finishes: over V, then over I (S24)."""

HELD_NOTE = Note(-1, 0, 0, ())


class LineScore(NamedTuple):
    """What a line plays from: a cache, good for one bar in one context."""

    versions: tuple[int, int, int]
    bar: FigureBar
    strokes: Sequence[Stroke]
    reading: Reading
    cause: Cause
    full: bool  # nothing is left out


class Lines:
    """Keeps one line for every role that plays along."""

    def __init__(
        self,
        house: House,
        ledger: Ledger,
        orchestra: Orchestra,
        office: CastingOffice,
        statements: Statements,
        humanise: Humanise,
    ) -> None:
        self.house = house
        self.ledger = ledger
        self.statements = statements
        self.humanise = humanise
        self.orchestra = orchestra
        self.office = office
        self._open: dict[str, LineScore] = {}
        self._laid_out: dict[object, tuple[Stroke, ...]] = {}

    # -- which lines there are ---------------------------------------------------------------------

    def material(self, role: str) -> str:
        """What a role plays when nobody states a motif in it; empty where it is silent."""
        house = self.house
        context = house.context
        if context.parts is not None:
            return context.parts.get(role, "")
        figure = context.figures.get(role)
        place = house.score.places.get(context.scene.place)
        if place is not None and place.motif and role not in context.figures_by_name:
            motif = house.score.motifs[place.motif]
            if motif.role == role and role != "lead":
                return f"motif {place.motif}"
        if figure:
            return f"figure {figure}"
        if base_role(role) in HELD_ROLES:
            return "held"
        return "figure" if base_role(role) == "pulse" else ""

    def begin_all(self) -> None:
        """An entry: every line begins anew."""
        lines = self.house.state.lines
        for role in list(lines):
            self._end(lines.pop(role))
        self.update()

    def update(self) -> None:
        """After a change of layers, figures or palettes: begin and end lines; the rest goes on."""
        state = self.house.state
        if not state.playing:
            return
        wanted = {
            role: material
            for role in self.house.context.layers
            if (role != "lead" or self.house.context.parts) and (material := self.material(role))
        }
        for role in state.lines.keys() - wanted.keys():
            if state.overlaid.lingering(role):
                wanted[role] = state.lines[role].material  # until its players have faded out
        for role in [role for role in state.lines if role not in wanted]:
            self._silence(state.lines.pop(role))
        for role, material in wanted.items():
            line = state.lines.get(role)
            if line is None:
                self._begin(role, material)
            elif line.material != material:
                self._silence(line)
                self._begin(role, material)

    def _begin(self, role: str, material: str) -> None:
        state = self.house.state
        self.office.draw(role, None)
        serial = self.house.ident()
        state.lines[role] = line = Line(role, material, serial, bar_start=state.bar.start)
        if material.startswith("figure"):
            line.turn = self._next_turn(line)
            # A figure that is asked for in mid-bar joins in at its next note.
            self._push_stroke(line, state.tick - state.bar.start)
        elif material.startswith("motif"):
            line.statement = self._state_place_motif(role, material.partition(" ")[2])

    def _state_place_motif(self, role: str, motif: str) -> int:
        """A place's motif plays in its own role, round and round (S13)."""
        house = self.house
        start = (
            house.state.bar.start
            if house.state.tick == house.state.bar.start
            else (house.state.bar.start + house.state.bar.length)
        )
        cause = house.cause("place")
        statement = new_statement(house, self.statements.forms, motif, "", start, cause)
        statement.role, statement.leads, statement.times = role, False, 0
        self.statements.begin(statement)
        return statement.ident

    def _end(self, line: Line) -> None:
        """The line is over; what it sounds is left to the caller."""
        statement = self.house.state.statements.get(line.statement)
        if statement is not None:
            self.statements.close(statement)

    def _silence(self, line: Line) -> None:
        """The line is over, and what it sounds with it."""
        self.ledger.end_owner(line.role)
        statement = self.house.state.statements.get(line.statement)
        if statement is not None:
            self.statements.cut(statement)

    def silence(self) -> None:
        """Everything that plays along ends now."""
        lines = self.house.state.lines
        for role in list(lines):
            self._silence(lines.pop(role))

    # -- held chords -------------------------------------------------------------------------------

    def strike(self) -> None:
        """A chord begins: bed and bass let go of the old one and attack it."""
        for line in self.house.state.lines.values():
            if line.material == "held":
                self._strike(line)

    def join(self, what: str) -> None:
        """A player comes in under a chord that others hold, or that nobody holds yet."""
        role, name = what.split("\n")
        line = self.house.state.lines.get(role)
        if line is not None and line.material == "held":
            casting = self.office.cast(role, None)
            players = tuple(p for p in casting.players if p.instrument.name == name)
            self._sound(line, replace(casting, players=players))

    def _strike(self, line: Line) -> None:
        self.ledger.end_owner(line.role)
        self._sound(line, self.office.cast(line.role, None))

    def _sound(self, line: Line, casting: Casting) -> None:
        """Attack the chord in force with these players."""
        placed = self._voiced(line, casting)
        cause = self.house.cause(base_role(line.role))
        ready = self.orchestra.prepared(HELD_NOTE, placed, 0, line.role, None, casting)
        if self.humanise.amount and ready.shares:
            line.serial = self.house.ident()
            tick, again = self.house.state.tick, f"held\n{line.role}\n{line.serial}"
            self.humanise.play(HELD_NOTE, ready, line.role, tick, cause, line.role, again)
            return
        self.orchestra.sound(HELD_NOTE, ready, cause, line.role)

    def spread_held(self, role: str, serial: int, share: int, tick: Ticks) -> None:
        """The rest of a held chord that was struck at `tick` is due, unless another one came."""
        line = self.house.state.lines.get(role)
        if line is None or line.serial != serial:
            return
        casting = self.office.cast(role, None)
        placed = self._voiced(line, casting)
        cause = self.house.cause(base_role(role))
        ready = self.orchestra.prepared(HELD_NOTE, placed, 0, role, None, casting)
        self.humanise.share(HELD_NOTE, ready, share, role, tick, cause, role)

    def _voiced(self, line: Line, casting: Casting) -> list[Placement]:
        """Who holds which notes of the chord in force, from the voicing before it."""
        chord = self.house.state.chord
        if base_role(line.role) == "bass":
            pitches: tuple[Pitch, ...] = (bass_pitch(chord),)
        else:
            pitches = bed_voicing(chord, line.previous or None)
            line.previous = tuple(pitch.midi for pitch in pitches)
            if casting.chords:
                pitches = styled(pitches, chord, self.house.state.key, casting.chords)
        placed: list[Placement] = []
        for player, share in deal(casting.players, pitches):
            instrument = player.instrument
            if instrument.kit:
                placed.append((player, instrument.kit[0][1], instrument.kit[0][0]))
                continue
            octaves = shift_for(instrument, [p.midi + 12 * casting.register for p in share])
            octaves += casting.register
            for pitch in share:
                midi = fold(pitch.midi + 12 * octaves, instrument.low, instrument.high, None)
                step = pitch.step + 7 * ((midi - pitch.midi) // 12)
                placed.append((player, midi, spelled(step, midi)))
        return placed

    # -- figures -----------------------------------------------------------------------------------

    def push(self) -> None:
        """Have every figure start its next bar, once all that changes at this bar line is known."""
        self.house.push(self.house.state.tick, Kind.LINE, "lines")

    def bar_line(self) -> None:
        """A bar begins: every figure starts its next bar."""
        state = self.house.state
        for line in state.lines.values():
            if line.material.startswith("figure"):
                if line.bar_start != state.bar.start:
                    line.bar_index += 1
                    line.bar_start = state.bar.start
                    self._turn_over(line)
                line.serial = self.house.ident()
                self._push_stroke(line, 0)

    def _figure(self, line: Line) -> Figure:
        name = line.material.partition(" ")[2]
        if not name:
            return PULSE
        return CADENCE.get(name) or self.house.score.figures[name]

    def _next_turn(self, line: Line) -> int:
        """Which entry of `each time` a figure that begins takes; 0 where it has none."""
        count = len(self._figure(line).each_time)
        if not count:
            return 0
        turns, name = self.house.state.turns, f"{line.material} in {line.role} each time"
        turn = turns.get(name, 0)
        turns[name] = turn + 1
        return turn % count

    def _turn_over(self, line: Line) -> None:
        """A figure that has been through all its bars begins again, in its next form."""
        if self._figure(line).each_time and line.bar_index >= len(self._bars(line)):
            line.bar_index = 0
            line.turn = self._next_turn(line)

    def _bars(self, line: Line) -> tuple[FigureBar, ...]:
        figure = self._figure(line)
        return figure.each_time[line.turn] if figure.each_time else figure.bars

    def _strokes(self, line: Line) -> tuple[FigureBar, Sequence[Stroke]]:
        bars, here = self._bars(line), self.house.state.bar
        number = line.bar_index % len(bars)
        metre = self.house.context.metre
        swing = self.house.context.swing if here.beat == QUARTER else STRAIGHT
        name = (line.material, line.turn, number, here.length, metre, swing)
        strokes = self._laid_out.get(name)
        if strokes is None:
            strokes = self._laid_out[name] = laid_out(bars[number], here.length, metre, swing)
        return bars[number], strokes

    def _push_stroke(self, line: Line, offset: Ticks) -> None:
        """Push the first stroke of this bar at or after `offset`."""
        _, strokes = self._strokes(line)
        for number, (place, _, _) in enumerate(strokes):
            if place >= offset:
                self._push(line, number, place)
                return

    def _push(self, line: Line, number: int, place: Ticks) -> None:
        line.stroke = number
        bar = self.house.state.bar
        tick = bar.start + place
        if self.humanise.amount:
            names = self.office.seen(line.role, None)
            low, high = max(bar.start, self.house.state.tick), bar.start + bar.length - 1
            tick = self.humanise.moved(tick, low, high, line.role, names)
        self.house.push(tick, Kind.ATTACK, "stroke", line.role, line.serial)

    def stroke(self, role: str, serial: int) -> None:
        """A stroke of a figure is due, unless its line was overtaken."""
        line = self.house.state.lines.get(role)
        if line is None or line.serial != serial:
            return
        score = self._score(line)
        number = line.stroke
        _, notes, limit = score.strokes[number]
        if number + 1 < len(score.strokes):
            self._push(line, number + 1, score.strokes[number + 1][0])
        if not score.full and density_at(self.house.context, self.house.state.tick) <= limit:
            return
        casting = self.office.cast(role, None)
        if not casting.players:
            return
        if self.humanise.amount:
            self._play_unevenly(line, score, number)
            return
        play, reading, cause = self.orchestra.play, score.reading, score.cause
        for each, length in notes:
            play(reading, each, length, role, None, casting, cause, role)

    def _play_unevenly(self, line: Line, score: LineScore, number: int) -> None:
        place, notes, _ = score.strokes[number]
        casting, tick = self.office.cast(line.role, None), self.house.state.bar.start + place
        for order, (each, length) in enumerate(notes):
            note = score.reading.notes[each]
            ready = self.orchestra.ready(score.reading, each, length, line.role, None, casting)
            again = f"figure\n{line.role}\n{line.serial}\n{number}\n{order}"
            self.humanise.play(note, ready, line.role, tick, score.cause, line.role, again)

    def spread(self, role: str, serial: int, number: int, order: int, share: int) -> None:
        """The rest of a chord in a figure is due, unless its line was overtaken."""
        line = self.house.state.lines.get(role)
        if line is None or line.serial != serial:
            return
        score, casting = self._score(line), self.office.cast(role, None)
        place, notes, _ = score.strokes[number]
        each, length = notes[order]
        note = score.reading.notes[each]
        ready = self.orchestra.ready(score.reading, each, length, role, None, casting)
        tick = self.house.state.bar.start + place
        self.humanise.share(note, ready, share, role, tick, score.cause, role)

    def _score(self, line: Line) -> LineScore:
        """What the line reads from in this bar: found once for a bar, unless something changes."""
        house = self.house
        known = self._open.get(line.role)
        versions = (line.serial, house.version, house.harmony_version)
        if known is not None and known.versions == versions:
            return known
        bar, strokes = self._strokes(line)
        reading = self.orchestra.reading(
            (line.material, line.turn, line.bar_index % len(self._bars(line))),
            bar.notes,
            line.role,
            self.office.cast(line.role, None),
            tonic_pitch(house.state.key),
        )
        full = is_full(house.context)
        known = LineScore(versions, bar, strokes, reading, self._cause(line), full)
        self._open[line.role] = known
        return known

    def _cause(self, line: Line) -> Cause:
        state = self.house.state
        name = line.material.partition(" ")[2]
        if name in CADENCE:
            return Cause("finish", "", state.scene, state.story)
        return Cause("figure", "", state.scene, state.story, motif=name)
