"""Roles in `layers` that nobody plays (S13)."""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score import verbs
from leitmotor.score.check.pitches import listed
from leitmotor.score.check.settings import Setting, Stage, asked_palettes, options
from leitmotor.score.compiled import CompiledScore, State
from leitmotor.score.marks import Source


def roles_without_players(stage: Stage, source: Source) -> Iterator[Problem]:
    """Errors: roles that a state lets sound and no palette in force there plays."""
    for number, role, state, setting in _silent(stage):
        if not _by_cue(stage, role):
            yield source.problem(
                ("states", state.name, "layers", number),
                f"nobody plays {role} in the state {state.name}: {_lacking(setting, role)}; "
                f"{_advice(stage.score, role)}",
            )


def roles_by_cue_only(stage: Stage, source: Source) -> Iterator[Problem]:
    """Notes: such roles that only a cue gives a player."""
    for number, role, state, setting in _silent(stage):
        if _by_cue(stage, role):
            yield source.problem(
                ("states", state.name, "layers", number),
                f"{role} only gets a player by a cue in the state {state.name}: "
                f"{_lacking(setting, role)}; until that cue it is silent",
            )


def _silent(stage: Stage) -> Iterator[tuple[int, str, State, Setting]]:
    told = set()
    settings = stage.settings
    for setting in settings:
        state = setting.state
        for number, role in enumerate(state.layers or ()):
            if (state.name, role) in told or _has_player(stage, setting, role):
                continue
            told.add((state.name, role))
            yield number, role, state, setting


def _has_player(stage: Stage, setting: Setting, role: str) -> bool:
    if not any(setting.palettes):
        return True  # the piano plays everything where no palette is chosen
    if all(any(role in palette.roles for palette in each) for each in setting.palettes):
        return True
    # The lead is played by the palettes of those who state their motifs, as well.
    own = _own_palettes(stage, setting) if role == "lead" else []
    return bool(own) and all(role in stage.score.palettes[name].roles for name in own)


def _own_palettes(stage: Stage, setting: Setting) -> list[str]:
    characters = stage.score.characters
    present = dict.fromkeys(name for scene in setting.scenes for name in scene.who)
    own = [characters[name].palette for name in present if characters[name].motif]
    return own if all(own) else []


def _by_cue(stage: Stage, role: str) -> bool:
    mentions, score = stage.mentions, stage.score
    if any(role in score.palettes[name].roles for name in asked_palettes(score, mentions)):
        return True
    return any(verb.role == role for verb in mentions.of(verbs.PlayOn))


def _lacking(setting: Setting, role: str) -> str:
    chosen = options(setting.state.palette) or tuple(
        palette.name for each in setting.palettes for palette in each
    )
    return f"{listed(chosen)} {'has' if len(chosen) == 1 else 'have'} no {role}"


def _advice(score: CompiledScore, role: str) -> str:
    having = [name for name, palette in score.palettes.items() if role in palette.roles]
    if not having:
        return f"no palette has it; add {role} to one, or take it out of layers"
    verb = "has" if len(having) == 1 else "have"
    return f"{listed(having)} {verb} it; add {role} to the palette, or take it out of layers"
