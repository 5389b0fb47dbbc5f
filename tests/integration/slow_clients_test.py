#!/usr/bin/python3
"""Clients that mean to hold the service up: 2,000 that send their header byte by byte and come again when they are
closed (Slowloris), 500 whose uploads stop half-way. Others are answered meanwhile as if nothing was, memory stays
where it is, and the slow ones are told that they are late."""
import http.client
import os
import pathlib
import resource
import selectors
import socket
import statistics
import tempfile
import threading
import time
import unittest

import program

SLOW = int(os.environ.get("LLR_SLOW_CLIENTS", 2000))
UPLOADS = int(os.environ.get("LLR_SLOW_UPLOADS", 500))
SECONDS = float(os.environ.get("LLR_SLOW_SECONDS", 13))  # longer than a header may take: 10 s
MOST_GROWTH_MB = 100  # 40 KB a connection
MOST_P99_S = 0.25  # on two cores that the attackers share
PATHS = ("/health/live", "/collections", "/tiles/hotspots/10/508/335.mvt", "/collections/incidents/items?limit=10")
SLOW_HEADER = b"GET /collections HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"a" * 200


def memory_mb(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


class Slow:
    """Slow connections on one thread."""

    def __init__(self, client, analyst):
        self.port = int(client.base.rsplit(":", 1)[1])
        self.upload = (f"POST /imports?name=slow.csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {analyst}\r\n"
                       "Content-Length: 10000000\r\n\r\nincident_id,occurred_from\n").encode() + b"x" * 4000
        self.selector = selectors.DefaultSelector()
        self.sent = {}  # of connections that send byte by byte: how many bytes
        self.late = 0

    def connect(self, first):
        link = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        link.sendall(first)
        link.setblocking(False)
        return link

    def open_all(self):
        for _ in range(SLOW):
            self.open_slow()
        for _ in range(UPLOADS):
            self.selector.register(self.connect(self.upload), selectors.EVENT_READ, "upload")

    def open_slow(self):
        link = self.connect(SLOW_HEADER[:1])
        self.sent[link] = 1
        self.selector.register(link, selectors.EVENT_READ, "slow")

    def close(self, link):
        self.selector.unregister(link)
        link.close()
        self.sent.pop(link, None)

    def take_answers(self):
        for key, _ in self.selector.select(timeout=0.05):
            try:
                answer = key.fileobj.recv(4096)
            except OSError:
                answer = b""
            self.late += answer.startswith(b"HTTP/1.1 408 ")
            if not answer:
                self.close(key.fileobj)
                if key.data == "slow":
                    self.open_slow()

    def send_a_byte_each(self):
        for link, sent in list(self.sent.items()):
            try:
                link.send(SLOW_HEADER[sent:sent + 1] or b"a")
                self.sent[link] = sent + 1
            except OSError:
                pass  # closed; that is read soon

    def attack(self, until):
        next_bytes = time.monotonic()
        while time.monotonic() < until:
            self.take_answers()
            if time.monotonic() >= next_bytes:
                self.send_a_byte_each()
                next_bytes = time.monotonic() + 1

    def close_all(self):
        for key in list(self.selector.get_map().values()):
            self.close(key.fileobj)


class Healthy(threading.Thread):
    def __init__(self, client):
        super().__init__()
        self.client, self.times, self.failures, self.stopping = client, [], [], False

    def run(self):
        connection = http.client.HTTPConnection(self.client.base.removeprefix("http://"), timeout=30)
        while not self.stopping:
            for path in PATHS:
                began = time.monotonic()
                connection.request("GET", path, headers=program.bearer(self.client.key))
                answer = connection.getresponse()
                answer.read()
                self.times.append(time.monotonic() - began)
                if answer.status != 200:
                    self.failures.append((path, answer.status))
            time.sleep(0.01)


class SlowClients(unittest.TestCase):
    def test_slow_clients_harm_nobody_and_are_told_that_they_are_late(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        with tempfile.TemporaryDirectory() as data, program.serve(data, "--demo") as client:
            for path in PATHS * 3:
                self.assertEqual(client.get(path)[0], 200)
            before = memory_mb(client.process)
            slow = Slow(client, client.key)
            slow.open_all()
            healthy = [Healthy(client) for _ in range(2)]
            for one in healthy:
                one.start()
            slow.attack(time.monotonic() + SECONDS)
            grown = memory_mb(client.process) - before
            for one in healthy:
                one.stopping = True
            for one in healthy:
                one.join()
            times = sorted(sum((one.times for one in healthy), []))
            p99 = times[int(len(times) * 0.99)]
            print(f"{SLOW} slow headers, {UPLOADS} half uploads: {len(times)} requests of others, median "
                  f"{statistics.median(times) * 1000:.1f} ms, 99th percentile {p99 * 1000:.1f} ms; memory "
                  f"{grown:+.0f} MB; {slow.late} told that they are late")
            self.assertEqual(sum((one.failures for one in healthy), []), [])
            self.assertLess(p99, MOST_P99_S)
            self.assertLess(grown, MOST_GROWTH_MB)
            self.assertGreaterEqual(slow.late, SLOW)
            slow.close_all()
            deadline = time.monotonic() + 10
            uploads = pathlib.Path(data, "uploads")
            while any(uploads.iterdir()):  # what was cut off leaves nothing behind
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.05)


class Limits(unittest.TestCase):
    def test_who_asks_too_often_or_holds_too_many_connections_is_refused_alone(self):
        with tempfile.TemporaryDirectory() as data, program.serve(
                data, "--demo", "--rate", "5", "--rate-burst", "20", "--connections-per-address", "30") as client:
            other = program.create_key(data, "inspector", "--name", "other")
            time.sleep(1.5)
            answers = [client.get("/collections") for _ in range(60)]
            refused = [headers for status, headers, _ in answers if status == 429]
            self.assertEqual({status for status, _, _ in answers}, {200, 429})
            self.assertGreater(len(refused), 30)
            self.assertTrue(all(1 <= int(headers["Retry-After"]) <= 5 for headers in refused))
            self.assertEqual(client.get("/collections", key=other)[0], 200)
            address = ("127.0.0.1", int(client.base.rsplit(":", 1)[1]))
            links = [socket.create_connection(address) for _ in range(40)]
            time.sleep(0.3)
            closed = 0
            for link in links:
                link.setblocking(False)
                try:
                    closed += link.recv(1) == b""
                except BlockingIOError:
                    pass
                except ConnectionResetError:
                    closed += 1
            self.assertEqual(closed, 10)
            for link in links:
                link.close()
            time.sleep(0.3)
            self.assertEqual(client.get("/health/live", key=other)[0], 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
