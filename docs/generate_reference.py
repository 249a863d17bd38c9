"""Writes docs/reference/score-format.md from the package itself.

By hand: `python docs/generate_reference.py`. The keys come from the typed models, whose texts are
also those of the JSON Schema; verbs, matchers, operations, instruments and words come from the code
that reads them, and what else is said of them from templates/tables.toml. MkDocs runs this before
every build (`hooks:` in mkdocs.yml); a test says when the committed page is out of date.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import WithJsonSchema

from leitmotor.music import instruments, operation
from leitmotor.music.length import NOW, Grid
from leitmotor.music.scale import MODES
from leitmotor.music.touch import ARTICULATIONS
from leitmotor.music.transform_text import parse_operation
from leitmotor.perform.things import DEFAULT_BOUNDARIES, ENTRY_VERBS
from leitmotor.score import matchers, verbs
from leitmotor.score.model.base import Keys, key_of
from leitmotor.score.model.joins import Ref
from leitmotor.score.model.readers import TARGETS
from leitmotor.score.model.rig import Rig
from leitmotor.score.model.root import Score
from leitmotor.score.names import kind_words
from leitmotor.score.not_yet_keys import FIELDS, PERFORMED_TARGETS, performs
from leitmotor.score.note_groups import USUAL_TUPLETS
from leitmotor.score.note_tokens import VALUES
from leitmotor.score.note_words import WORDS
from leitmotor.score.performed import NOT_YET_PERFORMED
from leitmotor.score.schema import rig_schema, score_schema
from leitmotor.score.verb_patterns import KEY_ROUTES, VERBS
from leitmotor.score.verb_text import CHANGING, WITH_OVER
from leitmotor.testing.coverage import UNITS, Term, models_in, uses
from leitmotor.testing.ladder import rungs

DOCS = Path(__file__).parent
PAGE = DOCS / "reference" / "score-format.md"
TEMPLATE = DOCS / "templates" / "score-format.md"
TABLES = DOCS / "templates" / "tables.toml"
EXAMPLES = DOCS.parent / "examples"
MOST_EXAMPLES = 3
"""How many are linked of those that use a word: the first, which are the simplest."""
NOT_YET = "*Not yet performed.*"
LINKS = {
    "notes": "[notes](#notes)",
    "chords": "[numerals](#numerals)",
    "vary": "[operations](#operations)",
    "each_time": "[operations](#operations)",
    "when": "[matchers](#matchers)",
    "while_": "[conditions](#matchers)",
    "do": "[verbs](#verbs)",
    "then": "[verbs](#verbs)",
    "to": "[a target](#what-mappings-drive)",
    "is_": "[a known name](#known-instruments)",
}
"""Fields whose values have a chapter of their own."""
LATE = {kind.__name__ for kind in matchers.NOT_YET_MATCHED}
Row = dict[str, str]
VALUE_NAMES = ("whole note", "half", "quarter", "eighth", "sixteenth", "thirty-second")


def on_pre_build(config: object) -> None:  # noqa: ARG001 - MkDocs calls it by this name
    """MkDocs' hook. Writes only what has changed, or `mkdocs serve` would build for ever."""
    text = reference()
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")


def reference() -> str:
    """The whole page."""
    text = TEMPLATE.read_text(encoding="utf-8")
    tables = _tables()
    parts = {
        "keys": "\n\n".join(_key_tables()),
        "note_values": _note_values(),
        "tuplets": _usual_tuplets(),
        "words": _plain_table("note", "means", WORDS),
        "modes": _code(MODES),
        "verbs": _verb_table(tables["verb"]),
        "routes": _code(KEY_ROUTES),
        "boundaries": _plain_table("boundary", "means", [grid.name for grid in Grid]),
        "matchers": _plain_table("matcher", "fires when", _names_in(matchers.Matcher), LATE),
        "conditions": _plain_table("condition", "holds", _names_in(matchers.Condition)),
        "units": _plain_table("unit", "measures", UNITS),
        "targets": _target_table(tables["target"]),
        "ranks": _table(
            ("what", "who wins, the highest first", "besides"),
            [(row["what"], row["order"], row["rule"]) for row in tables["rank"]],
        ),
        "operations": _operation_table(tables["operation"]),
        "instruments": _instrument_table(),
        "aliases": _aliases(),
    }
    for name, part in parts.items():
        if text.count(f"{{{name}}}") != 1:
            raise LookupError(f"the template has no place, or two, for {{{name}}}")
        text = text.replace(f"{{{name}}}", part)
    return text


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(TABLES.read_text(encoding="utf-8"))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in lines
    )


