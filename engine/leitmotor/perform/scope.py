"""Which of tone, distance and rooms a score speaks of: what it does not name, nobody is told."""

from __future__ import annotations

from dataclasses import dataclass

from leitmotor.perform.state import Colour
from leitmotor.score.compiled import CompiledScore, Instrument


@dataclass(frozen=True, slots=True)
class Scope:
    """What a score has of them."""

    has_tones: bool
    has_rooms: bool
    has_distances: bool
    by_role: bool  # mappings move roles nearer and farther

    @property
    def is_coloured(self) -> bool:
        """Whether it has anything of them."""
        return self.has_tones or self.has_rooms or self.has_distances

    def colour(self, tone: float, metres: float, role: str, instrument: Instrument) -> Colour:
        """How an instrument sounds in a role that a palette gives this tone and distance."""
        return Colour(tone + instrument.tone, metres, role if self.by_role else "")


def scope_of(score: CompiledScore) -> Scope:
    """What a score has of tone, distance and rooms."""
    palettes, places = score.palettes.values(), score.places.values()
    kinds = {rule.kind for rule in score.mappings}
    tones = [palette.tone for palette in palettes]
    tones += [instrument.tone for instrument in score.instruments.values()]
    rooms = [each.reverb for each in palettes] + [each.reverb for each in places]
    distances = [each.distance for each in palettes] + [each.distance for each in places]
    return Scope(
        has_tones="tone" in kinds or any(tones),
        has_rooms=any(room is not None for room in rooms),
        has_distances="distance" in kinds or any(each is not None for each in distances),
        by_role="distance" in kinds,
    )
