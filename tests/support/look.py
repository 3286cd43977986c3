"""``make look``: a screenshot of every page, on a phone and at a desk, as a stranger and as each role of the demo.

Pages are found by following links; of addresses that one view serves, two are taken. Pictures go into a folder
outside the repository (the first word of ARGS, else a temporary one), named by role, width and page. Further words
are roles; ``--dark --elder --print`` also take the pages in dark colours, in large text, and as paper shows them.
"""

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import django
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize, sync_playwright

from tests.support.browser import DESKTOP, FLAGS, PHONE, sign_in
from tests.support.chromium import chromium
from tests.support.sites import Site, linli, running

STARTS = ("/", "/desk/")
MOST_PAGES = 80
A_VIEW = 2
PAPER: ViewportSize = {"width": 680, "height": 962}
"""An A4 sheet between its margins, at 96 px an inch."""
SKIPPED = re.compile(r"/logout/|/export|/download|\.(csv|xlsx|pdf|docx|ics)$|/static/|/language|/files/")


@dataclass(frozen=True)
class Way:
    """A way to look at every page: the folder's name, the size, and what the reader chose."""

    name: str
    size: ViewportSize
    dark: bool = False
    elder: bool = False
    paper: bool = False


WAYS = {
    "": (Way("390", PHONE), Way("1280", DESKTOP)),
    "dark": (Way("390-dark", PHONE, dark=True), Way("1280-dark", DESKTOP, dark=True)),
    "elder": (Way("390-elder", PHONE, elder=True), Way("1280-elder", DESKTOP, elder=True)),
    "print": (Way("print", PAPER, paper=True),),
}


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


def walk(page: Page, site: Site, *, each: int = A_VIEW) -> list[str]:
    """The pages that can be reached from the fronts, at most ``each`` of a view."""
    waiting = [site.address + start for start in STARTS]
    seen = set(waiting)
    taken: list[str] = []
    views: Counter[str] = Counter()
    while waiting and len(taken) < MOST_PAGES:
        address = waiting.pop(0)
        view = view_of(urlsplit(address).path)
        if views[view] >= each:
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
    """A file name for a page, with what its address asks for."""
    parts = urlsplit(address)
    words = "_".join(filter(None, (parts.path.strip("/") or "front", parts.query)))
    return re.sub(r"[^\w.-]+", "_", words)[:80]


def roles(site: Site) -> list[str]:
    """A stranger, and every demo account."""
    os.environ.update(LINLI_HOME=str(site.home), DJANGO_SETTINGS_MODULE="linli.site.settings.base")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from linli.demo.build import accounts

    return ["", *(username for username, _title in accounts())]


def choose(context: BrowserContext, site: Site, page: Page, way: Way) -> None:
    """Make the pages look the way that is asked for."""
    chosen = {"linli_theme": "dark" if way.dark else "light", "linli_elder": "1" if way.elder else "0"}
    context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in chosen.items()])
    page.set_viewport_size(way.size)
    page.emulate_media(media="print" if way.paper else "screen")


def take(page: Page, addresses: list[str], folder: Path) -> int:
    """Take a picture of each page; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for address in addresses:
        page.goto(address)
        page.screenshot(path=folder / f"{name_of(address)}.png", full_page=True)
    return len(addresses)


def look(site: Site, folder: Path, only: list[str], ways: list[Way]) -> int:
    """Take all pictures; how many."""
    count = 0
    everybody = roles(site)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        for username in everybody:
            name = username or "stranger"
            if only and name not in only:
                continue
            context = browser.new_context(base_url=site.address, viewport=DESKTOP, locale="zh-CN")
            page = context.new_page()
            if username:
                sign_in(page, site, username)
            addresses = walk(page, site)
            for way in ways:
                choose(context, site, page, way)
                count += take(page, addresses, folder / name / way.name)
            context.close()
            print(f"{name}: {len(addresses)} pages", flush=True)
        browser.close()
    return count


def asked(words: list[str]) -> argparse.Namespace:
    """What ARGS says: a folder, roles, further ways to look."""
    parser = argparse.ArgumentParser(prog="make look", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("roles", nargs="*")
    for name in filter(None, WAYS):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """``[folder [role …]] [--dark] [--elder] [--print]``; prints the folder."""
    wanted = asked(words)
    folder = wanted.folder.resolve() if wanted.folder else Path(tempfile.mkdtemp(prefix="linli-look-"))
    ways = [way for name, some in WAYS.items() if not name or getattr(wanted, name) for way in some]
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        made = linli(home, "demo")
        if made.returncode:
            print(made.stderr, file=sys.stderr)
            return 1
        with running(home) as site:
            count = look(site, folder, wanted.roles, ways)
    print(f"{count} pictures in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
