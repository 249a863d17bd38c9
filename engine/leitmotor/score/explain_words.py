"""How the tables of `explain` put things in words."""

from __future__ import annotations

from collections.abc import Mapping

from leitmotor.music.chord import realise
from leitmotor.music.notes import Piece
from leitmotor.music.numeral import parse_numeral
from leitmotor.music.resolve import LEAD_FLOOR, resolve
from leitmotor.music.scale import Key, tonic_pitch
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import interval_text
from leitmotor.music.time_of_day import time_of_day_text as hours
from leitmotor.score import matchers as m
from leitmotor.score.compiled import Choice, CueRule, Motif, Players

NOBODY = "nobody"
NONE = "-"


def given(is_given: bool) -> str:
    """Whether the author said it."""
    return "given" if is_given else "default"


def chosen(choice: Choice[str] | None) -> str:
    """A choice: one name, or several in turn or shuffled."""
    return _turns(choice.options, choice.shuffled) if choice is not None else ""


def players(choice: Choice[Players]) -> str:
    """Who plays: together with +, in turn or shuffled."""
    return _turns(tuple(" + ".join(option) for option in choice.options), choice.shuffled)


def _turns(options: tuple[str, ...], shuffled: bool) -> str:
    if len(options) == 1:
        return options[0]
    return f"{'shuffled' if shuffled else 'in turn'}: {', '.join(options)}"


def pairs(values: Mapping[str, str]) -> str:
    """ "lead: violin; bed: strings"."""
    return "; ".join(f"{name}: {value}" for name, value in values.items()) or NONE


def decibels(level: float) -> str:
    """A mixer level."""
    return "out" if level <= -60.0 else f"{level:+g} dB"


def seconds_text(seconds: Seconds) -> str:
    """ "90.5 s", or "1:30" from a minute on where it is whole."""
    if seconds >= 60 and seconds == int(seconds):
        return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return f"{seconds:g} s"


def span_of(motif: Motif, key: Key) -> str:
    """The lowest and highest note in the score's key, over the tonic triad."""
    minor = 3 in key.mode.steps and 4 not in key.mode.steps
    chord = realise(parse_numeral("i" if minor else "I"), key, key.mode)
    tonic = tonic_pitch(key).shifted(7 * motif.octave, 12 * motif.octave)
    found = [
        resolve(tone, key, chord, tonic, LEAD_FLOOR)
        for note in motif.notes
        for tone in note.tones
        if not isinstance(tone, Piece)
    ]
    if not found:
        return NONE
    lowest = min(found, key=lambda pitch: pitch.midi)
    highest = max(found, key=lambda pitch: pitch.midi)
    return f"{lowest.name}..{highest.name} in {key}"


# --------------------------------------------------------------------------------------------------
# Cues


def fired_by(cue: CueRule) -> str:
    """What fires a cue; every one can be fired by name."""
    ways = [matcher_text(matcher) for matcher in cue.when]
    if cue.listed:
        ways.append("GO")
    return " or ".join(ways) or "its name"


def matcher_text(matcher: m.Matcher) -> str:
    """A matcher as an author writes it."""
    if isinstance(matcher, (m.AllOf, m.AnyOf)):
        parts = ", ".join(map(matcher_text, matcher.parts))
        return f"{'all' if isinstance(matcher, m.AllOf) else 'any'} of [{parts}]"
    return _wired(matcher) or _within(matcher)


def _wired(matcher: m.Matcher) -> str:
    match matcher:
        case m.Osc(address, off):
            return f"osc {address}{' off' if off else ''}"
        case m.Midi(kind, number, channel):
            return f"midi {kind} {number}{f' channel {channel}' if channel else ''}"
        case m.Mmc(word):
            return f"midi mmc {word}"
        case m.Press(key):
            return f"press {key}"
        case m.Timecode(text):
            return f"timecode {text}"
        case m.Clock(seconds):
            return f"clock {hours(seconds)}"
        case m.Every(seconds=every):
            return f"every {interval_text(every)}"
    return ""


def _within(matcher: m.Matcher) -> str:
    match matcher:
        case m.EventNamed(name, where):
            fields = "".join(f" {key}={value}" for key, value in where)
            return f"event {name}{fields}"
        case m.MarkerPassed(marker):
            return f"marker {marker}"
        case m.SceneEntered(scene):
            return f"scene {scene}"
        case m.Threshold(parameter, above, value, seconds):
            held = f" for {seconds_text(seconds)}" if seconds else ""
            return f"{parameter} {'above' if above else 'below'} {value:g}{held}"
        case m.DialogueTurn(starts):
            return f"dialogue {'starts' if starts else 'ends'}"
    return ""


def condition_text(condition: m.Condition) -> str:
    """A condition of `while:`."""
    match condition:
        case m.InScene(scene):
            return f"scene {scene}"
        case m.InState(state):
            return f"state {state}"
        case m.InHours(start, end):
            return f"clock {hours(start)}..{hours(end)}"
