"""Tone, distance and the room: what each channel is told of them, and when (S9, S30, theory T13).

A palette's tone and distance reach a channel with the next note that it casts there, and at once
where a note sounds on; what mappings add reaches every channel while it moves.
"""

from __future__ import annotations

from leitmotor.messages import Control, Distance, Room, Voice
from leitmotor.music.space import USUAL_REVERB, reverb_controller, tone_controller
from leitmotor.perform.casting import CastingOffice
from leitmotor.perform.context import USUAL_ROOM, base_role
from leitmotor.perform.house import House
from leitmotor.perform.mixer import LEAST_GAP_SECONDS, REVERB, TONE, Mixer
from leitmotor.perform.state import UNTOLD, Channel, Colour, Sounding, Statement


class Colours:
    """Keeps each channel's tone, distance and share of the room where they have to be."""

    def __init__(self, house: House, mixer: Mixer, office: CastingOffice) -> None:
        self.house = house
        self.mixer = mixer
        self.office = office

    # -- who plays ---------------------------------------------------------------------------------

    def take(self, voice: Voice, channel: Channel, colour: Colour) -> None:
        """A note of this colour is about to sound on a voice's channel."""
        if self.house.state.overlaid.lingers(voice.role, voice.instrument):
            return  # it is on its way out, and goes as it was
        channel.colour = colour
        self._bring(voice, channel)
        self.mixer.level_here(voice, channel)

    def follow(self) -> None:
        """Another context is in force: the room, and what sounds, follow it at once.

        The levels are the mixer's, which is asked for them next.
        """
        if not self.house.scope.is_coloured:
            return
        for sounding in self.house.state.ledger.values():
            self._read_again(sounding)
        self._enter_room()
        self.settle()

    def _read_again(self, sounding: Sounding) -> None:
        """A sounding note's channel takes what its palette says by now."""
        word, _, number = sounding.owner.partition(" ")
        statement: Statement | None = None
        if word == "statement":
            statement = self.house.state.statements.get(int(number))
            if statement is None or statement.waits:
                return
        role = statement.role if statement is not None else sounding.voice.role or "lead"
        colour = self.office.colour(role, statement, sounding.voice)
        if colour is not None:
            self.mixer.channel(sounding.voice).colour = colour

    def _enter_room(self) -> None:
        house, room = self.house, self.house.context.room
        if room == house.state.room:
            return
        house.state.room = room
        house.changes.append(Room(house.state.tick, house.seconds, house.state.bar, *room))

    # -- what they are told ------------------------------------------------------------------------

    def settle(self) -> None:
        """Bring every channel to where it has to be, however soon after the last time."""
        for voice, channel in self.mixer.desk():
            self._bring(voice, channel)

    def sample(self) -> None:
        """A place of the grid while mappings move: each channel as often as it may be told."""
        latest = self.house.seconds - LEAST_GAP_SECONDS
        for voice, channel in self.mixer.desk():
            if channel.toned <= latest:
                self._tone(voice, channel)
            if channel.moved <= latest:
                self._place(voice, channel)

    def _bring(self, voice: Voice, channel: Channel) -> None:
        self._tone(voice, channel)
        self._place(voice, channel)

    def _tone(self, voice: Voice, channel: Channel) -> None:
        value = tone_controller(channel.colour.tone + self.house.context.tone)
        if channel.tone != value:
            channel.tone = value
            channel.toned = self.house.seconds
            self._control(voice, TONE, value)

    def _place(self, voice: Voice, channel: Channel) -> None:
        """Where the voice stands, and how much of the room is heard from there."""
        house, metres = self.house, self._metres(channel.colour)
        if channel.metres != metres:
            channel.metres = metres
            channel.moved = house.seconds
            house.changes.append(
                Distance(house.state.tick, house.seconds, house.state.bar, voice, metres)
            )
        value = self._reverb(channel)
        if channel.reverb != value:
            channel.reverb = value
            self._control(voice, REVERB, value)

    def _metres(self, colour: Colour) -> float:
        """A mapping's distance for the role comes before the palette's and the place's."""
        distances = self.house.context.distances
        for role in (colour.role, base_role(colour.role)) if distances else ():
            if role in distances:
                return distances[role]
        return colour.metres

    def _reverb(self, channel: Channel) -> int:
        room = self.house.state.room
        if room == USUAL_ROOM:
            return UNTOLD if channel.reverb == UNTOLD else USUAL_REVERB
        return reverb_controller(room[1], channel.metres)

    def _control(self, voice: Voice, controller: int, value: int) -> None:
        house = self.house
        house.changes.append(
            Control(house.state.tick, house.seconds, house.state.bar, voice, controller, value)
        )
