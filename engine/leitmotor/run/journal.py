"""The journal of a session: every cue with its exact place, so that it can be rendered again.

One object of JSON a line, written as it happens: a header, then cues, what became of them, notes
that were dropped, and where the performance was stopped. A session that broke off has a journal
without an end, and perhaps half a last line; it is good up to there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from leitmotor.errors import DeviceError, Problem, ScoreError
from leitmotor.messages import Reply
from leitmotor.music.time import Seconds
from leitmotor.music.time_of_day import DAY
from leitmotor.perform.performance import Start
from leitmotor.records import record
from leitmotor.run.journal_aids import NO_AIDS, Aids, aids_from_json, aids_to_json
from leitmotor.run.journal_json import (
    cue_from_json,
    cue_to_json,
    effect_to_json,
    place_from_json,
    place_to_json,
    seconds_from_json,
    signed_seconds_from_json,
)
from leitmotor.run.plan import PlayPlan, Script, Waits
from leitmotor.run.protocol import Answered, Dropped, Ended, FromPerformer, Sent

VERSION = 1
MARK = "leitmotor journal"
"""The first key of a journal's first line; its value is the version."""


class JournalWriter:
    """Writes a journal line by line, each as soon as it is known.

    Thread: one; every call may block on the disk.
    """

    def __init__(self, path: Path, plan: PlayPlan) -> None:
        """The journal of a session that plays `plan`. Nothing is written yet."""
        self._path = path
        self._plan = plan
        self._stream: TextIO | None = None

    def open(self) -> None:
        """Begin the file, replacing an older one. `DeviceError` where it cannot be written."""
        folder = self._path.parent
        if not folder.is_dir():
            raise DeviceError(
                f"cannot write {self._path}: there is no folder {folder}; make it first"
            )
        try:
            self._stream = self._path.open("w", encoding="utf-8", newline="\n", buffering=1)
        except OSError as error:
            raise self._failure(error) from error
        plan = self._plan
        self._line(
            {
                MARK: VERSION,
                "title": plan.score.title,
                "score": plan.score.hash,
                "seed": plan.score.seed if plan.seed is None else plan.seed,
                "start": plan.start.value,
                "waits": plan.waits.value,
                "begin": plan.begin,
                "speed": plan.speed,
                "mute": sorted(plan.mute),
                "solo": sorted(plan.solo),
                "clock": plan.clock,
                "scripted": len(plan.script),
                **aids_to_json(plan),
            }
        )
        # Their answers come with the performer's: what was known beforehand is written at once.
        for number, (at, cue) in enumerate(plan.script, start=1):
            line = {"receipt": number, "at": place_to_json(at), "cue": cue_to_json(cue)}
            self._line({**line, "answer": [], "reason": "of the script"})

    def take(self, message: FromPerformer) -> None:
        """Write down what a message of the performer tells. `DeviceError` where the disk fails."""
        match message:
            case Answered(answer=answer, at=at) if answer.receipt:
                self._line(
                    {
                        "receipt": answer.receipt,
                        "at": place_to_json(at),
                        "cue": cue_to_json(answer.cue),
                        "answer": [effect_to_json(effect) for effect in answer.effects],
                        "reason": answer.reason,
                    }
                )
            case Sent(events=events):
                for event in events:
                    if isinstance(event, Reply):
                        self._reply(event)
            case Dropped(notes=notes):
                self._line({"dropped": notes})
            case Ended(seconds=seconds, reason=reason):
                self._line({"end": seconds, "reason": reason})
            case _:
                pass

    def close(self) -> None:
        """Let the file go. May be called twice."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()

    def _reply(self, reply: Reply) -> None:
        bar, beat = reply.bar.place(reply.tick)
        self._line(
            {
                "reply": reply.receipt,
                "seconds": reply.seconds,
                "bar": bar,
                "beat": str(beat),
                "cue": reply.cue,
                "effects": [effect_to_json(effect) for effect in reply.effects],
                "reason": reply.reason,
            }
        )

    def _line(self, data: Mapping[str, object]) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(json.dumps(data, ensure_ascii=False) + "\n")
        except OSError as error:
            self.close()
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> DeviceError:
        why = error.strerror or str(error)
        return DeviceError(f"cannot write {self._path}: {why}; free the place or choose another")


@record
class Journal:
    """A session read back. `end` is None where it broke off."""

    title: str
    score_hash: str
    seed: int
    start: Start
    begin: Seconds
    cues: Script
    mute: frozenset[str]
    solo: frozenset[str]
    without: frozenset[int]
    end: Seconds | None
    clock: Seconds | None = None  # the time of day at second 0
    scripted: int = 0
    """How many of the cues were known beforehand; the others were fired by hand."""
    waits: Waits = Waits.NO
    aids: Aids = NO_AIDS


def read_journal(path: Path) -> Journal:
    """Read a journal. Blocks on the disk.

    `ScoreError` with the place of the first mistake: what follows it cannot be trusted either. Half
    a last line, of a session that broke off, is passed over.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise ScoreError((Problem(str(path), 1, 1, f"cannot read it: {why}"),)) from error
    whole, newline, _torn = data.rpartition(b"\n")
    lines = whole.split(b"\n") if newline else []
    reader = _Reader(str(path))
    for number, line in enumerate(lines, start=1):
        reader.line(number, line)
    return reader.journal()


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._header: dict[str, Any] | None = None
        self._cues: list[Any] = []
        self._without: set[int] = set()
        self._end: Seconds | None = None

    def line(self, number: int, line: bytes) -> None:
        try:
            data = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            raise self._at(number, error.start + 1, "this is not UTF-8 text") from None
        except json.JSONDecodeError as error:
            raise self._at(number, error.colno, f"this is not JSON: {error.msg}") from None
        except (ValueError, RecursionError):
            raise self._at(number, 1, "a journal holds no such number or nesting") from None
        try:
            self._take(data)
        except ValueError as error:
            raise self._at(number, 1, str(error)) from None

    def _take(self, data: object) -> None:
        if not isinstance(data, dict):
            raise ValueError("a line of a journal is an object in braces")
        if self._header is None:
            self._header = _checked_header(data)
        elif "cue" in data and "at" in data:
            receipt = len(self._cues) + 1
            if data.get("receipt") != receipt:
                raise ValueError(f"here the cue with receipt {receipt} is expected")
            self._cues.append((place_from_json(data["at"]), cue_from_json(data["cue"])))
        elif "dropped" in data:
            notes = data["dropped"]
            if not isinstance(notes, list) or not all(type(note) is int for note in notes):
                raise ValueError("dropped is a list of the numbers of notes")
            self._without.update(notes)
        elif "end" in data:
            self._end = signed_seconds_from_json(data["end"], "end")
        elif "reply" not in data:
            raise ValueError("a line tells of a cue, a reply, dropped notes or the end")

    def journal(self) -> Journal:
        header = self._header
        if header is None:
            raise self._at(1, 1, f'a journal begins with a line {{"{MARK}": {VERSION}, …}}')
        return Journal(
            title=header["title"],
            score_hash=header["score"],
            seed=header["seed"],
            start=Start(header["start"]),
            begin=seconds_from_json(header["begin"], "begin"),
            cues=tuple(self._cues),
            mute=frozenset(header["mute"]),
            solo=frozenset(header["solo"]),
            without=frozenset(self._without),
            end=self._end,
            clock=_clock_of(header),
            scripted=header.get("scripted", 0),
            waits=Waits(header.get("waits", Waits.NO.value)),
            aids=aids_from_json(header),
        )

    def _at(self, line: int, column: int, text: str) -> ScoreError:
        return ScoreError((Problem(self._file, line, column, text),))


