"""Addresses of activities."""

from django.urls import path

from linli.apps.activities.views import dates, desk, portal

app_name = "activities"

HERE = "desk/activities/"
DATE = f"{HERE}dates/<uuid:pk>/"

urlpatterns = [
    path("activities/", portal.activities, name="public"),
    path("activities/<uuid:pk>/", portal.activity, name="public_activity"),
    path("activities/dates/<uuid:pk>/sign-up/", portal.sign_up, name="sign_up"),
    path("activities/mine/<str:code>/", portal.mine, name="mine"),
    path("activities/mine/<str:code>/leave/", portal.leave, name="leave"),
    path("activities/mine/<str:code>/take/", portal.take, name="take"),
    path("activities/door/<str:code>/", portal.door, name="door"),
    path(HERE, desk.activities, name="activities"),
    path(f"{HERE}new/", desk.new, name="new"),
    path(f"{HERE}hours/", desk.hours, name="hours"),
    path(f"{HERE}hours/new/", desk.new_hours, name="new_hours"),
    path(f"{HERE}<uuid:pk>/", desk.activity, name="activity"),
    path(f"{HERE}<uuid:pk>/amend/", desk.amend, name="amend"),
    path(f"{HERE}<uuid:pk>/publish/", desk.publish, name="publish"),
    path(f"{HERE}<uuid:pk>/call-off/", desk.call_off, name="call_off"),
    path(f"{HERE}<uuid:pk>/dates/", desk.add_dates, name="add_dates"),
    path(DATE, dates.date, name="date"),
    path(f"{DATE}sign-up/", dates.enter, name="enter"),
    path(f"{DATE}came/<uuid:signup>/", dates.came, name="came"),
    path(f"{DATE}leave/<uuid:signup>/", dates.leave, name="leave_for"),
    path(f"{DATE}count/", dates.count, name="count"),
    path(f"{DATE}agenda/", dates.agenda, name="agenda"),
    path(f"{DATE}call-off/", dates.call_off, name="call_off_date"),
    path(f"{DATE}release/", dates.release, name="release"),
]
