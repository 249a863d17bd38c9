"""`leitmotor play`, as a process of its own: lines, keys, the journal, and the ways it ends."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from leitmotor.commands.app import app

SCORE = """\
score: 1
meta: {title: Small}
time: {tempo: 240}
characters:
  mara: {motif: walk}
motifs:
  walk: {notes: 1q 3q 5q 3q | 1w}
states:
  calm: {}
  betrayed: {key: d minor}
scenes:
  - {id: quay, who: [mara], state: calm}
  - {id: files, who: [mara], state: betrayed}
cues:
  betrayal: {when: {press: b}, do: go files}
  hush: {number: 12, do: stop}
"""
WAITING = SCORE.replace("time: {", "time: {start: on cue, ")
ENOUGH = 20.0  # seconds that nothing here takes, even on a busy machine


@pytest.fixture
def score(tmp_path: Path) -> Path:
    """A score as a file: no script."""
    path = tmp_path / "small.yaml"
    path.write_text(SCORE)
    return path


def _play(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "leitmotor", "play", *map(str, arguments)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def test_lines_are_answered_and_the_journal_renders_to_the_same(
    score: Path, tmp_path: Path
) -> None:
    """A cue typed during `play` is answered with bar, beat, seconds and rule (S2)."""
    files = [tmp_path / name for name in ("live.mid", "live.events", "show.journal")]
    typed = "press b\nnonsense\n\nmode dorian\n"
    done = _play(
        score, "--out", "null", "--out", files[0], "--trace", files[1], "--journal", files[2],
        "--until", "2", typed=typed,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("nothing will be heard: the output is `null`; choose a port")
    assert any("scene files" in line for line in lines)
    assert any("state betrayed" in line for line in lines)
    answer = next(line for line in lines if "betrayal -> go files: planned" in line)
    assert "at bar 2 beat 1, 1.000 s; rule: next bar" in answer
    assert any(line.startswith("not fired: nonsense: ") for line in lines)
    assert lines[-1].startswith("the time to end was reached at 0:02.0, ")
    again = [tmp_path / "again.mid", tmp_path / "again.events"]
    command = [sys.executable, "-m", "leitmotor", "render", score, "--cues", files[2]]
    outs = ["--out", again[0], "--trace", again[1]]
    rendered = subprocess.run([*command, *outs], check=True, capture_output=True, timeout=60)
    assert b"ends there: the end of the journal" in rendered.stdout
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in files[:2]]


def test_the_end_of_the_lines_is_not_the_end_of_the_show(score: Path) -> None:
    done = _play(score, "--out", "null", "--until", "1", "--speed", "400%")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the time to end was reached at 0:01.0" in done.stdout


def test_stop_leaves_the_operator_at_the_desk_while_lines_may_come(score: Path) -> None:
    command = [sys.executable, "-m", "leitmotor", "play", str(score), "--out", "null"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as desk:
        assert desk.stdin is not None
        assert desk.stdout is not None
        desk.stdin.write(":stop\n")
        while "nothing plays" not in desk.stdout.readline():
            assert desk.poll() is None
        desk.stdin.write("go files\n")
        while "scene files" not in desk.stdout.readline():
            assert desk.poll() is None
        desk.stdin.write("stop\n")
        desk.stdin.close()
        assert desk.wait(ENOUGH) == 0
        assert "the music has ended at " in desk.stdout.read()


def test_a_script_that_lies_beside_a_waiting_score_is_named(score: Path) -> None:
    (score.parent / "show.cues").write_text("0 betrayal\n")
    score.write_text(WAITING)
    done = _play(score, "--out", "null")
    assert done.returncode == 0
    assert f"; show.cues lies beside it: add --cues {score.parent / 'show.cues'}" in done.stdout
    assert "nothing began: the score waits for a cue, and none can come" in done.stdout


def test_a_show_with_a_script_ends_with_it(score: Path, tmp_path: Path) -> None:
    script = tmp_path / "show.cues"
    script.write_text("0 go quay\n0.5 betrayal\n1.5 hush\n")
    done = _play(score, "--out", "null", "--cues", script, "--mute", "piano")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the music has ended at 0:01.5, 0 notes" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--speed", "fast"], 2, "--speed is a percentage such as 80%, not `fast`"),
        (["--speed", "9000%"], 2, "speed"),
        (["--speed", "50"], 2, "not `50`; write 50%"),
        (["--horizon", "10"], 2, "--horizon is a time from 1 ms to 100 ms, such as 10ms, not `10`"),
        (["--horizon", "1s"], 2, "from 1 ms to 100 ms, such as 10ms, not `1s`"),
        (["--out", "null", "--journal", "no/such/j"], 3, "there is no folder no/such; make it"),
        (["--mute", "celo"], 2, "`celo`"),
        (["--from", "nowhere"], 2, "`nowhere`"),
        (["--loop", "4..2"], 2, "4..2 ends before it begins; write 2..4 for these bars"),
        (["--loop", "2..9000"], 2, "choose bars up to "),
        (["--loop", "x"], 2, "`x` names no bars; write bars as in 5..8"),
        (["--click", "paino"], 2, 'did you mean "piano"?'),
        (["--click=channel 0"], 2, "channels go from 1 to 16, not 0"),
        (["--count-in", "2"], 2, "--count-in: "),
        (["--out", "x.mp5"], 2, "unknown output `x.mp5`"),
        (["--out", "midi:no such port"], 3, "port"),
        (["--cues", "a.cues", "--no-cues"], 2, "contradict"),
        (["--rig", "no.yaml"], 1, "there is no such file"),
    ],
)
def test_what_cannot_be_played(score: Path, arguments: list[str], code: int, said: str) -> None:
    done = CliRunner().invoke(app, ["play", str(score), *arguments])
    assert (done.exit_code, said in done.output) == (code, True), done.output


def test_a_rehearsal_is_counted_in_goes_round_and_renders_again(
    score: Path, tmp_path: Path
) -> None:
    """Options that may stand without a value, in a process of its own, and the journal (S34)."""
    files = [tmp_path / name for name in ("live.events", "show.journal", "again.events")]
    done = _play(
        score, "--loop", "2..2 3 times", "--count-in", "--click", "--out", "null",
        "--trace", files[0], "--journal", files[1], typed="tempo 200 at now\n",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("bar 2, 3 times, from 1.000 s\n")
    assert "from bar 2 again (2nd time); taken back: tempo 200 at now" in done.stdout
    assert "the loop was played 3 times at 0:04." in done.stdout
    lines = files[0].read_text().splitlines()
    assert sum("  attack   click  " in line for line in lines) == 4 + 3 * 4
    again = ["render", str(score), "--cues", str(files[1]), "--trace", str(files[2])]
    assert CliRunner().invoke(app, again).exit_code == 0
    assert files[2].read_bytes() == files[0].read_bytes()
    refused = CliRunner().invoke(app, [*again, "--click"])
    assert (refused.exit_code, "leave --click out" in refused.output) == (2, True)


def test_a_loop_in_a_file_needs_an_end(score: Path, tmp_path: Path) -> None:
    command = ["render", str(score), "--loop", "1..2", "--out", str(tmp_path / "a.mid")]
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 2
    assert "--loop '1..2 4 times', or add --until T" in refused.output
    done = CliRunner().invoke(app, [*command, "--until", "9"])
    assert (done.exit_code, "the time to end was reached" in done.output) == (0, True)


# --------------------------------------------------------------------------------------------------
# On a terminal


class _Terminal:
    """A `play` on a terminal of its own; POSIX only."""

    def __init__(self, *arguments: object) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "COLUMNS": "100", "LINES": "30", "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "leitmotor", "play", *map(str, arguments)],
            stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True,
            preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def until(self, text: str) -> str:
        """What was shown up to `text`, from the last time on."""
        deadline = time.monotonic() + ENOUGH
        while text not in self.seen and time.monotonic() < deadline:
            if select.select([self._ours], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self._ours, 65536).decode()
                except OSError:
                    break
        before, found, self.seen = self.seen.partition(text)
        assert found, before
        return before + found

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_keys_lines_and_ctrl_c_on_a_terminal(tmp_path: Path) -> None:
    """S33: it waits for the first cue; a key fires; `:` with Tab; `?`; Ctrl-C ends it."""
    path = tmp_path / "waiting.yaml"
    path.write_text(WAITING)
    terminal = _Terminal(path, "--out", "null")
    try:
        terminal.until("waiting for the first cue: betrayal (key b), or Enter for hush")
        terminal.type("b")
        terminal.until("press b")
        terminal.until("go files: ")
        terminal.type(":mode dor")
        terminal.until(":mode dor_")
        terminal.type("ian\r")
        assert "rule: next bar" in terminal.until("mode dorian: planned") + terminal.until(
            "next bar"
        )
        terminal.type("?")
        terminal.until("keys: b betrayal")
        terminal.type("\x03")
        terminal.until("\x1b[?25h")
        terminal.until("stopped at ")
        assert terminal.process.wait(ENOUGH) == 0
    finally:
        terminal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_termination_ends_it_in_good_order(score: Path, tmp_path: Path) -> None:
    events = tmp_path / "live.events"
    terminal = _Terminal(score, "--out", "null", "--trace", events)
    try:
        terminal.until("sounding 1")
        terminal.process.send_signal(signal.SIGTERM)
        terminal.until("stopped at ")
        assert terminal.process.wait(ENOUGH) == 0
        text = events.read_text()
        assert text.count(" attack ") == text.count(" release ") > 0
    finally:
        terminal.close()


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _osc(address: str) -> bytes:
    """A message without values, as any program may write it."""
    data = address.encode()
    return data + bytes(4 - len(data) % 4) + b",\0\0\0"


def test_osc_drives_a_session_and_its_journal_renders_to_the_same(
    score: Path, tmp_path: Path
) -> None:
    """The rig's input listens for the length of the session; closed lines do not end it."""
    port = _free_port()
    room, live = tmp_path / "room.yaml", tmp_path / "live.events"
    room.write_text(f"rig: 1\ninputs: {{osc: {{listen: 127.0.0.1:{port}}}}}\n")
    command = [sys.executable, "-m", "leitmotor", "play", score, "--rig", room, "--out", "null"]
    files = ["--trace", live, "--journal", tmp_path / "show.journal"]
    with (
        subprocess.Popen(
            list(map(str, [*command, *files])), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True, bufsize=1,
        ) as desk,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
    ):  # fmt: skip
        assert desk.stdout is not None

        def read_to(text: str) -> None:
            while text not in desk.stdout.readline():
                assert desk.poll() is None

        read_to(f"listening for OSC at 127.0.0.1:{port}")
        client.sendto(b"#bundle\0" + bytes(7) + b"\1" + b"\xff\xff\xff\xfc", ("127.0.0.1", port))
        client.sendto(_osc("/scene/quay/go"), ("127.0.0.1", port))
        read_to("scene quay")
        client.sendto(_osc("/cue/betrayal/go"), ("127.0.0.1", port))
        read_to("scene files")
        desk.send_signal(signal.SIGTERM)
        assert desk.wait(ENOUGH) == 0
    again = tmp_path / "again.events"
    command = [
        sys.executable,
        "-m",
        "leitmotor",
        "render",
        score,
        "--cues",
        tmp_path / "show.journal",
    ]
    subprocess.run([*map(str, command), "--trace", str(again)], check=True, timeout=60)
    assert again.read_bytes() == live.read_bytes()


def test_a_port_for_osc_that_is_taken_ends_it_before_it_begins(score: Path, tmp_path: Path) -> None:
    room = tmp_path / "room.yaml"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        room.write_text(f"rig: 1\ninputs: {{osc: {{listen: 127.0.0.1:{port}}}}}\n")
        done = _play(score, "--rig", room, "--out", tmp_path / "never.mid")
    assert done.returncode == 3
    assert f"cannot listen for OSC at 127.0.0.1:{port}" in done.stderr
    assert "give inputs.osc.listen another port" in done.stderr
    assert not (tmp_path / "never.mid").exists()
