"""Written dynamics along a text: marks, and hairpins interpolated linearly in dB (T9)."""

from __future__ import annotations

from functools import lru_cache

from leitmotor.music.dynamics import LOUDEST, between
from leitmotor.music.notes import Note
from leitmotor.music.time import Ticks

MF = 4.0


class WrittenDynamics:
    """The dynamic in force while a text is read; fills in the notes under a hairpin when it closes.

    A hairpin goes to the next mark if that lies in its direction, else one step (a softer mark
    after a crescendo is sudden). Without a mark before it, it starts from mf.
    """

    __slots__ = ("_direction", "_end", "_first", "_notes", "_start", "level")

    def __init__(self, notes: list[Note]) -> None:
        self.level: float | None = None
        self._notes = notes
        self._direction = 0  # 0: no hairpin is open
        self._start: Ticks = 0
        self._end: Ticks | None = None
        self._first = 0

    @property
    def open(self) -> bool:
        """Whether a hairpin is under way."""
        return self._direction != 0

    def mark(self, level: float, now: Ticks) -> None:
        """A dynamic is written at `now`."""
        self.close(now, level)
        self.level = level

    def hairpin(self, direction: int, now: Ticks, end: Ticks | None = None) -> None:
        """A hairpin begins at `now`; it lasts until the next mark, or until `end`."""
        self.close(now)
        if self.level is None:
            self.level = MF
        self._direction, self._start, self._end = direction, now, end
        self._first = len(self._notes)

    def close(self, now: Ticks, target: float | None = None) -> None:
        """Ends the hairpin under way, if there is one."""
        if not self._direction:
            return
        start_level = MF if self.level is None else self.level
        end = now if self._end is None else self._end
        reached = min(max(start_level + self._direction, 0.0), float(LOUDEST))
        if target is not None and end == now and (target - start_level) * self._direction > 0:
            reached = target
        self._fill(start_level, reached, end)
        self.level = reached
        self._direction = 0

    def _fill(self, start_level: float, reached: float, end: Ticks) -> None:
        span = end - self._start
        # The note before may have been tied into the hairpin.
        for index in range(max(self._first - 1, 0), len(self._notes)):
            note = self._notes[index]
            note_end = note.onset + note.length
            if note_end <= self._start or span == 0:
                continue
            level = note.level
            if note.onset >= self._start:
                level = _between(start_level, reached, (note.onset - self._start) / span)
            level_end = _between(start_level, reached, (note_end - self._start) / span)
            self._notes[index] = with_levels(note, level, level_end)


_between = lru_cache(maxsize=4096)(between)  # notes under hairpins often stand at like fractions


def with_levels(note: Note, level: float | None, level_end: float | None) -> Note:
    """The same note at other levels. Spelled out: `replace` takes three times as long."""
    return Note(
        note.number,
        note.onset,
        note.length,
        note.tones,
        note.articulation,
        note.accent,
        note.technique,
        note.muted,
        note.fermata,
        note.surge,
        level,
        level_end,
        note.graces,
        note.column,
    )
