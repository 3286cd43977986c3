"""The check before anything is served: every name that is used exists, every person's data is covered."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from linli.kernel.contributions import mistakes


@register()
def names(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A Django check, so that every command that checks (``migrate``, ``linli check``) refuses too."""
    return [Error(str(mistake), id="linli.E001") for mistake in mistakes()]
