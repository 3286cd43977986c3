"""「意见建议/减负投诉」: everybody may write, no line manager can delete."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.scope import everyone, permission


@permission(everyone)
def feedback(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/feedback.html")
