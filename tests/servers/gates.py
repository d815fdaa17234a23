"""What stands between a client and a server on loopback: a forward proxy and a SOCKS proxy, as companies run them."""

from __future__ import annotations

import base64
import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Gate:
    """Where it listens and whom it was asked for."""

    address: str = ""
    login: str = ""
    """``user:password`` without which it refuses; empty lets everybody through."""
    asked: list[str] = field(default_factory=list)


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Bytes both ways until one side ends."""
    while True:
        ready, _, _ = select.select([one, other], [], [], 5)
        for side in ready:
            data = side.recv(65536)
            if not data:
                return
            (other if side is one else one).sendall(data)
        if not ready:
            return


@contextmanager
def _listening(gate: Gate, kind: type[socketserver.BaseRequestHandler]) -> Iterator[Gate]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    gate.address = f"127.0.0.1:{server.server_address[1]}"
    try:
        yield gate
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def http_proxy(login: str = "") -> Iterator[Gate]:
    """A forward proxy for plain http and, by CONNECT, for TLS."""
    gate = Gate(login=login)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            first = self.rfile.readline().decode("ascii").split()
            lines = list(iter(self.rfile.readline, b"\r\n"))
            if len(first) != 3:
                return
            method, target, _ = first
            gate.asked.append(target)
            wanted = base64.b64encode(gate.login.encode()).decode()
            if gate.login and not any(wanted in line.decode() for line in lines):
                self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")  # fmt: skip
                return
            parts = urlsplit(target if "://" in target else f"//{target}")
            with socket.create_connection((parts.hostname or "", parts.port or 80)) as server:
                if method == "CONNECT":
                    self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    kept = [line for line in lines if not line.lower().startswith(b"proxy-")]
                    path = parts._replace(scheme="", netloc="").geturl()
                    server.sendall(f"{method} {path} HTTP/1.1\r\n".encode() + b"".join(kept) + b"\r\n")  # fmt: skip
                    server.sendall(self.rfile.read1())
                _pump(self.connection, server)

    with _listening(gate, Handler):
        yield gate


@contextmanager
def socks_proxy() -> Iterator[Gate]:
    """A SOCKS 5 proxy without authentication."""
    gate = Gate()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            client: socket.socket = self.request
            client.recv(2 + 255)
            client.sendall(b"\x05\x00")
            _, _, _, kind = client.recv(4)
            size = {1: 4, 4: 16}.get(kind) or client.recv(1)[0]
            raw = client.recv(size)
            host = socket.inet_ntoa(raw) if kind == 1 else raw.decode("ascii", "replace")
            port = int.from_bytes(client.recv(2), "big")
            gate.asked.append(f"{host}:{port}")
            with socket.create_connection((host, port)) as server:
                client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
                _pump(client, server)

    with _listening(gate, Handler):
        yield gate
