"""What a reader's eye and thumb meet on a page, measured in the browser: targets, text sizes, what paper shows."""

from playwright.sync_api import Page

SMALL_TARGETS = """
(least) => {
  const seen = (one) => one.checkVisibility ? one.checkVisibility({checkVisibilityCSS: true}) : one.offsetParent;
  const inProse = (one) => {
    const paragraph = one.closest("p, li, dd, .prose");
    return one.matches("a") && paragraph && getComputedStyle(one).display === "inline"
      && paragraph.textContent.trim() !== one.textContent.trim();
  };
  const target = (one) => (one.matches("input[type=checkbox], input[type=radio]") && one.closest("label"))
    || (one.matches(".box-link a") && one.closest(".box-link")) || one;
  const found = [];
  for (const one of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    if (!seen(one) || one.matches(".skip") || one.closest(".sr-only") || inProse(one)) continue;
    const box = target(one).getBoundingClientRect();
    if (box.height && box.height < least - 0.5)
      found.push(`${one.tagName} ${(one.innerText || one.name || "").trim().slice(0, 20)} ${box.height.toFixed(1)}`);
  }
  return [...new Set(found)];
}
"""

SMALL_TEXT = """
([least, ratio]) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !holder.getClientRects().length) continue;
    if (holder.closest("script, .sr-only, [hidden]")) continue;
    const style = getComputedStyle(holder);
    const size = parseFloat(style.fontSize);
    const line = style.lineHeight === "normal" ? ratio : parseFloat(style.lineHeight) / size;
    if (size < least - 0.05 || line < ratio - 0.005)
      found.push(`${walker.currentNode.data.trim().slice(0, 20)} ${size}px / ${line.toFixed(2)}`);
  }
  return [...new Set(found)];
}
"""

FOCUS_SHOWN = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const style = getComputedStyle(one);
  const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || one.id === "main";
  const words = (one.innerText || one.getAttribute("aria-label") || one.name || one.tagName).trim().slice(0, 30);
  return (shown ? "" : "no focus to see: ") + words.replace(/\\s+/g, " ");
}
"""


def small_targets(page: Page, least: int) -> list[str]:
    """What is pressed and lower than ``least`` px; links inside a sentence apart."""
    found: list[str] = page.evaluate(SMALL_TARGETS, least)
    return found


def small_text(page: Page, least: float, ratio: float) -> list[str]:
    """Words smaller than ``least`` px or set closer than ``ratio`` of their size."""
    found: list[str] = page.evaluate(SMALL_TEXT, [least, ratio])
    return found


def focused(page: Page) -> str:
    """The words of what has the focus; they begin with "no focus to see" where no ring shows it."""
    words: str = page.evaluate(FOCUS_SHOWN)
    return words


def tab_through(page: Page, most: int = 200) -> list[str]:
    """What Tab reaches from the top of the page, in order, until it comes round."""
    reached: list[str] = []
    for _step in range(most):
        page.keyboard.press("Tab")
        words = focused(page)
        if not words:
            break
        reached.append(words)
    return reached


def wider_than_the_screen(page: Page) -> int:
    """By how many px the page must be pushed sideways; 0 where it fits."""
    over: int = page.evaluate("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    return over
