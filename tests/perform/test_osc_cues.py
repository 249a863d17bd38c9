"""Cues that OSC fires (S10, S35): releases, wildcards and what they stand for, parameters."""

from __future__ import annotations

import pytest

from leitmotor.messages import Do, Observation, Outcome, Reply
from leitmotor.perform.matching import is_input
from leitmotor.perform.performance import Performance, Start
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import understand
from leitmotor.score.source import parse_source

SCORE = """\
score: 1
motifs: {call: {notes: 1w, states: {lost: {}, found again: {}}}}
characters: {mara: {motif: call, arc: [lost, found again]}}
states: {calm: {}, wild chase: {}}
harmony: {home: I | V}
parameters: {tension: {range: 0..1}}
scenes:
  - {id: the quay, who: mara, state: calm}
  - {id: files, who: mara, state: wild chase}
cues:
  any scene: {when: {osc: /scene/*}, do: go $1 at now}
  to files:  {when: {osc: /scene/files}, do: log files}
  later:     {when: {osc: /scene/*}, do: log later}
  arcs:      {when: {osc: /arc/*/*}, do: arc $1 = $2}
  a chord:   {when: {osc: /chord/*}, do: chord $1 at now}
  fader:     {when: {osc: /fader}, set: tension}
  menu:      {when: {osc: /menu}, do: log opens}
  menu off:  {when: {osc: /menu, off: true}, do: log closes}
  both:      {when: {osc: /both}, set: tension, do: log moved}
  together:  {when: {all of: [{osc: /one}, {osc: /two}]}, do: log together}
  turns:     {when: {osc: /turn/*}, do: {in turn: [go $1 at now, log twice]}}
  too many:  {when: {osc: /few/*}, do: [log $2]}
"""


@pytest.fixture(scope="module")
def score() -> CompiledScore:
    return compile_score(understand(parse_source(SCORE.encode(), "a.yaml"))).score


def sent(score: CompiledScore, *messages: tuple[float | str, ...]) -> list[tuple[str, str, str]]:
    """What becomes of messages (address and values), half a second apart: cue, effect, outcome."""
    performance = Performance(score, start=Start.AT_ONCE)
    performance.advance(0.1)
    for n, (address, *values) in enumerate(messages):
        seen = Observation("osc", str(address), tuple(values), source="127.0.0.1:5")
        performance.receive(seen, 0.5 + n / 2)
    replies = [e for e in performance.advance(0.6 + len(messages) / 2) if isinstance(e, Reply)]
    return [(r.cue, e.what, e.outcome.value) for r in replies for e in r.effects]


@pytest.mark.parametrize("values", [(), (1.0,), (0.2,), (-1.0,), ("",), (0.0, 0.0), ("off",)])
def test_s35_a_message_fires_its_cue(score: CompiledScore, values: tuple[float | str, ...]) -> None:
    assert sent(score, ("/menu", *values)) == [("menu", "log opens", "done")]


def test_s35_0_alone_fires_only_what_waits_for_it(score: CompiledScore) -> None:
    """`off: true` fires on 0 and false, which otherwise never triggers (language §6)."""
    assert sent(score, ("/menu", 0.0)) == [("menu off", "log closes", "done")]
    assert sent(score, ("/scene/files", 0.0)) == [
        ("osc /scene/files", "osc /scene/files", "refused")
    ]


def test_s10_exact_addresses_come_before_wildcards_then_file_order(score: CompiledScore) -> None:
    fired = sent(score, ("/scene/files", 1.0))
    assert [cue for cue, _, _ in fired] == ["to files", "any scene", "later"]


def test_s35_a_wildcard_is_what_stood_there_with_blanks_as_underscores(
    score: CompiledScore,
) -> None:
    fired = sent(score, ("/scene/files",), ("/scene/the_quay",), ("/arc/mara/found_again",))
    done = [(what, outcome) for _, what, outcome in fired]
    assert ("go files at now", "done") in done
    assert ("go the quay at now", "done") in done
    assert ("arc mara = found again", "done") in done
    assert sent(score, ("/chord/bVI",)) == [("a chord", "chord bVI at now", "done")]


def refused(score: CompiledScore, address: str) -> tuple[str, str]:
    """The rule of a refusal: as it is foreseen, and as it comes."""
    performance = Performance(score, start=Start.AT_ONCE)
    performance.advance(0.1)
    answer = performance.receive(Observation("osc", address), 0.5)
    (reply, *_) = [e for e in performance.advance(1.0) if isinstance(e, Reply)]
    foreseen = next(e for e in answer.effects if e.outcome is Outcome.REFUSED)
    return foreseen.rule, reply.effects[0].rule


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/scene/filez", 'there is no scene "filez"; did you mean "files"?'),
        ("/chord/nonsense", "nonsense"),
        ("/arc/mara/angry", "angry"),
        ("/few/one", "nothing was matched that $2 names"),
        ("/scene/$1", "nothing was matched that $1 names"),
    ],
)
def test_s35_what_names_nothing_is_refused_and_answered(
    score: CompiledScore, address: str, why: str
) -> None:
    foreseen, came = refused(score, address)
    assert why in foreseen
    assert why in came


def test_s35_a_turn_that_is_refused_is_not_taken(score: CompiledScore) -> None:
    fired = sent(score, ("/turn/nowhere",), ("/turn/files",), ("/turn/files",))
    assert [outcome for _, _, outcome in fired] == ["refused", "done", "done"]
    assert [what for _, what, _ in fired][1:] == ["go files at now", "log twice"]


def test_s30_a_parameter_takes_every_value_also_0(score: CompiledScore) -> None:
    fired = sent(score, ("/fader", 0.5), ("/fader", 0.0), ("/fader", 7.0), ("/fader", "high"))
    assert fired == [
        ("fader", "tension = 0.5", "done"),
        ("fader", "tension = 0", "done"),
        ("fader", "tension = 1", "done"),
        ("fader", "set tension", "refused"),
    ]
    assert ("both", "tension = 0", "done") in sent(score, ("/both", 0.5), ("/both", 0.0))


def test_a_fader_is_no_first_cue(score: CompiledScore) -> None:
    """S33: a clock that stands waits for a cue that is not a parameter's."""
    assert is_input(score, Observation("osc", "/fader", (0.5,)))
    assert not is_input(score, Observation("osc", "/both", (0.5,)))
    assert not is_input(score, Observation("osc", "/nobody"))
    assert not is_input(score, Do("tension = 0.5"))


def test_all_of_counts_messages_within_two_seconds(score: CompiledScore) -> None:
    assert sent(score, ("/one",), ("/two",))[-1] == ("together", "log together", "done")
    spread = [("/one",), ("/menu",), ("/menu",), ("/menu",), ("/menu",), ("/two",)]
    assert ("together", "log together", "done") not in sent(score, *spread)


def test_law_8_a_restored_performance_fills_wildcards_alike(score: CompiledScore) -> None:
    def after(restored: bool) -> list[object]:
        performance = Performance(score, start=Start.AT_ONCE)
        performance.advance(0.1)
        performance.receive(Observation("osc", "/scene/files", (1.0,), source="a:1"), 0.5)
        if restored:
            performance = Performance.restore(score, performance.snapshot())
        return list(performance.advance(2.0))

    assert after(True) == after(False)
