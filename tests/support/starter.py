"""A process in which Django stands ready, forked for every child a test asks for: real processes at a tenth the price.

``python -m tests.support.starter`` is that process. It holds no connection, no thread and nothing of the suite's; each
child opens a connection of its own. Over the socket on its stdin comes, for each child, the code with its arguments and
four open files: the child's stdin, stdout and stderr, and a pipe on which its id and then its end are told.
"""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parents[2]
MOST = 1 << 20


class Child:
    """A forked child, with those words of ``subprocess.Popen`` that tests speak."""

    def __init__(self, code: str, args: tuple[str, ...], stdin: TextIO, stdout: TextIO, stderr: TextIO, told: TextIO):
        self.args = [code, *args]
        self.stdin, self.stdout, self.stderr, self._told = stdin, stdout, stderr, told
        self.pid = int(told.readline())
        self.returncode: int | None = None
        self._waiter = threading.Thread(target=self._wait_for_its_end, daemon=True)
        self._waiter.start()

    def _wait_for_its_end(self) -> None:
        with self._told as told:
            self.returncode = int(told.readline() or -signal.SIGKILL)

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, negative for the signal that ended it. Raises ``subprocess.TimeoutExpired``."""
        self._waiter.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode

    def communicate(self, said: str | None = None, timeout: float | None = None) -> tuple[str, str]:
        """Say the last words, then everything it printed and its errors. Raises ``subprocess.TimeoutExpired``."""
        found: dict[TextIO, str] = {}
        readers = [
            threading.Thread(target=lambda one=one: found.update({one: one.read()}), daemon=True)
            for one in (self.stdout, self.stderr)
        ]
        for reader in readers:
            reader.start()
        try:
            self.stdin.write(said or "")
            self.stdin.close()
        except BrokenPipeError:  # it ended without listening
            pass
        end = None if timeout is None else time.monotonic() + timeout
        for thread in (*readers, self._waiter):
            thread.join(None if end is None else max(0, end - time.monotonic()))
            if thread.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return found[self.stdout], found[self.stderr]

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Starter:
    """The suite's end: one waiting process for one environment."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._socket, theirs = socket.socketpair()
        with theirs:
            words = [sys.executable, "-m", "tests.support.starter"]
            self._process = subprocess.Popen(words, env=environment, cwd=ROOT, stdin=theirs)

    def start(self, code: str, args: tuple[str, ...]) -> Child:
        """Fork a child that runs ``code`` with ``sys.argv[1:]`` as given."""
        pipes = [os.pipe() for _ in range(4)]
        (stdin, to_stdin), (from_stdout, stdout), (from_stderr, stderr), (told, tell) = pipes
        message = json.dumps([code, args]).encode()
        try:
            socket.send_fds(self._socket, [len(message).to_bytes(4, "big")], [stdin, stdout, stderr, tell])
            self._socket.sendall(message)
        finally:
            for file in (stdin, stdout, stderr, tell):
                os.close(file)
        ours = ((to_stdin, "w"), (from_stdout, "r"), (from_stderr, "r"), (told, "r"))
        return Child(code, args, *(os.fdopen(file, mode, encoding="utf-8") for file, mode in ours))

    def stop(self) -> None:
        """Let the waiting process end."""
        self._socket.close()
        self._process.wait(30)


def _serve(line: socket.socket) -> tuple[str, list[str]] | None:
    """Fork at every message. Returns None in the waiting process at the end, in a child what it has to run."""
    watchers = 0
    while True:
        head, files, _flags, _address = socket.recv_fds(line, 4, 4)
        while watchers and os.waitpid(-1, os.WNOHANG)[0]:
            watchers -= 1
        if not head:
            return None
        body = b""
        while len(body) < int.from_bytes(head, "big"):
            body += line.recv(MOST)
        if os.fork() == 0:
            line.close()
            _watch(*files)
            code, args = json.loads(body)
            return code, args
        watchers += 1
        for file in files:
            os.close(file)


def _watch(stdin: int, stdout: int, stderr: int, tell: int) -> None:
    """Fork the child, which returns; tell of its id and its end, and end."""
    child = os.fork()
    if child:
        for file in (stdin, stdout, stderr):
            os.close(file)
        os.write(tell, f"{child}\n".encode())
        _pid, status = os.waitpid(child, 0)
        os.write(tell, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    os.close(tell)
    for number, file in enumerate((stdin, stdout, stderr)):
        os.dup2(file, number)
        os.close(file)


def _speak_through_new_files() -> None:
    """Python's own three files, made anew over the child's: nothing that was read or said before is left in them."""
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(number, "wb", 0, closefd=False), encoding="utf-8", write_through=True)
        for number in (1, 2)
    )


if __name__ == "__main__":
    import django

    django.setup()
    line = socket.socket(fileno=os.dup(0))
    task = _serve(line)
    if task is not None:
        _speak_through_new_files()
        sys.argv = ["-c", *task[1]]
        names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__, "sys": sys, "django": django}
        exec(compile(task[0], "<child>", "exec"), names)
