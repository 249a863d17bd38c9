"""Reads one entry of `vary:` (language §5): a closed vocabulary; a refusal says what to type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from leitmotor.music.interval import parse_interval
from leitmotor.music.key_name import parse_key_name
from leitmotor.music.operation import (
    Articulate,
    AsWritten,
    Augment,
    Axis,
    Beats,
    Diminish,
    Displace,
    Fragment,
    InMode,
    InRole,
    Invert,
    InvertReal,
    NotYet,
    OnInstrument,
    Operation,
    Ornament,
    Register,
    Rekey,
    Retrograde,
    Sequence,
    SequenceReal,
    Sharpen,
    Tail,
    TempoFactor,
    Thicken,
    TransposeInterval,
    TransposeSemitones,
    TransposeSteps,
)
from leitmotor.music.scale import MODES, Mode
from leitmotor.music.touch import ARTICULATIONS, unknown_articulation
from leitmotor.music.transform_ornament import ORNAMENTS
from leitmotor.music.transform_tones import THICKENINGS

MOST_STEPS = 35
MOST_SEMITONES = 60
MOST_COPIES = 32
LARGEST_RATIO = 64
SMALLEST_TEMPO_FACTOR, LARGEST_TEMPO_FACTOR = 0.1, 10.0

_NUMBER = r"\d{1,6}(?:/\d{1,6}|\.\d{1,6})?"
_AXIS = re.compile(r"(\d{1,2})(##|#|bb|b|n)?(\+{0,5}|-{0,5})")
_ACCIDENTALS = {"##": 2, "#": 1, "n": 0, "b": -1, "bb": -2}
_SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "reverse": "retrograde",
        "backwards": "retrograde",
        "inversion": "invert",
        "mirror": "invert",
        "shift": "transpose",
        "stretch": "augment",
        "slower": "augment",
        "faster": "diminish",
        "double": "thicken",
        "key": "rekey to",
        "octave": "register",
        "harmonize": "harmonise",
        "repeat": "sequence",
        "first": "fragment",
        "last": "tail",
        "with": "on",
    }
)


@lru_cache(maxsize=1024)
def parse_operation(text: str) -> Operation:
    """The operation that an author typed.

    ValueError says what is wrong, the nearest word there is, and how the operation is written.
    """
    said = " ".join(text.split())
    word, _, rest = said.partition(" ")
    reader = _READERS.get(word.lower())
    if reader is None:
        raise ValueError(_unknown(said, word.lower()))
    return reader(rest)


def _unknown(said: str, word: str) -> str:
    if not word:
        return f"an empty operation; operations are {_listed(_READERS)}"
    near = difflib.get_close_matches(word, _READERS, 1)
    suggestion = _SYNONYMS.get(word) or (near[0] if near else "")
    hint = f'did you mean "{suggestion}"? ' if suggestion else ""
    return f'"{said}" is not an operation; {hint}operations are {_listed(_READERS)}'


def _listed(words: Mapping[str, object]) -> str:
    return ", ".join("as written" if word == "as" else word for word in words)


def _refused(word: str, rest: str, say: str) -> ValueError:
    said = f"{word} {rest}".strip()
    return ValueError(f'cannot read "{said}"; say {say}')


def _transpose(rest: str) -> Operation:
    say = "`transpose +2 steps`, `transpose +3 semitones` or `transpose m3 up`"
    if match := re.fullmatch(r"([+-]?\d{1,3}) (steps?|semitones?)", rest):
        count, by_steps = int(match[1]), match[2].startswith("step")
        most = MOST_STEPS if by_steps else MOST_SEMITONES
        if abs(count) > most:
            raise ValueError(f'"transpose {rest}" is too far; take {most} {match[2]} at most')
        return TransposeSteps(count) if by_steps else TransposeSemitones(count)
    if match := re.fullmatch(r"(\w+) (up|down)", rest):
        if match[1].isdigit():
            raise _refused("transpose", rest, say)
        return TransposeInterval(parse_interval(match[1]), match[2] == "up")
    if re.fullmatch(r"[+-]?\d+", rest):
        raise ValueError(
            f'"transpose {rest}" has no unit; write `transpose {rest} steps` (along the scale) '
            f"or `transpose {rest} semitones`"
        )
    raise _refused("transpose", rest, say)


def _rekey(rest: str) -> Operation:
    if not rest.startswith("to "):
        raise _refused("rekey", rest, "`rekey to Eb` or `rekey to d minor`")
    letter, alter, mode = parse_key_name(rest.removeprefix("to "))
    return Rekey(letter, alter, mode)


def _mode(rest: str) -> Operation:
    return InMode(_mode_named(rest))


def _mode_named(text: str) -> Mode:
    names = {_plain(name): mode for name, mode in MODES.items()}
    mode = names.get(_plain(text)) or _mode_of_a_key(text)
    if mode is None:
        near = difflib.get_close_matches(_plain(text), names, 1)
        hint = f'did you mean "{names[near[0]].name}"? ' if near else ""
        raise ValueError(f'"{text}" is not a mode; {hint}modes are {", ".join(MODES)}')
    return mode


def _mode_of_a_key(text: str) -> Mode | None:
    """The mode by one of the other names that it has in keys (`harmonic minor`)."""
    try:
        return parse_key_name(f"C {text}")[2]
    except ValueError:
        return None


def _plain(name: str) -> str:
    return name.lower().replace("_", " ").replace("-", " ")


def _invert(rest: str) -> Operation:
    kind = InvertReal if rest == "real" or rest.startswith("real ") else Invert
    about = rest.removeprefix("real").strip()
    if not about:
        return kind()
    match = _AXIS.fullmatch(about.removeprefix("about "))
    if match is None or not about.startswith("about ") or not 1 <= int(match[1]) <= 15:
        raise _refused("invert", rest, "`invert about 1`, `invert real about 5` or only `invert`")
    octave = match[3].count("+") - match[3].count("-")
    return kind(Axis(int(match[1]) - 1, _ACCIDENTALS.get(match[2] or "n", 0), octave))


def _ratio(word: str, rest: str) -> Fraction:
    if not re.fullmatch(_NUMBER, rest):
        raise _refused(word, rest, f"how many times, as `{word} 2` or `{word} 3/2`")
    ratio = _fraction(rest)
    if not Fraction(1, LARGEST_RATIO) <= ratio <= LARGEST_RATIO:
        raise ValueError(
            f'"{word} {rest}" is out of reach; take 1/{LARGEST_RATIO} … {LARGEST_RATIO}'
        )
    return ratio


def _fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f'"{text}" divides by nothing') from None


def _augment(rest: str) -> Operation:
    return Augment(_ratio("augment", rest))


def _diminish(rest: str) -> Operation:
    return Diminish(_ratio("diminish", rest))


def _fragment(rest: str) -> Operation:
    match = re.fullmatch(r"(\d{1,4})\.\.(\d{1,4})", rest)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise _refused("fragment", rest, "which notes, counted from 1: `fragment 1..3`")
    return Fragment(int(match[1]), int(match[2]))


def _tail(rest: str) -> Operation:
    if not re.fullmatch(r"\d{1,4}", rest) or int(rest) < 1:
        raise _refused("tail", rest, "how many of the last notes: `tail 3`")
    return Tail(int(rest))


def _beats(rest: str) -> Operation:
    match = re.fullmatch(rf"({_NUMBER})\.\.({_NUMBER})", rest)
    if match is None or _fraction(match[1]) >= _fraction(match[2]):
        raise _refused("beats", rest, "from where to where in quarters, from 0: `beats 0..2`")
    return Beats(_fraction(match[1]), _fraction(match[2]))


def _sequence(rest: str) -> Operation:
    along = re.fullmatch(r"(\d{1,3}) (up|down) (\d{1,2}) steps?", rest)
    real = re.fullmatch(r"(\d{1,3}) (up|down) ([A-Za-z]\d+)", rest)
    match = along or real
    if match is None:
        say = "how many times in all and how far each: `sequence 3 up 1 step`, `sequence 3 up M2`"
        raise _refused("sequence", rest, say)
    count, up = int(match[1]), match[2] == "up"
    if not 1 <= count <= MOST_COPIES:
        raise ValueError(f'"sequence {rest}" has {count} copies; take 1 to {MOST_COPIES}')
    if real:
        return SequenceReal(count, parse_interval(match[3]), up)
    return Sequence(count, int(match[3]) if up else -int(match[3]))


def _one_of(word: str, rest: str, known: tuple[str, ...]) -> str:
    if rest.lower() in known:
        return rest.lower()
    near = difflib.get_close_matches(rest.lower(), known, 1)
    hint = f'did you mean "{word} {near[0]}"? ' if near else ""
    raise ValueError(
        f'cannot read "{f"{word} {rest}".strip()}"; {hint}{word} takes {", ".join(known)}'
    )


def _ornament(rest: str) -> Operation:
    return Ornament(_one_of("ornament", rest, ORNAMENTS))


def _thicken(rest: str) -> Operation:
    return Thicken(_one_of("thicken", rest, tuple(THICKENINGS)))


def _displace(rest: str) -> Operation:
    if not re.fullmatch(_NUMBER, rest) or not _fraction(rest):
        raise _refused("displace", rest, "how much later, in quarters: `displace 1/2`")
    return Displace(_fraction(rest))


def _register(rest: str) -> Operation:
    octaves = {"octave up": 1, "octave down": -1}.get(rest.removeprefix("register "))
    if octaves is None and re.fullmatch(r"[+-]\d{1,2}", rest) and int(rest) % 12 == 0:
        octaves = int(rest) // 12
    if octaves is None or abs(octaves) > MOST_SEMITONES // 12:
        say = "whole octaves: `register +12`, `register -12`, `register octave up`"
        raise _refused("register", rest, say)
    return Register(octaves)


def _octave(rest: str) -> Operation:
    return _register(f"octave {rest}")


def _articulate(rest: str) -> Operation:
    if rest.lower() not in ARTICULATIONS:
        raise ValueError(f'cannot read "articulate {rest}"; {unknown_articulation(rest.lower())}')
    return Articulate(rest.lower())


def _tempo(rest: str) -> Operation:
    if not re.fullmatch(r"x\d{1,3}(\.\d{1,6})?", rest):
        raise _refused("tempo", rest, "a factor: `tempo x1.1` (a tempo in bpm is the state's)")
    factor = float(rest.removeprefix("x"))
    if not SMALLEST_TEMPO_FACTOR <= factor <= LARGEST_TEMPO_FACTOR:
        reach = f"x{SMALLEST_TEMPO_FACTOR:g} … x{LARGEST_TEMPO_FACTOR:g}"
        raise ValueError(f'"tempo {rest}" is out of reach; take {reach}')
    return TempoFactor(factor)


def _on(rest: str) -> Operation:
    if not rest:
        raise _refused("on", rest, "which instrument: `on cello`")
    return OnInstrument(rest)


def _in(rest: str) -> Operation:
    if not rest:
        raise _refused("in", rest, "which role: `in bass`")
    return InRole(rest)


def _as_written(rest: str) -> Operation:
    if rest.lower() != "written":
        raise _refused("as", rest, "`as written`")
    return AsWritten()


def _retrograde(rest: str) -> Operation:
    if rest:
        raise _refused("retrograde", rest, "only `retrograde`")
    return Retrograde()


def _chorale(rest: str) -> Operation:
    if rest != "4":
        raise _refused("chorale", rest, "`chorale 4`")
    return NotYet("chorale 4")


def _harmonise(rest: str) -> Operation:
    if not rest:
        raise _refused("harmonise", rest, "with which progression: `harmonise home`")
    return NotYet(f"harmonise {rest}")


def _sharpen(rest: str) -> Operation:
    if not re.fullmatch(_NUMBER, rest) or _fraction(rest) > 1:
        raise _refused("sharpen", rest, "how much, from 0 to 1: `sharpen 0.5`")
    return Sharpen(float(_fraction(rest)))


_READERS: Mapping[str, Callable[[str], Operation]] = MappingProxyType(
    {
        "transpose": _transpose,
        "rekey": _rekey,
        "mode": _mode,
        "invert": _invert,
        "retrograde": _retrograde,
        "augment": _augment,
        "diminish": _diminish,
        "fragment": _fragment,
        "tail": _tail,
        "beats": _beats,
        "sequence": _sequence,
        "ornament": _ornament,
        "displace": _displace,
        "thicken": _thicken,
        "chorale": _chorale,
        "register": _register,
        "octave": _octave,
        "articulate": _articulate,
        "harmonise": _harmonise,
        "tempo": _tempo,
        "sharpen": _sharpen,
        "on": _on,
        "in": _in,
        "as": _as_written,
    }
)
