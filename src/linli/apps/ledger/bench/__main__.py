"""One ledger in a process of its own, with a fresh home: what was found as JSON on the last line."""

import json
import sys


def start() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    start()
    from linli.apps.ledger.bench.million import measured

    print(json.dumps(measured(int(sys.argv[1]))))  # noqa: T201  # the answer to the process that started this one
