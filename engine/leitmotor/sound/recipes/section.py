"""Several players on one note: each a little off, with a vibrato of its own, all in one loop."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from leitmotor.records import record
from leitmotor.sound.recipes.breath import Breath, grain_of, rounds
from leitmotor.sound.recipes.motion import (
    Loop,
    Section,
    evening,
    ramp,
    stroke_table,
    swing_turns,
)
from leitmotor.sound.recipes.reading import Phase, Reader
from leitmotor.sound.recipes.voicing import Note
from leitmotor.sound.recipes.waves import Factors, effective, single_cycles
from leitmotor.sound.samples import TAU, Frames, Samples, gain_of

STEADIED = 0.75
"""How much of what a section swells and sinks as a whole is taken back: few players beat against
each other as many would not. At first all of it is, or no attack would be like the next."""

_APART_IN_TUNE = 0.2  # turns: players who never drift apart must not cancel each other for good
_TUNED_PARTIALS, _MOMENTS = 10, 256
_THROWS, _AGREED = 4, 0.0012  # two cents
_STEADY_FRAMES, _STEADY_PERIODS, _STEP = 384, 2.0, 16
_HOLLOW = 0.02  # of the mean power: where the players cancel, nothing is raised out of nothing


def several_players(note: Note, section: Section) -> Samples:
    """(soft, bright) from the first sample to the end of the loop, not yet faded in.

    Nothing in it comes late: the beginning is the loop itself, faded in.
    """
    voicing = note.voicing
    body = note.body()
    factors = [body * note.source(each) for each in (voicing.soft, voicing.bright)]
    tables = single_cycles([each / effective(each) for each in factors])
    strokes = None if voicing.tremolo is None else stroke_table(voicing.tremolo.floor)
    players, loop = _seated(note, section, factors)
    reader = Reader(loop)
    turn = np.zeros((2, reader.loop.frames), dtype=np.float32)
    for block in reader.blocks(reader.loop.frames):
        for player in players:
            _add(player, reader, tables, strokes, turn[:, block])
    window = _window(note)
    gains = np.stack([_steadying(row, window) for row in turn])
    turn *= _spread(gains**STEADIED, turn.shape[1])
    turn /= np.sqrt(np.einsum("ij,ij->i", turn, turn) / turn.shape[1])[:, None]
    if voicing.breath is not None:
        _breathe(note, reader, turn, voicing.breath)
    return _begun(note, turn, gains)


@record
class _Wave:
    """A periodic movement: turns in the loop, where it starts (in turns), its height."""

    turns: int
    start: float
    height: float


@record
class _Player:
    """One of the players: turns and start of their phase, what moves it, strokes of a tremolo."""

    turns: int
    start: float
    wander: _Wave
    vibrato: _Wave
    strokes: _Wave


# --------------------------------------------------------------------------------------------------
# Who plays


def _players(note: Note, section: Section) -> tuple[_Player, ...]:
    """In pairs that stand and move opposite each other: what one is sharp the other is flat.

    So each pair is in tune at every moment, as long as both are equally loud. An odd one stands in
    the middle.
    """
    players = []
    for place in np.linspace(1.0, -1.0, section.players)[: (section.players + 1) // 2]:
        one = _player(note, section, float(place))
        players.append(one)
        if place > 0.0:
            players.append(_opposite(note, one))
    return tuple(players)


def _player(note: Note, section: Section, place: float) -> _Player:
    loop, dice, tremolo = note.loop, note.dice, note.voicing.tremolo
    widest = loop.periods * (2.0 ** (section.detune_cents / 1200.0) - 1.0)
    spread = 1.0 if widest > 1.0 else _APART_IN_TUNE
    slow = int(dice.integers(1, 3))
    quick = loop.turns(section.vibrato_hz * dice.uniform(0.88, 1.12))
    strokes = loop.turns(tremolo.rate_hz * dice.uniform(0.92, 1.08)) if tremolo else 0
    return _Player(
        loop.periods + round(widest * place),
        spread * dice.random(),
        _Wave(slow, dice.random(), swing_turns(note.hertz, section.wander_cents, loop.hertz(slow))),
        _Wave(quick, dice.random(), swing_turns(note.hertz, section.cents, loop.hertz(quick))),
        _Wave(strokes, dice.random(), 1.0),
    )


def _opposite(note: Note, player: _Player) -> _Player:
    """The other one of a pair. Where their tones stand to each other is left to chance."""
    return replace(
        player,
        turns=2 * note.loop.periods - player.turns,
        start=player.start + _APART_IN_TUNE * note.dice.uniform(-1.0, 1.0),
        wander=replace(player.wander, height=-player.wander.height),
        vibrato=replace(player.vibrato, height=-player.vibrato.height),
        strokes=replace(player.strokes, start=note.dice.random()),
    )


def _seated(
    note: Note, section: Section, factors: list[Factors]
) -> tuple[tuple[_Player, ...], Loop]:
    """Players who agree, and the loop, so much longer or shorter that they sound in tune.

    Each is in tune on average, but where they are loud together they need not be; nor need soft and
    bright be off by the same. The first of some throws of the dice where they nearly are will do.
    """
    periods = note.loop.periods
    thrown: list[tuple[float, tuple[_Player, ...], float]] = []
    while len(thrown) < _THROWS:
        players = _players(note, section)
        soft, bright = (each / periods for each in _mean_turns(note, players, factors))
        thrown.append((abs(soft - bright), players, (soft + bright) / 2.0))
        if thrown[-1][0] <= _AGREED:
            break
    _, players, sharp = min(thrown, key=itemgetter(0))
    frames = round(periods * (1.0 + sharp) * note.rate / note.hertz)
    return players, Loop(frames, periods, note.rate)


def _mean_turns(
    note: Note, players: tuple[_Player, ...], factors: list[Factors]
) -> tuple[float, float]:
    """By how many turns in the loop the players together are sharp, soft and bright.

    The mean frequency of a sum, by power, is that of its spectrum; the first partials at a few
    hundred moments of the loop tell it.
    """
    together = _together(note, players, min(_TUNED_PARTIALS, factors[0].size))
    nth = np.arange(1, len(together) + 1)
    bins = np.fft.fftfreq(_MOMENTS, 1.0 / _MOMENTS)
    near = max(1, round(2 * _window(note) * _MOMENTS / note.loop.frames))
    off = []
    for each in factors:
        layer = together * each[: nth.size, None]
        power = np.sum(np.square(np.abs(layer)), axis=0)
        ring = np.concatenate([power[-near:], power, power[:near]])
        power = np.convolve(ring, np.full(near, 1.0 / near), "same")[near:-near]
        layer /= (power + _HOLLOW * power.mean()) ** (STEADIED / 2.0)
        spectrum = np.square(np.abs(np.fft.fft(layer)))
        off.append(float(np.sum(spectrum * bins / nth[:, None]) / np.sum(spectrum)))
    soft, bright = off
    return soft, bright


def _together(note: Note, players: tuple[_Player, ...], partials: int) -> NDArray[np.complex128]:
    """What the players add up to, for the first partials, turning with the note."""
    moments = np.arange(_MOMENTS) / _MOMENTS
    first = np.exp(1j * TAU * np.stack([_off(each, note.loop, moments) for each in players]))
    tone = np.ones_like(first)
    sums = []
    for _ in range(partials):
        tone *= first
        sums.append(tone.sum(axis=0))
    return np.stack(sums)


def _off(player: _Player, loop: Loop, moments: Factors) -> Factors:
    """How far a player's phase stands from that of the note, in turns."""
    off = (player.turns - loop.periods) * moments + player.start
    for wave in (player.wander, player.vibrato):
        off += wave.height * np.sin(TAU * (wave.turns * moments + wave.start))
    return np.asarray(off)


