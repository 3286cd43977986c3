"""Addresses of whistles."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import whistles

HERE = "desk/needs/whistles/"
ONE = f"{HERE}<uuid:pk>/"

WHISTLES: list[URLPattern | URLResolver] = [
    path(HERE, whistles.whistles, name="whistles"),
    path(f"{HERE}new/", whistles.new_whistle, name="new_whistle"),
    path(f"{HERE}months/<str:month>/", whistles.month, name="whistle_month"),
    path(ONE, whistles.whistle, name="whistle"),
    path(f"{ONE}do/<slug:verb>/", whistles.do_whistle, name="do_whistle"),
    path(f"{ONE}steps/", whistles.step, name="whistle_step"),
    path(f"{ONE}papers/<slug:what>/", whistles.paper, name="whistle_paper"),
    path(f"{ONE}calls/<uuid:item>/<slug:verb>/", whistles.do_call, name="do_call"),
]
