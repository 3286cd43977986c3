"""The last app to start: checks that every name used anywhere in the house exists."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "linli_site"
