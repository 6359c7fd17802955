"""The wire: what a frame, an op and an element may look like. Pure: no clock, no socket, no task."""
