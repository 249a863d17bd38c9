"""What is wrong with the notes of a score that is not right otherwise (rule 9: all at once)."""

from __future__ import annotations

from contextlib import suppress

from leitmotor.errors import Problem
from leitmotor.score.compile.found import Found
from leitmotor.score.compile.material import compile_figure, compile_motif
from leitmotor.score.compile.overlays import stinger_motif
from leitmotor.score.compile.passages import compile_passage
from leitmotor.score.compile.story import compile_defaults
from leitmotor.score.marks import Source
from leitmotor.score.model.root import Score
from leitmotor.score.names import Names


def faults_in_notes(score: Score, names: Names, source: Source) -> tuple[Problem, ...]:
    """Every fault in the notes of a score, as far as they could be read."""
    found = Found(source)
    defaults = compile_defaults(score.time)
    for name, motif in score.motifs.items():
        if found.full:
            break
        with suppress(ValueError):  # an operation that cannot be read is told where it stands
            compile_motif(name, motif, defaults.metre, defaults.key, found)
    for name, figure in score.figures.items():
        if found.full:
            break
        compile_figure(name, figure, defaults.metre, found)
    for name, passage in score.passages.items():
        if found.full:
            break
        with suppress(ValueError):  # and so is a verb or a place
            compile_passage(name, passage, defaults.metre, defaults.key, names, found)
    for name, stinger in score.stingers.items():
        if found.full:
            break
        stinger_motif(name, stinger, defaults.metre, defaults.key, found)
    return tuple(found.errors)