# --------------------------------------------------------------------------------------------------
# What is heard of them


def _add(
    player: _Player, reader: Reader, tables: Samples, strokes: Samples | None, rows: Samples
) -> None:
    """Add one player to a block."""
    at = _phase(player, reader)
    level = None
    if strokes is not None:
        level = reader.cycles(strokes, player.strokes.turns, player.strokes.start).copy()
    reader.aim(at, tables.shape[1])
    for row, table in zip(rows, tables, strict=True):
        tone = reader.take(table)
        if level is not None:
            tone *= level
        row += tone


def _phase(player: _Player, reader: Reader) -> Phase:
    wander, vibrato = player.wander, player.vibrato
    off = reader.sine(wander.turns, wander.start, wander.height)
    if vibrato.height:
        off = off.copy()
        off += reader.sine(vibrato.turns, vibrato.start, vibrato.height)
    at = reader.phase(player.turns, player.start)
    reader.shift(at, off)
    return at


def _window(note: Note) -> Frames:
    """Over how many frames the level of a section is looked at: some periods."""
    return max(_STEADY_FRAMES, round(_STEADY_PERIODS * note.rate / note.hertz))


def _steadying(row: Samples, window: Frames) -> NDArray[np.float64]:
    """The gain, every `_STEP` samples, that takes back all that a loop swells and sinks."""
    count = row.size // window
    parts = row[: count * window].reshape(count, window)
    power = np.einsum("ij,ij->i", parts, parts, dtype=np.float64) / window
    # Three windows in a ring, then straight lines from the middle of one to that of the next.
    power = (np.roll(power, 1) + 2.0 * power + np.roll(power, -1)) / 4.0
    gains = 1.0 / np.sqrt(power / power.mean() + _HOLLOW)
    middles = (np.arange(count) + 0.5) * window
    places = np.arange(0, row.size, _STEP)
    return np.asarray(np.interp(places, middles, gains, period=row.size))


