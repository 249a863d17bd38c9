"""Writes down notes one after the other, minding what is in force: value, octave, touch, level."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from leitmotor.music.notes import ChordTone, Degree, Grace, Letter, Note, Tone
from leitmotor.music.time import QUARTER, Ticks
from leitmotor.score.note_dynamics import WrittenDynamics
from leitmotor.score.note_faults import explain_event
from leitmotor.score.note_tokens import VALUES, Marks, NoteEvent, place_letters, read_event
from leitmotor.score.note_words import find_word, unknown_word
from leitmotor.score.written import Findings

GRACE_VALUE: Ticks = VALUES["s"]
"""The value of a grace note that is written without one."""

MIDDLE_OCTAVE = 4
HIGHEST_MIDI = 127


class NoteWriter:
    """What is in force, and the notes so far. `now` counts ticks from the first full bar.

    Problems are reported at `line` and `column`, the place of the token that is being read.
    """

    __slots__ = (
        "_articulation",
        "_before",
        "_dynamics",
        "_findings",
        "_graces",
        "_graces_at",
        "_minor",
        "_muted",
        "_surge",
        "_technique",
        "_tie_at",
        "column",
        "first_at",
        "heard",
        "in_grace",
        "letters",
        "line",
        "lines",
        "lone_b",
        "notes",
        "now",
        "octave",
        "octaves_up",
        "over",
        "slurs",
        "times",
        "value",
    )

    def __init__(self, findings: Findings, pickup: Ticks, minor: bool) -> None:
        self.now: Ticks = -pickup
        self.line, self.column = 0, 1
        self.notes: list[Note] = []
        self.lines: list[int] = []  # of each note
        self.heard = 0  # notes, chords and rests that were understood
        self.first_at: tuple[int, int] = (0, 1)  # the place of the first note
        self.letters = 0  # how many of them have letters
        self.lone_b: list[tuple[int, int, str]] = []  # letters such as b3: meant as 3b?
        self.value: Ticks = QUARTER
        self.octave = MIDDLE_OCTAVE
        self.octaves_up = 0  # by 8va( and 8vb(
        self.slurs = 0
        self.in_grace = False
        self.times = self.over = 1  # the factor that tuplets put on every value: times / over
        self._findings = findings
        self._minor = minor
        self._dynamics = WrittenDynamics(self.notes)
        self._articulation = self._technique = self._surge = ""
        self._muted = False
        self._before = ""  # the note or rest just before
        self._graces: list[Grace] = []
        self._graces_at = (0, 1)
        self._tie_at: tuple[int, int] | None = None

    def event(self, text: str) -> bool:
        """Reads a note, chord or rest; False where its length is not known then."""
        event = read_event(text)
        if event is None:
            return self._refuse(text)
        if event.length is not None:
            self.value = event.length
        elif text == "e" and self._before.isdigit():
            self._warn(f"a lone e is the pitch E: values are glued, {self._before}e is an eighth")
        self._before = text
        self.heard += 1
        if self.in_grace:
            self._grace(event)
            return True
        length = self.value
        if self.over != self.times:
            length, broken = divmod(length * self.times, self.over)
            if broken:
                return self._off_the_grid()
        if event.names:
            self._sound(event, length)
        else:
            self._tie_fault("~ ties notes that follow at once: a rest comes after this one")
            self._graces_fault()
        self.now += length
        return True

    def state(self, text: str) -> None:
        """Reads a word in parentheses that stands free: it holds until it is replaced."""
        word = find_word(text[1:-1])
        if word is None:
            self._problem(unknown_word(text[1:-1]))
            return
        if word.level is not None:
            self._dynamics.mark(word.level, self.now)
        if word.hairpin:
            self._dynamics.hairpin(word.hairpin, self.now)
        if word.articulation is not None:
            self._articulation = word.articulation
        if word.technique is not None:
            self._technique = word.technique
        if word.muted is not None:
            self._muted = word.muted
        self._surge = word.surge or self._surge

    def end(self) -> None:
        """The text ends here: nothing may be left open."""
        self._tie_fault("~ stands at the end: there is no note to tie to")
        self._graces_fault()
        if self._surge:
            self._problem(f"({self._surge}) needs a note after it")
        self._dynamics.close(self.now)

    def _sound(self, event: NoteEvent, length: Ticks) -> None:
        tones = event.tones
        if not tones or self.octaves_up or event.lowered_third:
            tones = self._tones(event)
        if self._tie_at is None or not self._tied(event.marks, tones, length):
            self._attack(event.marks, tones, length)
        if event.tie >= 0:
            self._tie_at = self.line, self.column + event.tie

    def _attack(self, marks: Marks, tones: tuple[Tone, ...], length: Ticks) -> None:
        if not self.notes:
            self.first_at = self.line, self.column
        articulation, level = marks.articulation, self._dynamics.level
        if articulation is None:
            articulation = "legato" if self.slurs else self._articulation
        if marks.level is not None or marks.hairpin:
            level = self._marked_level(marks, length)
        graces: tuple[Grace, ...] = ()
        if self._graces:
            graces, self._graces = tuple(self._graces), []
        note = Note(
            len(self.notes),
            self.now,
            length,
            tones,
            articulation,
            marks.accent,
            self._technique if marks.technique is None else marks.technique,
            self._muted if marks.muted is None else marks.muted,
            marks.fermata,
            marks.surge or self._surge,
            level,
            level,
            graces,
            self.column,
        )
        self.notes.append(note)
        self.lines.append(self.line)
        self._surge = ""

    def _marked_level(self, marks: Marks, length: Ticks) -> float | None:
        """A dynamic at one note holds for it alone, unless it is where a hairpin goes to."""
        dynamics = self._dynamics
        level = dynamics.level
        if marks.level is not None:
            level = marks.level
            if dynamics.open or marks.hairpin:
                dynamics.mark(marks.level, self.now)
        if marks.hairpin:
            dynamics.hairpin(marks.hairpin, self.now, self.now + length)
            level = dynamics.level
        return level

    def _tied(self, marks: Marks, tones: tuple[Tone, ...], length: Ticks) -> bool:
        """Lengthens the note before by a tied one; False where they are not the same pitches."""
        last, dynamics = self.notes[-1], self._dynamics
        if self._graces:
            self._tie_fault("~ ties notes that follow at once: there are grace notes between them")
            return False
        if frozenset(last.tones) != frozenset(tones):
            self._tie_fault(
                "~ ties notes of the same pitch, and another one follows: "
                "take ~ away, or write slur( … ) for a slur"
            )
            return False
        if marks.accent or marks.surge:
            self._warn("a tied note is not struck again: its accent is not heard")
        if marks.level is not None:
            dynamics.mark(marks.level, self.now)
        if marks.hairpin:
            dynamics.hairpin(marks.hairpin, self.now, self.now + length)
        self.notes[-1] = last._replace(
            length=last.length + length,
            fermata=last.fermata or marks.fermata,
            level_end=dynamics.level,
        )
        self._tie_at = None
        return True

    def _grace(self, event: NoteEvent) -> None:
        if not event.names:
            self._problem("a rest cannot be a grace note: take it out of grace( … )")
            return
        if event.tie >= 0:
            self._problem("a grace note is not tied: take ~ away")
        self._graces.append(Grace(self._tones(event), self.value))
        self._graces_at = self.line, self.column

    def _tones(self, event: NoteEvent) -> tuple[Tone, ...]:
        """The tones of an event as they sound here: letters placed, 8va( heeded."""
        if event.lowered_third and self._minor:
            self._warn(_LOWERED_THIRD)
        tones = event.tones
        if not tones:
            tones, self.octave = place_letters(event.names, self.octave)
            self.letters += 1
            if event.lone_b:
                self.lone_b.append((self.line, self.column, self._before))
        if self.octaves_up:
            tones = raised(tones, self.octaves_up)
        for tone in tones:
            if isinstance(tone, Letter) and not 0 <= tone.midi <= HIGHEST_MIDI:
                self._problem(
                    f"this pitch would be MIDI number {tone.midi}, and there are only 0 to "
                    f"{HIGHEST_MIDI} (c0 is 12, g9 is 127): take another octave"
                )
        return tones

    def _refuse(self, text: str) -> bool:
        place, why = explain_event(text, self._before)
        self._findings.problem(self.line, self.column + place, why)
        self._before = ""
        self._tie_at = None  # what it would be tied to is not known
        self._graces.clear()
        self._surge = ""
        return False

    def _off_the_grid(self) -> bool:
        value = Fraction(self.value * self.times, QUARTER * self.over)
        self._problem(
            f"{value} of a quarter does not fall on the grid of {QUARTER} ticks a quarter: "
            "take tuplets of 2 to 11 notes, or longer values in them"
        )
        self._tie_at = None
        self._graces.clear()
        return False

    def _graces_fault(self) -> None:
        if self._graces:
            self._findings.problem(*self._graces_at, "grace notes need a note after them")
            self._graces.clear()

    def _tie_fault(self, text: str) -> None:
        if self._tie_at is not None:
            self._findings.problem(*self._tie_at, text)
            self._tie_at = None

    def _problem(self, text: str) -> None:
        self._findings.problem(self.line, self.column, text)

    def _warn(self, text: str) -> None:
        self._findings.warn(self.line, self.column, text)


@lru_cache(maxsize=4096)
def raised(tones: tuple[Tone, ...], octaves: int) -> tuple[Tone, ...]:
    """The same tones so many octaves higher."""
    return tuple(_raised_tone(tone, octaves) for tone in tones)


def _raised_tone(tone: Tone, octaves: int) -> Tone:
    if isinstance(tone, Letter):
        return Letter(tone.step + 7 * octaves, tone.midi + 12 * octaves)
    if isinstance(tone, Degree | ChordTone):
        return replace(tone, octave=tone.octave + octaves)
    return tone


_LOWERED_THIRD = (
    "a doubly lowered third: did you mean 3? In a minor mode 3 is the minor third already"
)
