"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "linli.kernel.privacy"
    label = "privacy"
