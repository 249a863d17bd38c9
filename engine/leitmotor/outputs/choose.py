"""From the text after `--out` to an output. Only the libraries of the kind chosen are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from leitmotor.errors import CueError
from leitmotor.outputs.audio_names import AUDIO, is_audio
from leitmotor.outputs.base import Output
from leitmotor.outputs.null import NullOutput
from leitmotor.outputs.trace import TraceOutput

if TYPE_CHECKING:
    from leitmotor.outputs.sound_settings import SoundSettings

ALLOWED = (
    "`audio`, `audio:NAME`, `midi:NAME`, `virtual`, `null`, `FILE.mid`, `FILE.wav`, `FILE.flac`,"
    " `FILE.events`"
)
"""What `--out` takes."""

_WORDS = (AUDIO, "virtual", "null")
_MIDI_FILES = frozenset({".mid", ".midi"})
_TRACES = frozenset({".events", ".trace"})
_SOUND_FILES = frozenset({".wav", ".flac"})


def chosen(
    text: str,
    *,
    instruments: Sequence[str] = (),
    title: str = "",
    out: str | None = None,
    clock: bool = False,
    sound: SoundSettings | None = None,
) -> Output:
    """The output that `text` names, not yet opened.

    `instruments` (the order of tracks) and `title` go into a MIDI file; a port plays the voices of
    the rig's output `out`, or all, and sends MIDI `clock` or not; `sound` is what sound files are
    made with, and without it there are none. `CueError` where the text names nothing that is known,
    or what cannot be.
    """
    wanted = text.strip()
    if wanted == "null":
        return NullOutput()
    if wanted == "virtual" or wanted.startswith("midi:"):
        return _port(wanted, out, clock)
    if is_audio(wanted):
        raise CueError(
            f"`{wanted}` is a device, and only `leitmotor play` plays through one: give the name of"
            " a file"
        )
    suffix = Path(wanted).suffix.lower()
    if suffix in _MIDI_FILES:
        from leitmotor.outputs.midi_file import MidiFileOutput

        return MidiFileOutput(Path(wanted), instruments, title)
    if suffix in _TRACES:
        return TraceOutput(Path(wanted))
    if suffix in _SOUND_FILES:
        return _sound_file(wanted, sound)
    raise CueError(_unknown(text))


def is_sound_file(text: str) -> bool:
    """Whether `text` names a file of sound."""
    return Path(text.strip()).suffix.lower() in _SOUND_FILES


def _sound_file(wanted: str, sound: SoundSettings | None) -> Output:
    if sound is None:
        # Sound takes cores and time that a live performance needs for itself.
        raise CueError(
            f"no sound is written while it plays: `leitmotor render PATH --out {wanted}` writes it,"
            " and with --cues NIGHT.journal just as it was played with --journal NIGHT.journal"
        )
    from leitmotor.outputs.sound_settings import sound_file

    return sound_file(Path(wanted), sound)


def _port(wanted: str, out: str | None, clock: bool) -> Output:
    from leitmotor.outputs.midi_port import MidiPortOutput

    if wanted.removeprefix("midi:").strip() == "":
        raise CueError(
            "`midi:` lacks the port's name: give a part of it, as in `midi:piano`;"
            " `leitmotor ports` lists what there is"
        )
    return MidiPortOutput(wanted, out=out, clock=clock)


def _unknown(text: str) -> str:
    near = get_close_matches(text.strip().lower(), _WORDS, n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"unknown output `{text}`: it takes {ALLOWED}.{hint}"
