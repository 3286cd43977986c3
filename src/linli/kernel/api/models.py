"""Rows of the door for other systems: tokens, their use, kept answers, webhooks and their deliveries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ApiToken(Record):
    """A secret by which another system acts for its owner; only a keyed hash of it is kept."""

    name = models.CharField(_("name"), max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    hashed = models.CharField(max_length=64, unique=True)
    shown = models.CharField(_("begins with"), max_length=16)
    scopes = models.JSONField(_("scopes"), default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner", "-id"], name="api_token_of_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="api_token_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor()


class TokenUse(Record):
    """How often a token was used in the minute now running, and the last day it was used at all."""

    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, related_name="use")
    minute = models.BigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    day = models.DateField(_("last used"), null=True)

    def __str__(self) -> str:
        return str(self.day or "")


class KeptAnswer(Record):
    """The answer to one unsafe request, kept for a day under the key its sender chose.

    ``status`` 0 is a request still being worked on: nobody else may start it before ``claimed_until``.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    claim = models.CharField(max_length=32)
    claimed_until = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_one_answer_a_key")]

    def __str__(self) -> str:
        return self.request


class WebhookEndpoint(Record):
    """An address of another system that wants to be told of actions its owner may see."""

    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=500)
    actions = models.JSONField(_("actions"), default=list)
    secret = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhook_endpoints")
    active = models.BooleanField(_("active"), default=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor()


class WebhookDelivery(Record):
    """One event for one endpoint: sent at least once, always under the same event id."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.UUIDField()
    action = models.CharField(_("action"), max_length=120)
    body = models.TextField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="api_one_delivery_an_event")]
        indexes = [models.Index(fields=["endpoint", "-id"], name="api_delivery_of_endpoint")]

    def __str__(self) -> str:
        return f"{self.action} {self.event}"
