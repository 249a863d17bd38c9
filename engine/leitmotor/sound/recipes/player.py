"""One player: vibrato that comes late and moves the spectrum too, drift, breath or bow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leitmotor.sound.recipes.breath import burst, grain_of, rounds
from leitmotor.sound.recipes.motion import (
    Loop,
    evening,
    ramp,
    scoop_turns,
    stroke_table,
    swing_turns,
)
from leitmotor.sound.recipes.reading import Phase, Reader
from leitmotor.sound.recipes.voicing import Note
from leitmotor.sound.recipes.waves import Factors, effective, likeness, single_cycles
from leitmotor.sound.samples import Samples, gain_of

_DRIFT_TURNS, _SWELL_TURNS = 2, 3  # in the loop, of pitch and of level


def one_player(note: Note) -> Samples:
    """(soft, bright) from the first sample to the end of the loop, not yet faded in."""
    player = _Player(note)
    rows = np.empty((2, note.start + player.loop.frames), dtype=np.float32)
    for block in player.reader.blocks(rows.shape[1]):
        player.play(rows[:, block], block)
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class _Spectra:
    """Factors of a layer's partials: its tone, how they swing with vibrato, how it begins."""

    steady: Factors
    swung: Factors
    beginning: Factors


class _Player:
    """What is the same in every block of a note."""

    def __init__(self, note: Note) -> None:
        voicing, dice = note.voicing, note.dice
        vibrato = voicing.vibrato
        spectra = _spectra(note)
        self.note = note
        self.loop = loop = _in_tune(note, spectra)
        self.reader = Reader(loop)
        self.turns = loop.turns(vibrato.rate_hz)
        self.depth = swing_turns(note.hertz, vibrato.cents, loop.hertz(self.turns))
        self.drift = swing_turns(note.hertz, voicing.drift_cents, loop.hertz(_DRIFT_TURNS))
        self.drift_start, self.swell_start = dice.random(2)
        self.grown = _grown(note)
        self.risen = ramp(note.rise)
        self.scoop = scoop_turns(note.hertz, voicing.scoop_cents, voicing.scoop_seconds, note.rate)
        self.fading = 1.0 - ramp(round(voicing.beginning_seconds * note.rate))
        self.even = np.stack(
            [evening(self.fading, likeness(each.beginning, each.steady)) for each in spectra]
        )
        self.tables = _tables(spectra)
        # The first stroke begins like any note; strokes are heard from the next one on.
        fall = note.start - note.rise
        self.first = np.concatenate([np.ones(note.rise, dtype=np.float32), 1.0 - ramp(fall)])
        self.strokes = None if voicing.tremolo is None else stroke_table(voicing.tremolo.floor)
        self.grain = None
        if voicing.breath is not None:
            self.grain = grain_of(voicing.breath, note.rate, dice)
            self.burst = burst(voicing.breath, note.rate)

    def play(self, rows: Samples, block: slice) -> None:
        reader = self.reader
        at = self._phase(block)
        swing = reader.sine(self.turns, 0.0, 1.0).copy()
        _scale(swing, self.grown[block])
        level = self._level(block)
        fading = self.fading[block]
        reader.aim(at, self.tables.shape[2])
        for row, even, tables in zip(rows, self.even[:, block], self.tables, strict=True):
            steady, swung, beginning = tables
            np.multiply(reader.take(swung), swing, out=row)
            row += reader.take(steady)
            if fading.size:
                row[: fading.size] += reader.take(beginning)[: fading.size] * fading
                row[: fading.size] *= even
            row *= level
        if self.grain is not None:
            self._breathe(rows, self.grain, block)

    def _phase(self, block: slice) -> Phase:
        """Where the tables are read: with vibrato, drift and scoop."""
        off = self.reader.sine(self.turns, 0.75, self.depth).copy()
        _scale(off, self.grown[block])
        off += self.reader.sine(_DRIFT_TURNS, self.drift_start, self.drift)
        scoop = self.scoop[block]
        off[: scoop.size] += scoop
        at = self.reader.phase(self.loop.periods)
        self.reader.shift(at, off)
        return at

    def _level(self, block: slice) -> Samples:
        """What a player does not hold still, and the strokes of a tremolo."""
        voicing, risen = self.note.voicing, self.risen[block]
        swell = gain_of(voicing.drift_db) - 1.0
        level = self.reader.sine(_SWELL_TURNS, self.swell_start, swell).copy()
        # The attack is the same each time, whatever comes after it.
        _scale(level, risen)
        level += np.float32(1.0)
        if self.strokes is not None and voicing.tremolo is not None:
            turns = self.loop.turns(voicing.tremolo.rate_hz)
            strokes = self.reader.cycles(self.strokes, turns)
            first = self.first[block]
            strokes[: first.size] += (1.0 - strokes[: first.size]) * first
            level *= strokes
        return level

    def _breathe(self, rows: Samples, grain: Samples, block: slice) -> None:
        breath = self.note.voicing.breath
        if breath is None:
            return
        hiss = self.reader.cycles(grain, rounds(self.loop))
        begun = self.burst[block]
        started = hiss[: begun.size] * begun
        for row, db in zip(rows, (breath.soft_db, breath.bright_db), strict=True):
            row += hiss * np.float32(gain_of(db))
            row[: started.size] += started


