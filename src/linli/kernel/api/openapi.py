"""The description of the interface: tokens, keys and problems are added to what the routes say themselves."""

import json
from typing import TYPE_CHECKING, Any

from linli.kernel.api.idempotency import HEADER, PATTERN
from linli.kernel.api.problems import MEDIA_TYPE, TITLES
from linli.kernel.api.scopes import ANY_TOKEN, NO_TOKEN

if TYPE_CHECKING:
    from linli.kernel.api.mounting import Shell

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "An error as RFC 9457 puts it.",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "code": {"type": "string", "description": "A stable word for programs"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": "JSON pointer into the body"},
                    "in": {"type": "string"},
                    "parameter": {"type": "string"},
                },
            },
        },
    },
}
KEY = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "Chosen by the sender, new for each intent, kept for 24 hours.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": PATTERN},
}
REASONS = {
    400: "The request cannot be read", 401: "No valid token", 403: "Scope or permission lacking", 404: "Missing",
    406: "Only JSON is answered", 409: "Refused as things stand, or the same key is being worked on",
    413: "Too large", 415: "Only JSON is understood", 422: "Values not accepted, or key used otherwise",
    429: "Too many requests", 500: "Failure",
}  # fmt: skip


def _statuses(operation: dict[str, Any], scope: str, *, reads: bool, has_id: bool) -> list[int]:
    found = [406, 500]
    if scope != NO_TOKEN:
        found += [401, 403, 429]
    found += [400, 422]
    if has_id:
        found.append(404)
    if not reads:
        found += [404, 409, 413, 415]
    return sorted(set(found))


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    scope = operation.pop("x-scope")
    reads = method == "get"
    if not reads:
        operation.setdefault("parameters", []).append(KEY)
    operation["security"] = [] if scope == NO_TOKEN else [{"token": [] if scope == ANY_TOKEN else [scope]}]
    responses = operation["responses"]
    for status in _statuses(operation, scope, reads=reads, has_id="{" in path):
        schema = {"$ref": "#/components/schemas/Problem"}
        responses[str(status)] = {"description": REASONS[status], "content": {MEDIA_TYPE: {"schema": schema}}}


def described(found: dict[str, Any], shell: "Shell") -> dict[str, Any]:
    """The whole description, ready to be written as JSON in a stable order."""
    content: dict[str, Any] = json.loads(json.dumps(found, default=str))
    for path, operations in content["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, path)
    components = content.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the desk under “API tokens”.",
        }
    }
    content["servers"] = []
    del content["servers"]
    ordered: dict[str, Any] = json.loads(json.dumps(content, sort_keys=True))
    return ordered


def text_of(shell: "Shell") -> str:
    """The description as it is checked in at ``docs/openapi.json``."""
    return json.dumps(shell.document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


assert set(REASONS) <= set(TITLES), "each described status has a title"
