"""`python -m inkwire` is `inkwire`."""

from inkwire.cli import main

main()
