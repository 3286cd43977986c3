"""``linli up``: everything a site needs, started together and stopped together."""

import errno
import os
import socket
import struct
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from linli.site.commands.renewing import Ready, dismiss, inherited, opened, renew
from linli.site.commands.setup import check_home, first_page_lines, prepare
from linli.site.commands.supervising import Child, Supervisor
from linli.site.settings.hosts import answered
from linli.site.troubles import Trouble

START = 60.0
"""Seconds the web server has to answer for the first time."""


def check_port(host: str, port: int) -> None:
    """Try to listen where the server will. Raises Trouble."""
    if not 0 < port < 65536:
        raise Trouble(_("%(port)s is no port. Choose one between 1 and 65535.") % {"port": port})
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise Trouble(_port_sentence(error, host, port)) from error


def _port_sentence(error: OSError, host: str, port: int) -> str:
    facts = {"host": host, "port": port, "next": port + 1}
    if error.errno == errno.EADDRINUSE:
        return _("Port %(port)s is in use. Choose another: --port %(next)s, or PORT=%(next)s make demo") % facts
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("This account may not listen on port %(port)s. Choose one above 1023.") % facts
    return _("%(host)s is not an address of this machine.") % facts


def check_server() -> None:
    """Whether the web server can run here at all. Raises Trouble."""
    if os.name == "nt":
        raise Trouble(_("The web server does not run on Windows itself. Use the Windows Subsystem for Linux."))
    if find_spec("gunicorn") is None:
        raise Trouble(_("gunicorn is not installed. Run: pip install gunicorn"))


def lan_address() -> str:
    """This machine's address on its network; 127.0.0.1 where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for target in ("192.0.2.1", *_neighbours()):
            try:
                probe.connect((target, 9))
            except OSError:
                continue  # no way leads there: a hall's own network knows no gateway
            return str(probe.getsockname()[0])
    return "127.0.0.1"


def _neighbours() -> list[str]:
    """An address on each network this machine is part of, where the system tells (Linux); never the loopback."""
    try:
        lines = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
        routes = [line.split() for line in lines]
        nets = [(int(route[1], 16), int(route[7], 16)) for route in routes]
    except (OSError, ValueError, IndexError):
        return []
    return [socket.inet_ntoa(struct.pack("<I", net | 1 << 24)) for net, mask in nets if mask not in (0, 0xFFFFFFFF)]


def own_addresses(host: str, *, lan: bool) -> str:
    """Under which addresses the web server answers besides the loopback, by commas, for its settings."""
    if not lan:
        return host if ":" not in host else f"[{host}]"
    name = socket.gethostname().lower()
    return ",".join([lan_address(), name, f"{name}.local"])


def children(options: Namespace, host: str, listener: socket.socket, ready: Ready) -> list[Child]:
    """The processes of a site: web server, job workers, scheduler."""
    web: dict[str, object] = {
        "bind": f"fd://{listener.fileno()}",
        "post_worker_init": ready.say,
        "workers": options.processes,
        "threads": options.threads,
    }
    if options.tls:
        from linli.site.certificate import certificate

        names = [lan_address() if options.lan else host, "127.0.0.1"]
        made = certificate(Path(settings.LINLI_HOME) / "tls", names)
        web |= {"certfile": str(made.certificate), "keyfile": str(made.key)}
    jobs = [Child(f"worker {number + 1}", partial(_beside, "worker")) for number in range(options.workers)]
    return [Child("web server", partial(_serve, web)), *jobs, Child("scheduler", partial(_beside, "scheduler"))]


def _serve(told: Mapping[str, object]) -> None:
    from linli.site.serving import serve

    serve(told)


def _beside(name: str) -> None:
    """What ``linli worker`` and ``linli scheduler`` do; what they record says so."""
    from linli.kernel.scope.sources import Door, Source, coming_through
    from linli.site.commands import background

    with coming_through(Source(Door.COMMAND, f"linli {name}")):
        {"worker": background.worker, "scheduler": background.scheduler}[name](Namespace())


def _wait_for_web(supervisor: Supervisor, ready: Ready) -> None:
    """Return when the server can serve. Raises Trouble where it ended or did not come."""
    end = time.monotonic() + START
    while time.monotonic() < end and not supervisor.stopping:
        if ready.heard(0.1):
            return
        if not supervisor.children[0].lives():
            break
    if not supervisor.stopping:
        raise Trouble(_("The web server did not start; its own words stand above."))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _announce(options: Namespace) -> None:
    scheme = "https" if options.tls else "http"
    _say(_("Linli runs at %(address)s") % {"address": f"{scheme}://127.0.0.1:{options.port}/"})
    if options.lan:
        import segno

        address = f"{scheme}://{lan_address()}:{options.port}/"
        _say(_("Phones on this network: %(address)s") % {"address": address})
        segno.make(address, error="m").terminal(out=sys.stdout, compact=True)
    from linli.site.commands.demo import account_lines

    for line in (*account_lines(), *first_page_lines()):
        _say(line)
    _say(_("Stop with Ctrl-C."))


def _went_on(options: Namespace) -> None:
    _say(_("A new generation of processes serves; the last one is gone."))


def run(options: Namespace, announce: Callable[[Namespace], None] = _announce) -> int:
    """Check, prepare, start, ``announce``, look after, stop. Raises Trouble."""
    host = "0.0.0.0" if options.lan else options.host  # noqa: S104  # --lan says so
    check_server()
    check_home()
    listener, before = inherited()
    if listener is None:
        check_port(host, options.port)
    prepare()
    if options.demo:
        from linli.site.commands.demo import build_once

        build_once()
    from django.db import connections

    connections.close_all()
    settings.ALLOWED_HOSTS = answered(os.environ.get("LINLI_HOSTS", ""), own_addresses(host, lan=options.lan))
    listener, ready = listener or opened(host, options.port), Ready()
    supervisor = Supervisor(children(options, host, listener, ready))
    if getattr(options, "command", "") == "up":
        supervisor.renew = partial(renew, listener, told=supervisor.told)
    supervisor.listen()
    supervisor.start()
    try:
        _wait_for_web(supervisor, ready)
        dismiss(before)
        if not supervisor.stopping:
            (_went_on if before else announce)(options)
    except BaseException:
        supervisor.stop()
        raise
    supervisor.run()
    return 0
