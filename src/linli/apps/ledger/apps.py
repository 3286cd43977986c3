"""Tells Django that this subject exists."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "linli.apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        from linli.apps.ledger.contributions import contribute

        contribute()
