"""What people look at while it plays: the terminal display and its command line.

It shows views and passes on what was typed; it never sits in the way of a note.
"""
