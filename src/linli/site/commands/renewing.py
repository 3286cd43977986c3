"""A rolling restart of ``linli up``, asked for by SIGUSR2: the next generation comes before the last one goes.

The process becomes the new program under its old number, and hands itself two things over: the listening socket, which
is never closed, and the numbers of the processes of the last generation. Those serve on until the new web server is
ready; then they are asked to stop, finish what they have in hand, and are gone. Nobody's request is refused meanwhile.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from select import select

from django.utils.translation import gettext as _

from linli.site.commands.supervising import PATIENCE

LISTENING, BEFORE = "LINLI_LISTENING", "LINLI_BEFORE"
ASKED_ANEW = signal.SIGUSR2
BACKLOG = 2048


def inherited() -> tuple[socket.socket | None, list[int]]:
    """The socket and the process numbers the last generation left; nothing where this is the first."""
    number, before = os.environ.pop(LISTENING, ""), os.environ.pop(BEFORE, "")
    if not number:
        return None, []
    return socket.socket(fileno=int(number)), [int(pid) for pid in before.split(",") if pid]


def opened(host: str, port: int) -> socket.socket:
    """A socket that listens there; the web server takes it from us. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def own_command() -> list[str]:
    """How this program is started: ``LINLI_COMMAND`` (a path that leads to the release in use), or as it was."""
    return shlex.split(os.environ.get("LINLI_COMMAND", "")) or [sys.executable, "-m", "linli.site.cli"]


def renew(listener: socket.socket, living: Sequence[int], told: Callable[[str], None]) -> None:
    """Become the next generation. Returns only where it would not start: then this one goes on."""
    command = own_command()
    checked = subprocess.run([*command, "check"], capture_output=True, text=True, check=False)  # noqa: S603  # ourselves
    if checked.returncode:
        told(_("The new generation would not start; this one goes on:") + "\n" + checked.stdout + checked.stderr)
        return
    signal.signal(ASKED_ANEW, signal.SIG_IGN)  # what is ignored stays so until the new program listens again
    listener.set_inheritable(True)
    left = {LISTENING: str(listener.fileno()), BEFORE: ",".join(str(pid) for pid in living)}
    os.execvpe(command[0], [*command, *sys.argv[1:]], {**os.environ, **left})  # noqa: S606  # ourselves


def dismiss(pids: Sequence[int]) -> None:
    """Ask the processes of the last generation to stop, wait, end those that did not."""
    left = {pid for pid in pids if _sent(pid, signal.SIGTERM)}
    end = time.monotonic() + PATIENCE
    while left and time.monotonic() < end:
        left = {pid for pid in left if not _gone(pid)}
        time.sleep(0.05)
    for pid in left:
        _sent(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _sent(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _gone(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


class Ready:
    """By this the web server's own processes say that they can serve: a pipe they were forked with."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    def say(self, worker: object) -> None:
        """Gunicorn's hook: one process has loaded the application."""
        with suppress(OSError):
            os.write(self._write, b".")

    def heard(self, seconds: float) -> bool:
        """Whether one said so within that time."""
        return bool(select([self._read], [], [], seconds)[0])
