"""The parent of a live performance towards the world: what comes in from other programs."""
