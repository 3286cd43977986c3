"""Addresses of the opening of a house."""

from django.urls import path

from linli.site.opening import views

app_name = "opening"

urlpatterns = [
    path("desk/opening/", views.left, name="left"),
    path("desk/opening/shipped/", views.take_shipped, name="take_shipped"),
    path("first-run/", views.first_run, name="first_run"),
    path("first-run/administrators/<uuid:pk>/password/", views.another_password, name="another_password"),
]
