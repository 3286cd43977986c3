"""The rows of the walk of all addresses that belong to the likeness of needs."""

READ = "302 403 200 200 200 200 403 403 403 403"

NEEDS_LIKENESS_ROWS = {
    "GET desk/needs/likely/": READ,
    "POST desk/needs/likely/{nothing}/": READ.replace("200", "404"),
    "GET desk/needs/topics/": READ,
    "GET desk/needs/topics/{nothing}/": READ.replace("200", "404"),
}
"""The table's rows of pairs and hot topics."""
