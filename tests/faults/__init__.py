"""Real faults on the real stack: what was acknowledged is there, and there once."""
