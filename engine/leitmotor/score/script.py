"""Cue scripts: a line a cue, `TIME WHAT` (language §10)."""

from __future__ import annotations

import re
from fractions import Fraction

from leitmotor.errors import Problem, ScoreError
from leitmotor.messages import (
    GO,
    AfterPrevious,
    AtBar,
    AtSceneBar,
    Cue,
    Do,
    Fire,
    Position,
    Set,
)
from leitmotor.music.time import Seconds
from leitmotor.records import record
from leitmotor.score.names import Names, longest_name, unknown_name
from leitmotor.score.nearest import did_you_mean, nearest
from leitmotor.score.units import parse_clock_position
from leitmotor.score.verb_patterns import VERBS
from leitmotor.score.verb_text import VERB_SYNONYMS, parse_entry

_COMMENT = re.compile(r"(^[ \t]*|[ \t]{2,})#.*$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_SIGNED = re.compile(r"[+-]?\d+(?:\.\d+)?$")
_FIELD = re.compile(r"[^\s=]+=\S+$")
_ON_CLOCK = re.compile(r"\d+(?::\d\d){1,2}(?:[:;]\d\d|\.\d+)?$")
_SHORT = re.compile(r"(\d+):(\d)$")
_MOST_BEATS = 32
_UNITS = {
    "bar": "bars",
    "bars": "bars",
    "beat": "beats",
    "beats": "beats",
    "s": "seconds",
    "second": "seconds",
    "seconds": "seconds",
}
_FORMS = "seconds, mm:ss, hh:mm:ss:ff, bar B, bar B beat X, +4 bars, +10 s or SCENE bar B"


@record
class ScriptLine:
    """One line: when, and what. `line` counts from 1; `text` is the line without its comment."""

    at: Seconds | Position
    cue: Cue
    line: int
    text: str


def parse_script(
    text: str, file: str, names: Names, frame_rate: Fraction, timecode_starts: int
) -> tuple[ScriptLine, ...]:
    """The lines of a cue script, in file order.

    `timecode_starts` is the number of the frame at second 0. Raises `ScoreError` with every
    mistake of the file.
    """
    reader = _Reader(names, frame_rate, timecode_starts)
    lines: list[ScriptLine] = []
    problems: list[Problem] = []
    for number, written in enumerate(text.splitlines(), start=1):
        line = _COMMENT.sub("", written).rstrip()
        if not line.strip():
            continue
        try:
            at, cue = reader.line(line)
        except _Mistake as mistake:
            problems.append(Problem(file, number, mistake.column, mistake.text))
        else:
            lines.append(ScriptLine(at, cue, number, line.strip()))
    if problems:
        raise ScoreError(tuple(problems))
    return tuple(lines)


class _Mistake(ValueError):
    def __init__(self, column: int, text: str) -> None:
        super().__init__(text)
        self.column = column
        self.text = text


@record
class _Reader:
    names: Names
    frame_rate: Fraction
    timecode_starts: int

    def line(self, line: str) -> tuple[Seconds | Position, Cue]:
        words = tuple(line.split())
        columns = [found.start() + 1 for found in re.finditer(r"\S+", line)]
        try:
            at, used = self._time(words)
        except ValueError as mistake:
            raise _Mistake(columns[0], str(mistake)) from None
        if used == len(words):
            raise _Mistake(len(line) + 1, "after the time comes a cue, an assignment or a verb")
        text = line[columns[used] - 1 :]
        try:
            return at, self._cue(words[used:], text)
        except ValueError as mistake:
            said = self._mistake(text) or str(mistake)
            raise _Mistake(columns[used], said) from None

    def _mistake(self, text: str) -> str:
        """What is wrong with a text that may have been meant to end with a comment."""
        cue, sign, comment = text.partition(" #")
        if not sign or not cue:
            return ""
        try:
            self._cue(tuple(cue.split()), cue)
        except ValueError as mistake:
            return str(mistake)
        return f'two blanks before # begin a comment; write "{cue}  #{comment}"'

    def _time(self, words: tuple[str, ...]) -> tuple[Seconds | Position, int]:
        """When, and how many words say so."""
        first = words[0]
        if first.startswith("+"):
            return _after(words)
        scene, count = longest_name(words, (self.names.scenes,))
        if count and words[count : count + 1] == ("bar",):
            bar, beat, used = _bar(words, count)
            return AtSceneBar(scene, bar, beat), used
        if first == "bar":
            bar, beat, used = _bar(words, 0)
            return AtBar(bar, beat), used
        if first[0].isdecimal():
            return self._clock(first), 2 if words[1:2] == ("s",) else 1
        if "bar" in words[1:]:
            scene = " ".join(words[: words.index("bar", 1)])
            raise ValueError(unknown_name(scene, ("scenes",), self.names.scenes))
        raise ValueError(f'a line begins with a time ({_FORMS}), not with "{first}"')

    def _clock(self, text: str) -> Seconds:
        try:
            return parse_clock_position(text, self.frame_rate, self.timecode_starts)
        except ValueError as mistake:
            # Only of what looks like a time on a clock it speaks in terms of times.
            said = str(mistake) if _ON_CLOCK.match(text) else _no_time(text)
            raise ValueError(said) from None

    def _cue(self, words: tuple[str, ...], text: str) -> Cue:
        parameter, count = longest_name(words, (self.names.parameters,))
        if count and words[count : count + 1] == ("=",):
            return Set(parameter, _value(" ".join(words[count + 1 :])))
        if words == ("GO",):
            return GO
        if len(words) == 1 and words[0] in self.names.numbers:
            return Fire(words[0])
        name, count = longest_name(words, (self.names.cues,))
        if count and all(map(_FIELD.match, words[count:])):
            return Fire(name, tuple(_field(word) for word in words[count:]))
        if "=" not in words and words[0] not in VERBS and words[0] not in ("then", "keep"):
            self._neither(words)
        return Do(parse_entry(text, self.names).text)

    def _neither(self, words: tuple[str, ...]) -> None:
        """Raises where a text is nothing like a verb: then a cue was meant."""
        name = " ".join(word for word in words if not _FIELD.match(word))
        near = nearest(name, self.names.cues)
        if near or not (words[0] in VERB_SYNONYMS or nearest(words[0], VERBS)):
            hint = did_you_mean(name, self.names.cues)
            raise ValueError(f'there is no cue "{name}" and no verb "{words[0]}"{hint}')


def _no_time(text: str) -> str:
    """What is wrong with a word that begins like a time."""
    plain = text.rstrip(",;:")
    short = _SHORT.match(plain)
    number = _NUMBER.match(plain) is not None
    if short is not None:
        said = f"seconds are written with two digits: write {short[1]}:0{short[2]}"
    elif text == f"{plain}," and (number or _ON_CLOCK.match(plain)):
        said = f"no comma after the time: write {plain}"
    elif text == f"{plain}:" and number:
        said = f"write {plain} for seconds, {plain}:00 for minutes"
    else:
        said = f"a time is {_FORMS}"
    return f'"{text}" is no time; {said}'


def _after(words: tuple[str, ...]) -> tuple[AfterPrevious, int]:
    amount, unit = words[0][1:], words[1] if len(words) > 1 else ""
    if not _NUMBER.match(amount) or unit not in _UNITS:
        raise ValueError(
            f'after + comes a number with bars, beats or s (+4 bars, +10 s), not "{amount} {unit}"'
        )
    return AfterPrevious(Fraction(amount), _UNITS[unit]), 2


def _bar(words: tuple[str, ...], at: int) -> tuple[int, Fraction, int]:
    """(bar, beat, index of the next word) of `bar B [beat X]` at a word."""
    number = words[at + 1] if at + 1 < len(words) else ""
    if not number.isdecimal() or int(number) < 1:
        raise ValueError(f'after bar comes its number, from 1, not "{number}"')
    if words[at + 2 : at + 3] != ("beat",):
        return int(number), Fraction(1), at + 2
    beat = words[at + 3] if at + 3 < len(words) else ""
    if not _NUMBER.match(beat) or Fraction(beat) < 1:
        raise ValueError(f'after beat comes its number, from 1 (2.5 is halfway), not "{beat}"')
    if Fraction(beat) >= _MOST_BEATS + 1:
        raise ValueError(f"no bar has a beat {beat}; {_MOST_BEATS} is the last that one may have")
    return int(number), Fraction(beat), at + 4


def _value(text: str) -> float:
    if not _SIGNED.match(text):
        raise ValueError(f'a number must stand after =, not "{text}"')
    return float(text)


def _field(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value
