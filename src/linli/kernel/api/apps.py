"""Tells Django that this mechanism exists."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "linli.kernel.api"
    label = "api"

    def ready(self) -> None:
        """Make kinds and actions known."""
        from linli.kernel.api import tokens
        from linli.kernel.api.models import ApiToken, WebhookEndpoint
        from linli.kernel.api.webhooks import endpoints
        from linli.kernel.refs import Kind, register

        register(Kind("api.token", ApiToken, _("API token"), tokens.among))
        register(Kind("api.webhook", WebhookEndpoint, _("Webhook"), endpoints.among))
