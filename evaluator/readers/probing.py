"""Whether a model endpoint answers, without spending a token."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx2

from ..errors import ConfigurationError
from ..network.causes import cause_of
from ..network.proxies import proxy_for
from ..secret_masking import apart, masked
from ..transport import model_http, sendable, trusted
from .address import ModelAddress

_DEFAULT = "https://api.openai.com/v1"
_REDIRECTS = range(300, 400)


async def probe_model(
    base_url: str | None,
    key: str | None,
    *,
    login: str | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> str | None:
    """Ask for the list of models; gives what is wrong in a few words, or None.

    Args:
        base_url: without user information; None is OpenAI's.
        key: sent as a bearer's.
        login: user information of the address, ``user:password``, sent instead.
        transport: for tests: answers instead of the endpoint.
    """
    try:
        address = ModelAddress.parse(base_url or _DEFAULT)
        headers = _headers(sendable(key, "OPENAI_API_KEY") if key else "", address)
        proxy = None if transport else proxy_for(address.base)
        trust = trusted(address.base, proxy)
    except ConfigurationError as error:
        return str(error)
    url = f"{address.base}/models" + (f"?{urlencode(address.query)}" if address.query else "")
    made = model_http(seconds=10, proxy=proxy, trust=trust, login=login, transport=transport)
    async with made as http:
        try:
            response = await http.get(url, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            cause = cause_of(error, address.base, proxy=proxy, option="--base-url")
            return masked(f"cannot be reached: {cause.what}. {cause.hint}")
    return _said(response)


def _headers(key: str, address: ModelAddress) -> dict[str, str]:
    if not key:
        return {}
    bearer = key if key.startswith("Basic ") else f"Bearer {key}"
    return {"Authorization": bearer} | ({"api-key": key} if address.takes_api_key_header else {})


def _said(response: httpx2.Response) -> str | None:
    status = response.status_code
    if status in {401, 403}:
        return f"refused the key ({status})"
    if status == 407:
        return "is behind a proxy that asks for a user name and a password (407)"
    if status in _REDIRECTS:
        target = apart(response.headers.get("location", ""))[0].partition("?")[0]
        return f"redirects to {target.removesuffix('/models')} ({status})"
    # Some servers do not list models; any other answer shows that one is there.
    return f"failed ({status})" if status >= 500 else None
