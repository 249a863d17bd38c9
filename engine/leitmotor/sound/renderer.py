"""Events in, samples out: all voices of a performance, mixed, in their room."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from leitmotor.messages import Attack, Control, Distance, Event, Panic, Release, Room, Setup, Voice
from leitmotor.music.dynamics import SUSTAINED_VELOCITY
from leitmotor.music.general_midi import DRUM_CHANNEL
from leitmotor.music.time import Seconds
from leitmotor.sound.bank import Bank
from leitmotor.sound.catalogue import recipe_of
from leitmotor.sound.patch import Patch
from leitmotor.sound.pool import Placed
from leitmotor.sound.recipe import Recipe
from leitmotor.sound.reverb import Reverb
from leitmotor.sound.samples import LONGEST_BLOCK, QUANTUM, Frames, Samples, gain_of
from leitmotor.sound.source import NoSources, Source, Sources
from leitmotor.sound.strips import AT_ONCE, GLIDE, SHORT_GLIDE, Strips, colour_of, controller_gain
from leitmotor.sound.voices import PROTECTED, Start, Voices

DEFAULT_ROOM_SECONDS: Seconds = 1.6
"""The room where the score names none: a small hall."""

POLYPHONY = 128

RANKS = {"colour": 0, "pulse": 1, "bed": 2, "counter": 3, "bass": 4}
"""Who gives way first where too many notes sound. The lead, and whatever has no role, never do."""

STROKE_DB = 0.12
"""What a step of velocity above or below the usual adds to a note that follows CC11."""
STROKE_COLOUR = 0.005

CONNECTED_SECONDS: Seconds = 0.06
"""A legato note connects to one that ended no longer ago."""
SKIPPED_SECONDS: Seconds = 0.12
"""How much of its table a connected note leaves out: the attack."""


class Renderer:
    """The built-in sound but for the last stage, which is `Master`.

    `patches` are the score's instruments by name; one that is not among them plays by its program.
    `hears` picks the voices that are played, for stems: everything in here is linear, so that stems
    add up. `sources` gives what plays instead of a recipe.

    Thread: one; never waits, but for some milliseconds where a note was not foreseen.
    """

    def __init__(
        self,
        patches: Mapping[str, Patch],
        rate: int,
        *,
        bank: Bank | None = None,
        polyphony: int = POLYPHONY,
        hears: Callable[[Voice], bool] = lambda _voice: True,
        sources: Sources | None = None,
    ) -> None:
        self.rate = rate
        self.frame: Frames = 0  # the next one to be rendered
        self._patches = patches
        self._bank = bank if bank is not None else Bank(rate)
        self._hears = hears
        self._make_source: Sources = NoSources() if sources is None else sources
        self._sources: dict[tuple[int, str], Source | None] = {}  # by strip and instrument
        self._strips = Strips()
        self._voices = Voices(rate, polyphony)
        self._reverb = Reverb(rate)
        self._reverb.begin_in(DEFAULT_ROOM_SECONDS)
        self._waiting: deque[tuple[Frames, Event]] = deque()
        self._known: dict[str, tuple[Patch, Recipe]] = {}
        self._buses = np.zeros((4, LONGEST_BLOCK), np.float32)
        self.refused = 0  # notes for which no place was left

    @property
    def sounding(self) -> int:
        """How many notes sound at the present frame."""
        return self._voices.sounding(self.frame)

    def prepare(self, setups: Sequence[Setup]) -> None:
        """Take the controllers and the room that hold before the next event."""
        self._strips.begin(self.frame, 0)
        for setup in setups:
            strip = self._strip(setup.voice)
            for controller, value in setup.controls:
                self._strips.control(strip, controller, value, self.frame)
            source = self._source(setup.voice)
            if source is not None:
                source.prepare(setup.controls)
            self._strips.distance(strip, setup.metres, self.frame)
        self._strips.settle()
        if setups:
            enter = self._reverb.set_room if self.frame else self._reverb.begin_in
            enter(_rings(*setups[0].room))

    def send(self, event: Event, frame: Frames) -> None:
        """Take an event that acts at `frame`; at the next block where that has passed. In order."""
        self._waiting.append((frame, event))

    def render(self, quanta: int) -> Samples:
        """The next frames, (2, quanta × QUANTUM), of up to LONGEST_BLOCK.

        The array is used again by the next call.
        """
        begin, frames = self.frame, quanta * QUANTUM
        self._strips.begin(begin, quanta)
        while self._waiting and self._waiting[0][0] < begin + frames:
            frame, event = self._waiting.popleft()
            self._act(event, max(frame, begin))
        buses = self._buses[:, :frames]
        self._voices.mixed(self._bank.pool, self._strips, begin, buses)
        for (strip, _), source in self._sources.items():
            if source is not None:
                self._strips.add(strip, source.render(quanta), buses)
        dry, room = buses[:2], self._reverb.process(buses[2:])
        dry += room
        self.frame = begin + frames
        return dry

    def silence(self) -> None:
        """Let every note fade out at once; what waits is forgotten."""
        self._waiting.clear()
        self._hush(self.frame)

    def close(self) -> None:
        """Let the sources go. Nothing is asked of it afterwards."""
        for source in filter(None, self._sources.values()):
            source.close()
        self._sources.clear()
        self._make_source.close()

    def foresee(self, instrument: str, pitch: int) -> None:
        """Bring a note into the pool, so that it costs nothing when it is played."""
        patch = self._patches.get(instrument)
        if patch is not None and not patch.soundfont:
            self._bank.note(recipe_of(patch), pitch)

    # -- events ------------------------------------------------------------------------------------

    def _act(self, event: Event, frame: Frames) -> None:
        match event:
            case Attack():
                source = self._source(event.voice)
                if source is None:
                    self._attack(event, frame)
                elif self._hears(event.voice):
                    source.send(event, frame - self.frame)
            case Release():
                source = self._source(event.voice)
                if source is None:
                    self._voices.release(event.note, frame)
                else:
                    source.send(event, frame - self.frame)
            case Control():
                source = self._source(event.voice)
                if source is not None:
                    source.send(event, frame - self.frame)
                strip = self._strip(event.voice)
                glide = self._glide(strip, source, frame)
                self._strips.control(strip, event.controller, event.value, frame, glide)
            case Distance():
                strip = self._strip(event.voice)
                glide = self._glide(strip, self._source(event.voice), frame)
                self._strips.distance(strip, event.metres, frame, glide)
            case Room():
                self._reverb.set_room(_rings(event.name, event.rings))
            case Panic():
                self._hush(frame)
            case _:
                pass

    def _hush(self, frame: Frames) -> None:
        self._voices.silence(frame)
        for source in filter(None, self._sources.values()):
            source.silence()

    def _source(self, voice: Voice) -> Source | None:
        """What plays a voice in a recipe's stead; None where nothing does."""
        patch = self._instrument(voice)[0]
        if not patch.soundfont:
            return None
        key = (self._strip(voice), voice.instrument)
        if key not in self._sources:
            self._sources[key] = self._make_source(patch)
        return self._sources[key]

    def _attack(self, event: Attack, frame: Frames) -> None:
        _, recipe = self._instrument(event.voice)
        placed = self._bank.note(recipe, event.pitch, lambda: self._voices.in_use(self.frame))
        if placed is None:
            self.refused += 1
            return
        start = self._start(event, frame, recipe, placed)
        if not self._voices.start(start, self.frame):
            self.refused += 1

    def _start(self, event: Attack, frame: Frames, recipe: Recipe, placed: Placed) -> Start:
        strip, heard = self._strip(event.voice), self._hears(event.voice)
        rank = RANKS.get(event.voice.role.split(" ")[0], PROTECTED)
        if recipe.is_struck:
            gain = controller_gain(event.velocity, 127)
            own = (gain, colour_of(gain))
            return Start(event.note, strip, rank, placed, frame, frame, 0, *own, False, heard)
        harder = event.velocity - SUSTAINED_VELOCITY
        skip = fade_in = 0
        if event.touch == "legato" and self._connects(strip, frame):
            skip = min(round(SKIPPED_SECONDS * self.rate), placed.shape.loop_start)
            fade_in = round(recipe.legato_seconds * self.rate)
        gain, colour = gain_of(STROKE_DB * harder), STROKE_COLOUR * harder
        times = (frame - skip, frame, fade_in)
        return Start(event.note, strip, rank, placed, *times, gain, colour, True, heard)

    def _connects(self, strip: int, frame: Frames) -> bool:
        return self._voices.connects(strip, frame, round(CONNECTED_SECONDS * self.rate))

    def _glide(self, strip: int, source: Source | None, frame: Frames) -> Frames:
        """How long a strip may take to get where it is sent.

        What begins there at this very frame has to find it there.
        """
        if source is not None or self._voices.is_holding(strip, frame):
            return GLIDE
        return SHORT_GLIDE if self._voices.is_ringing(strip, frame) else AT_ONCE

    def _strip(self, voice: Voice) -> int:
        return self._strips.number(voice, self._instrument(voice)[0])

    def _instrument(self, voice: Voice) -> tuple[Patch, Recipe]:
        known = self._known.get(voice.instrument)
        if known is None:
            patch = self._patches.get(voice.instrument)
            if patch is None:
                is_kit = voice.channel == DRUM_CHANNEL
                patch = Patch(voice.instrument, voice.program, is_kit)
            known = self._known[voice.instrument] = (patch, recipe_of(patch))
        return known


def _rings(room: str, seconds: Seconds) -> Seconds:
    return seconds if room else DEFAULT_ROOM_SECONDS
