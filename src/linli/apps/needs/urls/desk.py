"""Addresses of the desk: the list, one need with its verbs, and what the street keeps."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import desk, doing, items, keeping

HERE = "desk/needs/"
ONE = f"{HERE}<uuid:pk>/"

DESK: list[URLPattern | URLResolver] = [
    path(HERE, desk.needs, name="needs"),
    path(f"{HERE}offers/<uuid:item>/", items.offer, name="offer"),
    path(f"{HERE}unnamed/<uuid:pk>/", items.name_handler, name="name_handler"),
    path(f"{HERE}rules/", keeping.rules, name="rules"),
    path(f"{HERE}rules/new/", keeping.new_rule, name="new_rule"),
    path(f"{HERE}rules/<uuid:pk>/", keeping.rule, name="rule"),
    path(f"{HERE}rules/<uuid:pk>/edit/", keeping.edit_rule, name="edit_rule"),
    path(f"{HERE}rules/<uuid:pk>/<slug:verb>/", keeping.rule_verb, name="rule_verb"),
    path(f"{HERE}categories/load/", keeping.load, name="load"),
    path(f"{HERE}categories/new/", keeping.category, name="new_category"),
    path(f"{HERE}categories/<uuid:pk>/", keeping.category, name="category"),
    path(f"{HERE}templates/new/", keeping.template, name="new_template"),
    path(f"{HERE}templates/<uuid:pk>/", keeping.template, name="template"),
    path(ONE, desk.need, name="need"),
    path(f"{ONE}accept/", doing.accept, name="accept"),
    path(f"{ONE}answer/", items.answer, name="answer"),
    path(f"{ONE}do/<slug:verb>/", doing.do, name="do"),
    path(f"{ONE}objections/<uuid:item>/", items.objection, name="objection"),
    path(f"{ONE}extensions/<uuid:item>/", items.extension, name="extension"),
    path(f"{ONE}parts/<uuid:item>/", items.end_part, name="end_part"),
]
