"""Addresses of likeness: pairs that wait, and hot topics."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import likeness

HERE = "desk/needs/"
LIKENESS: list[URLPattern | URLResolver] = [
    path(f"{HERE}likely/", likeness.likely, name="likely"),
    path(f"{HERE}likely/<uuid:pk>/", likeness.decide_likely, name="decide_likely"),
    path(f"{HERE}topics/", likeness.topics, name="topics"),
    path(f"{HERE}topics/<uuid:pk>/", likeness.topic, name="topic"),
]
