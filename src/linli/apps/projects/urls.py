"""Addresses of projects."""

from django.urls import path

from linli.apps.projects.views import projects

app_name = "projects"

HERE = "desk/projects/"
ONE = f"{HERE}<uuid:pk>/"

urlpatterns = [
    path(HERE, projects.projects, name="projects"),
    path(ONE, projects.project, name="project"),
]
