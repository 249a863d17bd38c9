"""Whether hours of music repeat themselves, and whether its motifs are still recognised (T14)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from leitmotor.messages import Attack, Bar, BarLine, Change, Event
from leitmotor.music.chord import tonic_triad
from leitmotor.music.distance import Step, Tone, distance, steps
from leitmotor.music.notes import Piece
from leitmotor.music.resolve import LEAD_FLOOR, resolve
from leitmotor.music.scale import Key, tonic_pitch
from leitmotor.music.time import GRID, Ticks
from leitmotor.perform.performance import Performance
from leitmotor.score.compiled import CompiledScore, Motif

WINDOW_BARS = 8
SLICE_SECONDS = 60.0


class Repeats:
    """Counts windows of eight bars that are the same: who plays what, and where to a 1/24 beat.

    Takes events as they come and keeps one small number a bar, so that a day costs no memory. Bars
    in which nothing begins belong to windows; a window of them alone is silence, not a repetition.
    """

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._notes: list[tuple[Ticks, str, str, int]] = []
        self._window: deque[bytes] = deque(maxlen=WINDOW_BARS)
        self._seen: Counter[tuple[bytes, ...]] = Counter()
        self._first: dict[tuple[bytes, ...], int] = {}

    def hear(self, events: Iterable[Event]) -> None:
        """Take the next events."""
        for event in events:
            if isinstance(event, BarLine):
                self._close()
                self._bar = event.bar
            elif isinstance(event, Attack):
                place = round((event.tick - event.bar.start) / GRID)
                voice = event.voice
                self._notes.append((place, voice.role, voice.instrument, event.pitch))

    def _close(self) -> None:
        if self._bar is None:
            return
        text = repr((self._bar.metre, sorted(self._notes))) if self._notes else ""
        self._notes.clear()
        self._window.append(blake2b(text.encode(), digest_size=8).digest())
        window = tuple(self._window)
        if len(window) == WINDOW_BARS and len(set(window)) > 1:
            self._seen[window] += 1
            self._first.setdefault(window, self._bar.number - WINDOW_BARS + 1)

    def worst(self) -> tuple[int, int]:
        """The first bar of the eight that come most often, and how often; (0, 0) for none."""
        ((window, count),) = self._seen.most_common(1) or [((), 0)]
        return self._first.get(window, 0), count


def repeats(events: Iterable[Event]) -> tuple[int, int]:
    """The first bar of the eight bars that come most often, and how often."""
    heard = Repeats()
    heard.hear(events)
    return heard.worst()


class Recognised:
    """How far each statement of a motif in its own role is from the motif as written."""

    def __init__(self, motif: Motif, key: Key) -> None:
        self.motif = motif
        self.written = _steps_as_written(motif, key)
        self.worst = 0.0
        self.statements = 0
        self._melody: list[Tone] = []  # of the statement that sounds: its highest pitches
        self._end: Ticks = 0

    def hear(self, events: Iterable[Event]) -> None:
        """Take the next events."""
        for event in events:
            if isinstance(event, Change) and event.what in ("lead", f"motif in {self.motif.role}"):
                self._close(event.tick - self.motif.pickup)
            elif isinstance(event, Attack) and event.cause.motif == self.motif.name:
                self._note(event)

    def _note(self, event: Attack) -> None:
        """The notes of a chord are one, also where they are a little spread."""
        self._end = max(self._end, event.tick + event.length)
        if self._melody and event.tick - self._melody[-1].onset < GRID:
            last = self._melody.pop()
            self._melody.append(Tone(last.onset, max(last.pitch, event.pitch)))
        else:
            self._melody.append(Tone(event.tick, event.pitch))

    def _close(self, before: Ticks) -> None:
        """A statement begins: what sounded before is one that is over."""
        melody = [tone for tone in self._melody if tone.onset < before]
        if len(melody) > 1:
            self.statements += 1
            heard = steps(melody, max(self._end, melody[-1].onset + 1))
            self.worst = max(self.worst, distance(self.written, heard))
        self._melody = self._melody[len(melody) :]
        self._end = 0

    def done(self) -> float:
        """The worst distance of all statements; one that is not over counts if it is as long."""
        if len(self._melody) > len(self.written):
            self._close(self._end + 1)
        return self.worst


def recognised(events: Iterable[Event], motif: Motif, key: Key) -> float:
    """The worst distance of any statement of a motif from the motif as written (T14)."""
    heard = Recognised(motif, key)
    heard.hear(events)
    return heard.done()


def _steps_as_written(motif: Motif, key: Key) -> tuple[Step, ...]:
    chord, tonic = tonic_triad(key), tonic_pitch(key)
    melody = []
    for note in motif.notes:
        pitches = [
            resolve(tone, key, chord, tonic, LEAD_FLOOR).midi
            for tone in note.tones
            if not isinstance(tone, Piece)
        ]
        melody.append(Tone(note.onset, max(pitches)))
    last = motif.notes[-1]
    return steps(melody, last.onset + last.length)


def hours_of(score: CompiledScore, hours: float) -> Iterator[list[Event]]:
    """So many virtual hours of a score by itself, a minute at a time."""
    performance = Performance(score)
    for minute in range(1, round(hours * 3600 / SLICE_SECONDS) + 1):
        yield performance.advance(minute * SLICE_SECONDS)
