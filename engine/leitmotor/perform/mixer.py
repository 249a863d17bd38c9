"""Levels and expression: what each channel was told, and what it is told next (S23, theory T9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import pi, sin, sqrt

from leitmotor.messages import Control, Program, Setup, Voice
from leitmotor.music.dynamics import expression, level_controller
from leitmotor.music.space import USUAL_REVERB, distance_db, tone_controller
from leitmotor.music.time import GRID
from leitmotor.perform.context import base_role
from leitmotor.perform.house import House
from leitmotor.perform.overlay_state import Duck, Fader
from leitmotor.perform.state import UNTOLD, Channel, Kind, Ramp
from leitmotor.score.compiled_overlays import STINGER_ROLE

LEVEL, EXPRESSION, TONE, REVERB = 7, 11, 74, 91
BASE_LEVEL = 100
"""CC7 of a channel at 0 dB, as General MIDI has it."""

LEAST_GAP_SECONDS = 0.02
"""A channel hears at most one sampled controller in this time (theory T9)."""

SILENT_DB = -60.0
"""Where a fade arrives: nothing is left."""


def ramp_value(ramp: Ramp, tick: int) -> float:
    """Where a ramp stands."""
    if tick <= ramp.begin or ramp.end <= ramp.begin:
        return ramp.start if tick < ramp.end else ramp.goal
    if tick < ramp.end:
        return ramp.start + (ramp.goal - ramp.start) * (tick - ramp.begin) / (ramp.end - ramp.begin)
    if ramp.back is None:
        return ramp.goal
    if tick >= ramp.back:
        return ramp.start
    return ramp.goal + (ramp.start - ramp.goal) * (tick - ramp.end) / (ramp.back - ramp.end)


def duck_value(duck: Duck, tick: int) -> float:
    """How far everything else stands back, in dB."""
    if tick < duck.down:
        share = (tick - duck.begin) / (duck.down - duck.begin)
        return duck.start + (duck.depth - duck.start) * share
    if tick <= duck.back:
        return duck.depth
    if tick < duck.end:
        return duck.depth * (duck.end - tick) / (duck.end - duck.back)
    return 0.0


def equal_power(place: float) -> float:
    """What a fader makes of CC7: the gain is a sine, and CC7 goes with its root (GM2: 40·log10)."""
    return sqrt(sin(min(max(place, 0.0), 1.0) * pi / 2))


class Mixer:
    """Sends a controller when, and only when, its value changes."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._strips: list[tuple[Voice, Channel]] | None = None
        self._channels: dict[Voice, Channel] = {}
        if not house.state.channels:
            self._set_up()

    def _set_up(self) -> None:
        house = self.house
        for voice in house.score.voices.values():
            if self.adopt(voice):
                # What an instrument's own tone is, its channel is told before anything else.
                channel, instrument = self.channel(voice), house.score.instruments[voice.instrument]
                channel.colour = house.scope.colour(0.0, 0.0, voice.role, instrument)
                channel.tone = tone_controller(channel.colour.tone)

    def adopt(self, voice: Voice) -> bool:
        """Know a voice that a reload brought; whether its channel is new."""
        channels = self.house.state.channels
        if self.name(voice) in channels:
            return False
        instrument = self.house.score.instruments[voice.instrument]
        self._strips = None
        start = expression(4.0) if instrument.sustaining else 127
        channels[self.name(voice)] = Channel(
            voice.program, voice.bank, self._level(voice, 0.0), start
        )
        return True

    @staticmethod
    def name(voice: Voice) -> str:
        """The name of a voice's channel."""
        return f"{voice.out}:{voice.channel}"

    def channel(self, voice: Voice) -> Channel:
        """The record of a voice's channel."""
        channel = self._channels.get(voice)
        if channel is None:
            channel = self._channels[voice] = self.house.state.channels[self.name(voice)]
        return channel

    def prelude(self) -> tuple[Setup, ...]:
        """What every voice's channel needs before its next note."""
        setups = []
        for voice in self.house.score.voices.values():
            channel = self.channel(voice)
            in_force = voice._replace(program=channel.program, bank=channel.bank)
            controls = (
                (LEVEL, channel.level),
                (EXPRESSION, channel.expression),
                *self._coloured(channel),
            )
            room = self.house.state.room
            setups.append(Setup(in_force, controls, channel.metres, room))
        return tuple(setups)

    def _coloured(self, channel: Channel) -> Iterator[tuple[int, int]]:
        """Tone and room, where the score speaks of them: not told, they are as they always are."""
        if self.house.scope.has_tones:
            yield TONE, channel.tone
        if self.house.scope.has_rooms:
            yield REVERB, USUAL_REVERB if channel.reverb == UNTOLD else channel.reverb

    # -- programs ----------------------------------------------------------------------------------

    def needs_program(self, voice: Voice) -> bool:
        """Whether the voice's channel plays with another instrument's sound now."""
        channel = self.channel(voice)
        return (channel.program, channel.bank) != (voice.program, voice.bank)

    def program(self, voice: Voice) -> None:
        """Give the voice's channel the voice's sound."""
        house = self.house
        channel = self.channel(voice)
        channel.program, channel.bank = voice.program, voice.bank
        house.changes.append(Program(house.state.tick, house.seconds, house.state.bar, voice))

    # -- controllers -------------------------------------------------------------------------------

    def express(self, voice: Voice, channel: Channel, value: int) -> None:
        """Give a voice's channel this CC11."""
        if channel.expression != value:
            channel.expression = value
            self._send(voice, channel, EXPRESSION, value)

    def may_sample(self, voice: Voice) -> bool:
        """Whether a sampled controller may go to the voice's channel again (theory T9)."""
        if self.house.seconds - self.channel(voice).sent >= LEAST_GAP_SECONDS:
            return True
        return not self.moving()  # the last value of a ramp is always sent

    def _send(self, voice: Voice, channel: Channel, controller: int, value: int) -> None:
        house = self.house
        channel.sent = house.seconds
        house.changes.append(
            Control(house.state.tick, house.seconds, house.state.bar, voice, controller, value)
        )

    def level_all(self) -> None:
        """Bring every channel's CC7 to what the mixer words ask for now."""
        for voice, channel in self.desk():
            if channel.parked:
                continue
            value = self._level(voice, channel.metres)
            if channel.level != value and not self._too_soon(channel):
                channel.level = value
                self._send(voice, channel, LEVEL, value)

    def level_now(self, name: str) -> None:
        """Bring one channel's CC7 to its value, however soon after the one before."""
        for voice, channel in self.desk():
            if self.name(voice) == name:
                self.unpark(voice, channel)

    def unpark(self, voice: Voice, channel: Channel) -> None:
        """A channel that was faded out is about to sound again."""
        channel.parked = False
        self.level_here(voice, channel)

    def level_here(self, voice: Voice, channel: Channel) -> None:
        """Bring one channel's CC7 to its value now, unless it is faded out."""
        value = channel.level if channel.parked else self._level(voice, channel.metres)
        if channel.level != value:
            channel.level = value
            self._send(voice, channel, LEVEL, value)

    def desk(self) -> Iterable[tuple[Voice, Channel]]:
        """One voice for each channel, with its record."""
        if self._strips is None:
            seen: dict[str, Voice] = {}
            for voice in self.house.score.voices.values():
                # Levels are named for roles; a stinger, or a voice of no role, shares its channel.
                if voice.role not in ("", STINGER_ROLE) or self.name(voice) not in seen:
                    seen[self.name(voice)] = voice
            self._strips = [(voice, self.channel(voice)) for voice in seen.values()]
        return self._strips

    def _too_soon(self, channel: Channel) -> bool:
        # The last value of a ramp is always sent, however soon after the one before.
        if self.house.seconds - channel.sent >= LEAST_GAP_SECONDS:
            return False
        return self.house.state.tick < self._rest()

    def _rest(self) -> int:
        """From here on no level, fade, duck or fader moves."""
        return max(self.house.context.levels_rest, self.house.state.overlaid.rest)

    def _level(self, voice: Voice, metres: float) -> int:
        context, tick = self.house.context, self.house.state.tick
        db = distance_db(metres) if metres else 0.0
        names = {voice.role, base_role(voice.role) if voice.role else "", voice.instrument, "all"}
        names |= self._characters(voice) | {f"layer {voice.role}"}  # a mapped layer's fade
        for name in names:
            ramp = context.levels.get(name)
            if ramp is not None:
                db += ramp_value(ramp, tick)
        if context.fade is not None:
            db += ramp_value(context.fade, tick)
        return self._overlaid(voice, db)

    def _overlaid(self, voice: Voice, db: float) -> int:
        """CC7 for a level in dB, with what lies over it: a stinger's duck, a fader."""
        overlaid, tick = self.house.state.overlaid, self.house.state.tick
        duck = overlaid.duck
        if duck is None and not overlaid.faders:
            return 0 if db <= SILENT_DB else level_controller(db, BASE_LEVEL)
        name = self.name(voice)
        if duck is not None and voice.role != STINGER_ROLE and name not in duck.spared:
            db += duck_value(duck, tick)
        fader: Fader | None = overlaid.faders.get(name)
        share = equal_power(fader.place(tick)) if fader is not None else 1.0
        return 0 if db <= SILENT_DB else min(round(BASE_LEVEL * share * 10 ** (db / 40)), 127)

    def _characters(self, voice: Voice) -> set[str]:
        """Whose motif the voice's role is playing: `level mara -6 dB` follows her line."""
        statements = self.house.state.statements.values()
        return {s.character for s in statements if s.role == voice.role and s.character}

    # -- the grid ----------------------------------------------------------------------------------

    def levels_move(self) -> bool:
        """Whether a level or a fade may be another one than just before this instant."""
        return self.house.state.tick <= self._rest()

    def moving(self) -> bool:
        """Whether a ramp of dynamics or levels is on its way."""
        tick = self.house.state.tick
        return tick < self._rest() or not self.house.context.dynamic.over_at(tick)

    def watch(self, ramp: Ramp | None = None) -> None:
        """Sample at the next place of the grid, and exactly where a new ramp turns and rests."""
        state = self.house.state
        following = (state.tick // GRID + 1) * GRID
        if state.grid != following:
            state.grid = following
            self.house.push(following, Kind.CONTROL, "grid")
        if ramp is not None:
            for tick in (ramp.end, ramp.back):
                if tick is not None and tick > state.tick:
                    self.house.push(tick, Kind.CONTROL, "grid")
