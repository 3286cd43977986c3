"""``make look``: a screenshot of every page, on a phone and at a desk, as a stranger and as each role of the demo.

Pages are found by following links; of addresses that one view serves, two are taken. Pictures go into a folder
outside the repository (ARGS=folder, else a temporary one), named by role, width and page.
"""

import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import django
from playwright.sync_api import Error, Page, sync_playwright

from tests.support.browser import DESKTOP, FLAGS, PHONE, sign_in
from tests.support.chromium import chromium
from tests.support.sites import Site, linli, running

STARTS = ("/", "/desk/")
MOST_PAGES = 80
A_VIEW = 2
SKIPPED = re.compile(r"/logout/|/export|/download|\.(csv|xlsx|pdf|docx|ics)$|/static/|/language|/files/")


def view_of(path: str) -> str:
    """The name of the view behind a path; the path itself where there is none."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(path)._func_path
    except Resolver404:
        return path


def links(page: Page, site: Site) -> list[str]:
    """Addresses on the page that lead to pages of this site."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    inside = [urldefrag(one)[0] for one in found if one.startswith(f"{site.address}/")]
    return [one for one in dict.fromkeys(inside) if not SKIPPED.search(urlsplit(one).path)]


def is_page(page: Page, address: str) -> bool:
    """Go there; whether it is a page and not a file to keep."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return answer is not None and "text/html" in (answer.headers.get("content-type") or "")


def walk(page: Page, site: Site) -> list[str]:
    """The pages that can be reached from the fronts, at most two of a view."""
    waiting = [site.address + start for start in STARTS]
    seen, taken = set(waiting), []
    views: Counter[str] = Counter()
    while waiting and len(taken) < MOST_PAGES:
        address = waiting.pop(0)
        view = view_of(urlsplit(address).path)
        if views[view] >= A_VIEW:
            continue
        views[view] += 1
        if not is_page(page, address):
            continue
        taken.append(address)
        new = [one for one in links(page, site) if one not in seen]
        seen.update(new)
        waiting += new
    return taken


def name_of(address: str) -> str:
    """A file name for a page."""
    path = urlsplit(address).path.strip("/") or "front"
    return re.sub(r"[^\w.-]+", "_", path)[:80]


def roles(site: Site) -> list[str]:
    """A stranger, and every demo account."""
    os.environ.update(LINLI_HOME=str(site.home), DJANGO_SETTINGS_MODULE="linli.site.settings.base")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from linli.demo.build import accounts

    return ["", *(username for username, _title in accounts())]


def look(site: Site, folder: Path, only: list[str]) -> int:
    """Take all pictures; how many."""
    count = 0
    everybody = roles(site)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        for username in everybody:
            if only and (username or "stranger") not in only:
                continue
            context = browser.new_context(base_url=site.address, viewport=DESKTOP, locale="zh-CN")
            page = context.new_page()
            if username:
                sign_in(page, site, username)
            addresses = walk(page, site)
            for size in (PHONE, DESKTOP):
                page.set_viewport_size(size)
                for address in addresses:
                    page.goto(address)
                    place = folder / (username or "stranger") / str(size["width"])
                    place.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=place / f"{name_of(address)}.png", full_page=True)
                    count += 1
            context.close()
            print(f"{username or 'stranger'}: {len(addresses)} pages", flush=True)
        browser.close()
    return count


def main(words: list[str]) -> int:
    """``[folder [role …]]``; prints the folder."""
    folder = Path(words[0]).resolve() if words else Path(tempfile.mkdtemp(prefix="linli-look-"))
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        made = linli(home, "demo")
        if made.returncode:
            print(made.stderr, file=sys.stderr)
            return 1
        with running(home) as site:
            count = look(site, folder, words[1:])
    print(f"{count} pictures in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
