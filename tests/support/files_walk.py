"""The rows of the walk of all addresses that belong to photos and scanned papers."""

FILE_ROWS = {
    "GET desk/photos/projects.project/{project}/": "302 404 200 404 200 200 200 404 404 404",
    "POST desk/photos/projects.project/{project}/": "302 404 422 404 422 422 403 404 404 404",
    "GET desk/photos/nothing/{nothing}/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/photos/{nothing}/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/photos/{nothing}/blur/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/photos/{nothing}/withdraw/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/photos/{nothing}/withdraw/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/photos/{nothing}/original/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/photos/{nothing}/original/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/scans/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/scans/file/": "302 403 302 302 302 302 302 403 403 403",
    "POST desk/scans/file/": "302 403 422 422 422 422 422 403 403 403",
}
"""The table's rows of photos and scans: staff of the record's place; papers are filed by who keeps papers."""
