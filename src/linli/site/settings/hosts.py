"""The names a site answers to, so that no stranger's domain can be pointed at it."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def answered(given: str, own: str = "") -> list[str]:
    """Django's ``ALLOWED_HOSTS``: the list of ``LINLI_HOSTS`` alone; where it is empty, this machine.

    ``own`` are the addresses under which ``linli up --lan`` (or ``--host``) opened the site, by commas.
    """
    named = _listed(given)
    return named or [*LOOPBACK, *(host for host in _listed(own) if host not in LOOPBACK)]


def _listed(text: str) -> list[str]:
    return [host for host in (part.strip() for part in text.split(",")) if host]