def _clock_of(header: Mapping[str, Any]) -> Seconds | None:
    """The time of day at the beginning; journals of earlier releases know none."""
    if header.get("clock") is None:
        return None
    clock = seconds_from_json(header["clock"], "clock")
    if clock >= DAY:
        raise ValueError(f"clock is a time of day in seconds, before {DAY}")
    return clock


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _checked_header(data: dict[str, Any]) -> dict[str, Any]:
    """The header, if it is one that this release wrote."""
    if MARK not in data:
        raise ValueError(f'a journal begins with a line {{"{MARK}": {VERSION}, …}}')
    if data[MARK] != VERSION:
        raise ValueError(
            f"a journal of version {data[MARK]}; this release reads version {VERSION}:"
            " render it with the release that wrote it"
        )
    for key in ("title", "score"):
        if not isinstance(data.get(key), str):
            raise ValueError(f"{key} is a text")
    if type(data.get("seed")) is not int:
        raise ValueError("seed is a whole number")
    starts = [start.value for start in Start]
    if data.get("start") not in starts:
        raise ValueError(f"start is one of {', '.join(starts)}")
    seconds_from_json(data.get("begin"), "begin")
    _clock_of(data)
    for key in ("mute", "solo"):
        names = data.get(key)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError(f"{key} is a list of names")
    if type(data.get("scripted", 0)) is not int:
        raise ValueError("scripted is a whole number")
    if data.get("waits", Waits.NO.value) not in [waits.value for waits in Waits]:
        raise ValueError(f"waits is one of {', '.join(waits.value for waits in Waits)}")
    aids_from_json(data)
    return data
