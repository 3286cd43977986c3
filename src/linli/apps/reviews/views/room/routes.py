"""Addresses of the room."""

from django.urls import URLPattern, path

from linli.apps.reviews.views.room import door, judge, live, screen, staff, typing

HERE = "room/<slug:code>/"

ROOM: list[URLPattern] = [
    path("room/", door.find, name="room_find"),
    path(HERE, door.door, name="room_door"),
    path(f"{HERE}leave/", door.leave, name="room_leave"),
    path(f"{HERE}promise/", judge.promise, name="room_promise"),
    path(f"{HERE}ballot/", judge.ballot, name="room_ballot"),
    path(f"{HERE}calendar.ics", judge.calendar, name="room_calendar"),
    path(f"{HERE}papers/<uuid:pk>/", judge.paper, name="room_paper"),
    path(f"{HERE}entries/<uuid:pk>/", judge.entry, name="room_entry"),
    path(f"{HERE}entries/<uuid:pk>/draft/", judge.draft, name="room_draft"),
    path(f"{HERE}entries/<uuid:pk>/correct/", judge.correct, name="room_correct"),
    path(f"{HERE}entries/<uuid:pk>/declare/", judge.declare, name="room_declare"),
    path(f"{HERE}<int:number>/", staff.table, name="room"),
    path(f"{HERE}<int:number>/now/", live.now, name="room_now"),
    path(f"{HERE}<int:number>/screen/", screen.screen, name="room_screen"),
    path(f"{HERE}<int:number>/screen/now/", live.screen_now, name="room_screen_now"),
    path(f"{HERE}<int:number>/counting/", staff.counting, name="room_counting"),
    path(f"{HERE}<int:number>/typing/", typing.typing, name="room_typing"),
    path(f"{HERE}<int:number>/typing/<uuid:entry>/<uuid:judge>/", typing.type_sheet, name="room_type"),
    path(f"{HERE}<int:number>/record/", staff.record, name="room_record"),
    path(f"{HERE}<int:number>/do/<slug:verb>/", staff.do, name="room_do"),
    path("desk/reviews/<uuid:pk>/room/", screen.slips, name="room_slips"),
    path("desk/reviews/<uuid:pk>/room/issue/", screen.issue, name="room_issue"),
]
