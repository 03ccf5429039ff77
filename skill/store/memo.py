"""What is made from files, kept until it is to be made anew.

Rule 1: what is kept belongs together: while it is made anew, everybody else goes on with what was kept before.
Rule 2: where making it fails, what was kept before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Known = dict[Any, Any]
"""What was made, by the function that made it and its arguments."""

_kept: list[Known] = [{}]
"""What everybody uses; replaced as a whole."""

_aside: ContextVar[Known | None] = ContextVar("aside", default=None)
"""What is being made anew here, and nowhere else."""


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """A function of ids whose results are kept."""
    @wraps(make)
    def known(*args: P.args, **kwargs: P.kwargs) -> T:
        here = _aside.get()
        results = _kept[0] if here is None else here
        place = (make, args, *kwargs.items())
        if place not in results:
            results[place] = make(*args, **kwargs)
        made: T = results[place]
        return made

    return known


@contextmanager
def anew() -> Iterator[None]:
    """In here everything is made anew; from its end on everybody uses that, unless something was raised."""
    made: Known = {}
    token = _aside.set(made)
    try:
        yield
    finally:
        _aside.reset(token)
    _kept[0] = made


def forget() -> None:
    """Forgets all that was made."""
    _kept[0] = {}
