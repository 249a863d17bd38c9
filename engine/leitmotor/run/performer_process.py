"""The child process: the performer, its ports and nothing else.

No file, no display, no log line: what it has to say goes over the pipe. It imports what it plays
with and not what scores are read with.
"""

from __future__ import annotations

import gc
import signal
from multiprocessing.connection import Connection

from leitmotor.errors import LeitmotorError
from leitmotor.music.time import Seconds
from leitmotor.outputs.choose import chosen
from leitmotor.run.clock import SystemClock
from leitmotor.run.deck import Deck
from leitmotor.run.mailbox import PipeMailbox
from leitmotor.run.plan import PlayPlan
from leitmotor.run.protocol import Ended, Failed, Ready, whose
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import staged
from leitmotor.run.wire import Wire

LAST_WORDS: Seconds = 1.0
"""How long the process waits for its last messages to be taken."""


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
    try:
        voices_of = dict(plan.rig_outs)
        deck.open([chosen(text, out=voices_of.get(text)) for text in plan.midi_outs])
        wire.post(_played(plan, deck, mailbox, wire))
    except Exception as error:
        wire.post(Failed(_sentence(error), whose(error)))
    finally:
        deck.close()
        wire.close(LAST_WORDS)


def _played(plan: PlayPlan, deck: Deck, mailbox: PipeMailbox, wire: Wire) -> Ended:
    ready = staged(plan)
    deck.prepare(ready.setups)
    gc.collect()
    gc.freeze()
    gc.disable()
    wire.post(Ready(deck.names, (), ready.setups))
    reports = Reports(wire.post)
    clock = SystemClock(plan.spin_seconds)
    scheduler = Scheduler(ready, deck, clock, mailbox, reports, gc.collect)
    try:
        return scheduler.run()
    finally:
        deck.silence()


def _sentence(error: Exception) -> str:
    if isinstance(error, LeitmotorError):
        return str(error)
    return f"the performer failed: {type(error).__name__}: {error}"
