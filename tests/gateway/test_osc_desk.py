"""OSC in a session: what reaches the performer, who is answered, and the same from its journal."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pythonosc.osc_message import OscMessage
from tests.cues.osc_bytes import WALL, bundle, message, tag, text, whole

from leitmotor.cues.osc_intake import Came
from leitmotor.cues.osc_packet import Message
from leitmotor.gateway.osc_desk import MOST_ASKING, OscDesk
from leitmotor.messages import Cue, Do, Fire, Observation, Set
from leitmotor.music.time import Seconds
from leitmotor.outputs.trace import TraceOutput
from leitmotor.perform.performance import Start
from leitmotor.run.files import Recording
from leitmotor.run.journal import JournalWriter, read_journal
from leitmotor.run.plan import PlayPlan, Waits
from leitmotor.run.protocol import CueIn
from leitmotor.run.render import render
from leitmotor.score.compile.compiler import compile_score
from leitmotor.score.compiled import CompiledScore
from leitmotor.score.read import understand
from leitmotor.score.source import parse_source
from leitmotor.testing.live import Live

SCORE = """\
score: 1
time: {tempo: 60, start: on cue}
motifs: {walk: {notes: 1q 3q 5q 3q}}
characters: {mara: {motif: walk, arc: [lost, found]}}
states: {calm: {}, wild: {key: d minor}}
parameters: {tension: {range: 0..1}}
scenes:
  - {id: the quay, who: mara, state: calm}
  - {id: files, who: mara, state: wild}
