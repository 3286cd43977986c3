"""Compiles the translation catalogues before the first test reads one."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Compile once, in the process that starts the workers; a catalogue that is up to date is left alone."""
    if hasattr(config, "workerinput"):
        return
    from linli.site.messages.catalogues import compile_all

    if compile_all():
        import gettext

        from django.utils.translation import trans_real

        # what was read before the catalogues were fresh
        gettext._translations.clear()  # type: ignore[attr-defined]  # the standard library's own memory
        trans_real._translations.clear()
        trans_real._default = None
