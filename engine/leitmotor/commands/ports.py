"""`leitmotor ports`: what can be played on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from leitmotor.outputs.audio_system import AudioListing, list_devices
from leitmotor.outputs.midi_system import PortListing, list_ports


def ports(as_json: bool) -> None:
    """Print the audio devices and MIDI ports of this machine, or why there are none."""
    shown = for_programs if as_json else for_people
    print(shown(list_devices(), list_ports()))


def for_programs(audio: AudioListing, midi: PortListing) -> str:
    """Both lists as JSON."""
    devices = [
        {
            "name": device.name,
            "host": device.host,
            "channels": device.channels,
            "rate": device.rate,
            "default": device.is_default,
        }
        for device in audio.devices
    ]
    ports = [{"name": port.name, "backend": port.backend} for port in midi.ports]
    listing = {
        "audio": devices,
        "audio_reason": audio.reason,
        "ports": ports,
        "reason": midi.reason,
    }
    return json.dumps(listing, ensure_ascii=False, indent=2)


def for_people(audio: AudioListing, midi: PortListing) -> str:
    """Both lists as tables, with how to choose from them."""
    return f"{_devices(audio)}\n\n{_ports(midi)}"


def _devices(listing: AudioListing) -> str:
    if not listing.devices:
        return f"no sound: {listing.reason}"
    rows = [
        (device.name, device.host, str(device.channels), str(device.rate), _mark(device.is_default))
        for device in listing.devices
    ]
    first = listing.devices[0]
    return "\n".join([
        *_table(("audio device", "through", "channels", "rate", ""), rows),
        "",
        f'play on one with any part of its name: --out "audio:{first.name}"',
    ])  # fmt: skip


def _mark(is_default: bool) -> str:
    return "<- used where none is named" if is_default else ""


def _ports(listing: PortListing) -> str:
    if not listing.ports:
        return listing.reason
    rows = [(port.name, port.backend) for port in listing.ports]
    first = listing.ports[0].name
    return "\n".join([
        *_table(("MIDI port", "through"), rows),
        "",
        f'play on one with any part of its name: --out "midi:{first}"',
    ])  # fmt: skip


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return [
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
