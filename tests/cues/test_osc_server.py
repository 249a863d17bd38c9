"""The socket and its thread, on a free port of this computer."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest
from tests.cues.osc_bytes import POISON, bundle, message

from leitmotor.cues.osc_intake import Came, Intake
from leitmotor.cues.osc_server import OscServer
from leitmotor.errors import DeviceError

ENOUGH = 10.0


class _Listening:
    """A server whose messages wait in a queue, and a client."""

    def __init__(self) -> None:
        self.came: SimpleQueue[Came] = SimpleQueue()
        self.intake = Intake()
        self.server = OscServer("127.0.0.1", 0, self.intake, self.hear)
        self.server.open()
        self.client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.client.settimeout(ENOUGH)
        self.client.bind(("127.0.0.1", 0))

    def hear(self, came: Came) -> None:
        if came.message.address == "/fault/of/ours":
            raise RuntimeError("nobody's \x1b fault")
        self.came.put(came)

    def send(self, data: bytes) -> None:
        self.client.sendto(data, self.server.address)

    def next(self) -> Came:
        return self.came.get(timeout=ENOUGH)


@pytest.fixture
def there() -> Iterator[_Listening]:
    listening = _Listening()
    yield listening
    listening.server.close()
    listening.client.close()


def test_what_is_sent_is_heard_with_its_source_and_time(there: _Listening) -> None:
    there.server.start()
    before = time.perf_counter()
    there.send(message("/scene/quay", "T"))
    came = there.next()
    assert (came.message.address, came.message.values) == ("/scene/quay", (1.0,))
    assert came.source == f"127.0.0.1:{there.client.getsockname()[1]}"
    assert before <= came.due <= time.perf_counter()


def test_what_comes_before_the_start_waits(there: _Listening) -> None:
    there.send(message("/early"))
    there.server.start()
    assert there.next().message.address == "/early"


def test_poison_a_huge_datagram_and_a_fault_of_ours_do_not_make_it_deaf(there: _Listening) -> None:
    there.server.start()
    for data in (*(d for d in POISON.values() if len(d) < 60_000), bytes(60_000)):
        there.send(data)
    there.send(message("/fault/of/ours"))
    there.send(bundle(message("/a"), message("/b")))
    assert [there.next().message.address for _ in range(2)] == ["/a", "/b"]
    assert there.intake.faults["internal error"] == 1
    assert there.intake.faults["too big"] > 1
    assert all(line.isascii() and line.isprintable() for line in there.intake.lines)


def test_an_answer_goes_to_the_source(there: _Listening) -> None:
    there.server.start()
    there.send(message("/a"))
    there.server.reply(there.next().source, b"answer")
    assert there.client.recv(100) == b"answer"
    for nobody in ("", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:0", "127.0.0.1:99999"):
        there.server.reply(nobody, b"lost")


def test_a_port_that_is_taken_is_named_with_the_setting(there: _Listening) -> None:
    """B.26."""
    other = OscServer(*there.server.address, Intake(), there.hear)
    with pytest.raises(DeviceError) as error:
        other.open()
    host, port = there.server.address
    assert f"cannot listen for OSC at {host}:{port}: " in str(error.value)
    assert "give inputs.osc.listen another port" in str(error.value)
    other.close()


def test_an_address_of_another_computer_cannot_be_listened_at(there: _Listening) -> None:
    other = OscServer("192.0.2.1", 9000, Intake(), there.hear)
    with pytest.raises(DeviceError, match=r"give inputs\.osc\.listen one of its own"):
        other.open()


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("0.0.0.0", False), ("localhost", True)]
)
def test_who_can_reach_it(there: _Listening, host: str, local: bool) -> None:
    server = OscServer(host, 0, Intake(), there.hear)
    server.open()
    assert server.is_local is local
    server.close()


def test_closing_gives_the_port_back_and_may_be_done_twice(there: _Listening) -> None:
    there.server.start()
    address = there.server.address
    there.server.close()
    there.server.close()
    again = OscServer(*address, Intake(), there.hear)
    again.open()
    assert again.address == address
    again.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what it drops")
def test_what_the_system_dropped_is_counted(there: _Listening) -> None:
    """C.28: until `start` nobody reads, so the system's buffer overflows."""
    there.server._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # type: ignore[union-attr]
    for _ in range(200):
        there.send(message("/a"))
    there.server.start()
    assert there.next().message.address == "/a"
    deadline = time.perf_counter() + ENOUGH
    while not there.intake.faults["lost"] and time.perf_counter() < deadline:
        there.send(message("/b"))
        there.next()
    assert 0 < there.intake.faults["lost"] < 200
