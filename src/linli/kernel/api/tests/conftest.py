"""A client that carries a token, against the small interface of these tests."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from linli.kernel.api.models import ApiToken
from linli.kernel.api.tests import site
from linli.kernel.api.tokens import Issued, issue

KEYS = count(1)


@pytest.fixture
def small_site(settings: Any) -> None:
    settings.ROOT_URLCONF = "linli.kernel.api.tests.site"


@pytest.fixture
def owner(db: None) -> Any:
    return get_user_model().objects.create(username="lin", name="林秋")


@pytest.fixture
def issued(owner: Any, small_site: None) -> Issued:
    assert site.SHELL
    return issue(name="街道平台", owner=owner, scopes=["groups:read", "groups:write"], actor=owner)


@pytest.fixture
def token(issued: Issued) -> ApiToken:
    return issued.token


@pytest.fixture
def ended(token: ApiToken) -> None:
    now = timezone.now()
    ApiToken.objects.filter(pk=token.pk).update(made_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))


class Caller:
    """Calls the interface with one token."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=True)

    def get(self, address: str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1{address}", headers=headers)

    def post(self, address: str, data: Any, *, key: str = "", **words: Any) -> HttpResponse:
        key = key or f"key-{next(KEYS):08d}"
        content = data if isinstance(data, (str, bytes)) else json.dumps(data)
        words.setdefault("content_type", "application/json")
        headers = {"Idempotency-Key": key, **words.pop("headers", {})}
        return self.client.post(f"/api/v1{address}", content, headers=headers, **words)


@pytest.fixture
def caller(issued: Issued) -> Caller:
    return Caller(issued.secret)


@pytest.fixture
def caller_with(owner: Any, small_site: None) -> Callable[..., Caller]:
    def make(*scopes: str) -> Caller:
        return Caller(issue(name="另一个系统", owner=owner, scopes=scopes, actor=owner).secret)

    return make
