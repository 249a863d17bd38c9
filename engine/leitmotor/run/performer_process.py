"""The child process: the performer, its ports and nothing else.

No file, no display, no log line: what it has to say goes over the pipe. It imports what it plays
with and not what scores are read with; what sound needs, only where there is to be sound.
"""

from __future__ import annotations

import gc
import signal
from contextlib import ExitStack
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from leitmotor.errors import LeitmotorError
from leitmotor.music.time import Seconds
from leitmotor.outputs.base import Output
from leitmotor.outputs.choose import chosen
from leitmotor.run.clock import SystemClock
from leitmotor.run.deck import Deck
from leitmotor.run.mailbox import PipeMailbox
from leitmotor.run.plan import PlayPlan
from leitmotor.run.ports import without_sound
from leitmotor.run.protocol import Ended, Failed, Ready, whose
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import Staged, staged
from leitmotor.run.wire import Wire

if TYPE_CHECKING:
    from leitmotor.outputs.audio_device import AudioDevice
    from leitmotor.run.audio_start import Audible

LAST_WORDS: Seconds = 1.0
"""How long the process waits for its last messages to be taken."""

LAST_SOUND: Seconds = 0.3
"""How long it waits for the audio device to play what it has taken, and to close."""


def perform(connection: Connection) -> None:
    """Play the plan that comes over `connection`, and report over it; blocks to the end.

    What `multiprocessing` starts. Where no plan comes before the pipe ends, nothing happens.

    Whatever ends it (the plan, the parent, SIGTERM, an exception, the end of the parent) every note
    gets its note-off before the process goes. SIGINT it leaves to the parent: Ctrl-C reaches both.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        plan = connection.recv()
    except EOFError:
        return
    mailbox = PipeMailbox(connection)
    signal.signal(signal.SIGTERM, lambda *_: mailbox.ring("the process was terminated"))
    wire = Wire(connection)
    deck = Deck(Reports(wire.post).warned)
    with ExitStack() as stack:
        stack.callback(wire.close, LAST_WORDS)
        stack.callback(deck.close)
        try:
            device = _begun(plan)
            deck.open([_port(text, plan) for text in plan.midi_outs])
            wire.post(_played(plan, deck, mailbox, wire, device, stack))
        except Exception as error:
            wire.post(Failed(_sentence(error), whose(error)))


def _played(
    plan: PlayPlan,
    deck: Deck,
    mailbox: PipeMailbox,
    wire: Wire,
    device: AudioDevice | None,
    stack: ExitStack,
) -> Ended:
    ready = staged(plan)
    reports = Reports(wire.post)
    audible, warnings = _audible(ready, deck, device, reports)
    if audible is not None:
        stack.callback(audible.sounding.close, LAST_SOUND)
    deck.prepare(ready.setups)
    gc.collect()
    gc.freeze()
    gc.disable()
    names = deck.names if audible is None else (*deck.names, audible.sounding.shown)
    rate = 0 if audible is None else audible.clock.rate
    wire.post(Ready(names, warnings, ready.setups, rate))
    clock = SystemClock(plan.spin_seconds) if audible is None else audible.clock
    sounds = None if audible is None else audible.sounding
    scheduler = Scheduler(ready, deck, clock, mailbox, reports, gc.collect, sounds)
    try:
        return scheduler.run()
    finally:
        deck.silence()


def _begun(plan: PlayPlan) -> AudioDevice | None:
    """The device of the sound, which takes its time to open."""
    if plan.audio_out is None:
        return None
    from leitmotor.run import audio_start

    return audio_start.begun(plan.audio_out)


def _audible(
    ready: Staged, deck: Deck, device: AudioDevice | None, reports: Reports
) -> tuple[Audible | None, tuple[str, ...]]:
    """The sound, or what is played instead; and what is to be said of it."""
    wanted = ready.plan.audio_out
    if wanted is None or device is None:
        return None, ()
    from leitmotor.run import audio_start
    from leitmotor.run.baking import foreseen
    from leitmotor.run.built_in_sound import built_in

    # Without a MIDI port nothing has to be exact between two blocks of sound.
    spin = ready.plan.spin_seconds if deck.names else 0.0
    real = SystemClock(spin)
    found = audio_start.audible(
        device, wanted, ready.setups, foreseen(ready.plan), reports.warned, built_in, real
    )
    if found is not None:
        return found, (found.sentence,) if found.sentence else ()
    if wanted.is_wished:
        return None, (f"{device.problem}; the music goes on without sound",)
    instead = without_sound(device.problem)
    deck.open([chosen(text) for text in instead.midi_outs])
    return None, (instead.sentence,)


def _port(text: str, plan: PlayPlan) -> Output:
    return chosen(text, out=dict(plan.rig_outs).get(text), clock=text in plan.clock_outs)


def _sentence(error: Exception) -> str:
    if isinstance(error, LeitmotorError):
        return str(error)
    return f"the performer failed: {type(error).__name__}: {error}"
