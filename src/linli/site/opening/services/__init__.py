"""Verbs of opening a house."""

from linli.site.opening.services.beginning import begin, call_off, enter, waits
from linli.site.opening.services.setting_up import (
    Administrator,
    appoint,
    finish,
    found_places,
    name_house,
    new_first_password,
)

__all__ = [
    "Administrator",
    "appoint",
    "begin",
    "call_off",
    "enter",
    "finish",
    "found_places",
    "name_house",
    "new_first_password",
    "waits",
]
