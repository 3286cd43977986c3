"""Tokens: shown once, cut to their scopes, ended by time or hand."""

from collections.abc import Iterable, Set
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from linli.kernel.api import Doors, declare, revoke
from linli.kernel.api.models import ApiToken, TokenUse
from linli.kernel.api.tokens import issue, visible_to
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Anchor, ApiActor, Role, everyone, signed_in
from linli.kernel.scope.sources import Door, Source

pytestmark = pytest.mark.django_db


class Administrator:
    """An actor with the post of the system administrator of the whole district."""

    actor_id = "0190b5a0-0000-7000-8000-000000000001"
    actor_label = "系统管理员"

    def roles(self) -> frozenset[Role]:
        return frozenset({Role.SYSTEM_ADMINISTRATOR})

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]:
        return set(anchors) if roles & self.roles() else set()


class Plain(Administrator):
    def roles(self) -> frozenset[Role]:
        return frozenset({Role.COMMUNITY_WORKER})


def test_it_keeps_only_a_keyed_hash_of_the_token(issued: Any) -> None:
    row = ApiToken.objects.values().get()
    assert issued.secret.startswith("linli_")
    assert issued.secret not in str(row)
    assert row["shown"] == issued.secret[:12]


def test_it_answers_a_valid_token(caller: Any) -> None:
    assert caller.get("/groups").status_code == 200


def test_it_answers_401_without_a_token(client: Any, small_site: None) -> None:
    found = client.get("/api/v1/groups")
    assert (found.status_code, found["WWW-Authenticate"]) == (401, 'Bearer realm="linli"')


@pytest.mark.parametrize(
    "header", ["Bearer linli_unknown", "Basic bGlubGk6", "Bearer ", "Bearer linli_中文", "linli_x"]
)
def test_it_answers_401_to_an_unknown_token(client: Any, small_site: None, header: str) -> None:
    assert client.get("/api/v1/groups", headers={"Authorization": header}).status_code == 401


def test_it_answers_401_to_an_expired_token(caller: Any, ended: None) -> None:
    assert caller.get("/groups").status_code == 401


def test_it_answers_401_to_a_revoked_token(caller: Any, token: ApiToken, owner: Any) -> None:
    revoke(token, actor=owner)
    assert caller.get("/groups").status_code == 401


def test_it_answers_401_when_the_owners_account_is_closed(caller: Any, owner: Any) -> None:
    type(owner).objects.update(is_active=False)
    assert caller.get("/groups").status_code == 401


def test_it_answers_403_where_the_scope_is_lacking(caller_with: Any) -> None:
    found = caller_with("groups:write").get("/groups")
    assert (found.status_code, found.json()["code"]) == (403, "scope-lacking")


def test_it_answers_403_where_the_owner_lacks_the_permission(caller: Any) -> None:
    found = caller.get("/closed")
    assert (found.status_code, found.json()["code"]) == (403, "not-allowed")


def test_it_notes_the_day_of_use_and_nothing_finer_than_the_running_minute(caller: Any) -> None:
    caller.get("/groups")
    assert TokenUse.objects.get().day == timezone.localdate()
    assert isinstance(TokenUse.objects.get().day, date)


def test_it_revokes_once(token: ApiToken, owner: Any) -> None:
    revoke(token, actor=owner)
    with pytest.raises(Conflict):
        revoke(token, actor=owner)


def test_it_lets_only_owner_and_system_administrator_revoke(token: ApiToken) -> None:
    with pytest.raises(NotAllowed):
        revoke(token, actor=Plain())
    revoke(token, actor=Administrator())


def test_it_lets_nobody_make_a_token_that_acts_for_another(owner: Any, small_site: None) -> None:
    for somebody in (Plain(), Administrator()):
        with pytest.raises(NotAllowed):
            issue(name="x", owner=owner, scopes=["groups:read"], actor=somebody)
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["nothing:read"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"name": "  "}, "name"),
    ],
)
def test_it_refuses_a_token_without_scope_end_or_name(
    owner: Any, small_site: None, words: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        issue(**{"name": "x", "owner": owner, "scopes": ["groups:read"], "actor": owner, **words})
    assert refused.value.field == field
    assert ApiToken.objects.count() == 0


def test_it_shows_others_tokens_to_the_system_administrator_only(token: ApiToken, owner: Any) -> None:
    assert [list(visible_to(actor)) for actor in (Administrator(), Plain(), None)] == [[token], [], []]


def test_it_writes_down_who_made_and_who_ended_a_token(token: ApiToken, owner: Any) -> None:
    revoke(token, actor=owner)
    written = AuditRow.objects.order_by("number").values_list("action", flat=True)
    assert list(written) == [
        "api.token.issue",
        "api.token.revoke",
    ]


def test_it_fails_at_start_for_a_scope_nobody_declared() -> None:
    with pytest.raises(ImproperlyConfigured):
        Doors("x").get("/x", scope="nothing:read", permission=signed_in, answers=None, summary="x")


def test_it_fails_at_start_for_a_scope_declared_twice(small_site: None) -> None:
    with pytest.raises(ImproperlyConfigured):
        declare("groups:read", "again")


def test_it_fails_at_start_for_a_write_without_a_token() -> None:
    with pytest.raises(TypeError):
        Doors("x").post("/x", scope="", permission=everyone, answers=None, summary="x")


def test_it_acts_with_the_posts_of_the_owner_cut_to_the_scopes(token: ApiToken, owner: Any) -> None:
    from linli.kernel.api.tokens import actor_of

    actor = actor_of(token)
    scopes = frozenset({"groups:read", "groups:write"})
    assert actor == ApiActor(owner.pk, "林秋 · 街道平台", owner, scopes, Source(Door.API, "街道平台"))
    assert token.expires_at - token.made_at == timedelta(days=90)
