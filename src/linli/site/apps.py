"""The last app to start: loads what every app adds and checks that every name used anywhere exists."""

import gc
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

EARLY = ("lifecycle", "contributions", "jobs", "api")
"""Files that register names; they are loaded for every app before anything is served."""


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "linli_site"

    def ready(self) -> None:
        for config in apps.get_app_configs():
            if not config.name.startswith(("linli.", "tests.")):
                continue
            for file in EARLY:
                if find_spec(f"{config.name}.{file}") is not None:
                    import_module(f"{config.name}.{file}")
        import_module("linli.site.starting")
        gc.freeze()
        gc.enable()
