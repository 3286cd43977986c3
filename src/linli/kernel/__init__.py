"""Mechanisms every app shares; knows no app and no noun of one."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazily(package: str, **modules: str) -> Callable[[str], Any]:
    """A module ``__getattr__`` that fetches public names from their files on first use.

    Django imports every app's package before models may be loaded; a mechanism with tables therefore lists its
    public names as ``lazily(__name__, sealing="seal open_sealed", owners="destroy_key")`` and repeats the
    imports under ``TYPE_CHECKING``. A file and a public name must not be called the same.
    """
    home = {name: module for module, names in modules.items() for name in names.split()}

    def fetch(name: str) -> Any:
        if name not in home:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"{package}.{home[name]}"), name)

    return fetch
