"""What is written and never heard: characters, motifs, palettes, figures, progressions, …"""

from __future__ import annotations

from collections.abc import Iterator

from leitmotor.errors import Problem
from leitmotor.score.check.sounding import Sounding
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score
from leitmotor.score.nearest import did_you_mean


def silent_characters(score: Score, source: Source) -> Iterator[Problem]:
    """Characters without material."""
    for name, character in score.characters.items():
        if not character.motif:
            text = f"{name} has no motif and is never heard; write motif: NAME"
            yield source.key_problem(("characters", name), text)


def missing_arc_states(score: Score, source: Source) -> Iterator[Problem]:
    """States of an arc that the character's motif does not have."""
    for name, character in score.characters.items():
        motif = score.motifs.get(character.motif)
        if motif is None:
            continue
        for number, state in enumerate(character.arc):
            if state not in motif.states:
                hint = did_you_mean(state, tuple(motif.states))
                yield source.problem(
                    ("characters", name, "arc", number),
                    f"the motif {character.motif} has no state {state}{hint}; in it {name} sounds "
                    "as written, until the motif gets a state of that name",
                )


def unheard_parts(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """Parts of passages for which nobody is cast where the passage is played."""
    heard = {(s.passage, s.role) for s in sounding.statements if s.passage and s.casts}
    told = set()
    for each in sounding.statements:
        part = (each.passage, each.role)
        if each.passage and part not in heard and part not in told:
            told.add(part)
            yield source.key_problem(
                ("passages", each.passage, "parts", each.role),
                f"{each.title} is heard nowhere: no palette in force there has a player for "
                f"{each.role}; give it one, or name the part for an instrument",
            )


def unheard_motifs(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """Motifs that nobody states, or that nobody plays where they are stated."""
    stated: dict[str, bool] = {}
    for statement in sounding.statements:
        name = statement.motif.name
        stated[name] = stated.get(name, False) or bool(statement.casts)
    for name, motif in sounding.score.motifs.items():
        if name not in stated:
            text = (
                f"the motif {name} is heard nowhere; give it to a character or place of a scene "
                f"that is reached, or to a cue: do: motif {name}"
            )
            yield source.key_problem(("motifs", name), text)
        elif not stated[name]:
            text = (
                f"the motif {name} is stated but heard nowhere: no layers and palette in force "
                f"there give its role, {motif.role}, a player"
            )
            yield source.key_problem(("motifs", name), text)


def unheard_palettes(sounding: Sounding, source: Source) -> Iterator[Problem]:
    """Palettes that nothing chooses, or that another one always comes before (S9)."""
    mentions, chosen = sounding.stage.mentions, _chosen(sounding)
    for name in sounding.score.palettes:
        if name in sounding.heard_palettes:
            continue
        if not mentions.has("palettes", name):
            text = (
                f"the palette {name} is never heard: no state, place, character, motif state "
                f"or cue chooses it; write palette: {name} in one of them"
            )
        elif name not in chosen:
            continue  # it is only there for others to be like it, or what chooses it is told of
        else:
            text = (
                f"the palette {name} is never heard: wherever it is chosen, the palette of a cue, "
                "arc state, character or state comes before it in all of its roles, or its "
                "roles are not in layers"
            )
        yield source.key_problem(("palettes", name), text)


def _chosen(sounding: Sounding) -> frozenset[str]:
    in_force = (p.name for s in sounding.stage.settings for each in s.palettes for p in each)
    own = (character.palette for character in sounding.score.characters.values())
    states = (
        state.palette for motif in sounding.score.motifs.values() for state in motif.states.values()
    )
    return frozenset((*in_force, *own, *states))


def unused(sounding: Sounding, score: Score, source: Source) -> Iterator[Problem]:
    """Figures, progressions, states, instruments, stingers and silences that nothing mentions."""
    mentions = sounding.stage.mentions
    for section, kind, text in (
        ("figures", "figures", "the figure {0} is not used; name it in the figures of a state"),
        ("harmony", "progressions", "the progression {0} is not used; write harmony: {0}"),
        ("states", "states", "the state {0} is not used; name it in a scene, or write state {0}"),
        (
            "instruments",
            "instruments",
            "the instrument {0} is declared but never plays; give it a role in a palette",
        ),
        ("stingers", "stingers", "the stinger {0} is not used; write stinger {0} in a cue"),
        ("silence", "silences", "the silence {0} is not used; write silence {0} in a cue"),
    ):
        for name in getattr(score, section):
            if not mentions.has(kind, name):
                told = f"{text.format(name)}{' in a cue' if section == 'states' else ''}"
                yield source.key_problem((section, name), told)
