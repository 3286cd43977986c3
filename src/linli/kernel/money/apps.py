"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "linli.kernel.money"
    label = "money"
