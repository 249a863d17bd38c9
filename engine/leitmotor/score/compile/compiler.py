"""The whole score, compiled; or everything that keeps it from being performed."""

from __future__ import annotations

from dataclasses import dataclass

from leitmotor.errors import Problem, ScoreError
from leitmotor.music.operation import OnInstrument
from leitmotor.music.transform_text import parse_operation
from leitmotor.score import verbs
from leitmotor.score.compile import cast, material, story
from leitmotor.score.compile.found import Found
from leitmotor.score.compiled import CompiledScore, CueRule, Motif
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.root import Score
from leitmotor.score.read import ReadScore


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled score, and notes about it."""

    score: CompiledScore
    notes: tuple[Problem, ...]


def compile_score(read: ReadScore, rig: Rig | None = None) -> Compiled:
    """Compile a score for a rig. Raises `ScoreError` with every problem, by place."""
    score = read.score
    rig = rig or score.rig
    found = Found(read.source)
    defaults = story.compile_defaults(score.time)
    motifs = {
        name: motif
        for name, entry in score.motifs.items()
        if (motif := material.compile_motif(name, entry, defaults.metre, defaults.key, found))
        is not None
    }
    figures = {
        name: figure
        for name, entry in score.figures.items()
        if (figure := material.compile_figure(name, entry, defaults.metre, found)) is not None
    }
    progressions = {
        name: progression
        for name, entry in score.harmony.items()
        if (progression := material.compile_progression(name, entry, defaults.key.mode, found))
        is not None
    }
    cues = story.compile_cues(score, read.cues)
    instruments = cast.compile_instruments(score, iter(_named_by_music(score, cues)), rig, found)
    palettes = {name: cast.compile_palette(name, entry) for name, entry in score.palettes.items()}
    roles = _roles(score, motifs)
    techniques = frozenset(
        note.technique for motif in motifs.values() for note in motif.notes if note.technique
    ) | frozenset(
        note.technique
        for figure in figures.values()
        for bar in figure.bars
        for note in bar.notes
        if note.technique
    )
    places = cast.voice_places(palettes, instruments, iter(roles), techniques)
    places = [place for place in places if place[0] in instruments]
    used = {name: i for name, i in instruments.items() if _is_used(name, techniques)}
    voices = cast.allot_channels(places, used, rig, found)
    if found.errors:
        raise ScoreError(tuple(sorted(set(found.errors))))
    compiled = CompiledScore(
        title=score.meta.title,
        hash=read.source.hash,
        seed=score.time.seed,
        defaults=defaults,
        instruments=used,
        palettes=palettes,
        characters={name: cast.compile_character(name, e) for name, e in score.characters.items()},
        places={name: cast.compile_place(name, entry) for name, entry in score.places.items()},
        motifs=motifs,
        figures=figures,
        progressions=progressions,
        states={
            name: story.compile_state(name, entry, defaults) for name, entry in score.states.items()
        },
        scenes=story.compile_scenes(score),
        cues=cues,
        transitions=story.compile_transitions(score),
        voices=voices,
        marks=read.names.marks,
        names=read.names,
        lead_motifs=_lead_motifs(score, motifs),
    )
    return Compiled(compiled, tuple(found.notes))


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


def _named_by_music(score: Score, cues: tuple[CueRule, ...]) -> list[str]:
    """Instruments that only a cue or a motif's state names."""
    names: list[str] = []
    for rule in cues:
        for entry in story.entries_of(rule):
            if isinstance(entry.verb, (verbs.PlayOn, verbs.PlayMotif)) and entry.verb.instrument:
                names.append(entry.verb.instrument)
    for motif in score.motifs.values():
        for state in motif.states.values():
            operations = (parse_operation(text) for text in state.vary)
            names += [o.instrument for o in operations if isinstance(o, OnInstrument)]
    return [name for name in names if "$" not in name]
