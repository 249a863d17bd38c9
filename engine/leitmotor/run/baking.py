"""Notes baked ahead of their time: those that a performance will play, as far as can be told."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice

from leitmotor.messages import Attack, Voice
from leitmotor.music.time import Seconds
from leitmotor.outputs.note_store import NoteStore
from leitmotor.perform.performance import Performance
from leitmotor.run.ending import stretches
from leitmotor.run.plan import PlayPlan
from leitmotor.score.compiled import CompiledScore
from leitmotor.sound.bank import within_the_bakeable
from leitmotor.sound.catalogue import recipe_of
from leitmotor.sound.patch import Patch
from leitmotor.sound.recipe import Recipe
from leitmotor.sound.tables import baked_table

LOOKED_AHEAD: Seconds = 1800.0
"""How much of the music is looked at: what nobody steers repeats itself long before."""

MOST_STRETCHES = 20_000

PAUSE: Seconds = 0.005
"""Between two notes, about as long as one takes: half a core is left to everybody else."""

NICENESS = 10

Foreseen = tuple[str, int]
"""An instrument of the score, and a pitch."""


def foreseen(plan: PlayPlan) -> Iterator[Foreseen]:
    """What will be played, in the order of its first sounding; then what cues could bring.

    The first is found by performing the plan in silence, the second by the comfortable range of
    every instrument that has a role. Any thread; takes as long as a render to notes.
    """
    known: set[Foreseen] = set()
    for each in (*_performed(plan), *_within_reach(plan.score)):
        if each not in known:
            known.add(each)
            yield each


def _performed(plan: PlayPlan) -> Iterator[Foreseen]:
    performance: Performance = plan.performance()
    performance.advance(plan.begin)
    for at, events in islice(stretches(performance), MOST_STRETCHES):
        for event in events:
            if isinstance(event, Attack):
                yield event.voice.instrument, event.pitch
        if at > plan.begin + LOOKED_AHEAD:
            return


def _within_reach(score: CompiledScore) -> Iterator[Foreseen]:
    roles: Iterable[Voice] = score.voices.values()
    for name in dict.fromkeys(voice.instrument for voice in roles if voice.role):
        instrument = score.instruments[name]
        pieces = tuple(pitch for _, pitch in instrument.kit)
        whole = range(instrument.comfortable_low, instrument.comfortable_high + 1)
        for pitch in pieces or whole:
            yield name, pitch


def _stand_back() -> None:
    """Let everything else on the machine come first. Where threads have a priority: Linux."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


class Baker:
    """Bakes a plan's notes into the store, in a thread of its own that nobody waits for.

    For the parent of a live performance, where a busy thread delays nothing but the display.
    Thread: `start` and `stop` from any.
    """

    def __init__(
        self, plan: PlayPlan, patches: Mapping[str, Patch], rate: int, store: NoteStore
    ) -> None:
        self._plan, self._patches, self._rate, self._store = plan, patches, rate, store
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._bake, name="baker", daemon=True)

    def start(self) -> None:
        """Begin. Never blocks."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the note at hand. Blocks for some milliseconds."""
        self._stopped.set()
        self._thread.join()

    def _bake(self) -> None:
        _stand_back()
        for recipe, pitch in self._missing():
            if self._stopped.wait(PAUSE):
                return
            self._store.save(recipe, pitch, self._rate, baked_table(recipe, pitch, self._rate))
        self._store.prune()

    def _missing(self) -> Iterator[tuple[Recipe, int]]:
        for name, pitch in foreseen(self._plan):
            patch = self._patches.get(name)
            if patch is None or patch.soundfont:
                continue
            recipe, pitch = recipe_of(patch), within_the_bakeable(pitch)
            if not self._store.has(recipe, pitch, self._rate):
                yield recipe, pitch
