"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "linli.kernel.audit"
    label = "audit"
