"""Checks of names that stand in keys, and of what only several keys together can get wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from leitmotor.score.mapping_checks import mapping_faults, parameter_faults
from leitmotor.score.model.readers import TARGETS_WITH_NAME
from leitmotor.score.model.root import Score
from leitmotor.score.model.story import State
from leitmotor.score.model_errors import unknown_key
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.nearest import normal_key
from leitmotor.score.parts import Path, came

Fault = tuple[Path, str]

_BAR = re.compile(r"bar [1-9]\d*")
_ANYBODY = ("roles", "characters", "instruments")


def key_faults(score: Score, names: Names) -> Iterator[Fault]:
    """(place, what is wrong); the place of a key is the place of its value."""
    checked = chain.from_iterable(check(score, names) for check in _CHECKS)
    return chain(_scenes(score), _cues(score), checked)


def _unknown(name: str, kinds: tuple[str, ...], names: Names, path: Path) -> Iterator[Fault]:
    known: frozenset[str] = frozenset().union(*names.of(*kinds))
    if name not in known:
        yield path, unknown_name(name, kinds, known)


def _scenes(score: Score) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for i, scene in enumerate(score.scenes):
        if scene.id in seen:
            text = f'there are two scenes "{scene.id}"; give one of them another id'
            yield ("scenes", i, "id"), text
        seen[scene.id] = i


def _cues(score: Score) -> Iterator[Fault]:
    numbers: dict[str, str] = {}
    for name, cue in score.cues.items():
        if cue.number and cue.number in numbers:
            text = f'the number {cue.number} belongs to the cue "{numbers[cue.number]}" already'
            yield ("cues", name, "number"), text
        numbers.setdefault(cue.number, name)


def _transitions(score: Score, names: Names) -> Iterator[Fault]:
    for key in score.transitions:
        path: Path = ("transitions", key)
        if key == "default":
            continue
        first, arrow, second = (part.strip() for part in key.partition("->"))
        if not arrow or not first or not second:
            yield path, f'a transition is written a -> b, any -> b or default, not "{key}"'
            continue
        for name in (first, second):
            if name != "any":
                yield from _unknown(name, ("scenes", "states"), names, path)


def _relationships(score: Score, names: Names) -> Iterator[Fault]:
    for key, relationship in score.relationships.items():
        path: Path = ("relationships", key)
        pair = [part.strip() for part in key.split("&")]
        if len(pair) != 2:
            yield path, f'a relationship is written a & b, not "{key}"'
            continue
        for name in pair:
            yield from _unknown(name, ("characters",), names, path)
        if relationship.start and relationship.start not in relationship.statuses:
            text = unknown_name(relationship.start, ("status",), relationship.statuses)
            yield (*path, "start"), text
        for status, entry in relationship.statuses.items():
            for moved in entry.transposed:
                if moved.removesuffix(" in") not in pair:
                    wanted = f'"{pair[0]} in" or "{pair[1]} in"'
                    yield (*path, status, moved), f'{wanted} must stand here, not "{moved}"'


def _states(score: Score, names: Names) -> Iterator[Fault]:
    by_normal = {normal_key(name) for name in names.parameters}
    for name, state in score.states.items():
        for key, value in state.parameters.items():
            if key in by_normal and (
                isinstance(value, bool) or not isinstance(value, (int, float))
            ):
                yield ("states", name, key), f"a number must stand here, not {came(value)}"
            elif key not in by_normal:
                yield ("states", name, key), unknown_key(key, State.keys() | names.parameters)


def _levels_and_figures(score: Score, names: Names) -> Iterator[Fault]:
    for kind, entries in (("states", score.states), ("palettes", score.palettes)):
        assert isinstance(entries, Mapping)
        for name, entry in entries.items():
            for key in entry.levels:
                if key != "all":
                    yield from _unknown(key, _ANYBODY, names, (kind, name, "levels", key))
            for role in entry.figures:
                yield from _unknown(role, ("roles",), names, (kind, name, "figures", role))


def _passages(score: Score, names: Names) -> Iterator[Fault]:
    for name, passage in score.passages.items():
        path: Path = ("passages", name)
        for part, lines in passage.parts.items():
            yield from _unknown(part, ("roles", "instruments"), names, (*path, "parts", part))
            for i, line in enumerate(lines):
                if line.startswith("figure "):
                    place = (*path, "parts", part, i)
                    yield from _unknown(line[7:].strip(), ("figures",), names, place)
        for key in passage.at:
            if key not in passage.marks and not _BAR.fullmatch(key):
                known = frozenset(passage.marks)
                text = f'{unknown_name(key, ("marks",), known)}; a bar is written "bar 4"'
                yield (*path, "at", key), text


def _silences(score: Score, names: Names) -> Iterator[Fault]:
    for name, silence in score.silence.items():
        path: Path = ("silence", name)
        if silence.until not in ("", "cue"):
            yield from _unknown(silence.until, ("cues",), names, (*path, "until"))
        if silence.length is None and not silence.until:
            yield path, "a silence needs a length: (1 beat) or until: cue"


def _mappings(score: Score, names: Names) -> Iterator[Fault]:
    for i, mapping in enumerate(score.mappings):
        kind, name = mapping.to
        if name:
            yield from _unknown(name, (TARGETS_WITH_NAME[kind],), names, ("mappings", i, "to"))
        if bool(mapping.as_) == (mapping.above is not None):
            yield ("mappings", i), "a mapping needs as: [0 -> 0, 1 -> 1] or above:, one of the two"


def _rig(score: Score, names: Names) -> Iterator[Fault]:
    if score.rig is None:
        return
    for name, instrument in score.rig.instruments.items():
        if name != "default":
            yield from _unknown(name, ("instruments",), names, ("rig", "instruments", name))
        if instrument.out and instrument.out not in score.rig.outputs:
            text = unknown_name(instrument.out, ("output",), score.rig.outputs)
            yield ("rig", "instruments", name, "out"), text


_CHECKS: tuple[Callable[[Score, Names], Iterator[Fault]], ...] = (
    _transitions,
    _relationships,
    _states,
    _levels_and_figures,
    _passages,
    _silences,
    _mappings,
    mapping_faults,
    parameter_faults,
    _rig,
)
