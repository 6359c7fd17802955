"""The room workload on Inkwire and on others, side by side in one run: ``python -m bench.peers``."""
