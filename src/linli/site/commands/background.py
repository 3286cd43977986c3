"""``linli worker`` and ``linli scheduler``: the two processes beside the web server."""

from argparse import Namespace


def worker(options: Namespace) -> None:
    """Take jobs until asked to stop (SIGTERM, Ctrl-C)."""
    from linli.kernel.jobs.worker import run_worker

    run_worker()


def scheduler(options: Namespace) -> None:
    """Queue periodic jobs until asked to stop."""
    from linli.kernel.jobs.worker import run_scheduler

    run_scheduler()
