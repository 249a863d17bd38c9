"""Who takes which notes of a chord, and in which octave (S15, T3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from leitmotor.music.fit import fit_shift
from leitmotor.music.scale import Pitch
from leitmotor.perform.casting import Player
from leitmotor.score.compiled import Instrument


def in_octave(spelling: str, octaves: int) -> str:
    """The name of a pitch so many octaves away."""
    name = spelling.rstrip("-0123456789")
    octave = spelling[len(name) :]
    return f"{name}{int(octave) + octaves}" if octave else spelling


def shift_for(instrument: Instrument, pitches: Sequence[int]) -> int:
    """Octaves that bring these pitches into an instrument's range; 0 where there are none."""
    if not pitches:
        return 0
    return fit_shift(
        pitches,
        instrument.low,
        instrument.high,
        instrument.comfortable_low,
        instrument.comfortable_high,
    )


def deal(
    players: Sequence[Player], pitches: Sequence[Pitch]
) -> list[tuple[Player, Sequence[Pitch]]]:
    """Who takes which notes of a chord (S15).

    Everyone takes as many as they can from the top down. Where all together cannot play everything
    at once, those who come later take what the ones before them had to leave.
    """
    if len(pitches) < 2 or all(player.instrument.poly >= len(pitches) for player in players):
        return [(player, pitches) for player in players]
    dealt: list[tuple[Player, Sequence[Pitch]]] = []
    left = list(pitches)
    for player in players:
        count = player.instrument.poly
        source = left if left else list(pitches)
        share = source[-count:] if count < len(source) else source
        dealt.append((player, share))
        left = [pitch for pitch in left if pitch not in share]
    return dealt
