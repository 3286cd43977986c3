"""Writing the service directory for other systems to a file or the terminal."""

import json
import sys
from argparse import Namespace

from django.urls import reverse
from django.utils import timezone

from linli.apps.ordering import queries


def run(options: Namespace) -> None:
    """The whole directory as one page of HSDS services, in UTF-8."""
    site = options.site.rstrip("/")
    rows = queries.directory(
        timezone.localdate(), address=lambda item: site + reverse("ordering:order_it", args=[item.pk])
    )
    text = json.dumps(queries.pages_of(rows, 1, max(len(rows), 1)), ensure_ascii=False, indent=1) + "\n"
    if options.file is None:
        sys.stdout.write(text)
    else:
        options.file.write_text(text, encoding="utf-8")
