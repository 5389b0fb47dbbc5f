"""The built program is sent the requests of http_cases.py over raw sockets: each is answered, none
closed on in silence, and nothing behind a refused request is taken for another one.
tests/bench/serve/hygiene_beside_nginx.py checks the same against nginx."""
import concurrent.futures
import json
import tempfile

import http_cases
import program


def check(port, name):
    expected = http_cases.CASES[name][1]
    found, closed = http_cases.ask(port, name)
    if found != expected:
        return f"{name}: expected {expected}, was answered {found}"
    if expected[-1] >= 400 and not closed:
        return f"{name}: refused, but the connection stays open"
    return None


def check_problem(port):
    """A refusal is a problem document, as all errors are."""
    said, _ = http_cases.converse(port, http_cases.CASES["no Host"][0])
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json" in head, head
    assert json.loads(body)["status"] == 400, body


def main():
    assert len(http_cases.CASES) >= 22
    with tempfile.TemporaryDirectory() as data, program.serve(data) as client:
        port = int(client.base.rsplit(":", 1)[1])
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            wrong = [w for w in pool.map(lambda name: check(port, name), http_cases.CASES) if w]
        assert not wrong, "\n".join(wrong)
        check_problem(port)
        assert client.get("/health/live")[0] == 200
    print(f"{len(http_cases.CASES)} requests answered as they should be")


if __name__ == "__main__":
    main()
