"""What of the language a score uses: which keys, verbs, matchers, operations, words and units.

The vocabulary comes from the typed models and from the unions of verbs, matchers and operations, so
that what is added to the language is asked for here without further work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

from leitmotor.messages import Do
from leitmotor.music import operation
from leitmotor.music.length import Boundary, Grid
from leitmotor.music.transform_text import parse_operation
from leitmotor.score import matchers, verbs
from leitmotor.score.compiled_parameters import NUMBERS, STEPS, SWITCHES
from leitmotor.score.load import LoadedScore, load_score, load_script
from leitmotor.score.model.base import Keys, key_of
from leitmotor.score.model.root import Score
from leitmotor.score.not_yet_keys import is_performed, performs
from leitmotor.score.note_tokens import cut, read_event
from leitmotor.score.note_words import WORDS, find_word
from leitmotor.score.performed import NOT_YET_PERFORMED
from leitmotor.score.verb_text import parse_do
from leitmotor.score.verbs import Entry, Rotation

UNITS: Mapping[str, str] = {
    "bars": r"\d bars?\b",
    "beats": r"\d beats?\b",
    "s": r"\d s\b",
    "ms": r"\d ms\b",
    "min": r"\d min\b",
    "h": r"\d h\b",
    "dB": r"\d dB\b",
    "m": r"\d m\b",
    "LUFS": r"\d LUFS\b",
    "%": r"\d%",
    "x": r"\bx\d",
    "dynamics": r"\bp\.\.f\b",
    "steps": r"\d steps?\b",
    "semitones": r"\d semitones?\b",
}
"""Units as scores show them."""

AROUND = ("at", "for", "keep", "over", "then", "wait at most")
"""What may stand around a verb."""

SIGNS = (">", "^", "*", "_", "@", "~")
"""Marks of a note."""


GROUPS = ("t", "x", "grace", "slur", "8va", "8vb")
"""The heads of groups of notes."""

ENTERING = ("from the top", "where it was", "same bar", "marker")
"""The forms of a transition's `enter`."""


class Term(NamedTuple):
    """A word of the language: its kind (key, verb, matcher, …) and its name.

    Keys are named with their model (`Motif.must keep`), values with their key (`fit = chord`),
    verbs and the like with their class.
    """

    kind: str
    name: str


MUTES = frozenset({"con sord", "senza sord"})
"""Words that are read and not yet performed: they need a sound of our own."""


def vocabulary() -> frozenset[Term]:
    """Every word of the language that this release performs."""
    return frozenset(_vocabulary())


def used(loaded: LoadedScore, scripts: Iterable[Path] = ()) -> frozenset[Term]:
    """The words that a score and its cue scripts use."""
    return frozenset(_used(loaded, tuple(scripts)))


def uses(folders: Iterable[Path]) -> Mapping[Term, tuple[str, ...]]:
    """By word, the folders (their names) whose score uses it, in the order given."""
    found: dict[Term, tuple[str, ...]] = {}
    for folder in folders:
        for term in used(load_score(folder), sorted(folder.glob("*.cues"))):
            found[term] = (*found.get(term, ()), folder.name)
    return found


# -- the vocabulary -------------------------------------------------------------------------------


def _vocabulary() -> Iterator[Term]:
    yield from _keys_of(Score, set())
    late: set[type] = {*NOT_YET_PERFORMED, *matchers.NOT_YET_MATCHED, operation.NotYet}
    for kind, union in (
        ("verb", verbs.Verb),
        ("matcher", matchers.Matcher),
        ("condition", matchers.Condition),
        ("operation", operation.Operation),
    ):
        yield from (Term(kind, each.__name__) for each in get_args(union) if each not in late)
    yield from (Term("boundary", grid.name) for grid in Grid)
    yield from (Term("target", name) for name in NUMBERS | STEPS | SWITCHES)
    yield from (Term("around", word) for word in AROUND)
    yield from (Term("unit", name) for name in UNITS)
    words = (name for name in WORDS if name not in MUTES)
    yield from (Term("note", name) for name in (*words, *SIGNS, "tie", "chord", "chord tone"))
    yield from (Term("note", head) for head in GROUPS)
    yield from (Term("enter", form) for form in ENTERING)
    yield from (Term("choice", each) for each in ("in turn", "shuffled"))


def _keys_of(model: type[Keys], done: set[type[Keys]]) -> Iterator[Term]:
    if model in done:
        return
    done.add(model)
    for field, info in model.model_fields.items():
        inner_models = models_in(info.annotation)
        if not performs(model, field) or (inner_models and not any(map(_is_heard, inner_models))):
            continue
        yield Term("key", _name(model, field))
        for value in _choices(info.annotation):
            if value and is_performed(model, field, value):
                yield Term("value", f"{key_of(field)} = {value}")
        for inner in inner_models:
            yield from _keys_of(inner, done)


def _is_heard(model: type[Keys]) -> bool:
    return any(performs(model, field) for field in model.model_fields)


