"""`when:` mappings and `while:` texts into values (language §6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from leitmotor.addresses import FORBIDDEN
from leitmotor.key_words import DESK_KEYS, NAMED_KEYS, is_key
from leitmotor.records import record
from leitmotor.score import matchers
from leitmotor.score.matchers import Condition, Matcher
from leitmotor.score.names import Names, unknown_name
from leitmotor.score.nearest import did_you_mean, nearest, normal_key
from leitmotor.score.parts import PartsError, Path, came
from leitmotor.score.units import is_timecode, parse_clock_span, parse_seconds, parse_time_of_day

_MIDI = re.compile(r"(note|cc|program)\s+(\d+)")
_MMC = ("play", "stop", "pause", "record", "record exit", "forward", "rewind", "locate")
_HIGHEST = {"note": 127, "cc": 127, "program": 128}
_MODIFIERS = {"off": "osc", "channel": "midi", "where": "event"}
_MANY = ("all of", "any of")
_KEYS_MEANT = {
    "spacebar": "space",
    "blank": "space",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "pgup": "page up",
    "pageup": "page up",
    "pgdn": "page down",
    "pagedown": "page down",
    "arrow up": "up",
    "arrow down": "down",
    "arrow left": "left",
    "arrow right": "right",
}
_SYNONYMS = {
    "address": "osc",
    "note": "midi: note 36",
    "cc": "midi: cc 1",
    "program": "midi: program 5",
    "keyboard": "press",
    "time": "clock",
    "interval": "every",
    "on": "event",
}


def parse_when(value: object, names: Names) -> tuple[Matcher, ...]:
    """The meaning of a `when:`: one matcher or a list of them, any of which fires the cue.

    Raises `PartsError` with every mistake and its place inside the value.
    """
    problems: list[tuple[Path, str]] = []
    found = _matchers(value, names, (), problems)
    if problems:
        raise PartsError(tuple(problems))
    return found


def _matchers(
    value: object, names: Names, path: Path, problems: list[tuple[Path, str]]
) -> tuple[Matcher, ...]:
    many = isinstance(value, (list, tuple))
    found: list[Matcher] = []
    for i, part in enumerate(value if isinstance(value, (list, tuple)) else (value,)):
        place = (*path, i) if many else path
        if not isinstance(part, dict):
            problems.append(
                (place, f"a matcher such as {{press: b}} must stand here, not {came(part)}")
            )
            continue
        matcher = _matcher({normal_key(str(k)): v for k, v in part.items()}, names, place, problems)
        if matcher is not None:
            found.append(matcher)
    return tuple(found)


def _matcher(
    part: Mapping[str, Any], names: Names, place: Path, problems: list[tuple[Path, str]]
) -> Matcher | None:
    main = [key for key in part if key in _READERS or key in _MANY or _is_threshold(key)]
    if len(main) != 1:
        problems.append((place, _which(part, main)))
        return None
    key = main[0]
    for other in part:
        if other != key and not _may_modify(other, key):
            problems.append(((*place, other), _stray(other, key)))
    if key in _MANY:
        parts = _matchers(part[key], names, (*place, key), problems)
        return matchers.AllOf(parts) if key == "all of" else matchers.AnyOf(parts)
    reader = _threshold if _is_threshold(key) else _READERS[key]
    try:
        return reader(_Part(key, part, names))
    except ValueError as mistake:
        problems.append(((*place, key), str(mistake)))
        return None


def _is_threshold(key: str) -> bool:
    return key.endswith((" above", " below"))


def _may_modify(other: str, key: str) -> bool:
    return _MODIFIERS.get(other) == key or (other == "for" and _is_threshold(key))


def _stray(other: str, key: str) -> str:
    wanted = _MODIFIERS.get(other) or ("PARAM above" if other == "for" else "")
    if wanted:
        return f'"{other}" belongs to "{wanted}", not to "{key}"'
    return f'"{other}" is not understood beside "{key}"'


def _which(part: Mapping[str, Any], main: list[str]) -> str:
    known = f"known are {', '.join((*_READERS, 'PARAM above', 'PARAM below', *_MANY))}"
    if len(main) > 1:
        return (
            f'"{main[0]}" and "{main[1]}" are two matchers; write a list [{{{main[0]}: …}}, '
            f"{{{main[1]}: …}}] where either fires, or all of: […] where both must"
        )
    for key in part:
        if key in _SYNONYMS:
            return f'there is no matcher "{key}"; write "{_SYNONYMS[key]}"'
        near = nearest(key, _READERS)
        return f'there is no matcher "{key}"; ' + (f'did you mean "{near}"?' if near else known)
    return f"a matcher is empty; {known}"


def _text(value: object, wanted: str) -> str:
    if not isinstance(value, (str, int, float)) or isinstance(value, bool) or value == "":
        raise ValueError(f"{wanted} must stand here, not {came(value)}")
    return str(value)


@record
class _Part:
    """One matcher as written: its main key, and all its keys."""

    key: str
    beside: Mapping[str, Any]
    names: Names

    @property
    def value(self) -> Any:
        return self.beside[self.key]


def _osc(part: _Part) -> Matcher:
    address = _text(part.value, "an address such as /scene/quay")
    if not address.startswith("/") or " " in address:
        meant = "/" + "_".join(address.split()).lstrip("/")
        raise ValueError(
            f'an OSC address begins with / and has no blanks: not "{address}"; write {meant}'
        )
    for segment in address[1:].split("/"):
        odd = sorted(set(segment) & set(FORBIDDEN))
        if odd and segment != "*":
            raise ValueError(
                f'an OSC address holds no {odd[0]}, and * stands for one whole segment: "{segment}"'
                " is none; write /*, or one address for each"
            )
    off = part.beside.get("off", False)
    if not isinstance(off, bool):
        raise ValueError(f"off is true or false, not {came(off)}")
    return matchers.Osc(address, off)


def _midi(part: _Part) -> Matcher:
    text = _text(part.value, "note 36, cc 1 or program 5")
    kind, _, word = " ".join(text.lower().split()).partition(" ")
    if kind == "mmc":
        return _mmc(part, word)
    match = _MIDI.fullmatch(text.strip())
    if not match:
        raise ValueError(f'midi is note 36, cc 1, program 5 or mmc play, not "{text}"')
    kind, number = match[1], int(match[2])
    lowest, highest = int(kind == "program"), _HIGHEST[kind]
    if not lowest <= number <= highest:
        raise ValueError(f"a MIDI {kind} is {lowest} to {highest}, not {number}")
    channel = part.beside.get("channel", 0)
    if "channel" in part.beside and (type(channel) is not int or not 1 <= channel <= 16):
        raise ValueError(f"a channel is 1 to 16, not {came(channel)}")
    return matchers.Midi(kind, number, channel)


def _mmc(part: _Part, word: str) -> Matcher:
    if word not in _MMC:
        near = nearest(word, _MMC)
        meant = f'; did you mean "{near}"?' if near else f"; known are {', '.join(_MMC)}"
        raise ValueError(f'machine control has no command "{word}"{meant}')
    if "channel" in part.beside:
        raise ValueError("machine control has no channel; leave it out")
    return matchers.Mmc(word)


def _press(part: _Part) -> Matcher:
    written = _text(part.value, "a key of the keyboard such as b or space")
    key = written if len(written) == 1 else " ".join(written.lower().split())
    if key in DESK_KEYS:
        raise ValueError(f'the key "{key}" {DESK_KEYS[key]} at the desk; take another one')
    if key in ("", " "):
        raise ValueError("the key with nothing on it is called space; write press: space")
    if not is_key(key):
        near = _KEYS_MEANT.get(key) or ("" if key[:5] == "ctrl-" else nearest(key, NAMED_KEYS))
        meant = f'; did you mean "{near}"?' if near else ""
        raise ValueError(
            f'there is no key "{written}": a key is one character, or space, escape, up, page up, '
            f"f1, ctrl-a{meant or ' and the like'}"
        )
    return matchers.Press(key)


def _timecode(part: _Part) -> Matcher:
    text = _text(part.value, 'a timecode such as "01:00:10:00"')
    if not is_timecode(text):
        raise ValueError(f'a timecode is written "hh:mm:ss:ff", in quotes, not {text}')
    return matchers.Timecode(text)


def _clock(part: _Part) -> Matcher:
    return matchers.Clock(parse_time_of_day(part.value))


def _every(part: _Part) -> Matcher:
    seconds = parse_seconds(part.value)
    if seconds <= 0:
        raise ValueError("every needs a time longer than 0 s")
    return matchers.Every(seconds)


def _event(part: _Part) -> Matcher:
    where = part.beside.get("where", {})
    if not isinstance(where, dict):
        raise ValueError(f"where is a mapping such as {{who: mara}}, not {came(where)}")
    fields = tuple((str(name), _text(value, "a value")) for name, value in where.items())
    return matchers.EventNamed(_text(part.value, "the name of an event"), fields)


def _marker(part: _Part) -> Matcher:
    return matchers.MarkerPassed(_known(part.value, "marks", part.names))


def _scene(part: _Part) -> Matcher:
    return matchers.SceneEntered(_known(part.value, "scenes", part.names))


def _known(value: object, kind: str, names: Names) -> str:
    name = _text(value, "a name")
    known: frozenset[str] = getattr(names, kind)
    if name not in known:
        raise ValueError(unknown_name(name, (kind,), known))
    return name


def _threshold(part: _Part) -> Matcher:
    parameter, _, side = part.key.rpartition(" ")
    by_normal = {normal_key(name): name for name in part.names.parameters}
    if parameter not in by_normal:
        raise ValueError(unknown_name(parameter, ("parameters",), part.names.parameters))
    value = part.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"a number such as 0.75 must stand here, not {came(value)}")
    seconds = parse_seconds(part.beside["for"]) if "for" in part.beside else 0.0
    return matchers.Threshold(by_normal[parameter], side == "above", float(value), seconds)


def _dialogue(part: _Part) -> Matcher:
    turn = part.value
    if turn not in ("starts", "ends"):
        raise ValueError(f"dialogue is starts or ends, not {came(turn)}")
    return matchers.DialogueTurn(turn == "starts")


_READERS: Mapping[str, Callable[[_Part], Matcher]] = MappingProxyType(
    {
        "osc": _osc,
        "midi": _midi,
        "press": _press,
        "key": _press,
        "timecode": _timecode,
        "clock": _clock,
        "every": _every,
        "event": _event,
        "marker": _marker,
        "scene": _scene,
        "dialogue": _dialogue,
    }
)


def parse_while(value: object, names: Names) -> tuple[Condition, ...]:
    """The meaning of a `while:`: one condition or a list, any of which lets the cue pass."""
    problems: list[tuple[Path, str]] = []
    found: list[Condition] = []
    many = isinstance(value, (list, tuple))
    for i, part in enumerate(value if isinstance(value, (list, tuple)) else (value,)):
        try:
            found.append(_condition(_text(part, "scene X, state S or clock 10:00..18:00"), names))
        except ValueError as mistake:
            problems.append(((i,) if many else (), str(mistake)))
    if problems:
        raise PartsError(tuple(problems))
    return tuple(found)


def _condition(text: str, names: Names) -> Condition:
    kind, _, rest = text.strip().partition(" ")
    rest = " ".join(rest.split())
    if kind == "scene":
        return matchers.InScene(_known(rest, "scenes", names))
    if kind == "state":
        return matchers.InState(_known(rest, "states", names))
    if kind == "clock" and ".." in rest:
        return matchers.InHours(*parse_clock_span(rest))
    raise ValueError(
        f'a while is scene X, state S or clock 10:00..18:00, not "{text}"'
        + did_you_mean(kind, ("scene", "state", "clock"))
    )
