"""What is understood and not yet performed: all of it is listed, and answered so when fired."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from leitmotor.messages import Do, Outcome, Reply
from leitmotor.perform.performance import Performance, Start
from leitmotor.score import verbs
from leitmotor.score.check.places import cue_entries
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.not_yet import not_yet_performed
from leitmotor.score.performed import NOT_YET
from leitmotor.score.read import ReadScore, read_score, understand
from leitmotor.score.source import parse_source

HERE = Path(__file__).parent

CAST = """\
score: 1
palettes: {warm: {lead: violin, bed: strings}}
motifs: {call: {notes: 1w}}
figures: {wave: {role: bed, notes: k1w}}
harmony: {home: I | V}
states: {calm: {palette: warm}, storm: {palette: warm}}
characters: {ann: {motif: call, arc: [lost, found]}, bob: {motif: call}}
relationships: {ann & bob: {start: allied, allied: {}, strained: {}}}
parameters: {tension: {range: 0..1}}
passages: {lullaby: {parts: {lead: 1w}}}
stingers: {knock: {notes: 1q}}
silence: {breath: {length: 1 beat}}
hits: {points: [{name: door, at: 7 s}]}
scenes:
  - {id: hill, who: [ann], state: calm}
  - {id: end, who: [ann], state: storm}
cues:
  letter: {do: log letter}
