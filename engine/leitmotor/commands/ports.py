"""`leitmotor ports`: what can be played on."""

from __future__ import annotations

import json

from leitmotor.outputs.midi_system import PortListing, list_ports


def ports(as_json: bool) -> None:
    """Print the MIDI ports of this machine, or why there are none."""
    listing = list_ports()
    print(_for_programs(listing) if as_json else _for_people(listing))


def _for_programs(listing: PortListing) -> str:
    ports = [{"name": port.name, "backend": port.backend} for port in listing.ports]
    return json.dumps({"ports": ports, "reason": listing.reason}, ensure_ascii=False, indent=2)


def _for_people(listing: PortListing) -> str:
    if not listing.ports:
        return listing.reason
    width = max(len("port"), *(len(port.name) for port in listing.ports))
    rows = [f"{'port':<{width}}  through"]
    rows += [f"{port.name:<{width}}  {port.backend}" for port in listing.ports]
    first = listing.ports[0].name
    return "\n".join([*rows, "", f'play on one with any part of its name: --out "midi:{first}"'])
