"""What listens beside the keyboard in a live session, as the rig says."""

from __future__ import annotations

from typing import Protocol

from leitmotor.gateway.cue_input import CueInput
from leitmotor.run.plan import PlayPlan
from leitmotor.run.stage import Stage
from leitmotor.score.model.rig import Inputs


class Desk(CueInput, Protocol):
    """A source of cues that has to be opened. Thread: all calls from the session's."""

    def open(self) -> str:
        """Take what it listens to; a sentence on it. `DeviceError` where that cannot be had."""
        ...

    def start(self) -> None:
        """Begin to take in what comes."""
        ...

    def close(self) -> None:
        """Give it back. May be called without `open`."""
        ...


def desks(inputs: Inputs | None, plan: PlayPlan, stage: Stage) -> tuple[Desk, ...]:
    """One for each input of the rig. Only who listens needs codecs, sockets and MIDI."""
    found: list[Desk] = []
    if inputs is not None and inputs.osc is not None:
        from leitmotor.gateway.osc_desk import OscDesk

        found.append(OscDesk(plan.score, inputs.osc.listen, stage.send, plan.horizon_seconds))
    if inputs is not None and inputs.midi is not None:
        from leitmotor.gateway.midi_desk import MidiDesk

        found.append(MidiDesk(plan.score, inputs.midi.port, stage.send, plan.horizon_seconds))
    return tuple(found)
