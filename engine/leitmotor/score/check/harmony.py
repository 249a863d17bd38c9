"""Notes against the chords they sound over (S21), and modes against the other parts (S17)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.music.chord import Chord, realise
from leitmotor.music.notes import Note
from leitmotor.music.operation import InMode
from leitmotor.music.scale import Key
from leitmotor.music.time import Ticks
from leitmotor.score.check.pitches import pitches, tonic_of
from leitmotor.score.check.ranges import place_of
from leitmotor.score.check.settings import Setting
from leitmotor.score.check.sounding import Sounding, Statement, base_role
from leitmotor.score.compile.material import ticks_in
from leitmotor.score.compiled import Motif, Progression
from leitmotor.score.marks import Source
from leitmotor.score.model.material import Motif as Written
from leitmotor.score.model.root import Score
from leitmotor.score.model_errors import tree_path
from leitmotor.score.note_text import parse_notes


def foreign_notes(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """The first strong-beat note of a motif that is not in the chord it is sure to sound over.

    A motif's own progression begins with it; a state's begins with the first statement of a scene.
    """
    told = set()
    for statement in sounding.statements:
        name = statement.motif.name
        if name in told or not statement.casts:
            continue
        progression = _known_progression(statement, sounding)
        if progression is None:
            continue
        found = _first_foreign(statement, progression)
        if found is not None:
            told.add(name)
            note, why = found
            text = f"{statement.title}: {why}"
            lines = _lines(statement.motif, score.motifs[name], sounding.score.defaults.key)
            yield _at_note(note, statement.motif, lines, source, text)


def _lines(motif: Motif, entry: Written, key: Key) -> tuple[int, ...]:
    """The line of each note in the text of a motif: the text was read just so when compiled."""
    pickup = ticks_in(entry.pickup, motif.metre)
    minor = key.mode.is_minor
    return parse_notes(entry.notes, metre=motif.metre, pickup=pickup, minor=minor).lines


def _at_note(
    note: Note, motif: Motif, lines: tuple[int, ...], source: Source, text: str
) -> Problem:
    """`text` said of a note, or of its motif where the note is written somewhere else."""
    written = tree_path(source.tree, ("motifs", motif.name, "notes"))
    if not note.column or written == ("motifs", motif.name) or written not in source.marks:
        return source.key_problem(("motifs", motif.name), text)
    return source.text_problem(written, lines[note.number], note.column, text)


def _known_progression(statement: Statement, sounding: Sounding) -> Progression | None:
    motif, variant = statement.motif, statement.variant
    if motif.fit != "key" or not statement.leads or statement.role != "lead":
        return None
    choice = (variant.harmony if variant else None) or motif.harmony
    if choice is None:
        firsts = (scene.who[0] for scene in statement.setting.scenes if scene.who)
        if all(sounding.score.characters[who].motif != motif.name for who in firsts):
            return None
        choice = statement.setting.state.harmony
    return sounding.score.progressions[choice.options[0]] if choice is not None else None


def _first_foreign(statement: Statement, progression: Progression) -> tuple[Note, str] | None:
    variant, home = statement.variant, statement.setting.home
    key = home.in_mode(variant.mode) if variant and variant.mode else home
    tonic = tonic_of(key, statement.motif.octave)
    metre = statement.setting.metre
    for note in statement.form.notes:
        bar, place = divmod(note.onset, metre.bar)
        if note.onset < 0 or place not in metre.stresses:
            continue
        chord = _chord_at(progression, key, bar, place, metre.bar, metre.beat)
        for pitch in pitches(note, key, chord, tonic, statement.role):
            if pitch.midi % 12 not in chord.pitch_classes:
                beat = place // metre.beat + 1
                return note, (
                    f"{pitch.name} on the strong beat {beat} of bar {bar + 1} is not in the chord "
                    f"{chord.name} of {progression.name}; write fit: chord, or change one of the "
                    "two, where that is not meant"
                )
    return None


def _chord_at(
    progression: Progression, key: Key, bar: int, place: Ticks, length: Ticks, beat: Ticks
) -> Chord:
    """The chord that sounds there; several numerals share a bar, rounded to the beat (S19)."""
    numerals = progression.bars[bar % len(progression.bars)]
    slot = 0
    for number in range(1, len(numerals)):
        if round(length * number / len(numerals) / beat) * beat <= place:
            slot = number
    return realise(numerals[slot], key, progression.home)


def mode_notes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """`vary: [mode …]` moves a motif's notes alone, while bed or bass stay (S17)."""
    told = set()
    playing: dict[Setting, str] = {}
    for line in sounding.lines:
        if base_role(line.role) in ("bed", "bass") and line.casts:
            playing.setdefault(line.setting, line.role)
    for statement in sounding.statements:
        variant, role = statement.variant, playing.get(statement.setting)
        if variant is None or role is None or not statement.casts or statement.label in told:
            continue
        for operation in variant.vary:
            if isinstance(operation, InMode):
                told.add(statement.label)
                yield source.key_problem(
                    (*place_of(statement), "vary"),
                    f"{operation} moves the notes of {statement.motif.name} only, and {role} goes "
                    f"on in the mode in force; write mode: {operation.mode.name} in the state to "
                    "move everything",
                )
                break