def _code(words: Iterable[object]) -> str:
    return ", ".join(_mono(str(word)) for word in words)


def _mono(text: str) -> str:
    """In a table `|` ends the cell even inside backticks, so such a text is marked up by hand."""
    return f"<code>{text}</code>" if "|" in text else f"`{text}`"


def _complete(wanted: Iterable[object], given: Iterable[object], what: str) -> None:
    odd = set(wanted) ^ set(given)
    if odd:
        raise LookupError(f"{what} that only one of package and reference knows: {odd}")


# -- examples -------------------------------------------------------------------------------------


@cache
def _used() -> Mapping[Term, tuple[str, ...]]:
    return uses(EXAMPLES / rung.name for rung in rungs(EXAMPLES))


@cache
def _links() -> Mapping[str, str]:
    return {rung.name: f"[{rung.number}](examples.md#{rung.anchor})" for rung in rungs(EXAMPLES)}


def _examples(kind: str, *names: str) -> str:
    """Links to the first examples that use one of these words."""
    used = {each for name in names for each in _used().get(Term(kind, name), ())}
    return ", ".join(_links()[name] for name in sorted(used)[:MOST_EXAMPLES]) or "–"


# -- keys -----------------------------------------------------------------------------------------


def _key_tables() -> Iterator[str]:
    """A table for each model, each once, followed by those of what stands in it."""
    for name, root, schema in (("score", Score, score_schema()), ("rig file", Rig, rig_schema())):
        yield from _from(name, root, schema, set())


def _from(
    name: str, model: type[Keys], schema: dict[str, Any], done: set[type[Keys]]
) -> Iterator[str]:
    if model in done or (model is Rig and schema["title"] != rig_schema()["title"]):
        return
    done.add(model)
    yield _key_table(name, model, schema)
    for field, info in model.model_fields.items():
        for inner in models_in(info.annotation):
            yield from _from(_entry_name(name, field), inner, schema, done)


def _entry_name(owner: str, field: str) -> str:
    key = key_of(field)
    if owner == "rig file":
        return f"rig: {key}"
    return key if owner == "score" else f"{owner}: {key}"


def _key_table(name: str, model: type[Keys], schema: dict[str, Any]) -> str:
    properties = _properties(model, schema)
    rows = []
    for field, info in model.model_fields.items():
        free = field == model.gathers
        key = key_of(field)
        written = _gathered(info) if free else properties[key]
        meaning = " ".join(filter(None, (info.description, _status(model, field))))
        told = _tables()["default"].get(f"{model.__name__}.{key}") or _default(written)
        default = "required" if info.is_required() else told
        value = _chapter(field, info) or _value(info, written)
        name_ = _free_key(model) if free else f"`{key}`"
        shown = _examples("key", f"{model.__name__}.{key}")
        rows.append((name_, value, default, meaning, shown))
    said = (model.__doc__ or "").strip()
    short = f" A bare text or list stands for `{model.short}`." if model.short else ""
    heads = ("key", "value", "default", "meaning", "examples")
    return f"### {name}\n\n{said}{short}\n\n" + _table(heads, rows)


def _chapter(field: str, info: Any) -> str:
    """Where the values of a field are told; a plain text called `then` is no list of verbs."""
    plain = info.annotation is str or get_origin(info.annotation) is Literal
    return "" if plain and field in ("then", "chords") else LINKS.get(field, "")


def _gathered(info: Any) -> dict[str, Any]:
    """The schema of the values that stand under free names."""
    schemas = [part.json_schema for part in _metadata(info) if isinstance(part, WithJsonSchema)]
    return schemas[0] or {} if schemas else {}


