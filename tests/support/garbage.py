"""Python looks for garbage less often: what the suite loads stays, and looking through it cost a sixth of a run."""

import gc

import pytest

gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """All modules are loaded: they are garbage at the end only."""
    gc.collect()
    gc.freeze()
