"""Lets property tests take their time: how long an example takes on a busy machine says nothing about the code."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
