"""Events become blocks of samples: the same code for a device and for a file.

Nothing here knows what time it is: it is told at which frame an event acts, and gives the next
frames when it is asked for them.
"""
