"""Where the performer's time goes while it plays: a profile of its process, 200 events a second.

python -m bench.profile_performer [--seconds 10] [--order tottime]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from multiprocessing import Pipe

from bench.material import even_stream
from leitmotor.outputs.null import NullOutput
from leitmotor.run.clock import SystemClock
from leitmotor.run.deck import Deck
from leitmotor.run.mailbox import PipeMailbox
from leitmotor.run.plan import PlayPlan
from leitmotor.run.reports import Reports
from leitmotor.run.scheduler import Scheduler
from leitmotor.run.staged import staged


def profiled(seconds: float) -> pstats.Stats:
    """Play without spin into the null output, in this process; what is reported is dropped."""
    plan = PlayPlan(even_stream(), until=seconds, spin_seconds=0.0)
    deck = Deck(print)
    deck.open([NullOutput()])
    ours, _parent = Pipe()
    scheduler = Scheduler(
        staged(plan),
        deck,
        SystemClock(plan.spin_seconds),
        PipeMailbox(ours),
        Reports(lambda _message: None),
    )
    profile = cProfile.Profile()
    profile.runcall(scheduler.run)
    return pstats.Stats(profile)


def main() -> None:
    """Print the first lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--order", default="tottime")
    wanted = parser.parse_args()
    profiled(wanted.seconds).sort_stats(wanted.order).print_stats(30)


if __name__ == "__main__":
    main()
