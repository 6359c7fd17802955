"""Rooms in motion: the only place with tasks, timers and sockets."""
