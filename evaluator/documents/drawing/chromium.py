"""HTML drawn by Chromium: no network, no scripts, no linked files, a new browser for each page.

A page is drawn in an ordinary small window and a large one, first as it is soon after it has come, then when its movements have
ended. Each window is scrolled through from top to bottom, since what lies over the window lies over
all of the page, and printed on one sheet by the rules for screens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...errors import DocumentError, Unreadable
from .as_on_screen import as_on_screen
from .pictures import Tile, View
from .unshown import paint_unshown

_SMALL, _LARGE = (1280, 1280, 680, 840), (1440, 1900, 860, 1080)
"""The least and the greatest width and height of a window on a small screen and on a large one."""
_ADDRESS = "http://resume.invalid/"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; script-src 'none'; font-src 'none'; "
    "frame-src 'none'; object-src 'none'; form-action 'none'"
)
"""Scripts are forbidden rather than switched off: a browser without them shows what no person sees."""
_FLAGS = (
    "--font-render-hinting=none",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pings",
    # Nothing listens there. The page's own address is answered before it would be asked for.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=Translate,NetworkPrediction,Prerender2,SpeculationRulesPrefetchFuture",
)
_ROUNDS = 100_000
_HIGHEST = 12_000
"""Pixels: a resume is no longer; the longest sheet is not much longer."""
_SETTLED = 1_200
"""Milliseconds after which a page that fades in stands still."""
_MILLISECONDS = 15_000
_HEIGHT = """() => Math.ceil(Math.max(document.documentElement.scrollHeight,
    document.body ? document.body.scrollHeight : 0, window.innerHeight))"""
_MOVES = "() => document.getAnimations().length > 0"
_END_MOVEMENTS = """() => document.getAnimations().forEach(one => {
    try { one.finish() } catch {
        const {duration, delay} = one.effect.getComputedTiming(), {target, pseudoElement} = one.effect
        const solid = part => {
            one.currentTime = delay + part * duration
            const told = getComputedStyle(target, pseudoElement)
            return told.visibility === 'visible' ? Number(told.opacity) : 0
        }
        one.pause()
        const parts = [0.37, ...one.effect.getKeyframes().flatMap(({computedOffset: at}) => [at, Math.min(at + 1e-7, 0.999999)])]
        one.currentTime = delay + duration * parts.reduce((best, part) => solid(part) > solid(best) ? part : best)
    } })"""
"""What moves for ever stands where it is most solid, since it may lie over text."""
_AS_ONE_SHEET = """() => {
    const clear = rules => { for (let i = rules.length - 1; i >= 0; i--) {
        if (rules[i] instanceof CSSPageRule) rules[i].parentRule ? rules[i].parentRule.deleteRule(i) : rules[i].parentStyleSheet.deleteRule(i)
        else if (rules[i].styleSheet) clear(rules[i].styleSheet.cssRules)
        else if (rules[i].cssRules) clear(rules[i].cssRules) } }
    for (const sheet of document.styleSheets) try { clear(sheet.cssRules) } catch {}
    const whole = new CSSStyleSheet()
    whole.replaceSync('@layer { ::before, ::after { break-before: auto !important; break-after: auto !important } }')
    document.adoptedStyleSheets = [whole]
    for (const one of document.querySelectorAll('*')) {
        const told = getComputedStyle(one)
        for (const side of ['break-before', 'break-after'])
            if (!/^(auto|avoid|column)/.test(told.getPropertyValue(side))) one.style.setProperty(side, 'auto', 'important')
    }
}"""
"""Paper has margins, breaks and headers of its own, which a screen has not."""
_AS_BEFORE = "() => { document.adoptedStyleSheets = [] }"
_IS_WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"
_AS_WIDE_AS_THE_WINDOW = """() => {
    const narrow = new CSSStyleSheet()
    narrow.replaceSync('html { contain: paint !important }')
    document.adoptedStyleSheets.push(narrow)
}"""
"""A sheet of paper would be drawn smaller to hold what reaches out of the window."""
_SCROLL = (
    "top => { window.scrollTo({top: top, behavior: 'instant'}); return Math.round(window.scrollY) }"
)


@contextmanager
def chromium_at(path: str, folder: Path) -> Iterator[Any]:
    """A browser of Playwright's that asks nobody for anything.

    Args:
        path: of Chromium.
        folder: for its profile; empty.
    """
    from playwright.sync_api import sync_playwright

    surroundings: dict[str, str | float | bool] = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": "/usr/bin:/bin",
    }
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=path, args=_FLAGS, env=surroundings, timeout=_MILLISECONDS
        )
        try:
            yield browser
        finally:
            browser.close()


def draw_page(html: str | bytes, browser: Any) -> list[View]:
    """A page in each window.

    Args:
        html: its text, or its bytes where the browser tells the encoding.
        browser: of :func:`chromium_at`.

    Raises:
        DocumentError: it is too long, or the browser cannot draw it.
    """
    from playwright.sync_api import Error

    try:
        page = browser.new_page(
            color_scheme="light", forced_colors="none", reduced_motion="no-preference",
            service_workers="block", accept_downloads=False,
        )  # fmt: skip
        try:
            return _views(page, html)
        finally:
            page.close()
    except Error as error:
        message = "Chromium did not draw the page."
        raise DocumentError(Unreadable.CRASHED, message) from error


def windows_of(html: str | bytes) -> list[dict[str, int]]:
    """Two ordinary windows, of sizes that follow from the whole page, so that no page is made for them.

    The sum is a slow one, so that changing a page until its windows suit it takes long.

    Args:
        html: its text or its bytes.
    """
    data = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    digest = iter(hashlib.pbkdf2_hmac("sha256", data, b"windows", _ROUNDS))
    return [
        {
            "width": narrow + (next(digest) * (wide - narrow) // 255),
            "height": low + (next(digest) * (high - low) // 255),
        }
        for narrow, wide, low, high in (_SMALL, _LARGE)
    ]


def _views(page: Any, html: str | bytes) -> list[View]:
    page.set_default_timeout(_MILLISECONDS)
    page.route("**/*", lambda route: _answer(route, html))
    page.route_web_socket("**/*", lambda socket: socket.close())
    page.emulate_media(media="screen")
    windows = windows_of(html)
    page.set_viewport_size(windows[0])
    page.goto(_ADDRESS)
    if not paint_unshown(page):
        message = "What other files and moving pictures may cover cannot be told."
        raise DocumentError(Unreadable.UNSAFE, message)
    if page.evaluate(_MOVES):
        page.wait_for_timeout(_SETTLED)
    views = []
    for number, size in enumerate(windows):
        if number:
            page.set_viewport_size(size)
            page.evaluate(_END_MOVEMENTS)
        views.append(_view(page, size))
    return views


def _view(page: Any, size: dict[str, int]) -> View:
    whole = page.evaluate(_HEIGHT)
    if whole > _HIGHEST:
        message = "The page is too long to be drawn."
        raise DocumentError(Unreadable.TOO_LARGE, message)
    tiles = _tiles(page, whole, size["height"])
    is_wide = page.evaluate(_IS_WIDE)
    with as_on_screen(page):
        page.evaluate(_AS_ONE_SHEET)
        if is_wide:
            page.evaluate(_AS_WIDE_AS_THE_WINDOW)
        pdf = page.pdf(width=f"{size['width']}px", height=f"{whole}px", print_background=True)
    page.evaluate(_AS_BEFORE)
    return View(pdf, tiles)


def _answer(route: Any, html: str | bytes) -> None:
    if route.request.url == _ADDRESS and route.request.is_navigation_request():
        route.fulfill(
            body=html,
            content_type="text/html" if isinstance(html, bytes) else "text/html; charset=utf-8",
            headers={"Content-Security-Policy": _POLICY},
        )
    else:
        route.abort()


def _tiles(page: Any, whole: int, height: int) -> list[Tile]:
    """Windows that overlap, so that what lies under a header or on an edge stands free in another."""
    tiles: list[Tile] = []
    for top in range(0, whole, height * 3 // 4):
        reached = page.evaluate(_SCROLL, top)
        if not tiles or reached != tiles[-1].top:
            tiles.append(Tile(reached, page.screenshot(caret="initial", animations="allow")))
    page.evaluate(_SCROLL, 0)
    return tiles
