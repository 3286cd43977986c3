"""Addresses of learned models, and of what they suggest."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import learning

HERE = "desk/needs/models/"

LEARNING: list[URLPattern | URLResolver] = [
    path(HERE, learning.models, name="models"),
    path(f"{HERE}learn/", learning.learn, name="learn"),
    path(f"{HERE}<uuid:pk>/", learning.model, name="model"),
    path(f"{HERE}<uuid:pk>/publish/", learning.publish_model, name="publish_model"),
    path(f"{HERE}<uuid:pk>/back/", learning.go_back, name="go_back"),
    path("desk/needs/suggest/", learning.suggest, name="suggest"),
    path("desk/needs/<uuid:pk>/confirm/", learning.confirm, name="confirm"),
]