def _scale(block: Samples, by: NDArray[np.float32]) -> None:
    """Multiply the first samples of a block by what lasts into it, perhaps nothing."""
    block[: by.size] *= by


def _grown(note: Note) -> Samples:
    """How far vibrato has grown, up to the loop."""
    vibrato = note.voicing.vibrato
    grown = np.ones(note.start, dtype=np.float32)
    delay = round(vibrato.delay_seconds * note.rate)
    rise = round(vibrato.rise_seconds * note.rate)
    grown[:delay] = 0.0
    grown[delay : delay + rise] = ramp(rise)
    return grown


def _spectra(note: Note) -> tuple[_Spectra, ...]:
    """Of both layers."""
    voicing, vibrato = note.voicing, note.voicing.vibrato
    higher, lower = note.body(vibrato.cents), note.body(-vibrato.cents)
    reach, gain = 1.0 + vibrato.swing_corner, gain_of(vibrato.swing_db / 2.0)
    layers = []
    for source in (voicing.soft, voicing.bright):
        up, down = higher * note.source(source, reach), lower * note.source(source, 1.0 / reach)
        steady = (up + down) / 2.0
        unit = 1.0 / effective(steady)
        begun = (higher + lower) * note.source(source, voicing.beginning_corner)
        swung = (up * gain - down / gain) * (unit / 2.0)
        layers.append(_Spectra(steady * unit, swung, begun / effective(begun)))
    return tuple(layers)


def _tables(spectra: tuple[_Spectra, ...]) -> Samples:
    """For each layer: its tone, what vibrato adds to it, what its beginning adds to it."""
    rows: list[Factors] = []
    for each in spectra:
        rows += [each.steady, each.swung, each.beginning - each.steady]
    tables = single_cycles(rows)
    return tables.reshape(2, 3, tables.shape[1])


def _in_tune(note: Note, spectra: tuple[_Spectra, ...]) -> Loop:
    """The loop, so much longer or shorter that vibrato leaves the tone in tune.

    Where a partial is stronger while it is higher, its mean by power lies above its mean by time,
    of a swing `s` beside a mean `m` by m·s / (m² + s²/2) of the vibrato. What is heard lies between
    the two means, and so does this.
    """
    cents = 0.0
    for each in spectra:
        power = np.sum(np.square(each.steady) + np.square(each.swung) / 2.0)
        sharp = float(np.sum(each.steady * each.swung) / power)
        cents += note.voicing.vibrato.cents * sharp / len(spectra)
    stretched = note.loop.frames * 2.0 ** (cents / 2.0 / 1200.0)
    return Loop(round(stretched), note.loop.periods, note.rate)
