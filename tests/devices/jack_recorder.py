"""A JACK client of its own process that keeps the MIDI that comes in, and prints it at the end.

Run as a program: prints a line when its port is there; when its input ends, the number of cycles it
lost and then a line in hex for each message. In the process of the test it would share the
interpreter with the stage, and lose cycles to it.
"""

from __future__ import annotations

import gc
import sys

import jack

NAME = "leitmotor recorder"


def main() -> None:
    """Record until the input ends."""
    client = jack.Client(NAME, no_start_server=True, use_exact_name=True)
    port = client.midi_inports.register("input")
    messages: list[bytes] = []
    lost = [0]

    def record(_frames: int) -> None:
        for _, data in port.incoming_midi_events():
            messages.append(bytes(data))

    def count(_delay: float) -> None:
        lost[0] += 1

    client.set_process_callback(record)
    client.set_xrun_callback(count)
    gc.disable()
    with client:
        print("ready", flush=True)
        sys.stdin.read()
    print(lost[0])
    for message in messages:
        print(message.hex())


if __name__ == "__main__":
    main()
