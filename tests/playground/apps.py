"""Tells Django that the playground exists."""

from importlib import import_module

from django.apps import AppConfig


class PlaygroundConfig(AppConfig):
    name = "tests.playground"
    label = "playground"

    def ready(self) -> None:
        import_module("tests.playground.kinds")
        import_module("tests.playground.posters")
        import_module("tests.playground.sheets")
        import_module("tests.playground.forms")
