"""Which cues an observation fires (S10, S35): pure, so that a journal replays it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from leitmotor.addresses import captured, is_release
from leitmotor.messages import Cue, Fire, Observation, Set
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import is_within, time_of_day, time_of_day_text
from leitmotor.perform import timepiece
from leitmotor.perform.state import CueRecord, State
from leitmotor.perform.thresholds import threshold_key
from leitmotor.score.compiled import CompiledScore, CueRule
from leitmotor.score.matchers import (
    AllOf,
    AnyOf,
    Clock,
    Condition,
    EventNamed,
    Every,
    InHours,
    InScene,
    InState,
    MarkerPassed,
    Matcher,
    Midi,
    Mmc,
    Osc,
    Press,
    SceneEntered,
    Threshold,
    Timecode,
    leaves,
)

TOGETHER_SECONDS = 2.0
"""The parts of `all of` may arrive this far apart."""


def fits(matcher: Matcher, seen: Observation, rule: CueRule) -> bool:
    """Whether an observation is what one matcher of a cue waits for."""
    match matcher:
        case Press(key):
            return seen.kind == "press" and seen.address == key
        case Osc(address, off):
            if seen.kind != "osc" or captured(address, seen.address) is None:
                return False
            # A 0 lets go of a button; where a parameter is set, it is a value like any other.
            return is_release(seen.values) is off or (bool(rule.sets) and not off)
        case Midi():
            return _comes_by_midi(matcher, seen, rule)
        case Mmc(word):
            return (seen.kind, seen.address) == ("midi", f"mmc {word}")
        case Timecode(text):
            return (seen.kind, seen.address) == ("timecode", text)
        case EventNamed(name, where):
            if seen.kind != "event" or seen.address != name:
                return False
            fields = dict(seen.fields)
            return all(fields.get(key) == value for key, value in where)
        case MarkerPassed(marker):
            return seen.kind == "marker" and seen.address == marker
        case SceneEntered(scene):
            return seen.kind == "scene" and seen.address == scene
        case Threshold():
            return seen.kind == "threshold" and seen.address == threshold_key(matcher)
        case Clock():
            return _same(seen, timepiece.seen_at(matcher))
        case Every():
            return _same(seen, timepiece.seen_after(matcher))
    return False


def _comes_by_midi(matcher: Midi, seen: Observation, rule: CueRule) -> bool:
    if (seen.kind, seen.address) != ("midi", f"{matcher.kind} {matcher.number}"):
        return False
    if matcher.channel and dict(seen.fields).get("channel") != str(matcher.channel):
        return False
    return bool(rule.sets) or not is_release(seen.values)


def _same(seen: Observation, wanted: Observation) -> bool:
    return (seen.kind, seen.address) == (wanted.kind, wanted.address)


def _fires(
    matcher: Matcher,
    seen: Observation,
    rule: CueRule,
    seconds: Seconds,
    record: CueRecord,
    path: str,
    standing: AbstractSet[str],
) -> bool:
    """Whether a matcher fires; `standing` are the thresholds beyond which a parameter is now."""
    if isinstance(matcher, AnyOf):
        parts = enumerate(matcher.parts)
        return any(
            _fires(part, seen, rule, seconds, record, f"{path}.{n}", standing) for n, part in parts
        )
    if not isinstance(matcher, AllOf):
        return fits(matcher, seen, rule)
    arrived = False
    for number, part in enumerate(matcher.parts):
        if _fires(part, seen, rule, seconds, record, f"{path}.{number}", standing):
            record.seen[f"{path}.{number}"] = seconds
            arrived = True
    if not arrived:
        return False
    for number, part in enumerate(matcher.parts):
        if isinstance(part, Threshold) and threshold_key(part) in standing:
            continue
        time = record.seen.get(f"{path}.{number}")
        if time is None or seconds - time > TOGETHER_SECONDS:
            return False
    record.seen.clear()
    return True


def fired_by(
    score: CompiledScore, state: State, seen: Observation, seconds: Seconds
) -> list[CueRule]:
    """The cues that an observation fires: exact addresses first, then in file order (S10)."""
    fired = []
    standing = {key for key, watch in state.watches.items() if watch.is_on}
    for rule in score.cues:
        if not rule.when:
            continue
        record = state.cues.setdefault(rule.name, CueRecord())
        matches = [
            _fires(matcher, seen, rule, seconds, record, str(number), standing)
            for number, matcher in enumerate(rule.when)
        ]
        if any(matches):
            fired.append(rule)
    return _exact_first(fired, seen)


def that_may_fire(score: CompiledScore, seen: Observation) -> list[CueRule]:
    """The cues that wait for an observation, alone or with others, in the order of `fired_by`."""
    return _exact_first((rule for rule in score.cues if may_fire(rule, seen)), seen)


def may_fire(rule: CueRule, seen: Observation) -> bool:
    """Whether an observation is something that a cue waits for, alone or with others."""
    return any(fits(matcher, seen, rule) for matcher in leaves(rule.when))


def is_input(score: CompiledScore, cue: Cue) -> bool:
    """Whether a cue does nothing but set parameters: no music waits for it (S33)."""
    match cue:
        case Set():
            return True
        case Fire(name):
            rules = [rule for rule in score.cues if name in (rule.name, rule.number)][:1]
        case Observation():
            rules = that_may_fire(score, cue)
        case _:
            rules = []
    return bool(rules) and all(rule.sets and not rule.do for rule in rules)


def _exact_first(rules: Iterable[CueRule], seen: Observation) -> list[CueRule]:
    return sorted(rules, key=lambda rule: bool(wildcards(rule, seen)))


def wildcards(rule: CueRule, seen: Observation) -> tuple[str, ...]:
    """What the wildcards of a cue's address matched; empty where an address fits without any."""
    found = [
        captured(matcher.address, seen.address)
        for matcher in leaves(rule.when)
        if isinstance(matcher, Osc) and fits(matcher, seen, rule)
    ]
    return min((each for each in found if each is not None), key=len, default=())


def holds(condition: Condition, state: State, seconds: Seconds) -> bool:
    """Whether a condition of `while:` is true now."""
    match condition:
        case InScene(scene):
            return state.scene == scene
        case InState(story):
            return state.story == story
        case InHours(start, end):
            clock = state.clock
            return clock is not None and is_within(time_of_day(clock, seconds), start, end)


def refusal(rule: CueRule, state: State, seconds: Seconds) -> str:
    """Why a cue may not fire now; empty where it may."""
    record = state.cues.get(rule.name, CueRecord())
    if rule.once and record.fired:
        return "it fires only once"
    if rule.cooldown and record.fired and seconds - record.last < rule.cooldown:
        left = rule.cooldown - (seconds - record.last)
        return f"it is cooling down for another {left:.1f} s"
    if rule.while_ and not any(holds(each, state, seconds) for each in rule.while_):
        why = f"only while {' or '.join(map(_said, rule.while_))}"
        if any(isinstance(each, InHours) for each in rule.while_):
            why += f"; {timepiece.now_text(state, seconds)}"
        return why
    return ""


def _said(condition: Condition) -> str:
    match condition:
        case InScene(scene):
            return f"scene {scene}"
        case InState(story):
            return f"state {story}"
        case InHours(start, end):
            return f"clock {time_of_day_text(start)}..{time_of_day_text(end)}"
