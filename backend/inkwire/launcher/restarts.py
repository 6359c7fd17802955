"""When to start a worker again that died: at once, unless it keeps dying as soon as it is started."""

from __future__ import annotations

from typing import Final

FIRST_PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 30.0


class Restarts:
    """The deaths of one worker's place. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self.hasty = 0
        """Deaths in a row of workers that had not served."""
        self.due_at = 0.0
        """When to start the next one."""

    def ended(self, now: float, *, settled: bool) -> float:
        """Notes a death, and whether it had served; returns the pause before the next start.

        One hasty death is bad luck; from the second on the pause doubles.
        """
        self.hasty = 0 if settled else self.hasty + 1
        pause = 0.0
        if self.hasty > 1:
            # The exponent is bounded, too: a float overflows after a thousand deaths.
            pause = min(FIRST_PAUSE_SECONDS * 2.0 ** min(self.hasty - 2, 30), LONGEST_PAUSE_SECONDS)
        self.due_at = now + pause
        return pause
