"""Hands every test in the house, wherever it stands, the same databases, processes and browser."""

pytest_plugins = [
    "tests.support.garbage",
    "tests.support.dealing",
    "tests.support.catalogues",
    "tests.support.databases",
    "tests.support.processes",
    "tests.support.properties",
    "tests.support.remembering",
    "tests.support.sites",
    "tests.support.browser",
]
