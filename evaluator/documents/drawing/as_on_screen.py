"""What paper would change of a page, set to what the window shows, for as long as the page is printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_KEEP = """() => {
    const undo = []
    const set = (style, name, value, priority) => {
        undo.push([style, name, style.getPropertyValue(name), style.getPropertyPriority(name)])
        style.setProperty(name, value, priority)
    }
    const high = window.innerHeight / 100, wide = window.innerWidth / 100
    const units = {h: high, b: high, min: Math.min(high, wide), max: Math.max(high, wide)}
    const fixed = style => {
        for (const name of [...style]) {
            const value = style.getPropertyValue(name)
            if (name !== 'content' && /v(?:h|b|min|max)/i.test(value) && !/["']|url[(]/i.test(value))
                set(style, name, value.replace(/(-?(?:[0-9]*[.])?[0-9]+)[sld]?v(h|b|min|max)(?![a-z])/gi,
                    (_, number, unit) => number * units[unit.toLowerCase()] + 'px'), style.getPropertyPriority(name))
        }
    }
    const walk = rules => { for (const rule of rules) {
        if (rule.style) fixed(rule.style)
        if (rule.styleSheet) walk(rule.styleSheet.cssRules)
        if (rule.cssRules) walk(rule.cssRules)
    } }
    for (const sheet of document.styleSheets) try { walk(sheet.cssRules) } catch {}
    const rgb = text => (/^rgba?[(]/.test(text) ? text.match(/[0-9.]+/g).map(Number) : null)
    const opaque = colour => colour && (colour.length < 4 || colour[3] === 1)
    const grey = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue
    const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05
    for (const one of document.querySelectorAll('*')) {
        if (one.style && one.hasAttribute('style')) fixed(one.style)
        if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue
        const colour = rgb(getComputedStyle(one).color)
        if (!opaque(colour)) continue
        let ground = null
        for (let at = one; at && !ground; at = at.parentElement) {
            const found = rgb(getComputedStyle(at).backgroundColor)
            ground = opaque(found) ? found : null
        }
        ground = ground || [255, 255, 255]
        const apart = grey(colour) - grey(ground)
        if (apart > 0 && apart < LEVELS && light(colour) >= RATIO * light(ground)) {
            const part = (LEVELS - apart) / (255 - grey(colour))
            const mixed = colour.slice(0, 3).map(level => Math.round(level + (255 - level) * part))
            set(one.style, 'transition', 'none', 'important')
            set(one.style, 'color', `rgb(${mixed})`, 'important')
        }
    }
    return undo
}"""
_LEVELS = 42
"""Grey levels between light letters and their ground that printed words need to be found."""
_RATIO = 2
"""Contrast by luminance from which people read: grey levels take dark blue for black, which eyes do not."""
_UNDO = """undo => { for (const [style, name, value, priority] of undo.reverse())
    value ? style.setProperty(name, value, priority) : style.removeProperty(name) }"""


@contextmanager
def as_on_screen(page: Any) -> Iterator[None]:
    """Units of the window's height stay those of the window, and dark letters that people read on a darker ground are found.

    The picture of the screen is made before, and decides what is seen there.
    """
    script = _KEEP.replace("LEVELS", str(_LEVELS)).replace("RATIO", str(_RATIO))
    undo = page.evaluate_handle(script)
    try:
        yield
    finally:
        page.evaluate(_UNDO, undo)
