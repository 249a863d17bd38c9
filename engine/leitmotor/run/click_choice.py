"""From the text after `--click` to the sound of the metronome."""

from __future__ import annotations

import re

from leitmotor.errors import CueError
from leitmotor.messages import Setup, Voice
from leitmotor.music.general_midi import DRUM_CHANNEL
from leitmotor.run.click import (
    CLICK,
    HI_WOOD_BLOCK,
    PLAIN_CLICK,
    SIDE_STICK,
    Click,
)
from leitmotor.score.compiled import CompiledScore, Instrument
from leitmotor.score.nearest import did_you_mean

LEVEL, EXPRESSION = 7, 11
_HIGHEST = 84
_APART = 5
_CHANNEL = re.compile(r"(?:channel|ch\.?)\s*([0-9]{1,4})", re.IGNORECASE)


def click_of(text: str, score: CompiledScore) -> Click:
    """Nothing for the drum channel, `channel 5` for another one, or an instrument of the score.

    An instrument gets a channel of its own if one is free, so that it never cuts a note of the
    score. `CueError` for what is neither. Any thread; never waits.
    """
    wanted = text.strip()
    out = _out(score)
    if not wanted:
        return _on_channel(DRUM_CHANNEL, out, wanted)
    channel = _CHANNEL.fullmatch(wanted)
    if channel is not None and wanted not in score.instruments:
        number = int(channel[1])
        if not 1 <= number <= 16:
            raise CueError(f"--click: channels go from 1 to 16, not {number}; write channel 10")
        return _on_channel(number - 1, out, wanted)
    instrument = score.instruments.get(wanted)
    if instrument is None:
        known = ", ".join(sorted(score.instruments)) or "none"
        raise CueError(
            f"--click: the score has no instrument `{wanted}`"
            f"{did_you_mean(wanted, score.instruments)}; it has {known};"
            " or write channel 10, or --click alone, after PATH"
        )
    return _played_by(instrument, score, wanted)


def _out(score: CompiledScore) -> str:
    """The default output, or where nobody plays there, the first of the rig."""
    outs = [voice.out for voice in score.voices.values()]
    return "" if "" in outs or not outs else outs[0]


def _on_channel(channel: int, out: str, wanted: str) -> Click:
    voice = PLAIN_CLICK.voice._replace(channel=channel, out=out)
    return PLAIN_CLICK._replace(voice=voice, wanted=wanted)


def _played_by(instrument: Instrument, score: CompiledScore, wanted: str) -> Click:
    voices = [v for (name, _), v in score.voices.items() if name == instrument.name]
    out = voices[0].out if voices else _out(score)
    if instrument.kit:
        channel = voices[0].channel if voices else DRUM_CHANNEL
        pieces = [number for _, number in instrument.kit]
        accent = HI_WOOD_BLOCK if HI_WOOD_BLOCK in pieces else pieces[0]
        beat = SIDE_STICK if SIDE_STICK in pieces else pieces[-1]
        voice = Voice(wanted, CLICK, out, channel, instrument.program, instrument.bank)
        return Click(voice, accent, beat, None, wanted)
    taken = {voice.channel for voice in score.voices.values() if voice.out == out}
    free = [n for n in range(15, -1, -1) if n not in taken and n != DRUM_CHANNEL]
    channel = free[0] if free else voices[0].channel
    voice = Voice(wanted, CLICK, out, channel, instrument.program, instrument.bank)
    accent = min(instrument.comfortable_high, _HIGHEST)
    beat = max(accent - _APART, instrument.low)
    setup = Setup(voice, ((LEVEL, 100), (EXPRESSION, 127))) if free else None
    return Click(voice, accent, beat, setup, wanted)
