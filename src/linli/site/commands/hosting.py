"""``linli check --host``: what this machine lacks to carry a house for years; each finding says what to do."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from linli.site.certificate import end_of, served_certificate

GIB = 1 << 30
LEAST_DISK, LEAST_SHARE, MOST_ASKED = 5 * GIB, 0.1, 50 * GIB
"""Free bytes: a tenth of the disk, but neither less than the first nor more than the last."""
LEAST_MEMORY = int(3.5 * GIB)
"""Bytes; a machine sold with 4 GiB shows a little less."""
LEAST_FILES = 4096
SOON = timedelta(days=30)
UNSYNCHRONIZED = 0x40
"""Of adjtimex(2): nobody sets this clock."""


def host_findings(now: datetime | None = None) -> Iterator[str]:
    """All of them, a sentence each."""
    now = now or datetime.now(UTC)
    for folder in dict.fromkeys(_existing(Path(place)) for place in (settings.LINLI_HOME, settings.LINLI_KEYS)):
        usage = shutil.disk_usage(folder)
        yield from disk(folder, usage.free, usage.total)
    yield from memory(*_memory())
    yield from clock(synchronized=_synchronized(), now=now)
    yield from fonts()
    yield from open_files(_file_limit())
    yield from certificate(served_certificate(), now, own=not settings.LINLI_CERTIFICATE)
    yield from permissions(Path(settings.LINLI_HOME), Path(settings.LINLI_KEYS))


def _existing(path: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(folder for folder in (path, *path.resolve().parents) if folder.is_dir())


def disk(folder: Path, free: int, total: int) -> Iterator[str]:
    """``free`` and ``total`` in bytes."""
    least = min(max(LEAST_DISK, total * LEAST_SHARE), MOST_ASKED)
    if free < least:
        yield _("The disk of %(folder)s has %(free)s GiB left. Make room or enlarge it: %(least)s GiB at least.") % {
            "folder": folder,
            "free": round(free / GIB, 1),
            "least": round(least / GIB, 1),
        }


def memory(total: int, available: int) -> Iterator[str]:
    """Both in bytes; 0 where the system does not tell."""
    if 0 < total < LEAST_MEMORY:
        yield _("This machine has %(total)s GiB of memory. Give it 4 or more.") % {"total": round(total / GIB, 1)}
    elif 0 < available < total * LEAST_SHARE:
        yield _("Only %(left)s GiB of memory are left. See what else runs here, or start fewer --processes.") % {
            "left": round(available / GIB, 1)
        }


def _memory() -> tuple[int, int]:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0, 0
    told = {name: int(words.split()[0]) * 1024 for name, _colon, words in (line.partition(":") for line in lines)}
    return told.get("MemTotal", 0), told.get("MemAvailable", 0)


def clock(*, synchronized: bool | None, now: datetime) -> Iterator[str]:
    """``synchronized``: None where the system does not tell."""
    if now.year < 2026:
        yield _("The clock says %(year)s. Set it: deadlines, terms and the audit go by it.") % {"year": now.year}
    elif synchronized is False:
        yield _(
            "Nobody sets the clock of this machine. Let chrony or systemd-timesyncd follow the house's time server."
        )


def _synchronized() -> bool | None:
    """What the kernel knows of who sets the clock (Linux)."""
    if sys.platform != "linux":
        return None
    room = (ctypes.c_long * 64)()  # struct timex, whose modes are 0: only read
    if ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(room)) < 0:
        return None
    status = ctypes.cast(ctypes.byref(room, 5 * ctypes.sizeof(ctypes.c_long)), ctypes.POINTER(ctypes.c_int))[0]
    return not status & UNSYNCHRONIZED


def fonts() -> Iterator[str]:
    """Official papers are set in faces that only the house may license."""
    from linli.kernel.documents import substituted

    missing = substituted()
    if missing:
        yield _(
            "Official papers are printed without %(faces)s, in a free substitute. "
            "Put the house's licensed faces into a folder and name it in LINLI_FONTS."
        ) % {"faces": "、".join(missing)}


def open_files(limit: int) -> Iterator[str]:
    """``limit``: files and connections one process may hold; 0 where the system does not tell."""
    if 0 < limit < LEAST_FILES:
        yield _("A process may open %(limit)s files here. Set LimitNOFILE=65536 in the unit, or ulimit -n 65536.") % {
            "limit": limit
        }


def _file_limit() -> int:
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def certificate(path: Path | None, now: datetime, *, own: bool = False) -> Iterator[str]:
    """The certificate visitors are shown: over, nearly over, unreadable, or not for the names of this site."""
    if path is None:
        return
    end = end_of(path)
    remedy = (
        _("Restart linli up --tls; it makes a new one.")
        if own
        else _("Ask the issuer for a new one, put it in its place and reload the proxy.")
    )
    if end is None:
        yield _("%(file)s cannot be read as a certificate. Check LINLI_CERTIFICATE and the right to read it.") % {
            "file": path
        }
    elif end <= now:
        yield _("The certificate ended on %(day)s; browsers refuse this site.") % {"day": end.date()} + " " + remedy
    elif end <= now + SOON:
        days = (end - now).days
        yield _("The certificate ends on %(day)s, in %(days)s days.") % {"day": end.date(), "days": days} + " " + remedy
    else:
        yield from _names(path, [] if own else settings.ALLOWED_HOSTS)


def _names(path: Path, hosts: Sequence[str]) -> Iterator[str]:
    held = x509.load_pem_x509_certificate(path.read_bytes())
    try:
        known = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return
    names = {str(one).lower() for one in known.get_values_for_type(x509.DNSName)}
    names |= {str(one) for one in known.get_values_for_type(x509.IPAddress)}
    missing = [host for host in hosts if host.lower() not in names and f"*.{host.partition('.')[2]}" not in names]
    if missing:
        yield _("The certificate is not for %(hosts)s. Ask for one that names every address of LINLI_HOSTS.") % {
            "hosts": ", ".join(missing)
        }


def permissions(home: Path, keys: Path) -> Iterator[str]:
    """Home and keys belong to the account of the service, and keys to nobody else."""
    if os.name != "posix":
        return
    for folder, mask, mode in ((home, 0o007, "750"), (keys, 0o077, "700")):
        if not folder.is_dir():
            continue
        facts = {"folder": folder, "mode": mode}
        if folder.stat().st_mode & mask:
            yield _("%(folder)s is open to other accounts: chmod %(mode)s %(folder)s") % facts
        if folder.stat().st_uid != os.geteuid():
            yield (
                _("%(folder)s belongs to another account. Run this as the account of the service, or chown it.") % facts
            )
