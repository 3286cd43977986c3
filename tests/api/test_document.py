"""``docs/openapi.json`` is what the code answers, and every route stands in it."""

import json
from pathlib import Path

import pytest

from linli.kernel.api.openapi import text_of
from linli.site.api import SHELL
from linli.site.cli import main

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "openapi.json"


def test_it_is_checked_in_as_the_code_says_it() -> None:
    assert KEPT.read_text(encoding="utf-8") == text_of(SHELL), "run: linli docs openapi > docs/openapi.json"


def test_it_is_openapi_3_1() -> None:
    found = json.loads(KEPT.read_text(encoding="utf-8"))
    assert (found["openapi"], found["info"]["title"]) == ("3.1.0", "Linli")


def test_it_names_every_route_with_its_scope_and_its_problems() -> None:
    paths = json.loads(KEPT.read_text(encoding="utf-8"))["paths"]
    declared = {
        (method.lower(), scope) for doors in SHELL.doors for method, _, scope, _ in doors.routes if scope != "*"
    }
    written = {
        (method, (operation["security"] or [{"token": [""]}])[0]["token"][0])
        for operations in paths.values()
        for method, operation in operations.items()
        if not operation["security"] or operation["security"][0]["token"]
    }
    assert written == declared
    assert sum(len(operations) for operations in paths.values()) == sum(len(doors.routes) for doors in SHELL.doors)


def test_every_unsafe_route_asks_for_a_key() -> None:
    paths = json.loads(KEPT.read_text(encoding="utf-8"))["paths"]
    unsafe = [operation for found in paths.values() for method, operation in found.items() if method != "get"]
    assert unsafe
    assert [one for one in unsafe if "Idempotency-Key" not in [word["name"] for word in one["parameters"]]] == []


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["docs", "openapi"])
    assert capsys.readouterr().out == KEPT.read_text(encoding="utf-8")
