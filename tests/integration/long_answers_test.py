#!/usr/bin/python3
"""Long pages of features: sixty clients that read 10,000 features each and take their time add little to the
service's memory, as nothing is made before what was made before it is sent, and each gets the page as it is. And
computations whose clients have left: they stop, and the threads serve others."""
import gzip
import json
import os
import pathlib
import select
import socket
import tempfile
import time
import unittest

import program

READERS = int(os.environ.get("LLR_LONG_READERS", 60))
MOST_MB_A_READER = 1  # the page is of 6 to 7 MB
THREADS = max(2, os.cpu_count())  # that the service computes on
MOST_SECONDS_TO_STOP = 6
HOPELESS_FUNCTIONS = 110
PAGE = "/collections/incidents/items?limit=10000"


def memory_mb(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


class Asker:
    """Asks, and may leave before it is answered."""

    def __init__(self, client, path, more="", receive_bytes=None):
        self.link = socket.socket()
        if receive_bytes:
            self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.link.settimeout(60)
        self.link.connect(("127.0.0.1", int(client.base.rsplit(":", 1)[1])))
        self.link.sendall((f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {client.key}\r\n"
                           f"{more}Connection: close\r\n\r\n").encode())

    def is_answered(self):
        return bool(select.select([self.link], [], [], 0)[0])


class Reader(Asker):
    """Asks for a page and, once that begins to come, reads nothing of it until it is told to."""

    def __init__(self, client, path, coding="identity"):
        super().__init__(client, path, f"Accept-Encoding: {coding}\r\n", 8192)
        self.link.recv(1, socket.MSG_PEEK)

    def body(self):
        """Of chunks, the last one included."""
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        received = b"".join(iter(lambda: self.link.recv(1 << 16), b""))
        at = received.index(b"\r\n\r\n") + 4
        assert b"\r\ntransfer-encoding: chunked\r\n" in received[:at], received[:at]
        body = []
        size = None
        while size != 0:
            line_end = received.index(b"\r\n", at)
            size = int(received[at:line_end], 16)
            body.append(received[line_end + 2:line_end + 2 + size])
            at = line_end + 4 + size
            assert received[at - 2:at] == b"\r\n"
        assert at == len(received)
        self.link.close()
        return b"".join(body)


class LongAnswers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.log = pathlib.Path(cls.folder.name, "access.log")
        cls.running = program.serve(cls.folder.name, "--demo", "--access-log", str(cls.log))
        cls.client = cls.running.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)
        cls.folder.cleanup()

    def test_slow_readers_of_long_pages_get_them_whole_and_take_little_memory(self):
        whole = Reader(self.client, PAGE).body()
        page = json.loads(whole)
        self.assertEqual(page["numberReturned"], 10_000)
        self.assertEqual(len({feature["id"] for feature in page["features"]}), 10_000)
        self.assertEqual(gzip.decompress(Reader(self.client, PAGE, "gzip").body()), whole)
        before = memory_mb(self.client.process)
        readers = [Reader(self.client, PAGE, coding) for coding in ("identity", "gzip") * (READERS // 2)]
        grown = 0
        until = time.monotonic() + 3  # until all are as far as they get
        while time.monotonic() < until:
            grown = max(grown, memory_mb(self.client.process) - before)
            time.sleep(0.05)
        self.assertEqual(self.client.get("/collections")[0], 200)
        print(f"{len(readers)} slow readers of {len(whole) / 1e6:.1f} MB each: memory {grown:+.0f} MB")
        self.assertLess(grown, MOST_MB_A_READER * len(readers))
        for number, reader in enumerate(readers):
            body = reader.body()
            self.assertEqual(gzip.decompress(body) if number % 2 else body, whole)

    def test_computations_stop_once_their_clients_have_left(self):
        left = [Asker(self.client, self.hopeless(number)) for number in range(THREADS)]
        time.sleep(1.5)
        for asker in left:
            self.assertFalse(asker.is_answered())
        waiting = Asker(self.client, "/collections/cells/items?limit=1&cell=300")
        time.sleep(0.5)
        self.assertFalse(waiting.is_answered())  # all threads are busy
        for asker in left:
            asker.link.close()
        closed = time.monotonic()
        waiting.link.settimeout(60)
        self.assertIn(b"HTTP/1.1 200", waiting.link.recv(100))
        freed = time.monotonic() - closed
        waiting.link.close()
        print(f"a thread is free {freed:.1f} s after its client has left")
        self.assertLess(freed, MOST_SECONDS_TO_STOP)
        until = time.monotonic() + MOST_SECONDS_TO_STOP
        while self.log.read_text().count(" status=499 bytes=0 ") < THREADS:  # they were not just done
            self.assertLess(time.monotonic(), until)
            time.sleep(0.1)

    @staticmethod
    def hopeless(number):
        """Takes as long as a filter may: 15 s."""
        function = "NOT+S_TOUCHES(geometry,POLYGON((-2+52,-1+53,0+52,-2+52)))"
        query = f"limit={number + 1}&filter=" + "+AND+".join([function] * HOPELESS_FUNCTIONS)
        return f"/collections/incidents/items?{query}"


if __name__ == "__main__":
    unittest.main(verbosity=2)
