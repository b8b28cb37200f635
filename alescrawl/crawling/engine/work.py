"""What is to be done many times over, and this process as the engine that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class EngineLost(DatasetError):  # noqa: N818 - what the engine is
    """What reads is gone, and nothing more will be read; the message says what to do."""


class Reader(Protocol[T_contra, R_co]):
    """Reads one thing after the other in one process."""

    def read(self, item: T_contra, /) -> R_co:
        """Return what *item* shows; of its own it raises nothing."""

    def close(self) -> None:
        """Let go of what it holds."""


@dataclass(frozen=True, slots=True)
class Work(Generic[T, R]):
    """What each process reads with: what *make* returns of *facts*.

    *lost* is what is said of an item that ends its process each time.
    """

    make: Callable[..., Reader[T, R]]
    facts: tuple[Any, ...]
    lost: Callable[[T], R]


class Engine(Protocol[T, R_co]):
    """Reads many things, each of them once, and gives what they show in their order."""

    processes: int

    def read(self, items: Iterable[T]) -> Iterator[tuple[T, R_co]]:
        """Yield each of *items* with what it shows, in their order."""

    def close(self) -> None:
        """End what it has begun."""


class Here(Generic[T, R]):
    """The engine that is this process."""

    processes = 1

    def __init__(self, work: Work[T, R]) -> None:
        self._reader = work.make(*work.facts)

    def read(self, items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Yield each of *items* with what it shows."""
        yield from ((each, self._reader.read(each)) for each in items)

    def close(self) -> None:
        """Let go of what the reader holds."""
        self._reader.close()
