"""Whether a model endpoint answers, without spending a token."""

from __future__ import annotations

import httpx2

from ..transport import model_http

_DEFAULT = "https://api.openai.com/v1"


async def probe_model(
    base_url: str | None,
    key: str | None,
    *,
    login: str | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> str | None:
    """Ask for the list of models; gives what is wrong in a few words, or None.

    Args:
        base_url: without user information.
        key: sent as a bearer's.
        login: user information of the address, ``user:password``, sent instead.
        transport: for tests: answers instead of the endpoint.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    url = f"{(base_url or _DEFAULT).rstrip('/')}/models"
    async with model_http(seconds=10, login=login, transport=transport) as http:
        try:
            response = await http.get(url, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return f"cannot be reached ({type(error).__name__})"
    if response.status_code in {401, 403}:
        return f"refused the key ({response.status_code})"
    # Some servers do not list models; any other answer shows that one is there.
    return f"failed ({response.status_code})" if response.status_code >= 500 else None
