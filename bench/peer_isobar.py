"""The piece on isobar, with an output that notes the moment. Runs in isobar's own environment."""

from __future__ import annotations

import logging
import time
from importlib.metadata import version

import isobar
from isobar.io.output import OutputDevice

from bench.piece import CALLS_AT, CHANNELS, LENGTH, TEMPI, TONICS, Recording


class Listener(OutputDevice):
    """Takes down each note."""

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self._recording = recording

    def note_on(self, note: int = 60, velocity: int = 64, channel: int = 0) -> None:  # noqa: ARG002
        """A note would be sent now."""
        self._recording.notes.append((time.perf_counter(), channel, note))

    def note_off(self, note: int = 60, channel: int = 0) -> None:
        """Ends are not compared."""


def main() -> None:
    """Play and print the recording."""
    logging.disable(logging.WARNING)
    recording = Recording(f"isobar {version('isobar')}")
    tonic = [TONICS[0]]
    timeline = isobar.Timeline(TEMPI[0], output_device=Listener(recording))
    for channel in range(CHANNELS):
        note = isobar.PFunc(lambda channel=channel: tonic[0] + channel)
        timeline.schedule({"note": note, "duration": 0.25, "channel": channel, "gate": 0.9})
    begun, used = time.perf_counter(), time.process_time()
    timeline.background()
    for number, moment in enumerate(CALLS_AT):
        time.sleep(begun + moment - time.perf_counter())
        if number == 1:
            recording.tempo_call = time.perf_counter()
            timeline.tempo = TEMPI[1]
        else:
            recording.key_calls.append(time.perf_counter())
            tonic[0] = TONICS[1 + number // 2]
    time.sleep(begun + LENGTH - time.perf_counter())
    used = time.process_time() - used
    recording.cpu_percent = 100 * used / (time.perf_counter() - begun)
    timeline.stop()
    print(recording.to_json())


if __name__ == "__main__":
    main()
