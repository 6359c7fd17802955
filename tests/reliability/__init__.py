"""What `docs/reliability.md` promises, tested on the real stack with real faults."""
