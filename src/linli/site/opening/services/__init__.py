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
from linli.site.opening.services.shipping import Taken, ships, take_shipped

__all__ = [
    "Administrator",
    "Taken",
    "appoint",
    "begin",
    "call_off",
    "enter",
    "finish",
    "found_places",
    "name_house",
    "new_first_password",
    "ships",
    "take_shipped",
    "waits",
]
