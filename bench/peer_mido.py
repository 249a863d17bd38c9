"""The piece on mido's `MidiFile.play`: the tempo change is in the file, keys are not changed."""

from __future__ import annotations

import time
from importlib.metadata import version
from itertools import chain, repeat

import mido

from bench.piece import CHANNELS, LENGTH, STEPS, TEMPI, TONICS, Recording

TICKS_PER_SIXTEENTH = 120
_SLOW_STEPS = round(LENGTH / 2 / STEPS[0])
_QUICK_STEPS = round(LENGTH / 2 / STEPS[1])


def the_piece() -> mido.MidiFile:
    """Half of the time at each tempo."""
    file = mido.MidiFile(ticks_per_beat=4 * TICKS_PER_SIXTEENTH)
    track = file.add_track()
    tempi = chain(repeat(None, 0), (TEMPI[0],), repeat(None, _SLOW_STEPS - 1), (TEMPI[1],))
    for _, tempo in zip(
        range(_SLOW_STEPS + _QUICK_STEPS), chain(tempi, repeat(None)), strict=False
    ):
        if tempo is not None:
            track.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo)))
        for kind, wait in (("note_on", 0), ("note_off", TICKS_PER_SIXTEENTH)):
            for channel in range(CHANNELS):
                pitch = TONICS[0] + channel
                pause = wait if channel == 0 else 0
                track.append(mido.Message(kind, channel=channel, note=pitch, time=pause))
    return file


def main() -> None:
    """Play and print the recording."""
    recording = Recording(f"mido {version('mido')} MidiFile.play")
    file = the_piece()
    begun, used = time.perf_counter(), time.process_time()
    for message in file.play():
        if message.type == "note_on":
            recording.notes.append((time.perf_counter(), message.channel, message.note))
    used = time.process_time() - used
    recording.cpu_percent = 100 * used / (time.perf_counter() - begun)
    starts = [at for at, channel, _ in recording.notes if channel == 0]
    first = min(at - n * STEPS[0] for n, at in enumerate(starts[:8]))
    recording.tempo_call = first + _SLOW_STEPS * STEPS[0]
    print(recording.to_json())


if __name__ == "__main__":
    main()
