"""Processes that read what strangers sent; one that takes too long is ended and replaced.

The C code of a parser cannot be interrupted from within its process. So a reader sets the timer
of its CPU before each piece of work, and the system ends it where that runs out.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import signal
import socket
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Protocol, TypeVar, runtime_checkable

from alescrawl.crawling.failures import RunEnding

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

_LENGTH: Final = struct.Struct("!Q")
_PID: Final = struct.Struct("!i")
_FOR_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class TooCostly(Exception):  # noqa: N818 - what was read
    """Reading took more CPU than a piece of work may, and was given up."""


class LostReader(Exception):  # noqa: N818 - what happened
    """The process that read died of something else: its memory, or somebody's signal."""


@runtime_checkable
class Prepared(Protocol):
    """A function that needs something in the process where it is called, but once."""

    def prepare(self) -> None:
        """Load it; no work is charged for that."""


class Nursery:
    """A process that is forked before anything runs, and forks the readers.

    Each is as clean as it: no connection, no lock, no thread. All end with the one that began.
    """

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            _be_alone(theirs)
            _tend(theirs)
        theirs.close()

    def reader(self) -> tuple[socket.socket, int]:
        """Return the connection to a new reader, and its process id."""
        self._control.sendall(_PID.pack(0))
        told, fds, _, _ = socket.recv_fds(self._control, _PID.size, 1)
        if not fds:
            raise LostReader
        return socket.socket(fileno=fds[0]), _PID.unpack(told)[0]

    def ended_by(self, pid: int) -> int:
        """Return the signal that ended the reader *pid*, 0 where none did."""
        self._control.sendall(_PID.pack(pid))
        told = self._control.recv(_PID.size, socket.MSG_WAITALL)
        return int(_PID.unpack(told)[0]) if told else 0

    def close(self) -> None:
        """End the process, and with it what it forked."""
        self._control.close()
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _be_alone(kept: socket.socket) -> None:
    """Let go, in a forked process, of all that was the parent's."""
    signal.set_wakeup_fd(-1)
    for each in _FOR_SIGNALS:
        # Ctrl-C and systemd tell every process; these end with the one that needs them.
        signal.signal(each, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - the names are numbers
        if int(name) > 2 and int(name) != kept.fileno():  # noqa: PLR2004 - the standard ones
            with suppress(OSError):
                os.close(int(name))


def _tend(control: socket.socket) -> None:
    """Fork a reader for each 0 that comes, tell how one ended for each process id."""
    try:
        gc.freeze()
        while asked := control.recv(_PID.size, socket.MSG_WAITALL):
            pid = _PID.unpack(asked)[0]
            if pid:
                control.sendall(_PID.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) * -1))
            else:
                _fork_reader(control)
    finally:
        os._exit(0)


def _fork_reader(control: socket.socket) -> None:
    theirs, ours = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        control.close()
        theirs.close()
        try:
            _serve(ours)
        finally:
            os._exit(0)
    ours.close()
    socket.send_fds(control, [_PID.pack(pid)], [theirs.fileno()])
    theirs.close()


def _serve(connection: socket.socket) -> None:
    """Do what comes until nobody is there any more."""
    while head := connection.recv(_LENGTH.size, socket.MSG_WAITALL):
        body = connection.recv(_LENGTH.unpack(head)[0], socket.MSG_WAITALL)
        seconds, function, arguments, named = pickle.loads(body)  # noqa: S301 - of this program
        try:
            if isinstance(function, Prepared):
                function.prepare()
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer = pickle.dumps((function(*arguments, **named), None), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 - raised where it was asked for
            answer = _told(error)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.sendall(_LENGTH.pack(len(answer)) + answer)


def _told(error: Exception) -> bytes:
    try:
        answer = pickle.dumps((None, error))
        pickle.loads(answer)  # noqa: S301 - an error may be written and not be read
    except Exception:  # noqa: BLE001 - any that cannot
        return pickle.dumps((None, RuntimeError(repr(error))))
    return answer


class _Reader:
    """One reader, and the work that it has."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._connection, self.pid = nursery.reader()
        self._connection.setblocking(False)

    async def call(self, work: bytes) -> tuple[Any, Exception | None]:
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._connection, _LENGTH.pack(len(work)) + work)
            size = _LENGTH.unpack(await self._read(_LENGTH.size))[0]
            found: tuple[Any, Exception | None] = pickle.loads(await self._read(size))  # noqa: S301 - same
        except (EOFError, OSError) as error:
            by = self._nursery.ended_by(self.pid)
            raise (TooCostly if by == signal.SIGPROF else LostReader) from error
        return found

    async def _read(self, size: int) -> bytearray:
        loop, held = asyncio.get_running_loop(), bytearray(size)
        rest = memoryview(held)
        while rest:
            count = await loop.sock_recv_into(self._connection, rest)
            if not count:
                raise EOFError
            rest = rest[count:]
        return held

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        self._connection.close()


class ReadingProcesses:
    """At most *count* processes, each of which may take so many *seconds* of CPU for one work."""

    def __init__(self, count: int, seconds: float) -> None:
        self._nursery = Nursery()
        self._seconds = seconds
        self._places = asyncio.Semaphore(count)
        self._idle: list[_Reader] = []
        self._busy: set[_Reader] = set()
        self._is_ending = False

    async def call(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Return what *function* returns for *arguments*; raise what it raises.

        Raises :exc:`TooCostly`; :exc:`LostReader`; :exc:`RunEnding` where it is not to be waited
        for any more.
        """
        work = pickle.dumps((self._seconds, function, arguments, named), pickle.HIGHEST_PROTOCOL)
        async with self._places:
            if self._is_ending:
                raise RunEnding
            reader = self._idle.pop() if self._idle else _Reader(self._nursery)
            self._busy.add(reader)
            try:
                result, error = await reader.call(work)
            except BaseException:
                reader.kill()
                reader.close()
                if self._is_ending:
                    raise RunEnding from None
                raise
            finally:
                self._busy.discard(reader)
            self._idle.append(reader)
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]  # what came through the pipe

    def end(self) -> None:
        """Give up what is being read."""
        self._is_ending = True
        for reader in self._busy:
            reader.kill()

    def close(self) -> None:
        """End all processes."""
        self.end()
        for reader in (*self._idle, *self._busy):
            reader.close()
        self._nursery.close()


def has_processes() -> bool:
    """Return whether this system has what the readers need."""
    return hasattr(os, "fork") and Path("/proc/self/fd").exists()
