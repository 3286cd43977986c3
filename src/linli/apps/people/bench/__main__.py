"""One measurement in a process of its own, with a fresh home: what it found as JSON on the last line."""

import json
import sys


def start() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    setup_test_environment()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    start()
    from linli.apps.people.bench.importing import time_import
    from linli.apps.people.bench.pages import time_pages

    what, size = sys.argv[1:3]
    measured = time_import(int(size)) if what == "import" else time_pages(int(size))
    print(json.dumps(measured))  # noqa: T201  # the answer to the process that started this one