cues:
  onward:  {when: {osc: /scene/*}, do: go $1}
  own:     {when: {osc: /tempo}, set: tension}
  closes:  {when: {osc: /menu, off: true}, do: log closed}
  hush:    {do: stop}
"""
HORIZON = 0.01
DESK = "127.0.0.1:5000"


@pytest.fixture(scope="module")
def score() -> CompiledScore:
    return compile_score(understand(parse_source(SCORE.encode(), "a.yaml"))).score


class _Stage:
    """Keeps what was sent, and gives tickets."""

    def __init__(self) -> None:
        self.sent: list[tuple[Cue, Seconds]] = []

    def send(self, cue: Cue, arrival: Seconds) -> int:
        self.sent.append((cue, arrival))
        return len(self.sent)


def heard(score: CompiledScore, *messages: tuple[float | str, ...]) -> tuple[list[Cue], OscDesk]:
    stage = _Stage()
    desk = OscDesk(score, ("127.0.0.1", 0), stage.send, HORIZON)
    for address, *values in messages:
        desk.heard(Came(Message(str(address), tuple(values)), DESK, 3.0))
    desk.close()
    return [cue for cue, _ in stage.sent], desk


def test_s35_what_the_score_waits_for_goes_to_it_as_it_came(score: CompiledScore) -> None:
    cues, desk = heard(score, ("/scene/files", 1.0), ("/tempo", 0.0), ("/menu", 0.0))
    assert cues == [
        Observation("osc", "/scene/files", (1.0,), source=DESK),
        Observation("osc", "/tempo", (0.0,), source=DESK),
        Observation("osc", "/menu", (0.0,), source=DESK),
    ]
    assert desk.notices() == ()


def test_the_built_in_addresses_drive_any_score(score: CompiledScore) -> None:
    cues, _ = heard(
        score, ("/scene/the_quay/go",), ("/character/mara/arc", "found"), ("/cue/hush/go", 1.0),
        ("/parameter/tension", 0.0), ("/panic",),
    )  # fmt: skip
    assert cues == [
        Do("go the quay"), Do("arc mara = found"), Fire("hush"), Set("tension", 0.0), Do("panic"),
    ]  # fmt: skip


def test_a_button_that_is_let_go_sends_nothing_and_says_nothing(score: CompiledScore) -> None:
    cues, desk = heard(score, ("/scene/files", 0.0), ("/menu", 1.0), ("/stop", 0.0))
    assert (cues, desk.notices()) == ([], ())


def test_what_nobody_waits_for_is_told_with_what_is_near(score: CompiledScore) -> None:
    cues, desk = heard(score, ("/menue", 0.0), ("/cue/hash/go",))
    assert cues == []
    assert desk.notices() == (
        f'osc from {DESK}: no cue: /menue: no cue waits for it; did you mean "/menu"?',
    )
    assert desk.intake.faults == {"no cue": 2}


def test_what_is_sent_ahead_arrives_a_horizon_before_its_time(score: CompiledScore) -> None:
    stage = _Stage()
    desk = OscDesk(score, ("127.0.0.1", 0), stage.send, HORIZON)
    for ahead in (0.0, 0.004, 2.0):
        desk.heard(Came(Message("/go", (), ahead), DESK, 10.0 + ahead))
    desk.close()
    assert [round(arrival, 6) for _, arrival in stage.sent] == [10.0, 10.0, 11.99]


# -- answers ---------------------------------------------------------------------------------------


class _Wire:
    """Stands for the socket."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, list[object]]] = []

    def reply(self, source: str, data: bytes) -> None:
        decoded = OscMessage(data)
        assert decoded.address == "/leitmotor/answer"
        self.sent.append((source, decoded.params))


def played(
    score: CompiledScore, *messages: tuple[str, Seconds, tuple[float | str, ...]]
) -> tuple[Live, _Wire]:
    """A session in which messages come (source, when, address and values) and are answered."""
    tickets = itertools.count(1)
    arrivals: list[tuple[Seconds, CueIn]] = []
    now: Seconds = 0.0

    def send(cue: Cue, arrival: Seconds) -> int:
        ticket = next(tickets)
        arrivals.append((now, CueIn(cue, arrival, ticket)))
        return ticket

    desk, wire = OscDesk(score, ("127.0.0.1", 0), send, HORIZON), _Wire()
    desk.server.close()
    desk.server = wire  # type: ignore[assignment]
    for source, now, (address, *values) in messages:
        desk.heard(Came(Message(str(address), tuple(values)), source, now))
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE)
    live = Live(plan, stop=12.0, messages=arrivals)
    for answered in live.answers:
        desk.answered(answered)
    return live, wire


def test_who_asks_is_told_what_when_where_and_by_which_rule(score: CompiledScore) -> None:
    _, wire = played(
        score,
        (DESK, 0.5, ("/scene/the_quay",)),
        (DESK, 0.6, ("/leitmotor/reply", 1.0)),
        (DESK, 2.0, ("/scene/files",)),
        (DESK, 2.1, ("/scene/filez",)),
        (DESK, 2.2, ("/cue/nothing/go",)),
        (DESK, 2.3, ("/leitmotor/reply", 0.0)),
        (DESK, 2.4, ("/panic",)),
    )
    refused, planned, wrong = wire.sent
    assert planned == (
        DESK, ["/scene/files", "go files", "planned", 4.0, 2, 1.0, "next bar (transition default)"],
    )  # fmt: skip
    assert wrong[1][:3] == ["/scene/filez", "onward", "refused"]
    assert wrong[1][6] == 'there is no scene "filez"; did you mean "files"?'
    assert refused[1][:3] == ["/cue/nothing/go", "", "refused"]


def test_answers_go_to_the_source_or_to_a_port_of_its_computer_and_nobody_else(
    score: CompiledScore,
) -> None:
    """A.12: no message can make us write to a third computer."""
    _, wire = played(
        score,
        ("10.0.0.1:700", 0.5, ("/leitmotor/reply",)),
        ("10.0.0.2:800", 0.5, ("/leitmotor/reply", 53001.0)),
        ("10.0.0.3:900", 0.5, ("/leitmotor/reply", 80.0)),
        ("10.0.0.4:900", 0.5, ("/leitmotor/reply", "10.0.0.9")),
        *[(f"10.0.0.{n}:{n}00", n / 1.0, ("/go",)) for n in (1, 2, 3, 4, 5)],
        ("10.0.0.1:700", 6.0, ("/scene/files",)),
        ("10.0.0.2:800", 6.1, ("/scene/files",)),
    )
    assert {to for to, _ in wire.sent} == {"10.0.0.1:700", "10.0.0.2:53001"}


def test_only_so_many_are_answered(score: CompiledScore) -> None:
    asks = [(f"10.0.0.1:{n}", 0.0, ("/leitmotor/reply", 1.0)) for n in range(1, MOST_ASKING + 2)]
    _, wire = played(
        score, *asks, ("10.0.0.1:1", 1.0, ("/cue/x/go",)), ("10.0.0.1:2", 1.0, ("/cue/x/go",))
    )
    assert [to for to, _ in wire.sent] == ["10.0.0.1:2"]


# -- a session -------------------------------------------------------------------------------------


def test_law_2_a_session_driven_by_osc_is_rendered_again_from_its_journal(
    score: CompiledScore, tmp_path: Path
) -> None:
    live, _ = played(
        score,
        (DESK, 0.2, ("/tempo", 0.7)),
        (DESK, 0.9, ("/scene/the_quay", 1.0)),
        (DESK, 2.33, ("/scene/files", 1.0)),
        (DESK, 3.1, ("/parameter/tension", 0.25)),
        (DESK, 4.4, ("/character/mara/arc", "found")),
        (DESK, 5.05, ("/state/calm/go",)),
        (DESK, 9.0, ("/cue/hush/go",)),
    )
    plan = PlayPlan(score, start=Start.ON_CUE, waits=Waits.FOR_THE_FIRST_CUE)
    recording = Recording(
        [TraceOutput(tmp_path / "live.events")], JournalWriter(tmp_path / "journal", plan), print
    )
    recording.open()
    for each in live.messages:
        recording.take(each)
    recording.close()
    render(score, read_journal(tmp_path / "journal"), [TraceOutput(tmp_path / "again.events")])
    again = (tmp_path / "again.events").read_bytes()
    assert again == (tmp_path / "live.events").read_bytes()
    assert b"scene files" in again
    assert b"tension = 0.25" in again


@pytest.fixture
def client() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.settimeout(10.0)
        made.bind(("127.0.0.1", 0))
        yield made


def test_over_the_wire_a_cue_is_sent_and_its_refusal_answered(
    score: CompiledScore, client: socket.socket
) -> None:
    stage = _Stage()
    desk = OscDesk(score, ("127.0.0.1", 0), stage.send, HORIZON)
    assert desk.open() == f"listening for OSC at 127.0.0.1:{desk.server.address[1]}"
    desk.start()
    ask = message("/leitmotor/reply", "i", whole(1))
    wrong = message("/character/mara/arc", "s", text("angry"))
    client.sendto(bundle(ask, message("/go", "T"), wrong), desk.server.address)
    assert OscMessage(client.recv(2000)).params[:3] == ["/character/mara/arc", "", "refused"]
    assert [cue for cue, _ in stage.sent] == [Fire("GO")]
    desk.close()
    assert len(desk.notices()) == 1


def test_an_open_port_is_said_in_a_sentence(score: CompiledScore) -> None:
    desk = OscDesk(score, ("0.0.0.0", 0), _Stage().send, HORIZON)
    said = desk.open()
    desk.close()
    assert said.endswith(", as the rig says: every computer that reaches this one can fire cues")


def test_a_time_tag_reaches_the_performer(score: CompiledScore) -> None:
    stage = _Stage()
    desk = OscDesk(score, ("127.0.0.1", 0), stage.send, HORIZON)
    for came in desk.intake.take(bundle(message("/go"), time=tag(WALL + 3)), DESK, 20.0, WALL):
        desk.heard(came)
    desk.close()
    assert [round(arrival, 3) for _, arrival in stage.sent] == [22.99]
