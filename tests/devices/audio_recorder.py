"""A JACK client of its own process that records the stereo sound of PortAudio's clients.

Run as a program with a file to write and how many frames at most: prints a line when its ports are
there, and connects whatever appears; when its input ends it writes the frames as 32-bit floats in
turn and prints how many cycles it lost.
"""

from __future__ import annotations

import gc
import select
import sys
from contextlib import suppress
from pathlib import Path

import jack
import numpy as np

NAME = "leitmotor sound recorder"


def main() -> None:
    """Record until the input ends."""
    path, most = Path(sys.argv[1]), int(sys.argv[2])
    client = jack.Client(NAME, no_start_server=True, use_exact_name=True)
    ports = [client.inports.register(f"input_{number}") for number in (1, 2)]
    taken = np.zeros((most, 2), np.float32)
    at = [0, 0]

    def record(frames: int) -> None:
        begin = at[0]
        end = min(begin + frames, most)
        for channel, port in enumerate(ports):
            taken[begin:end, channel] = port.get_array()[: end - begin]
        at[0] = end

    def count(_delay: float) -> None:
        at[1] += 1

    client.set_process_callback(record)
    client.set_xrun_callback(count)
    gc.disable()
    with client:
        print("ready", flush=True)
        while not select.select([sys.stdin], [], [], 0.02)[0]:
            connect(client, ports)
    path.write_bytes(taken[: at[0]].tobytes())
    print(at[1])


def connect(client: jack.Client, ports: list[jack.OwnPort]) -> None:
    """Connect the outputs of PortAudio that are there and not connected yet."""
    for port, channel in zip(ports, (0, 1), strict=True):
        for source in client.get_ports(f"PortAudio:out_{channel}$", is_output=True):
            if source not in client.get_all_connections(port):
                with suppress(jack.JackError):
                    client.connect(source, port)


if __name__ == "__main__":
    main()
