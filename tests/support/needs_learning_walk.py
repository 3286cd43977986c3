"""The rows of the walk of all addresses that belong to models that suggest categories."""

KEEPS = "302 403 403 {0} {0} 403 403 403 403 403"
ENTERS = "302 403 {0} {0} {0} {0} 403 403 403 403"
LEARNING_ROWS = {
    "GET desk/needs/models/": KEEPS.format(200),
    "POST desk/needs/models/learn/": KEEPS.format(302),
    "GET desk/needs/models/{nothing}/": KEEPS.format(404),
    "POST desk/needs/models/{nothing}/publish/": KEEPS.format(404),
    "GET desk/needs/models/{nothing}/back/": KEEPS.format(404),
    "POST desk/needs/models/{nothing}/back/": KEEPS.format(404),
    "POST desk/needs/suggest/": ENTERS.format(200),
    "POST desk/needs/{nothing}/confirm/": ENTERS.format(404),
}
