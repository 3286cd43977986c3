"""The door for other systems: tokens, one error shape, paging by key, idempotency keys, webhooks."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.api.doors import Call, Doors
    from linli.kernel.api.mounting import Shell
    from linli.kernel.api.paging import NOT_GIVEN, Day, Page, Paging, page
    from linli.kernel.api.problems import Problem
    from linli.kernel.api.scopes import ANY_TOKEN, NO_TOKEN, Scope, declare, declared
    from linli.kernel.api.tokens import issue, revoke
else:
    __getattr__ = lazily(
        __name__,
        doors="Call Doors",
        paging="NOT_GIVEN Day Page Paging page",
        problems="Problem",
        scopes="ANY_TOKEN NO_TOKEN Scope declare declared",
        mounting="Shell",
        tokens="issue revoke",
    )

__all__ = [
    "ANY_TOKEN",
    "NOT_GIVEN",
    "NO_TOKEN",
    "Call",
    "Day",
    "Doors",
    "Page",
    "Paging",
    "Problem",
    "Scope",
    "Shell",
    "declare",
    "declared",
    "issue",
    "page",
    "revoke",
]
