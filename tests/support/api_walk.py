"""The rows of the walk of all addresses that belong to the interface itself, places and contact cards."""

API_ROWS = {
    "GET api/v1/": "200 200 200 200 200 200 200 200 200 200",
    "GET api/v1/me": "401 200 200 200 200 200 200 200 200 200",
    "GET api/v1/places": "401 403 200 200 200 200 200 200 200 200",
    "GET api/v1/places/{community}": "401 403 200 404 200 200 200 200 200 200",
    "GET api/v1/contact-cards": "401 403 200 200 200 200 403 403 403 403",
    "POST api/v1/contact-cards": "401 403 201 403 403 201 403 403 403 403",
    "GET api/v1/contact-cards/{draft}": "401 403 200 404 200 200 403 403 403 403",
    "POST api/v1/contact-cards/{draft}/submit": "401 403 200 403 403 200 403 403 403 403",
    "GET api/v1/nothing": "404 404 404 404 404 404 404 404 404 404",
}
"""The table's rows of the interface."""