"""

PERFORMED = (
    "go end", "go next", "state storm", "motif call", "enter bob", "leave ann",
    "arc ann = found", "tempo 90 over 2 bars", "tempo x1.1", "key D minor", "mode minor",
    "metre 3/4", "harmony home", "chord V", "palette warm", "play lead on horn",
    "figure bed wave", "layers lead", "mute bed", "unmute bed", "solo lead",
    "level bed -6 dB over 1 bar", "dynamic f over 1 bar", "swell 2 bars to ff",
    "crescendo 1 bar to f", "fade 1 bar", "wait 1 bar", "stop", "undo letter", "cancel all",
    "panic", "log hello", "go back", "passage lullaby", "hold until letter", "vamp 2 bars",
    "continue", "pause", "resume", "finish", "fade out 2 bars", "density 0.5",
    "density 0 over 2 bars", "set tension = 0.5", "tension = 0.5 over 2 s",
    "stinger knock", "silence breath", "palette warm over 1 bar", "layers lead over 1 bar",
    "mute bed over 1 bar", "unmute bed over 1 bar", "solo lead over 1 bar",
)  # fmt: skip

NOT_PERFORMED = (
    "relationship ann & bob = strained",
    "hit door in 2 bars", "dialogue on", "key D minor via dominant",
)  # fmt: skip


def understood(text: str) -> ReadScore:
    return understand(parse_source(text.encode(), "a.yaml"))


def listed(text: str) -> list[str]:
    problems = not_yet_performed(understood(text))
    return [f"{p.line}:{p.column}: {p.text.removeprefix(f'{NOT_YET}: ')}" for p in problems]


def with_cue(verb: str) -> ReadScore:
    return understood(f"{CAST}  tried: {{do: {verb}}}\n")


def is_listed(read: ReadScore) -> bool:
    last = len(CAST.splitlines()) + 1
    return any(problem.line == last for problem in not_yet_performed(read))


def answer(read: ReadScore, verb: str) -> list[tuple[Outcome, str]]:
    """What the performer says to a verb, fired after the music has begun."""
    performance = Performance(compile_score(read).score, start=Start.AT_ONCE)
    performance.advance(0.5)
    performance.receive(Do(verb), 1.0)
    replies = [event for event in performance.advance(1.5) if isinstance(event, Reply)]
    return [(e.outcome, e.rule) for reply in replies for e in reply.effects]


@pytest.mark.parametrize("verb", NOT_PERFORMED)
def test_what_is_listed_is_refused_so_when_fired(verb: str) -> None:
    """Rule 10."""
    read = with_cue(verb)
    assert is_listed(read)
    said = answer(read, verb)
    assert said
    for outcome, rule in said:
        assert outcome is Outcome.REFUSED
        assert rule.startswith(NOT_YET)


@pytest.mark.parametrize("verb", PERFORMED)
def test_what_is_performed_is_not_listed(verb: str) -> None:
    """Rule 10."""
    read = with_cue(verb)
    assert not is_listed(read)
    assert all(NOT_YET not in rule for _, rule in answer(read, verb))


def test_every_verb_is_in_one_of_the_two_lists() -> None:
    tried = {
        type(entry.verb)
        for text in (*PERFORMED, *NOT_PERFORMED)
        for _, cue, entry in cue_entries(with_cue(text))
        if cue == "tried"
    }
    assert tried == set(get_args(verbs.Verb))


def test_the_worked_example_lists_exactly_what_is_not_performed() -> None:
    """§7."""
    problems = not_yet_performed(read_score(HERE / "worked_example.yaml"))
    said = "".join(f"{p.line}:{p.column}: {p.text}\n" for p in problems)
    assert said == (HERE / "worked_example.not_yet").read_text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("time: {swing: 66.7%}", []),
        ("time: {swing: 50%, humanise: off}", []),
        ("time: {humanise: light, count-in: 1 bar}", []),
        ("time: {rest: 2 bars..6 bars}", []),
        ("time: {rest: 2 bars}", []),
        ("palettes: {a: {lead: violin, levels: {lead: -4 dB}, touch: legato}}", []),
        ("palettes: {a: {distance: 4 m, tone: dark, reverb: hall 2 s}}", []),
        ("places: {a: {distance: 4 m, reverb: dry}}", []),
        ("instruments: {a: {is: pad, tone: bright, attack: 80 ms}}", ["2:42: attack"]),
        ("transitions: {default: {enter: from the top, held: carry, fade: 1 bar}}", []),
        ("transitions: {default: {enter: same bar}}", []),
        ("transitions: {default: {key: via pivot}}", ["2:25: key via pivot"]),
        ("transitions: {default: {key: via direct}}", []),
        ("states: {a: {density: 0.5, rest: 1 s..2 s}}", []),
        ("cues: {a: {do: {in turn: [stop, dialogue on]}}}", ["2:33: dialogue"]),
        ("cues: {a: {when: [{osc: /a}, {any of: [{dialogue: ends}, {press: c}]}]}}",
         ["2:40: when dialogue"]),
        ("cues: {a: {when: [{midi: cc 1}, {midi: mmc play}, {timecode: \"01:00:00:00\"}]}}", []),
        ("rig: {outputs: {a: {midi: synth, clock: send}}, inputs: {midi: {port: pads}}}", []),
        ("cues: {a: {when: [{clock: 10:00}, {every: 5 min}], do: stop, while: clock 10:00..18:00}}",
         []),
        ("motifs: {a: {notes: 1w, states: {b: {vary: [retrograde, chorale 4]}}}}",
         ["2:57: chorale 4"]),
        ("parameters: {a: {}}\nmappings: [{from: a, to: tempo, as: 0 -> +0%}]", []),
        ("parameters: {a: {}}\nmappings: [{from: a, to: dissonance, as: 0 -> 0}]",
         ["3:22: to dissonance"]),
        ("parameters: {a: {}}\nmotifs: {b: {notes: 1w}}\n"
         "mappings: [{from: a, to: sharpen b, as: 0 -> 0}]", []),
        ("parameters: {a: {}}\nmappings: [{from: a, to: tone, as: 0 -> 0}]", []),
        ("parameters: {a: {}}\nmappings: [{from: a, to: distance bed, as: 0 -> 1 m}]", []),
        ("rig: {outputs: {a: {audio: default, rate: 44100, block: 512, loudness: -18 LUFS}}}", []),
        ("rig: {outputs: {a: {midi: synth, delay: 8 ms}}}", ["2:34: delay"]),
        ("parameters: {a: {}}\nmappings: [{from: a, to: layer bed, above: 0.5,"
         " while: [clock 10:00..18:00]}]", []),
        ("parameters: {a: {}}\ncues: {b: {when: {a above: 0.5}, do: stop},"
         " c: {set: a, scale: 0..127}}", []),
        ("parameters: {a: {}}\nstates: {b: {a: 0.4}}", []),
        ("motifs: {a: {notes: 1w, each time: [as written, retrograde, chorale 4]}}",
         ["2:61: chorale 4"]),
        ("figures: {a: {role: bed, notes: 1w, each time: chorale 4}}", ["2:37: chorale 4"]),
        ("silence: {a: {length: 1 beat, keep: tails, return: pp}}", []),
        ("silence: {a: {length: 1 beat, stop time: true}}", []),
        ("motifs: {a: {notes: (con sord) 1w}}", ["2:14: con sord"]),
        ("silence: {a: {until: cue, keep: room tone}}", ["2:27: silence keep room tone"]),
        ("stingers: {a: {notes: 1q, each time: [retrograde]}}", []),
        ("stingers: {a: {notes: 1q, each time: [chorale 4]}}", ["2:39: chorale 4"]),
        ("x-note: {swing: 1}", []),
    ],
)  # fmt: skip
def test_keys_matchers_and_operations(text: str, expected: list[str]) -> None:
    assert listed(f"score: 1\n{text}\n") == expected


def test_what_like_copies_is_listed_once_where_it_stands() -> None:
    """Rule 8."""
    text = "score: 1\ncharacters:\n  a: {}\n  b: {complements: a}\n  c: {like: b}\n"
    assert listed(text) == ["4:7: complements"]
