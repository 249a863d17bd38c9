"""The whole score, compiled; or everything that keeps it from being performed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from leitmotor.errors import Problem
from leitmotor.music.operation import OnInstrument
from leitmotor.music.transform_text import parse_operation
from leitmotor.score import verbs
from leitmotor.score.compile import cast, material, overlays, parameters, story
from leitmotor.score.compile.found import Found
from leitmotor.score.compile.passages import Written, compile_passage
from leitmotor.score.compile.rig import compile_audio_outs
from leitmotor.score.compiled import (
    CompiledScore,
    CueRule,
    Defaults,
    Figure,
    Motif,
    Progression,
)
from leitmotor.score.compiled_overlays import Stinger
from leitmotor.score.compiled_passages import Passage
from leitmotor.score.model import material as model
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names
from leitmotor.score.read import ReadScore
from leitmotor.score.source import raise_problems

E = TypeVar("E")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled score, and notes about it."""

    score: CompiledScore
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Music:
    """What is written in notes and numerals, as far as it could be read."""

    motifs: dict[str, Motif]
    figures: dict[str, Figure]
    progressions: dict[str, Progression]
    passages: dict[str, Passage]
    parts: dict[str, Motif]  # of passages
    stingers: dict[str, Stinger]

    @property
    def techniques(self) -> frozenset[str]:
        """Every way of playing that some note asks for."""
        texts = [motif.notes for motif in (*self.motifs.values(), *self.parts.values())]
        texts += [bar.notes for figure in self.figures.values() for bar in figure.bars]
        return frozenset(note.technique for notes in texts for note in notes if note.technique)


def compile_score(read: ReadScore, rig: Rig | None = None) -> Compiled:
    """Compile a score for a rig. Raises `ScoreError` with every problem, by place."""
    score = read.score
    rig = rig or score.rig
    found = Found(read.source)
    defaults = story.compile_defaults(score.time)
    music = _music(score, defaults, read.names, found)
    cues = story.compile_cues(score, read.cues)
    more = (*_named_by_music(score, music, cues), *overlays.named_players(score, read.names))
    instruments = cast.compile_instruments(score, iter(more), rig, found)
    palettes = {name: cast.compile_palette(name, entry) for name, entry in score.palettes.items()}
    roles = _roles(score, music.motifs)
    techniques = music.techniques
    places = cast.voice_places(palettes, instruments, iter(roles), techniques)
    on_top = overlays.stinger_places(music.stingers, palettes, instruments)
    places = [place for place in (*places, *on_top) if place[0] in instruments]
    playing = {name for name, _ in on_top}
    used = {
        name: instrument
        for name, instrument in instruments.items()
        if name in playing or _is_used(name, techniques)
    }
    voices = cast.allot_channels(places, used, rig, found)
    raise_problems(found.errors)
    compiled = CompiledScore(
        title=score.meta.title,
        hash=read.source.hash,
        seed=score.time.seed,
        defaults=defaults,
        instruments=used,
        palettes=palettes,
        characters={name: cast.compile_character(name, e) for name, e in score.characters.items()},
        places={name: cast.compile_place(name, entry) for name, entry in score.places.items()},
        motifs=music.motifs,
        figures=music.figures,
        progressions=music.progressions,
        states={
            name: replace(
                story.compile_state(name, entry, defaults),
                inputs=parameters.inputs_of(entry.parameters, score),
            )
            for name, entry in score.states.items()
        },
        scenes=story.compile_scenes(score),
        cues=cues,
        transitions=story.compile_transitions(score),
        voices=voices,
        marks=read.names.marks,
        names=read.names,
        lead_motifs=_lead_motifs(score, music.motifs),
        passages=music.passages,
        parts=music.parts,
        parameters=parameters.compile_parameters(score),
        mappings=parameters.compile_mappings(score, read.names),
        stingers=music.stingers,
        silences={name: overlays.compile_silence(name, e) for name, e in score.silence.items()},
        audio_outs=compile_audio_outs(rig),
    )
    return Compiled(compiled, tuple(found.notes))


def _music(score: Score, defaults: Defaults, names: Names, found: Found) -> _Music:
    def motif(name: str, entry: model.Motif) -> Motif | None:
        return material.compile_motif(name, entry, defaults.metre, defaults.key, found)

    def figure(name: str, entry: model.Figure) -> Figure | None:
        return material.compile_figure(name, entry, defaults.metre, found)

    def progression(name: str, entry: model.Progression) -> Progression | None:
        return material.compile_progression(name, entry, defaults.key.mode, found)

    def passage(name: str, entry: model.Passage) -> Written | None:
        return compile_passage(name, entry, defaults.metre, defaults.key, names, found)

    written = _readable(score.passages, passage, found)
    progressions = _readable(score.harmony, progression, found)
    for each in written.values():
        progressions |= each.progressions
    return _Music(
        _readable(score.motifs, motif, found),
        _readable(score.figures, figure, found),
        progressions,
        {name: each.passage for name, each in written.items()},
        {name: part for each in written.values() for name, part in each.motifs.items()},
        overlays.stingers_of(score, defaults.metre, defaults.key, names, found),
    )


def _readable(
    entries: Mapping[str, E], compiled: Callable[[str, E], T | None], found: Found
) -> dict[str, T]:
    made = {name: None if found.full else compiled(name, entry) for name, entry in entries.items()}
    return {name: each for name, each in made.items() if each is not None}


def _is_used(name: str, techniques: frozenset[str]) -> bool:
    """An instrument's pizzicato or tremolo only takes a channel where it is written."""
    for technique in ("pizz", "trem"):
        if name.endswith(f" {technique}"):
            return technique in techniques
    return True


def _roles(score: Score, motifs: dict[str, Motif]) -> list[str]:
    """Every role that may sound, for a score without palettes."""
    roles: dict[str, None] = {"lead": None}
    for state in score.states.values():
        roles.update(dict.fromkeys(state.layers or ()))
    roles.update({motif.role: None for motif in motifs.values()})
    return list(roles)


def _lead_motifs(score: Score, motifs: dict[str, Motif]) -> tuple[str, ...]:
    """Without scenes every lead motif plays, in file order (S13)."""
    if score.scenes:
        return ()
    return tuple(name for name, motif in motifs.items() if motif.role == "lead")


def _named_by_music(score: Score, music: _Music, cues: tuple[CueRule, ...]) -> list[str]:
    """Instruments that only a cue or a motif's state names."""
    names = [p.instrument for each in music.passages.values() for p in each.parts if p.instrument]
    for rule in cues:
        for entry in story.entries_of(rule):
            if isinstance(entry.verb, (verbs.PlayOn, verbs.PlayMotif)) and entry.verb.instrument:
                names.append(entry.verb.instrument)
    for motif in score.motifs.values():
        for state in motif.states.values():
            operations = (parse_operation(text) for text in state.vary)
            names += [o.instrument for o in operations if isinstance(o, OnInstrument)]
        each_time = (parse_operation(text) for text in motif.each_time)
        names += [o.instrument for o in each_time if isinstance(o, OnInstrument)]
    return [name for name in names if "$" not in name]
