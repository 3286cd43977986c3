"""Pages that only tests open: a list, an edit form, views that refuse or break. A urlconf of its own."""

import errno
from typing import Any

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path

from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.scope import everyone, permission, signed_in
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.versions import VersionConflict, VersionedForm, conflict_page, save_version
from tests.playground.models import Brochure


class BrochureForm(VersionedForm):
    class Meta:
        model = Brochure
        fields = ["title", "text"]


@permission(everyone)
def brochures(request: HttpRequest) -> HttpResponse:
    page = ListPage(
        request,
        Brochure.objects.all(),
        columns=(Column("title", "标题", sort="title"), Column("kind", "类别")),
        filters=(Filter("kind", "类别", (("a", "甲"), ("b", "乙"))),),
        first_sort="title",
    )
    return render(request, "playground/brochures.html", {"page": page})


@permission(everyone)
def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    brochure = get_object_or_404(Brochure, pk=pk)
    form = BrochureForm(request.POST or None, instance=brochure)
    if request.method == "POST" and form.is_valid():
        try:
            save_version(brochure, seen=form.seen, **form.columns())
        except VersionConflict:
            return conflict_page(request, form, title="改传单")
        return redirect("brochures")
    return render(request, "playground/brochure.html", {"form": form})


class NewForm(forms.Form):
    title = forms.CharField()


@permission(everyone)
def add(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brochure = Brochure.objects.create(title=form.cleaned_data["title"])
        return redirect("brochure", pk=brochure.pk)
    return render(request, "playground/brochure.html", {"form": form})


@permission(signed_in)
def add_signed_in(request: HttpRequest) -> HttpResponse:
    return add(request)


@permission(everyone)
def refuse(request: HttpRequest) -> HttpResponse:
    Brochure.objects.create(title="不留痕迹")
    raise Conflict("这张发票已报销过。请换一张。")


@permission(everyone)
def forbid(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("只有作者可以修改。")


@permission(everyone)
def unreachable(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


@permission(everyone)
def full(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


@permission(everyone)
def full_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database or disk is full")


@permission(everyone)
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect")


urlpatterns = [
    path("brochures/", brochures, name="brochures"),
    path("brochures/add/", add),
    path("brochures/add-signed-in/", add_signed_in),
    path("brochures/<uuid:pk>/", edit, name="brochure"),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("unreachable/", unreachable),
    path("full/", full),
    path("full-database/", full_database),
    path("broken/", broken),
    path("", include("linli.site.urls")),
]

handler400 = "linli.kernel.ui.pages.errors.bad_request"
handler403 = "linli.kernel.ui.pages.errors.forbidden"
handler404 = "linli.kernel.ui.pages.errors.not_found"
handler500 = "linli.kernel.ui.pages.errors.broken"
