"""From text to something playable: all authors' and operators' words are understood here.

It may be slow and must explain itself; it never plays, and never guesses what an author meant.
"""
