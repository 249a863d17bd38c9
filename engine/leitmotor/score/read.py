"""A score's text into its typed model, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path as FilePath
from typing import NamedTuple, TypeAlias

from pydantic import ValidationError

from leitmotor.errors import Problem, ScoreError
from leitmotor.records import record
from leitmotor.score.as_written import with_numbers_as_written
from leitmotor.score.compile.faults import faults_in_notes
from leitmotor.score.declared import declared_names, name_faults, name_warnings
from leitmotor.score.includes import inspect_with_includes
from leitmotor.score.key_checks import key_faults
from leitmotor.score.like import Resolved, resolve_like
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.root import Score
from leitmotor.score.model_errors import faults, tree_path
from leitmotor.score.names import Names
from leitmotor.score.parts import Path
from leitmotor.score.pruned import Pruned
from leitmotor.score.references import Reference, dangling, references
from leitmotor.score.scalars import MOST_PROBLEMS
from leitmotor.score.source import Source, raise_problems, read_source
from leitmotor.score.text_checks import CueText, Texts, read_texts

_Fault: TypeAlias = tuple[Path, str]

_ROUNDS = 4
"""How often a broken score is pruned and validated again to find what else is wrong with it."""


@record
class ReadScore:
    """A score that has been understood.

    `cues` holds the matchers, verbs and conditions of each cue, read from the model's raw texts;
    `references` the names that its keys mention.
    """

    score: Score
    source: Source
    names: Names
    cues: Mapping[str, CueText]
    references: tuple[Reference, ...]
    warnings: tuple[Problem, ...] = ()


class _Understood(NamedTuple):
    score: Score | None
    pruned: Pruned


def read_score(path: FilePath) -> ReadScore:
    """Reads a score with what it includes. Raises `ScoreError` with every problem, by place."""
    source, problems = inspect_with_includes(path)
    if not source.tree:
        raise_problems(problems)
    return understand(source, problems)


def read_rig(path: FilePath) -> Rig:
    """Reads a rig file (§9). Raises `ScoreError` with every problem."""
    return read_rig_with_marks(path)[0]


def read_rig_with_marks(path: FilePath) -> tuple[Rig, Source]:
    """A rig file and where everything stands in it. Raises `ScoreError` with every problem."""
    source = read_source(path)
    try:
        if "rig" not in source.tree:
            raise ScoreError((source.problem((), "a rig file begins with rig: 1"),))
        return Rig.model_validate(source.tree), source
    except ValidationError as error:
        placed = [_placed(source, *fault) for fault in faults(error, source.tree)]
        raise ScoreError(tuple(sorted(set(placed)))) from None


def understand(source: Source, earlier: tuple[Problem, ...] = ()) -> ReadScore:
    """The typed score of a loaded tree; `earlier` are the problems that were met while loading it.

    Raises `ScoreError` with every problem, sorted by place.
    """
    resolved = resolve_like(with_numbers_as_written(source.tree, source.numerals))
    names = declared_names(resolved.tree)
    problems = [*resolved.problems, *name_faults(source.tree)]
    score, pruned = _validated(resolved, problems)
    cues: Mapping[str, CueText] = {}
    mentioned: tuple[Reference, ...] = ()
    in_texts: list[Problem] = []
    if score is not None:
        texts = read_texts(score, names, resolved.inherited)
        cues = texts.cues
        in_texts = list(_in_texts(texts, source, pruned))
        mentioned = references(score)
        further = chain(texts.problems, dangling(mentioned, names), key_faults(score, names))
        problems += islice(_own(pruned.news(further), resolved), MOST_PROBLEMS + 1)
    own = list(islice(_own(problems, resolved), MOST_PROBLEMS + 1))
    if own or in_texts or earlier or score is None:
        # What is said of a line that could not be loaded follows from that alone.
        lines = {(problem.file, problem.line) for problem in earlier}
        placed = [*in_texts, *(_placed(source, path, text) for path, text in own)]
        if score is not None:
            placed += faults_in_notes(score, names, source)
        raise_problems((*earlier, *(p for p in placed if (p.file, p.line) not in lines)))
    assert score is not None  # where there is no model, there was a problem
    warnings = tuple(source.key_problem(*warning) for warning in name_warnings(source.tree))
    return ReadScore(score, source, names, cues, mentioned, warnings)


def _in_texts(texts: Texts, source: Source, pruned: Pruned) -> Iterator[Problem]:
    """What has a column of its own inside a text."""
    for path, column, text in texts.in_texts:
        for place, said in pruned.news([(path, text)]):
            yield source.text_problem(tree_path(source.tree, place), 0, column, said)


def _placed(source: Source, path: Path, text: str) -> Problem:
    exact = tree_path(source.tree, path)
    last = str(path[-1]) if path else ""
    # What is wrong with a key is said where the key stands, not where its value does.
    if exact and exact[-1] == last and f'"{last}"' in text:
        return source.key_problem(exact, text)
    return source.problem(exact, text)


def _own(found: Iterable[_Fault], resolved: Resolved) -> Iterator[_Fault]:
    """Without what belongs to copied keys: it is reported at the original."""
    return (each for each in found if each[0][:3] not in resolved.inherited)


def _validated(resolved: Resolved, problems: list[_Fault]) -> _Understood:
    """The model; where parts of the tree are wrong, the model of the rest, for further checks."""
    pruned = Pruned(resolved.tree)
    for _ in range(_ROUNDS):
        try:
            return _Understood(Score.model_validate(pruned.tree), pruned)
        except ValidationError as error:
            found = list(faults(error, pruned.tree))
            problems += pruned.news(found)
            if sum(1 for _ in islice(_own(problems, resolved), MOST_PROBLEMS + 1)) > MOST_PROBLEMS:
                break
            pruned.cut(path for path, _ in found)
    return _Understood(None, pruned)
