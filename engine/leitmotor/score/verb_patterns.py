"""One reader a verb: what follows its first word, up to the suffixes that every verb may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from leitmotor.music.chord import parse_chord_name
from leitmotor.music.key_name import parse_key_name
from leitmotor.music.length import Length
from leitmotor.music.numeral import parse_numeral
from leitmotor.score import verbs
from leitmotor.score.names import is_capture
from leitmotor.score.nearest import did_you_mean
from leitmotor.score.parts import counted
from leitmotor.score.units import parse_decibels, parse_metre, parse_mode, usual_tempo
from leitmotor.score.words import Words

SUFFIX_WORDS = frozenset({"at", "over", "for", "wait"})
KEY_ROUTES = ("direct", "common tone", "pivot", "dominant", "mediant", "tritone", "fifths")
_TEMPO = re.compile(r"(x?)(\d{1,4}(?:\.\d+)?)")
ANYBODY = ("roles", "characters", "instruments")


def _one_of(words: Words, options: tuple[str, ...], wanted: str) -> str:
    for option in sorted(options, key=len, reverse=True):
        if words.accept(*option.split()):
            return option
    came = words.until(wanted, SUFFIX_WORDS)
    hint = did_you_mean(came, options)
    raise ValueError(f'there is no {wanted} "{came}"{hint}')


def _go(words: Words) -> verbs.Verb:
    scene = words.peek()
    if scene == "next" and "next" not in words.names.scenes:
        words.accept("next")
        return verbs.GoNext()
    if scene == "back" and "back" not in words.names.scenes:
        words.accept("back")
        return verbs.GoBack()
    return verbs.Go(words.name("scenes"), words.accept("from", "the", "top"))


def _state(words: Words) -> verbs.Verb:
    return verbs.ToState(words.name("states"))


def _motif(words: Words) -> verbs.Verb:
    motif = words.name("motifs")
    state = role = instrument = ""
    while True:
        if words.accept("as"):
            known = words.names.motif_states
            if is_capture(motif):
                every: frozenset[str] = frozenset().union(*known.values())
                state = words.name_of((every,), ("motif state",))
            else:
                states = known.get(motif, frozenset())
                state = words.name_of((states,), (f"state of the motif {motif}",))
        elif words.accept("in"):
            role = words.name("roles")
        elif words.accept("with"):
            instrument = words.name("instruments")
        else:
            return verbs.PlayMotif(motif, state, role, instrument)


def _passage(words: Words) -> verbs.Verb:
    passage = words.name("passages")
    if not words.accept("from"):
        return verbs.PlayPassage(passage)
    if words.accept("bar"):
        return verbs.PlayPassage(passage, bar=_count(words, "the number of a bar"))
    return verbs.PlayPassage(passage, mark=words.name("marks"))


def _count(words: Words, wanted: str) -> int:
    word = words.take(wanted)
    if not word.isdecimal() or int(word) < 1:
        raise ValueError(f'{wanted} must come here (1, 2, 3 …), not "{word}"')
    return int(word)


def _enter(words: Words) -> verbs.Verb:
    return verbs.Enter(words.name("characters"), words.accept("quietly"))


def _leave(words: Words) -> verbs.Verb:
    return verbs.Leave(words.name("characters"))


def _arc(words: Words) -> verbs.Verb:
    character = words.name("characters")
    if words.accept("next"):
        return verbs.Arc(character)
    words.need("=", f"arc {character} = STATE or arc {character} next")
    arcs = words.names.arcs
    if is_capture(character):
        every: frozenset[str] = frozenset().union(*arcs.values())
        return verbs.Arc(character, words.name_of((every,), ("arc state",)))
    states = arcs.get(character, frozenset())
    return verbs.Arc(character, words.name_of((states,), (f"arc state of {character}",)))


def _relationship(words: Words) -> verbs.Verb:
    form = "relationship a & b = STATUS"
    first = words.name("characters")
    words.need("&", form)
    second = words.name("characters")
    words.need("=", form)
    statuses = words.names.statuses
    between = statuses.get(f"{first} & {second}") or statuses.get(f"{second} & {first}")
    if between is None and (is_capture(first) or is_capture(second)):
        between = frozenset().union(*statuses.values())
    kind = f"status of {first} & {second}"
    return verbs.Relationship(first, second, words.name_of((between or frozenset(),), (kind,)))


def _tempo(words: Words) -> verbs.Verb:
    word = words.take("a tempo such as 96 or x1.1")
    found = _TEMPO.fullmatch(word)
    if found is None or not float(found[2]):
        raise ValueError(
            f'a tempo (tempo 96) or a factor (tempo x1.1) must come here, not "{word}"'
            f"{_tempo_meant(word)}"
        )
    if found[1]:
        return verbs.TempoTo(factor=float(found[2]))
    words.accept("bpm")
    return verbs.TempoTo(bpm=float(found[2]))


def _tempo_meant(word: str) -> str:
    factor = {"faster": "x1.1", "quicker": "x1.1", "slower": "x0.9"}.get(word)
    meant = factor or usual_tempo(word)
    return f"; write tempo {meant}" if meant else ""


def _key(words: Words) -> verbs.Verb:
    text = words.until("a key such as d minor", SUFFIX_WORDS | {"via"})
    letter, alter, mode = parse_key_name(text)
    via = "direct"
    if words.accept("via"):
        via = _one_of(words, KEY_ROUTES, "route to a key")
    return verbs.KeyTo(letter, alter, mode, via)


def _mode(words: Words) -> verbs.Verb:
    return verbs.ModeTo(parse_mode(words.until("a mode such as dorian", SUFFIX_WORDS)))


def _metre(words: Words) -> verbs.Verb:
    return verbs.MetreTo(parse_metre(words.until("a metre such as 3/4", SUFFIX_WORDS)))


def _harmony(words: Words) -> verbs.Verb:
    return verbs.HarmonyTo(words.name("progressions"))


def _chord(words: Words) -> verbs.Verb:
    text = words.until("a chord such as bII or D major", SUFFIX_WORDS)
    if not is_capture(text):
        _check_chord(text)
    return verbs.ChordTo(text)


def _check_chord(text: str) -> None:
    if parse_chord_name(text) is None:
        parse_numeral(text)


def _palette(words: Words) -> verbs.Verb:
    return verbs.PaletteTo(words.name("palettes"))


def _play(words: Words) -> verbs.Verb:
    if words.peek() in ("motif", "passage", "stinger", "figure"):
        raise ValueError(f'leave out "play" and write {" ".join(words.rest)}')
    role = words.name("roles")
    words.need("on", f"play {role} on INSTRUMENT")
    return verbs.PlayOn(role, words.name("instruments"))


def _figure(words: Words) -> verbs.Verb:
    return verbs.FigureTo(words.name("roles"), words.name("figures"))


def _layers(words: Words) -> verbs.Verb:
    roles = [words.name("roles")]
    while words.peek() and words.peek() not in SUFFIX_WORDS:
        roles.append(words.name("roles"))
    return verbs.Layers(tuple(roles))


def _mute(words: Words) -> verbs.Verb:
    return verbs.Mute(words.name(*ANYBODY))


def _unmute(words: Words) -> verbs.Verb:
    return verbs.Unmute(words.name(*ANYBODY))


def _solo(words: Words) -> verbs.Verb:
    return verbs.Solo(words.name(*ANYBODY))


def _level(words: Words) -> verbs.Verb:
    target = "all" if words.accept("all") else words.name(*ANYBODY)
    if words.accept("out"):
        return verbs.LevelTo(target, None)
    if words.accept("back"):
        return verbs.LevelTo(target, back=True)
    amount = words.take("a level such as -6 dB, out or back")
    if words.peek().lower() == "db":
        amount = f"{amount} {words.take('')}"
    return verbs.LevelTo(target, parse_decibels(amount))


def _dynamic(words: Words) -> verbs.Verb:
    return verbs.DynamicTo(words.dynamic())


def _length_first(words: Words, verb: str) -> Length:
    """The length of a swell; many begin with where it goes to."""
    if words.peek() not in ("to", "over", ""):
        return words.length()
    rest = words.rest
    level = rest[rest.index("to") + 1] if "to" in rest[:-1] else "ff"
    over = rest[rest.index("over") + 1 :][:2] if "over" in rest[:-1] else ("4", "bars")
    raise ValueError(f"the length comes first: write {verb} {' '.join(over)} to {level}")


def _swell(words: Words) -> verbs.Verb:
    length = _length_first(words, "swell")
    words.need("to", f"swell {length} to ff")
    return verbs.Swell(length, words.dynamic())


def _crescendo(words: Words) -> verbs.Verb:
    length = _length_first(words, "crescendo")
    start = None if words.peek() in ("to", "") else words.dynamic()
    words.need("to", f"crescendo {length} to ff")
    return verbs.Crescendo(length, words.dynamic(), start)


def _fade(words: Words) -> verbs.Verb:
    out = words.accept("out")
    return verbs.Fade(words.length(), out)


def _set(words: Words) -> verbs.Verb:
    parameter = words.name("parameters")
    words.need("=", f"set {parameter} = 0.5")
    return verbs.SetParameter(parameter, _value(words))


def _value(words: Words) -> float | str:
    if is_capture(words.peek()):
        return words.take("a value")
    return words.number("a number such as 0.5")


def _density(words: Words) -> verbs.Verb:
    value = words.number("a density from 0 to 1")
    if not 0 <= value <= 1:
        raise ValueError(f"a density from 0 to 1 must come here, not {value:g}")
    return verbs.Density(value)


def _stinger(words: Words) -> verbs.Verb:
    return verbs.PlayStinger(words.name("stingers"))


def _silence(words: Words) -> verbs.Verb:
    return verbs.Silence(words.name("silences"))


def _wait(words: Words) -> verbs.Verb:
    return verbs.Wait(words.length())


def _hold(words: Words) -> verbs.Verb:
    at_each_bar = words.accept("at", "each", "bar")
    words.need("until", "hold until CUE")
    cue = words.name("cues")
    at_most = words.length() if words.accept("for", "at", "most") else None
    return verbs.Hold(cue, at_each_bar, at_most)


def _vamp(words: Words) -> verbs.Verb:
    bars = _count(words, "a number of bars")
    if not words.accept("bar"):
        words.need("bars", f"vamp {counted(bars, 'bar')}")
    until, at_most, leave_at_bar = "", None, False
    while True:
        if words.accept("until"):
            until = words.name("cues")
        elif words.accept("for", "at", "most"):
            at_most = words.length()
        elif words.accept("leave", "at"):
            leave_at_bar = words.accept("next", "bar")
            if not leave_at_bar:
                words.need("end", "leave at next bar or leave at end")
        else:
            return verbs.Vamp(bars, until, at_most, leave_at_bar)


def _hit(words: Words) -> verbs.Verb:
    hit = words.name("hits")
    words.need("in", f"hit {hit} in 4 bars")
    return verbs.Hit(hit, words.length())


def _dialogue(words: Words) -> verbs.Verb:
    return verbs.Dialogue(_one_of(words, ("on", "off"), "way to switch dialogue") == "on")


def _resume(words: Words) -> verbs.Verb:
    return verbs.Resume(words.accept("exactly"))


def _finish(words: Words) -> verbs.Verb:
    return verbs.Finish(words.name("passages") if words.accept("with") else "")


def _undo(words: Words) -> verbs.Verb:
    return verbs.Undo(words.name("cues"))


def _cancel(words: Words) -> verbs.Verb:
    return verbs.Cancel("" if words.accept("all") else words.name("cues"))


def _log(words: Words) -> verbs.Verb:
    return verbs.LogText(words.everything("a text to log"))


_READERS: Mapping[str, Callable[[Words], verbs.Verb]] = MappingProxyType(
    {
        "go": _go,
        "state": _state,
        "motif": _motif,
        "passage": _passage,
        "enter": _enter,
        "leave": _leave,
        "arc": _arc,
        "relationship": _relationship,
        "tempo": _tempo,
        "key": _key,
        "mode": _mode,
        "metre": _metre,
        "harmony": _harmony,
        "chord": _chord,
        "palette": _palette,
        "play": _play,
        "figure": _figure,
        "layers": _layers,
        "mute": _mute,
        "unmute": _unmute,
        "solo": _solo,
        "level": _level,
        "dynamic": _dynamic,
        "swell": _swell,
        "crescendo": _crescendo,
        "fade": _fade,
        "set": _set,
        "density": _density,
        "stinger": _stinger,
        "silence": _silence,
        "wait": _wait,
        "hold": _hold,
        "vamp": _vamp,
        "hit": _hit,
        "dialogue": _dialogue,
        "resume": _resume,
        "finish": _finish,
        "undo": _undo,
        "cancel": _cancel,
        "log": _log,
    }
)
_BARE: Mapping[str, verbs.Verb] = MappingProxyType(
    {
        "continue": verbs.Continue(),
        "pause": verbs.Pause(),
        "stop": verbs.Stop(),
        "panic": verbs.PanicNow(),
    }
)

VERBS: tuple[str, ...] = (*_READERS, *_BARE)
"""The first words of all verbs."""


def read_verb(first: str, words: Words) -> verbs.Verb | None:
    """The verb that begins with `first`, read up to its suffixes; None where there is none."""
    reader = _READERS.get(first)
    return reader(words) if reader else _BARE.get(first)
