"""What a picture of a page does not show as a person sees it, painted over, so that no word counts which it may cover.

Frames, objects and pictures of other files are not fetched, and pictures that move show later what they do not show now.
"""

from __future__ import annotations

from typing import Any

_PAINT = r"""colour => {
    const decoded = address => {
        const place = address.indexOf(','), head = address.slice(0, place), body = address.slice(place + 1)
        let text = body
        try { text = /;\s*base64\s*$/i.test(head) ? atob(decodeURIComponent(body).replace(/\s/g, '')) : unescape(body) } catch { return '<set' }
        return text.replaceAll('\0', '')
    }
    const moves = address => /^\s*data:/i.test(address) && (text =>
        /<(?:[\w-]+:)?(?:set|animate\w*|script|image|feImage|foreignObject|use)\b|<!ENTITY|animation|@keyframes|@media|transition|acTL|avis|ANIM/.test(text)
        || (text.startsWith('GIF8') && text.split('\x21\xf9\x04').length > 2))(decoded(address))
    const addresses = text => [...text.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)].map(found => found[1].replace(/\\(.)/g, '$1'))
    const PICTURES = ['background-image', 'border-image-source', 'list-style-image', 'content']
    const MASKS = ['mask-image', '-webkit-mask-box-image-source', 'filter', 'clip-path', 'shape-outside']
    const isMoved = (told, names = PICTURES) => names.some(name => addresses(told.getPropertyValue(name)).some(moves))
    const NOT_FETCHED = 'object, embed, iframe, frame, fencedframe, video, canvas'
    const isUnknown = one => one.matches(NOT_FETCHED)
        || (one.localName === 'img' && (!one.complete || !one.naturalWidth || moves(one.currentSrc || one.src)))
        || (one.localName === 'input' && one.type === 'image')
        || (one.localName === 'svg' && !!one.querySelector('set, animate, animateMotion, animateTransform, animateColor, image, feImage'))
    const look = one => {
        const told = getComputedStyle(one), box = one.getBoundingClientRect()
        return [told.display, told.visibility, told.opacity, told.zIndex, told.position, told.filter, box.x, box.y, box.width, box.height].join()
    }
    for (const one of document.querySelectorAll('*')) {
        const told = getComputedStyle(one)
        if (['::before', '::after', '::marker'].some(name => isMoved(getComputedStyle(one, name)))) return false
        if (isMoved(told, MASKS)) return false
        if (!isUnknown(one) && !isMoved(told)) continue
        const before = look(one)
        one.style.setProperty('transition', 'none', 'important')
        one.style.setProperty('background', isUnknown(one) ? colour : told.color, 'important')
        const painted = getComputedStyle(one)
        if (look(one) !== before || (painted.display !== 'inline' && painted.backgroundImage !== 'none')) return false
    }
    return true
}"""
_GREY = "rgb(127, 127, 127)"


def paint_unshown(page: Any) -> bool:
    """Paint over what the picture of a page lacks; False where the page keeps it from being painted over.

    Args:
        page: of Playwright's, on which no script runs.
    """
    return bool(page.evaluate(_PAINT, _GREY))