def models_in(annotation: Any) -> list[type[Keys]]:
    """The models that a field's values are, or hold."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def _name(model: type[Keys], field: str) -> str:
    return f"{model.__name__}.{key_of(field)}"


def _choices(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return [value for value in get_args(annotation) if isinstance(value, str)]
    return []


# -- what is used ---------------------------------------------------------------------------------


def _used(loaded: LoadedScore, scripts: tuple[Path, ...]) -> Iterator[Term]:
    read = loaded.read
    yield from _of_value(read.score)
    for entry in _entries(loaded, scripts):
        yield from _of_entry(entry)
    for cue in read.cues.values():
        yield from (Term("condition", type(each).__name__) for each in cue.while_)
        for matcher in cue.when:
            yield from _of_matcher(matcher)
    yield from (Term("target", mapping.to[0]) for mapping in read.score.mappings)
    for transition in read.score.transitions.values():
        yield from (Term("enter", form) for form in ENTERING if transition.enter.startswith(form))
    for text in _texts(loaded, scripts):
        if re.search("^include:", text, re.MULTILINE):  # it is gone once the files are merged
            yield Term("key", "Score.include")
        yield from (Term("unit", name) for name, form in UNITS.items() if re.search(form, text))


def _of_value(value: Any) -> Iterator[Term]:
    if isinstance(value, Keys):
        model = type(value)
        for field in value.model_fields_set:
            inner = getattr(value, field)
            if field == model.gathers and not inner:
                continue  # given to every entry, also where no such name is written
            yield Term("key", _name(model, field))
            if _choices(model.model_fields[field].annotation):
                yield Term("value", f"{key_of(field)} = {inner}")
            yield from _of_field(field, inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _of_value(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _of_value(inner)
    elif isinstance(value, Boundary):
        yield Term("boundary", value.grid.name)
    elif hasattr(value, "shuffled") and hasattr(value, "options") and len(value.options) > 1:
        yield Term("choice", "shuffled" if value.shuffled else "in turn")


def _of_field(field: str, value: Any) -> Iterator[Term]:
    if field == "notes":
        yield from _of_notes(value)
    elif field == "parts":
        for lines in value.values():
            yield from _of_notes(lines if isinstance(lines, (list, tuple)) else (lines,))
    elif field in ("vary", "each_time"):
        yield from (Term("operation", type(parse_operation(each)).__name__) for each in value)
    yield from _of_value(value)


def _of_entry(entry: Entry) -> Iterator[Term]:
    yield Term("verb", type(entry.verb).__name__)
    if entry.at is not None:
        yield Term("around", "at")
        yield Term("boundary", entry.at.grid.name)
    given = {
        "for": entry.lasting,
        "keep": entry.keep,
        "over": getattr(entry.verb, "over", None),
        "then": entry.then,
        "wait at most": entry.wait_at_most,
    }
    yield from (Term("around", word) for word, value in given.items() if value)


def _of_matcher(matcher: matchers.Matcher) -> Iterator[Term]:
    yield Term("matcher", type(matcher).__name__)
    if isinstance(matcher, (matchers.AllOf, matchers.AnyOf)):
        for part in matcher.parts:
            yield from _of_matcher(part)


def _of_notes(lines: Iterable[str]) -> Iterator[Term]:
    """Words in parentheses, groups, marks and pitches of the shorthand."""
    for kind, _, _, text in cut(tuple(map(str, lines))):
        if kind == "head":
            yield from (Term("note", head) for head in GROUPS if text.startswith(head))
        for word in re.findall(r"\(([^()]*)\)", text):
            yield from (Term("note", name) for name in WORDS if WORDS[name] is find_word(word))
        if kind == "event" and (event := read_event(text)) is not None:
            marks = re.sub(r"<[^<>]*>|\([^()]*\)", "", text)
            yield from (Term("note", sign) for sign in SIGNS if sign in marks)
            yield from (Term("note", "tie") for _ in range(event.tie >= 0))
            yield from (Term("note", "chord") for _ in range(len(event.names) > 1))
            yield from (Term("note", "chord tone") for _ in range("k" in text.split("(")[0]))


def _entries(loaded: LoadedScore, scripts: tuple[Path, ...]) -> Iterator[Entry]:
    """Every verb of cues, passages, stingers and scripts."""
    names, score = loaded.read.names, loaded.read.score
    texts: list[Any] = [cue.do for cue in score.cues.values()]
    for passage in score.passages.values():
        texts += [*passage.at.values(), passage.then if passage.then != "again" else ()]
    texts += [stinger.then for stinger in score.stingers.values()]
    texts += [cue.text for _, cue in _lines(loaded, scripts) if isinstance(cue, Do)]
    for text in texts:
        if text:
            do = parse_do(text, names)
            options = do.options if isinstance(do, Rotation) else (do,)
            yield from (entry for option in options for entry in option)


def _lines(loaded: LoadedScore, scripts: tuple[Path, ...]) -> Iterator[tuple[Any, Any]]:
    for script in scripts:
        yield from load_script(script, loaded)


def _texts(loaded: LoadedScore, scripts: tuple[Path, ...]) -> Iterator[str]:
    for path in (loaded.path, *scripts):
        yield path.read_text(encoding="utf-8")
