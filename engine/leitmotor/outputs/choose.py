"""From the text after `--out` to an output. Only the libraries of the kind chosen are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from leitmotor.errors import CueError, DeviceError
from leitmotor.outputs.base import Output
from leitmotor.outputs.null import NullOutput
from leitmotor.outputs.trace import TraceOutput

ALLOWED = "`midi:NAME`, `virtual`, `null`, `FILE.mid`, `FILE.events`"
"""What `--out` takes."""

_WORDS = ("virtual", "null")
_MIDI_FILES = frozenset({".mid", ".midi"})
_TRACES = frozenset({".events", ".trace"})
_SOUND_FILES = frozenset({".wav", ".flac"})


def chosen(
    text: str, *, instruments: Sequence[str] = (), title: str = "", out: str | None = None
) -> Output:
    """The output that `text` names, not yet opened.

    `instruments` (the order of tracks) and `title` go into a MIDI file; a port plays the voices of
    the rig's output `out`, or all. `CueError` where the text
    names nothing that is known, `DeviceError` where this release cannot make it.
    """
    wanted = text.strip()
    if wanted == "null":
        return NullOutput()
    if wanted == "virtual" or wanted.startswith("midi:"):
        return _port(wanted, out)
    suffix = Path(wanted).suffix.lower()
    if suffix in _MIDI_FILES:
        from leitmotor.outputs.midi_file import MidiFileOutput

        return MidiFileOutput(Path(wanted), instruments, title)
    if suffix in _TRACES:
        return TraceOutput(Path(wanted))
    if suffix in _SOUND_FILES:
        raise DeviceError(
            f"cannot write {wanted}: sound rendering is not part of this release; write a MIDI file"
            f" (`{Path(wanted).with_suffix('.mid')}`) and play it with a synthesizer"
        )
    raise CueError(_unknown(text))


def _port(wanted: str, out: str | None) -> Output:
    from leitmotor.outputs.midi_port import MidiPortOutput

    if wanted.removeprefix("midi:").strip() == "":
        raise CueError(
            "`midi:` lacks the port's name: give a part of it, as in `midi:piano`;"
            " `leitmotor ports` lists what there is"
        )
    return MidiPortOutput(wanted, out=out)


def _unknown(text: str) -> str:
    near = get_close_matches(text.strip().lower(), _WORDS, n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"unknown output `{text}`: it takes {ALLOWED}.{hint}"