def _spread(gains: NDArray[np.float64], frames: Frames) -> Samples:
    """Gains at every `_STEP` samples, in straight lines between them."""
    between = (np.arange(_STEP) / _STEP).astype(np.float32)
    knots = gains.astype(np.float32)
    slopes = np.roll(knots, -1, axis=1) - knots
    lines = knots[:, :, None] + slopes[:, :, None] * between
    return lines.reshape(len(gains), -1)[:, :frames]


def _breathe(note: Note, reader: Reader, turn: Samples, breath: Breath) -> None:
    """Add noise beside each layer."""
    grain, times = grain_of(breath, note.rate, note.dice), rounds(reader.loop)
    levels = [np.float32(gain_of(db)) for db in (breath.soft_db, breath.bright_db)]
    for block in reader.blocks(turn.shape[1]):
        hiss = reader.cycles(grain, times)
        for row, level in zip(turn, levels, strict=True):
            row[block] += hiss * level


def _begun(note: Note, turn: Samples, gains: NDArray[np.float64]) -> Samples:
    """The loop with a beginning before it, in which bright grows out of soft."""
    rows = np.concatenate([turn, turn[:, : note.start]], axis=1)
    begun = gains[:, : note.start // _STEP + 2]
    since = (np.arange(begun.shape[1]) * _STEP - note.rise) / (note.start - note.rise)
    left = (1.0 - STEADIED) * (1.0 - np.clip(since, 0.0, 1.0))
    rows[:, : note.start] *= _spread(begun**left, note.start)
    fading = 1.0 - ramp(round(note.voicing.beginning_seconds * note.rate))
    if fading.size:
        soft, bright = rows[0, : fading.size], rows[1, : fading.size]
        likeness = float(np.dot(soft, bright)) / fading.size
        bright += (soft - bright) * fading
        bright *= evening(fading, likeness)
    return rows