def _properties(model: type[Keys], schema: dict[str, Any]) -> dict[str, Any]:
    found = schema["$defs"].get(model.__name__, schema)
    whole = found if "properties" in found else found["anyOf"][-1]
    properties: dict[str, Any] = whole["properties"]
    return properties


def _free_key(model: type[Keys]) -> str:
    return {"roles": "*a role*", "parameters": "*a parameter*", "statuses": "*a status*"}.get(
        model.gathers, "*NAME* `in`"
    )


def _status(model: type[Keys], field: str) -> str:
    if not performs(model, field):
        return NOT_YET
    if FIELDS.get(model, {}).get(field) is None:
        return ""
    if model.model_fields[field].is_required():
        return "*Some are not yet performed: `leitmotor check` lists them.*"
    return "*Other values than the default are not yet performed.*"


def _default(schema: dict[str, Any]) -> str:
    default = schema.get("default")
    if default in (None, "", {}, []):
        return "–"
    if isinstance(default, bool):
        return str(default).lower()
    return _mono(f"{default:g}" if isinstance(default, float) else str(default))


def _value(info: Any, written: dict[str, Any]) -> str:
    kind = str(info.annotation)
    if models_in(info.annotation):
        many = "by name " if "dict[" in kind else ""
        return f"{'a list of ' if 'tuple[' in kind else many}→"
    refs = [part for part in _metadata(info) if isinstance(part, Ref)]
    if refs:
        return _names_of(refs[0], kind)
    if "examples" in written:
        return _code(_typed(example) for example in written["examples"])
    return _plain_value(written)


def _metadata(info: Any) -> list[Any]:
    """What is noted at a field's type, or at that of the values it gathers."""
    inner = [part for arg in get_args(info.annotation) for part in getattr(arg, "__metadata__", ())]
    return [*info.metadata, *inner]


def _names_of(ref: Ref, kind: str) -> str:
    words = kind_words(ref.kinds)
    said = f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
    by_role = " by role" if "Mapping" in kind else ""
    turns = ", in turn, shuffled" if "Choice" in kind else ""
    row = ", or a list" if "tuple[" in kind or "Players" in kind else ""
    return f"{said}{by_role}{row}{turns}"


def _typed(example: object) -> str:
    return str(example).lower() if isinstance(example, bool) else str(example)


def _plain_value(schema: dict[str, Any]) -> str:
    options = schema.get("anyOf", [schema])
    kinds = {kind for option in options for kind in _as_list(option.get("type"))}
    choices = [v for option in options for v in option.get("enum", [option.get("const")]) if v]
    if choices:
        return _code(choices)
    if any("in turn" in option.get("properties", {}) for option in options):
        return "text, in turn, shuffled"
    if "object" in kinds:
        return "by name"
    if "array" in kinds:
        return "text, or a list"
    limits = [option for option in options if "minimum" in option]
    reach = "".join(
        f" from {option['minimum']:g}"
        + (f" to {option['maximum']:g}" if "maximum" in option else "")
        for option in limits
    )
    if "boolean" in kinds:
        return "`true`, `false`"
    if "integer" in kinds:
        return f"whole number{reach}"
    if kinds and kinds <= {"number", "null"}:
        return f"number{reach}"
    return "text" if kinds else "number"


def _as_list(kind: Any) -> list[str]:
    return kind if isinstance(kind, list) else [kind] if kind else []


# -- notes ----------------------------------------------------------------------------------------


def _note_values() -> str:
    names = dict(zip(VALUES, VALUE_NAMES, strict=True))
    said = ", ".join(f"`{letter}` {name}" for letter, name in names.items())
    return f"A note is a pitch and, without a blank, its value: `1q`. Values: {said}; `.` is a dot."


def _usual_tuplets() -> str:
    said = ", ".join(f"`t{n}` is {n} in the time of {m}" for n, m in USUAL_TUPLETS.items())
    return said[0].upper() + said[1:]


# -- verbs, boundaries, matchers, operations ------------------------------------------------------


