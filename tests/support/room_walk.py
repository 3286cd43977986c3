"""The rows of the walk of all addresses that belong to the live room: a post opens no seat, only a PIN does."""

ALL = "{0} {0} {0} {0} {0} {0} {0} {0} {0} {0}"

ROOM_ROWS = {
    "GET room/": ALL.format(200),
    "POST room/": ALL.format(422),
    "GET room/{room}/": ALL.format(200),
    "POST room/{room}/": ALL.format(422),
    "GET room/NOWHERE/": ALL.format(404),
    "POST room/{room}/leave/": ALL.format(403),
    "POST room/{room}/promise/": ALL.format(403),
    "POST room/{room}/ballot/": ALL.format(403),
    "GET room/{room}/papers/{nothing}/": ALL.format(302),
    "GET room/{room}/entries/{entry}/": ALL.format(302),
    "POST room/{room}/entries/{entry}/": ALL.format(403),
    "POST room/{room}/entries/{entry}/draft/": ALL.format(403),
    "POST room/{room}/entries/{entry}/correct/": ALL.format(403),
    "POST room/{room}/entries/{entry}/declare/": ALL.format(403),
    "GET room/{room}/calendar.ics": ALL.format(302),
    "GET room/{room}/1/": ALL.format(302),
    "GET room/{room}/1/now/": ALL.format(403),
    "GET room/{room}/1/screen/": ALL.format(200),
    "GET room/{room}/1/screen/now/": ALL.format(200),
    "GET room/{room}/2/screen/": ALL.format(404),
    "GET room/{room}/1/counting/": ALL.format(302),
    "GET room/{room}/1/typing/": ALL.format(302),
    "GET room/{room}/1/typing/{entry}/{judge}/": ALL.format(302),
    "POST room/{room}/1/typing/{entry}/{judge}/": ALL.format(403),
    "GET room/{room}/1/record/": ALL.format(302),
    "POST room/{room}/1/do/reveal/": ALL.format(403),
    "GET desk/reviews/{review}/room/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/reviews/{review}/room/issue/": "302 403 404 404 302 404 403 403 403 403",
}
"""The table's rows of the room."""
