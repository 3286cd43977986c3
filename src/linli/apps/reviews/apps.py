"""Tells Django that this subject exists."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "linli.apps.reviews"
    label = "reviews"

    def ready(self) -> None:
        from linli.apps.reviews.contributions import contribute

        contribute()
