"""Tells Django that the demo street exists."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "linli.demo"
    label = "demo"

    def ready(self) -> None:
        from linli.demo.contributions import contribute

        contribute()
