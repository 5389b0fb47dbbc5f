#!/usr/bin/python3
"""Kept answers take no lock that threads share: not for who asks, by key or by session, not for how fast they may ask,
not for the answer, the audit, the metrics or the log. Counted by a library that stands before the system's own."""
import csv
import http.client
import json
import mmap
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest

import program

LIBRARY = os.environ["LLR_SHARED_LOCKS"]
TILE = "/tiles/incidents/12/2035/1341.mvt"  # of 52.63 N, 1.13 W
PAGE = "/collections/incidents/items"  # made anew each time
CONNECTIONS = 16  # so that each thread of the service has some
ROUNDS = 100
MOST_SHARED = 0.02  # a request: once a second or so the threads that write the log and the audit look up
PASSWORD = "correct horse battery"


def write_rows(path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["incident_id", "occurred_from", "offence_code", "longitude", "latitude", "place_type"])
        for i in range(50):
            out.writerow([f"L-{i}", f"2025-06-{i % 28 + 1:02}T20:00", "8N", -1.13 + i * 1e-4, 52.63 + i * 1e-4,
                          "public"])


class SharedLocks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        data, rows, report = f"{folder}/data", f"{folder}/rows.csv", pathlib.Path(folder, "locks")
        report.write_bytes(bytes(16))
        write_rows(rows)
        program.run("import", rows, "--data", data)
        subprocess.run([program.PROGRAM, "user", "add", "ann", "--role", "inspector", "--password-stdin",
                        "--data", data], input=PASSWORD + "\n", text=True, check=True, capture_output=True)
        os.environ.update(LD_PRELOAD=LIBRARY, SHARED_LOCKS=str(report))
        try:
            cls.client = cls.enterClassContext(program.serve(
                data, "--rate", "1000000", "--rate-burst", "1000000", "--access-log", f"{folder}/access.log",
                role="inspector"))
        finally:
            del os.environ["LD_PRELOAD"], os.environ["SHARED_LOCKS"]
        with report.open("r+b") as file:
            cls.report = mmap.mmap(file.fileno(), 16)

    def setUp(self):
        host = self.client.base.removeprefix("http://")
        self.connections = [http.client.HTTPConnection(host, timeout=60) for _ in range(CONNECTIONS)]
        self.addCleanup(lambda: [connection.close() for connection in self.connections])

    def session(self):
        body = json.dumps({"name": "ann", "password": PASSWORD, "purpose": "a test"})
        status, headers, said = self.ask(self.connections[0], "/session", {"Origin": self.client.base,
                                         "Content-Type": "application/json"}, "POST", body)
        self.assertEqual(status, 200, said)
        return {"Cookie": headers["Set-Cookie"].split(";")[0]}

    @staticmethod
    def ask(connection, path, headers, method="GET", body=None):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def shared_a_request(self, headers, path_of):
        """Locks that threads share, taken for each request."""
        def go_round(number):
            for at, connection in enumerate(self.connections):
                status, _, said = self.ask(connection, path_of(number * CONNECTIONS + at), headers)
                self.assertEqual(status, 200, said)

        for number in range(3):
            go_round(number)
        before = struct.unpack_from("=Q", self.report, 8)[0]
        struct.pack_into("=Q", self.report, 0, 1)
        for number in range(3, 3 + ROUNDS):
            go_round(number)
        struct.pack_into("=Q", self.report, 0, 0)
        return (struct.unpack_from("=Q", self.report, 8)[0] - before) / (ROUNDS * CONNECTIONS)

    def test_kept_answers_take_none_and_others_are_counted(self):
        for way, headers in (("key", program.bearer(self.client.key)), ("session", self.session())):
            shared = self.shared_a_request(headers, lambda _: TILE)
            print(f"by {way}: {shared:.3f} shared locks a request")
            self.assertLess(shared, MOST_SHARED)
        # Last, as a lock that was ever shared counts as such from then on.
        made = self.shared_a_request(program.bearer(self.client.key), lambda number: f"{PAGE}?limit={number % 50 + 1}")
        self.assertGreater(made, 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
