"""The MIDI library as it is where JACK alone answers."""

from __future__ import annotations

from typing import Any

import pytest

from leitmotor.midi_library import RtMidi

rtmidi = pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")


class JackOnly:
    """python-rtmidi with JACK as its only back end, also where ALSA would answer first."""

    def __getattr__(self, name: str) -> Any:
        return getattr(rtmidi, name)

    def get_compiled_api(self) -> list[int]:
        return [rtmidi.API_UNIX_JACK]


def jack_only() -> RtMidi:
    return JackOnly()
