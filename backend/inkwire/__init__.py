"""Inkwire: a self-hosted whiteboard on which people draw together, live."""