def _verb_table(rows: Sequence[Row]) -> str:
    _complete((kind.__name__ for kind in get_args(verbs.Verb)), _kinds(rows), "verbs")
    _complete(VERBS, (row["form"].split()[0].rstrip(",") for row in rows), "words for verbs")
    told = []
    for row in rows:
        kind: type = getattr(verbs, row["kind"])
        shown = _examples("verb", row["kind"])
        meaning = _verb_meaning(row, kind)
        told.append((_forms(row), _acts(row, kind), _may_take(kind), meaning, shown))
    return _table(("verb", "acts", "takes", "meaning", "examples"), told)


def _kinds(rows: Sequence[Row]) -> Iterator[str]:
    return (row["kind"] for row in rows)


def _forms(row: Row) -> str:
    return ", ".join(_mono(form) for form in row["form"].split(", "))


def _acts(row: Row, kind: type) -> str:
    if issubclass(kind, (*ENTRY_VERBS, verbs.GoBack)):
        return "as its transition says"
    return row.get("acts") or str(DEFAULT_BOUNDARIES.get(kind, NOW))


def _may_take(kind: type) -> str:
    over = "`over T`" if issubclass(kind, WITH_OVER) else ""
    lasting = "`for T`, `keep`" if issubclass(kind, CHANGING) else ""
    return ", ".join(filter(None, (over, lasting)))


def _verb_meaning(row: Row, kind: type) -> str:
    meaning = row["meaning"]
    if kind in NOT_YET_PERFORMED:
        return f"{meaning} {NOT_YET}"
    if kind is verbs.KeyTo:
        return f"{meaning} *Routes other than direct are not yet performed.*"
    return meaning


def _names_in(union: Any) -> list[str]:
    return [kind.__name__ for kind in get_args(union)]


def _plain_table(kind: str, means: str, wanted: Iterable[str], late: Set[str] = frozenset()) -> str:
    """A table of tables.toml, which must tell of all that is `wanted`."""
    rows = _tables()[kind]
    _complete(wanted, _kinds(rows), f"{kind}: words")
    told = [
        (_mono(row["form"]), _meaning(row, row["kind"] in late), _examples(kind, row["kind"]))
        for row in rows
    ]
    return _table(("word" if kind == "note" else kind, means, "examples"), told)


def _meaning(row: Row, is_late: bool) -> str:
    return f"{row['meaning']} {NOT_YET}" if is_late else row["meaning"]


def _target_table(rows: Sequence[Row]) -> str:
    _complete(TARGETS, (row["form"].split()[0] for row in rows), "targets")
    told = []
    for row in rows:
        word = row["form"].split()[0]
        meaning = _meaning(row, word not in PERFORMED_TARGETS)
        told.append((_mono(row["form"]), _mono(row["values"]), meaning, _examples("target", word)))
    return _table(("to", "values", "drives", "examples"), told)


def _operation_table(rows: Sequence[Row]) -> str:
    shown = (type(parse_operation(row["form"])) for row in rows)
    _complete(get_args(operation.Operation), shown, "operations")
    touches = ", ".join(ARTICULATIONS)
    told = [
        (
            _mono(row["form"]),
            row["meaning"].format(articulations=touches) or NOT_YET,
            _examples("operation", type(parse_operation(row["form"])).__name__),
        )
        for row in rows
    ]
    return _table(("operation", "means", "examples"), told)


# -- instruments ----------------------------------------------------------------------------------


def _instrument_table() -> str:
    rows = []
    for name in instruments.names():
        known = instruments.find(name)
        if known is None or known.name != name:
            continue  # a second name
        reach = f"{known.low}–{known.high} ({known.comfortable_low}–{known.comfortable_high})"
        pitches = f"{_pitch(known.low)}–{_pitch(known.high)}"
        program = "kit" if known.kit else str(known.program + 1)
        rows.append((name, known.family, pitches, reach, str(known.poly), program))
    return _table(
        ("instrument", "family", "range", "as MIDI notes", "notes at once", "program"), rows
    )


def _pitch(number: int) -> str:
    names = ("c", "c#", "d", "eb", "e", "f", "f#", "g", "ab", "a", "bb", "b")
    return f"{names[number % 12]}{number // 12 - 1}"


def _aliases() -> str:
    second = [
        f"{name} ({known.name})"
        for name in instruments.names()
        if (known := instruments.find(name)) is not None and known.name != name
    ]
    return f"Other names that are understood: {', '.join(second)}."


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
