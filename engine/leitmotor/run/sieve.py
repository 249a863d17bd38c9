"""What is taken away between performer and outputs: muted parts, notes that came too late (S34)."""

from __future__ import annotations

from collections.abc import Iterable

from leitmotor.errors import CueError
from leitmotor.messages import Attack, Cause, Event, Release, Voice
from leitmotor.run.click import CLICK
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.nearest import did_you_mean


class Sieve:
    """Lets events through, or holds an attack back together with its release.

    Thread: one; never blocks. Remembers only notes whose release has not come.
    """

    def __init__(self, mute: frozenset[str], solo: frozenset[str], without: frozenset[int]) -> None:
        self._mute = mute
        self._solo = solo
        self._without = without
        self._held_back: set[int] = set()

    def passes(self, event: Event) -> bool:
        """Whether an event goes on to the outputs. Asked once for each, in order."""
        if isinstance(event, Attack):
            if event.note in self._without or not self._is_heard(event.voice, event.cause):
                self._held_back.add(event.note)
                return False
        elif isinstance(event, Release) and event.note in self._held_back:
            self._held_back.discard(event.note)
            return False
        return True

    def _is_heard(self, voice: Voice, cause: Cause) -> bool:
        if not self._mute and not self._solo:
            return True
        parts = {voice.role, voice.instrument, cause.character}
        if voice.role == CLICK:  # a metronome is for whoever is heard alone, too
            return CLICK not in self._mute
        return not (parts & self._mute) and (not self._solo or bool(parts & self._solo))


def checked_parts(wanted: Iterable[str], score: CompiledScore) -> frozenset[str]:
    """The names to mute or solo; `CueError` for one that is no role, character or instrument.

    Any thread; never blocks.
    """
    names = score.names
    known = names.roles | names.characters | names.instruments | frozenset(score.instruments)
    known |= {CLICK}
    parts = frozenset(name.strip() for name in wanted)
    for name in sorted(parts - known):
        raise CueError(
            f"there is no role, character or instrument `{name}`{did_you_mean(name, known)}"
        )
    return parts
