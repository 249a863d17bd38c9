"""Who plays a role now, and within which limits (S9, S13, S15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from leitmotor.messages import Voice
from leitmotor.music.time import Ticks
from leitmotor.perform.context import (
    PIANO,
    base_role,
    chosen,
    draw,
    motif_state_of,
    palette_for,
    ranked_palettes,
)
from leitmotor.perform.house import House
from leitmotor.perform.mixer import Mixer
from leitmotor.perform.state import Cast, Channel, Colour, Statement
from leitmotor.score.compiled import Instrument, Palette, Players
from leitmotor.score.compiled_overlays import STINGER_ROLE

HANDOVER_MILLISECONDS = 20.0
"""A program change goes out this long before the first note that needs it (S15)."""

REGISTERED_ROLES = frozenset({"lead", "counter", "colour", "bed"})


@dataclass(frozen=True, slots=True)
class Player:
    """One instrument in a role, and the channel it has there."""

    instrument: Instrument
    voice: Voice
    channel: Channel
    techniques: dict[str, Player]


@dataclass(frozen=True, slots=True, eq=False)
class Casting:
    """The players of a role, and how the palette wants them to play.

    `prepared` is the orchestra's: attacks worked out for this casting.
    """

    players: tuple[Player, ...]
    names: Players
    limits: tuple[int, int] | None  # softest and loudest level
    touch: str
    register: int  # octaves
    version: int
    until: Ticks | None  # a hand-over falls due here
    chords: str = ""  # how held chords are voiced, where not as they are written
    cast: Cast | None = None  # what the performance remembers of it
    tone: float = 0.0  # -1 dark … 1 bright
    metres: float = 0.0  # how far away
    prepared: dict[Any, Any] = field(default_factory=dict)


class CastingOffice:
    """Weighs the palettes for a role, and hands over from one player to the next."""

    def __init__(self, house: House, mixer: Mixer) -> None:
        self.house = house
        self.mixer = mixer
        self._castings: dict[tuple[str, int], Casting] = {}
        self._players: dict[tuple[str, str], Player] = {}

    def draw(self, role: str, statement: Statement | None) -> None:
        """A statement or an entry begins: palettes that take players in turn move on."""
        house = self.house
        palette = palette_for(ranked_palettes(house.score, house.context, statement), role)
        if palette is not None and len(palette.roles[role].options) > 1:
            draw(palette.roles[role], house.state)
            house.version += 1

    def cast(self, role: str, statement: Statement | None) -> Casting:
        """The players of a role, for a statement's notes or for the role's own line."""
        key = (role, statement.ident if statement else 0)
        casting = self._castings.get(key)
        house = self.house
        if (
            casting is not None
            and casting.version == house.version
            and house.state.casts.get(role) is casting.cast  # nobody else has had the role since
            and (casting.until is None or house.state.tick < casting.until)
        ):
            return casting
        if len(self._castings) > 256:
            self._castings.clear()
        casting = self._castings[key] = self._weigh(role, statement)
        return casting

    def seen(self, role: str, statement: Statement | None) -> Players:
        """Who plays a role, for a display: asks without handing over."""
        cast = self.house.state.casts.get(role)
        palettes = ranked_palettes(self.house.score, self.house.context, statement)
        wanted = self._wanted(role, statement, palette_for(palettes, role), palettes)
        names = cast.players if cast is not None else wanted
        return tuple(name for name in names if self._audible(role, name, statement))

    def heard(self, role: str, statement: Statement | None) -> Players:
        """Who has a part in a role in the context in force, whoever plays on from before."""
        palettes = ranked_palettes(self.house.score, self.house.context, statement)
        names = self._wanted(role, statement, palette_for(palettes, role), palettes)
        return tuple(name for name in names if self._audible(role, name, statement))

    def channels(self, names: Iterable[str], role: str) -> frozenset[str]:
        """The channels on which instruments play a role, their techniques included."""
        players = [self.player(name, role) for name in names]
        players += [each for player in players for each in player.techniques.values()]
        return frozenset(self.mixer.name(player.voice) for player in players)

    def _weigh(self, role: str, statement: Statement | None) -> Casting:
        house = self.house
        context = house.context
        palettes = ranked_palettes(house.score, context, statement)
        palette = palette_for(palettes, role)
        names, until = self._handed_over(role, self._wanted(role, statement, palette, palettes))
        audible = tuple(name for name in names if self._audible(role, name, statement))
        fading = house.state.overlaid.lingering(role) if role != STINGER_ROLE else ()
        audible += tuple(name for name in fading if name not in audible)
        variant = motif_state_of(house.score, statement)
        touch = (variant.touch if variant else "") or (palette.touch if palette else "")
        register = palette.register // 12 if palette and base_role(role) in REGISTERED_ROLES else 0
        return Casting(
            tuple(self.player(name, role) for name in audible),
            audible,
            palette.dynamic if palette and not context.dynamic_by_cue else None,
            touch,
            register,
            house.version,
            until,
            palette.chords if palette else "",
            house.state.casts.get(role),
            palette.tone if palette else 0.0,
            self._metres(palette),
        )

    def _metres(self, palette: Palette | None) -> float:
        if palette is None or palette.distance is None:
            return self.house.context.distance
        return palette.distance

    def colour(self, role: str, statement: Statement | None, voice: Voice) -> Colour | None:
        """How a voice is to sound that plays a role, asked without handing over.

        None where another palette casts the role by now, with other players.
        """
        house = self.house
        palettes = ranked_palettes(house.score, house.context, statement)
        palette = palette_for(palettes, role)
        names = self._wanted(role, statement, palette, palettes)
        instrument = house.score.instruments[voice.instrument]
        if not any(voice.instrument in (name, f"{name} pizz", f"{name} trem") for name in names):
            return None
        return house.scope.colour(
            palette.tone if palette else 0.0, self._metres(palette), voice.role, instrument
        )

    def _wanted(
        self,
        role: str,
        statement: Statement | None,
        palette: Palette | None,
        palettes: tuple[Palette, ...],
    ) -> Players:
        if statement is not None and statement.players:
            return statement.players
        if statement is not None and statement.instrument:
            return (statement.instrument,)
        context = self.house.context
        by_cue = context.cue_players.get(role)
        if by_cue:
            return by_cue
        top = context.cue_palette
        if statement is not None and statement.own_instrument and palette is not top:
            return (statement.own_instrument,)
        if palette is not None:
            return chosen(palette.roles[role], self.house.state) or ()
        return () if palettes else PIANO

    def _audible(self, role: str, instrument: str, statement: Statement | None) -> bool:
        context = self.house.context
        names = {role, instrument}
        if statement is not None and statement.character:
            names.add(statement.character)
        if names & context.muted or (context.solo and not names & context.solo):
            return False
        return role in context.layers or (statement is not None and not statement.leads)

    def _handed_over(self, role: str, wanted: Players) -> tuple[Players, Ticks | None]:
        """Who plays now: the old players go on until a program change has settled (S15)."""
        state = self.house.state
        cast = state.casts.get(role)
        if cast is None or cast.players != wanted:
            changed = [
                player.voice
                for player in (self.player(name, role) for name in wanted)
                if self.mixer.needs_program(player.voice)
            ]
            for voice in changed:
                self.mixer.program(voice)
            before = cast.players if cast is not None and changed else ()
            wait = self.house.milliseconds(HANDOVER_MILLISECONDS) if before else 0
            cast = state.casts[role] = Cast(wanted, before, state.tick + wait)
        if cast.before and state.tick < cast.ready and self._still_sound(role, cast.before):
            return cast.before, cast.ready
        return cast.players, None

    def _still_sound(self, role: str, names: Players) -> bool:
        return not any(self.mixer.needs_program(self.player(name, role).voice) for name in names)

    def player(self, name: str, role: str) -> Player:
        """An instrument in a role, with the voices of its techniques."""
        known = self._players.get((name, role))
        if known is None:
            score = self.house.score
            techniques = {
                technique: self._seated(full, role, {})
                for technique in ("pizz", "trem")
                if (full := f"{name} {technique}") in score.instruments
            }
            known = self._players[name, role] = self._seated(name, role, techniques)
        return known

    def _seated(self, name: str, role: str, techniques: dict[str, Player]) -> Player:
        voice = self._voice(name, role)
        instrument = self.house.score.instruments[name]
        return Player(instrument, voice, self.mixer.channel(voice), techniques)

    def _voice(self, instrument: str, role: str) -> Voice:
        voices = self.house.score.voices
        voice = voices.get((instrument, role))
        # Roles that no palette casts this instrument in share a channel (S15).
        return voice if voice is not None else voices[instrument, ""]._replace(role=role)
