"""What this process keeps of drawings between requests: a planner asks for the same few communities again and again.

Only what never changes is kept: a drawing under the operation or the grid versions that made it, and what a drawing
comes to under everything it was counted from. Whatever is not here is made again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """The last things made, by key. Threads share them: a thing is not changed once it is made."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of this key, made now if it is not here; two threads may both make it, and one of the two stays."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        return self.put(key, make())

    def put(self, key: Hashable, made: Made) -> Made:
        """Keep a thing; the one that was asked for longest ago goes. Returns what is kept under the key then."""
        with self._lock:
            there = self._things.setdefault(key, made)
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
            return there
