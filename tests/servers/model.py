"""A loopback OpenAI-compatible server: records what it was sent, answers what a test scripts."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""Signed by itself, for localhost and 127.0.0.1; its key is no secret."""
Answer = Callable[[dict[str, Any]], tuple[int, dict[str, str], bytes]]


class ModelServer:
    """Base URL, every body that came in with its path and headers, connections opened, and the answering function."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[bytes] = []
        self.paths: list[str] = []
        """Of what came in, lists of models included."""
        self.headers: list[dict[str, str]] = []
        """Names in lower case."""
        self.connections = 0
        self.url = ""

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


def completion(
    content: object, *, finish: str = "stop", **message: object
) -> tuple[int, dict[str, str], bytes]:
    """A chat completion as OpenAI sends it, with further fields of its message."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": content, "refusal": None, **message},
            }
        ],
        "usage": {
            "prompt_tokens": 1000,
            "completion_tokens": 100,
            "total_tokens": 1100,
            "prompt_tokens_details": {"cached_tokens": 900},
        },
    }
    return 200, {}, json.dumps(body).encode()


@contextmanager
def model_server(answer: Answer, *, tls: bool = False) -> Iterator[ModelServer]:
    """Serve on a free port of loopback until the block ends."""
    state = ModelServer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            state.connections += 1
            super().setup()

        def do_GET(self) -> None:
            self._note()
            self._send(200, {}, b'{"data": []}')

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            self._note()
            state.bodies.append(body)
            self._send(*state.answer(json.loads(body)))

        def _note(self) -> None:
            state.paths.append(self.path)
            state.headers.append({name.lower(): value for name, value in self.headers.items()})

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        """Of connections that come at once; of five, others would try again after a second."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
