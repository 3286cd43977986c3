"""Runs one part in its own process and prints what it found as JSON."""

import json
import sys
from importlib import import_module


def start() -> None:
    import django

    django.setup()


if __name__ == "__main__":
    start()
    part, many = sys.argv[1:]
    json.dump(import_module(f"linli.apps.needs.bench.{part}").measured(int(many)), sys.stdout)
