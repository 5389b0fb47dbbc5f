"""Requests as bytes that a server must not guess at, with what it should say: for our own program
(http_hygiene_test.py) and for nginx as the oracle (tests/bench/serve/hygiene_beside_nginx.py)."""
import re
import socket
import ssl
import time

HOST = "Host: localhost\r\n"
GET = "GET /health/live HTTP/1.1\r\n"
SMUGGLED = GET + HOST + "Connection: close\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"
EMPTY_CHUNKS = "0\r\n\r\n"


def request(fields="", body="", host=HOST):
    return GET + host + fields + "\r\n" + body


# Name: (bytes, statuses in order). One status of 400 and above: refused once, closed, and nothing
# behind it answered.
CASES = {
    "no Host": (request(host=""), [400]),
    "two Hosts": (request(host=HOST + HOST), [400]),
    "two Hosts that differ in case": (request(host=HOST + "hOST: other\r\n"), [400]),
    "Host with a space": (request(host="Host: a b\r\n"), [400]),
    "Host with a slash": (request(host="Host: a/b\r\n"), [400]),
    "Host with user information": (request(host="Host: user@a\r\n"), [400]),
    "chunked in HTTP/1.0": ("GET /health/live HTTP/1.0\r\n" + CHUNKED + "\r\n" + EMPTY_CHUNKS, [400]),
    "Transfer-Encoding: chunked, identity": (
        request("Transfer-Encoding: chunked, identity\r\n", EMPTY_CHUNKS + SMUGGLED), [400]),
    "Transfer-Encoding: xchunked": (
        request("Transfer-Encoding: xchunked\r\n", EMPTY_CHUNKS + SMUGGLED), [501]),
    "Transfer-Encoding: gzip, chunked": (
        request("Transfer-Encoding: gzip, chunked\r\n", EMPTY_CHUNKS + SMUGGLED), [501]),
    "Transfer-Encoding: identity": (
        request("Transfer-Encoding: identity\r\n", SMUGGLED), [400]),
    "Transfer-Encoding twice": (request(CHUNKED + CHUNKED, EMPTY_CHUNKS + SMUGGLED), [400]),
    "Transfer-Encoding behind a tab": (
        request("Transfer-Encoding:\tchunked, chunked\r\n", EMPTY_CHUNKS + SMUGGLED), [501]),
    "Transfer-Encoding with a control character": (
        request("Transfer-Encoding: \x0bchunked\r\n", EMPTY_CHUNKS + SMUGGLED), [400]),
    "CL.TE: the length first": (
        request("Content-Length: 5\r\n" + CHUNKED, EMPTY_CHUNKS + SMUGGLED), [400]),
    "TE.CL: the encoding first": (
        request(CHUNKED + f"Content-Length: {len(SMUGGLED) + 5}\r\n", EMPTY_CHUNKS + SMUGGLED), [400]),
    "TE.TE: one of them misspelt": (
        request(CHUNKED + "Transfer-Encoding: cow\r\n", EMPTY_CHUNKS + SMUGGLED), [400]),
    "CL.0: a length that hides a request": (
        request(f"Content-Length: {len(SMUGGLED)}\r\nConnection: close\r\n", SMUGGLED), [200]),
    "two lengths that differ": (
        request("Content-Length: 0\r\nContent-Length: 44\r\n", SMUGGLED), [400]),
    "two lengths that agree": (request("Content-Length: 0\r\nContent-Length: 0\r\n", SMUGGLED), [400]),
    "a list of lengths": (request("Content-Length: 0, 0\r\n", SMUGGLED), [400]),
    "a length with a sign": (request("Content-Length: +0\r\n", SMUGGLED), [400]),
    "a length below zero": (request("Content-Length: -1\r\n", SMUGGLED), [400]),
    "a length in hexadecimal": (request("Content-Length: 0x0\r\n", SMUGGLED), [400]),
    "a length beyond 64 bits": (request("Content-Length: 99999999999999999999\r\n", SMUGGLED), [400]),
    "a folded field": (request("A: b\r\n c\r\n"), [400]),
    "a folded Transfer-Encoding": (
        request("Transfer-Encoding:\r\n chunked\r\n", EMPTY_CHUNKS + SMUGGLED), [400]),
    "space before the colon": (request("Content-Length : 5\r\n", "abcde"), [400]),
    "space before a field": (GET + " " + HOST + "\r\n", [400]),
    "a field without a name": (request(": b\r\n"), [400]),
    "a field without a colon": (request("field\r\n"), [400]),
    "NUL in a field": (request("A: b\0c\r\n"), [400]),
    "bare CR in a field": (request("A: b\rContent-Length: 44\r\n", SMUGGLED), [400]),
    "bare LF in a field": (request("A: b\nX: y\r\n"), [400]),
    "bare LF as line ends": ("GET /health/live HTTP/1.1\nHost: localhost\n\n", [400]),
    "NUL in the request line": ("GET /health\0/live HTTP/1.1\r\n" + HOST + "\r\n", [400]),
    "a target above the root": ("GET /../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n", [400]),
    "a bad percent escape": ("GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", [400]),
    "two spaces in the request line": ("GET  /health/live HTTP/1.1\r\n" + HOST + "\r\n", [400]),
    "HTTP/2.0 in the request line": ("GET /health/live HTTP/2.0\r\n" + HOST + "\r\n", [505]),
    "HTTP/1.1 in lower case": ("GET /health/live http/1.1\r\n" + HOST + "\r\n", [505]),
    "CONNECT": ("CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n", [400]),
    "the first bytes of TLS": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", [400]),
    "an unknown expectation": (request("Expect: a-pony\r\nContent-Length: 1\r\n", "a"), [417]),
    "a header of 80 KB": (request("".join(f"F{i}: {'f' * 4000}\r\n" for i in range(20))), [431]),
    "a target of 40 KB": (f"GET /{'t' * 40_000} HTTP/1.1\r\n" + HOST + "\r\n", [414]),
    "a body of 3 MB": (request("Content-Length: 3000000\r\n", "b" * 100_000), [413]),
    "a chunk size that is no number": (request(CHUNKED, "x\r\nabc\r\n" + EMPTY_CHUNKS), [400]),
    "a chunk size below zero": (request(CHUNKED, "-1\r\nabc\r\n" + EMPTY_CHUNKS), [400]),
    "a chunk size beyond 64 bits": (request(CHUNKED, "fffffffffffffffff\r\nabc\r\n"), [400]),
    "a chunk longer than it says": (request(CHUNKED, "1\r\nabc\r\n" + EMPTY_CHUNKS + SMUGGLED), [400]),
    # What must be taken.
    "a chunked body": (
        request(CHUNKED + "Connection: close\r\n", "3\r\nabc\r\n2;a=b\r\nde\r\n0\r\nTrailer: t\r\n\r\n"), [200]),
    "Transfer-Encoding: Chunked": (
        request("Transfer-Encoding: Chunked\r\nConnection: close\r\n", "1\r\na\r\n" + EMPTY_CHUNKS), [200]),
    "an absolute-form target": (
        "GET http://localhost/health/live HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", [200]),
    "HTTP/1.0 without Host": ("GET /health/live HTTP/1.0\r\n\r\n", [200]),
    "an empty line before the request": ("\r\n" + SMUGGLED, [200]),
    "three requests at once": (request() + request() + SMUGGLED, [200, 200, 200]),
    "a body between two requests": (
        request("Content-Length: 5\r\n", "abcde") + SMUGGLED, [200, 200]),
    "chunks between two requests": (
        request(CHUNKED, "5\r\nabcde\r\n" + EMPTY_CHUNKS) + SMUGGLED, [200, 200]),
    "HEAD, then GET": (
        "HEAD /health/live HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED, [200, 200]),
    "OPTIONS *": ("OPTIONS * HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", [204]),
    "Expect: 100-continue": (
        request("Expect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n"), [100]),
}
# Where HTTP/1.1 asks for an answer that nginx does not give (RFC 9110, 9.3.7).
REQUIRED_OF_US = {"OPTIONS *"}
# Whose answers have no body although they give its length.
BODILESS_FIRST = {"HEAD, then GET"}


def connect(port, tls=None):
    plain = socket.create_connection(("127.0.0.1", port), timeout=10)
    return tls.wrap_socket(plain, server_hostname="localhost") if tls else plain


def converse(port, data, patience_s=1.0):
    """All that the server says to `data`, until it closes or says nothing for a while; and whether
    it closed."""
    with connect(port) as connection:
        said = b""
        try:
            connection.sendall(data.encode("latin-1"))
            connection.settimeout(patience_s)
            while True:
                more = connection.recv(65536)
                if not more:
                    return said, True
                said += more
        except (socket.timeout, ssl.SSLWantReadError):
            return said, False
        except ConnectionError:
            return said, True


def statuses(said, bodiless_first=False):
    """The statuses of the answers in `said`, each body being as long as it says."""
    found = []
    while said.startswith(b"HTTP/1."):
        head, _, said = said.partition(b"\r\n\r\n")
        found.append(int(head.split(b" ")[1]))
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if length and not (bodiless_first and len(found) == 1):
            said = said[int(length.group(1)):]
    assert not said, f"bytes that are no answer: {said[:200]!r}"
    return found


def ask(port, name):
    """Statuses and whether the connection was closed, of one case."""
    data, _ = CASES[name]
    said, closed = converse(port, data)
    return statuses(said, name in BODILESS_FIRST), closed


def wait_for(port, deadline_s=20):
    end = time.monotonic() + deadline_s
    while True:
        try:
            connect(port).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nothing listens on port {port}"
            time.sleep(0.05)
