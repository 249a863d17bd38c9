"""Texts of `do:` into values: one entry, or a whole list of them (language §4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leitmotor.music.length import Boundary, Length
from leitmotor.score import verbs
from leitmotor.score.names import Names, longest_name, unknown_name
from leitmotor.score.nearest import did_you_mean, nearest
from leitmotor.score.parts import PartsError, Path, came
from leitmotor.score.scalars import MOST_PROBLEMS
from leitmotor.score.verb_patterns import VERBS, read_verb
from leitmotor.score.verbs import Entry, Rotation, Verb
from leitmotor.score.words import Words

VERB_SYNONYMS = {
    "goto": "go",
    "jump": "go",
    "scene": "go",
    "theme": "motif",
    "melody": "motif",
    "bpm": "tempo",
    "speed": "tempo",
    "transpose": "key",
    "modulate": "key",
    "scale": "mode",
    "meter": "metre",
    "time": "metre",
    "chords": "harmony",
    "progression": "harmony",
    "orchestration": "palette",
    "instrument": "play",
    "volume": "level",
    "gain": "level",
    "cresc": "crescendo",
    "fadeout": "fade out",
    "loop": "vamp",
    "repeat": "vamp",
    "end": "finish",
    "halt": "stop",
    "quit": "stop",
    "revert": "undo",
    "print": "log",
}
"""What people type, and the verb they mean."""

CHANGING = (
    verbs.ToState,
    verbs.Arc,
    verbs.Relationship,
    verbs.TempoTo,
    verbs.KeyTo,
    verbs.ModeTo,
    verbs.MetreTo,
    verbs.HarmonyTo,
    verbs.ChordTo,
    verbs.PaletteTo,
    verbs.PlayOn,
    verbs.FigureTo,
    verbs.Layers,
    verbs.Mute,
    verbs.Unmute,
    verbs.Solo,
    verbs.LevelTo,
    verbs.DynamicTo,
    verbs.SetParameter,
    verbs.Density,
    verbs.Dialogue,
)
"""The verbs that put something in the place of something else: they take `for T` and `keep`."""

WITH_OVER = (
    verbs.TempoTo,
    verbs.PaletteTo,
    verbs.Layers,
    verbs.Mute,
    verbs.Unmute,
    verbs.Solo,
    verbs.LevelTo,
    verbs.DynamicTo,
    verbs.SetParameter,
    verbs.Density,
    verbs.Pause,
)
"""The verbs that take `over T`."""

_CONTINUATIONS = ("at ", "over ", "for ", "as ", "in ", "with ", "until ", "via ", "from ", "to ")
_ROTATIONS = ("in turn", "shuffled")


@dataclass(slots=True)
class _Suffixes:
    at: Boundary | None = None
    over: Length | None = None
    lasting: Length | None = None
    wait_at_most: Length | None = None
    shape: str = ""


def parse_entry(text: str, names: Names) -> Entry:
    """The meaning of one entry of a `do` list; `ValueError` says what is wrong and what is near."""
    words = Words(text, names)
    then = words.accept("then")
    keep = words.accept("keep")
    first = words.peek()
    verb = _assignment(words) or _verb(words)
    suffixes = _suffixes(words, first, verb)
    verb = _with_suffixes(verb, suffixes, first)
    if keep and not isinstance(verb, CHANGING):
        raise ValueError(
            f'"keep" stands before a verb that changes something, not before "{first}"'
        )
    return Entry(verb, text, then, keep, suffixes.at, suffixes.lasting, suffixes.wait_at_most)


def _assignment(words: Words) -> Verb | None:
    count = longest_name(words.rest, (words.names.parameters,))[1] if words.peek() else 0
    if count and words.rest[count : count + 1] == ("=",):
        return read_verb("set", words)
    return None


def _verb(words: Words) -> Verb:
    first = words.take("a verb")
    verb = read_verb(first, words)
    if verb is None:
        raise ValueError(_unknown_verb(first, words))
    return verb


def _unknown_verb(first: str, words: Words) -> str:
    if "=" in words.rest:
        name = " ".join((first, *words.rest[: words.rest.index("=")]))
        return unknown_name(name, ("parameters",), words.names.parameters)
    verb = VERB_SYNONYMS.get(first.lower())
    if verb:
        return f'there is no verb "{first}"; write "{verb}"'
    if first in words.names.motifs:
        return f'there is no verb "{first}", but a motif of this name; write "motif {first}"'
    if first in words.names.scenes:
        return f'there is no verb "{first}", but a scene of this name; write "go {first}"'
    if nearest(first, VERBS):
        return f'there is no verb "{first}"{did_you_mean(first, VERBS)}'
    return f'there is no verb "{first}"; known are {", ".join(VERBS)}'


def _suffixes(words: Words, first: str, verb: Verb) -> _Suffixes:
    found = _Suffixes()
    while words.peek():
        if words.accept("at"):
            found.at = words.boundary()
        elif words.accept("over"):
            found.over = words.length()
        elif words.accept("for"):
            found.lasting = words.length()
        elif words.accept("wait", "at", "most"):
            found.wait_at_most = words.length()
        elif words.accept("evenly", "by", "beat"):
            found.shape = "linear in beats"
        elif words.accept("geometric"):
            found.shape = "geometric"
        else:
            words.end(first, _may_follow(verb))
    return found


def _may_follow(verb: Verb) -> tuple[str, ...]:
    """What a verb can be followed by."""
    follows = ["at BOUNDARY"]
    if isinstance(verb, verbs.PlayMotif):
        follows = ["as STATE", "in ROLE", "with INSTRUMENT", *follows]
    if isinstance(verb, WITH_OVER):
        follows.append("over T")
    if isinstance(verb, CHANGING):
        follows.append("for T")
    return (*follows, "wait at most T")


def _with_suffixes(verb: Verb, suffixes: _Suffixes, first: str) -> Verb:
    if suffixes.lasting and not isinstance(verb, CHANGING):
        raise ValueError(f'"{first}" has nothing that could return after "for {suffixes.lasting}"')
    if suffixes.shape:
        if not isinstance(verb, verbs.TempoTo):
            raise ValueError('"evenly by beat" and "geometric" belong to the verb tempo alone')
        verb = replace(verb, shape=suffixes.shape)
    if suffixes.over is None:
        return verb
    if not isinstance(verb, WITH_OVER):
        raise ValueError(f'"{first}" happens at once; it takes no "over {suffixes.over}"')
    return replace(verb, over=suffixes.over)


def parse_do(value: object, names: Names) -> tuple[Entry, ...] | Rotation:
    """The meaning of a `do:` value: a text, a list, or `{in turn: […]}` / `{shuffled: […]}`.

    Raises `PartsError` with every mistake and its place inside the value.
    """
    problems: list[tuple[Path, str]] = []
    if isinstance(value, dict):
        done: tuple[Entry, ...] | Rotation = _rotation(value, names, problems)
    else:
        done = _entries(value, names, (), problems)
    if problems:
        raise PartsError(tuple(problems))
    return done


def _rotation(
    value: dict[object, object], names: Names, problems: list[tuple[Path, str]]
) -> Rotation:
    keys = tuple(value)
    if len(keys) != 1 or keys[0] not in _ROTATIONS or not isinstance(value[keys[0]], (list, tuple)):
        said = "a do is verbs, {in turn: […]} or {shuffled: […]}"
        problems.append(((), _without_colons(value, "do: ") or f"{said}, not {came(value)}"))
        return Rotation((), False)
    key = str(keys[0])
    options = value[key]
    assert isinstance(options, (list, tuple))
    read = tuple(_entries(o, names, (key, i), problems) for i, o in enumerate(options))
    return Rotation(read, key == "shuffled")


def _without_colons(value: dict[object, object], before: str) -> str:
    """What to write for `{go: kitchen}`; empty where that is not how it is meant."""
    said = [f"{verb} {rest}" for verb, rest in value.items() if isinstance(rest, (str, int, float))]
    if not said or len(said) < len(value) or not all(str(verb) in VERBS for verb in value):
        return ""
    whole = said[0] if len(said) == 1 else f"[{', '.join(said)}]"
    return f"a verb has no colon after it; write {before}{whole}"


def _entries(
    value: object, names: Names, path: Path, problems: list[tuple[Path, str]]
) -> tuple[Entry, ...]:
    texts = list(value) if isinstance(value, (list, tuple)) else [value]
    entries: list[Entry] = []
    for i, text in enumerate(texts):
        if len(problems) > MOST_PROBLEMS:
            break
        place = (*path, i) if isinstance(value, (list, tuple)) else path
        if not isinstance(text, str):
            plain = _without_colons(text, "") if isinstance(text, dict) else ""
            problems.append((place, plain or f"a verb must stand here, not {came(text)}"))
            continue
        if i and _goes_on([text]):
            whole = f"{texts[i - 1]} {text}"
            problems.append((place, f'a comma ends the entry here; write "{whole}" without it'))
            continue
        try:
            entries.append(parse_entry(text, names))
        except ValueError as mistake:
            # Half of an entry that a comma broke is explained at its other half.
            if not _goes_on(texts[i + 1 : i + 2]):
                problems.append((place, str(mistake)))
    return tuple(entries)


def _goes_on(texts: list[object]) -> bool:
    """Whether the text can only be the rest of the entry before it."""
    return bool(texts) and isinstance(texts[0], str) and texts[0].startswith(_CONTINUATIONS)
