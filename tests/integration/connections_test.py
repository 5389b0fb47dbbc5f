"""Ten thousand connections that idle (one request in 40 s) and five hundred that ask, while imports
change the same rows every few seconds: no error, and memory that stays where it is (5 %). Each
connection is a file of the server and one of this program: `ulimit -n` must allow 10,600; with less,
as many idle as it allows. LLR_SOAK_SECONDS (default 15), LLR_SOAK_IMPORT_EVERY (3), LLR_SOAK_IDLE
(10000) and LLR_SOAK_ACTIVE (500) make it longer or smaller."""
import csv
import heapq
import os
import pathlib
import random
import resource
import selectors
import socket
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import program

SECONDS = float(os.environ.get("LLR_SOAK_SECONDS", 15))
ACTIVE = int(os.environ.get("LLR_SOAK_ACTIVE", 500))
IMPORT_EVERY_S = float(os.environ.get("LLR_SOAK_IMPORT_EVERY", 3))
ROWS = 200
WARM_IMPORTS = 16  # more than the revisions that are kept for those who page through them
IDLE_PAUSE_S = 40  # the server closes what is idle for a minute
PATHS = ["/tiles/wards/8/126/83.mvt", "/tiles/incidents/12/2025/1345.mvt",
         "/collections/incidents/items?limit=10", "/health/live", "/tiles/incidents.json"]


def idle_wanted():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    wanted = int(os.environ.get("LLR_SOAK_IDLE", 10_000))
    possible = hard - ACTIVE - 100
    if possible < wanted:
        print(f"ulimit -n is {hard}: {possible} connections idle, not {wanted}", file=sys.stderr)
    return min(wanted, possible)


def write_rows(path, number):
    """The same incidents each time, with another weapon: each import updates all of them."""
    weapons = ["knife", "firearm", "blunt", "other", "none"]
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["incident_id", "occurred_from", "offence_code", "longitude", "latitude", "weapon",
                      "place_type"])
        for i in range(ROWS):
            out.writerow([f"SOAK-{i}", f"2025-06-{i % 28 + 1:02}T20:00", "8N", -1.13 + i * 1e-4,
                          52.63 + i * 1e-4, weapons[number % len(weapons)], "public"])


def memory_kb(process):
    text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0])


class Asking:
    """A connection that asks again some time after it is answered."""
    def __init__(self, port, paths, pause_s, key=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setblocking(False)
        self.paths, self.pause_s = paths, pause_s
        self.credentials = f"Authorization: Bearer {key}\r\n" if key else ""
        self.received, self.wanted, self.answers, self.busy = b"", None, 0, False

    def ask(self):
        request = f"GET {random.choice(self.paths)} HTTP/1.1\r\nHost: localhost\r\n{self.credentials}\r\n"
        self.socket.sendall(request.encode())

    def next_time(self):
        return time.monotonic() + self.pause_s * random.uniform(0.8, 1.2)

    def on_bytes(self):
        """Whether the answer is whole."""
        more = self.socket.recv(1 << 18)
        assert more, "the server closed a connection"
        self.received += more
        if self.wanted is None and b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            status = int(head.split(b" ")[1])
            assert status in (200, 204, 503), head
            self.busy = status == 503  # every computing thread is: the client is to ask again
            length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
            self.wanted = int(length[0].split(b":")[1]) if length else 0
        if self.wanted is None or len(self.received) < self.wanted:
            return False
        self.received, self.wanted = b"", None
        self.answers += not self.busy
        return True


class Crowd:
    """Many connections, each asking in its own time."""
    def __init__(self, clients):
        self.selector = selectors.DefaultSelector()
        self.waiting = []  # (when, number, client)
        self.count = 0
        for client in clients:
            self.selector.register(client.socket, selectors.EVENT_READ, client)
            # All within the time that memory needs to settle.
            self.wait(time.monotonic() + random.uniform(0, min(5, client.pause_s)), client)

    def wait(self, when, client):
        self.count += 1
        heapq.heappush(self.waiting, (when, self.count, client))

    def go_on_while(self, condition):
        while condition():
            for key, _ in self.selector.select(timeout=0.02):
                if key.data.on_bytes():
                    self.wait(key.data.next_time(), key.data)
            while self.waiting and self.waiting[0][0] <= time.monotonic():
                heapq.heappop(self.waiting)[2].ask()


def run_imports(folder, data, first, count, every_s):
    """Imports one after the other, each updating the rows of the one before."""
    for number in range(first, first + count):
        began = time.monotonic()
        path = f"{folder}/rows.csv"
        write_rows(path, number)
        counts = program.import_counts(program.run("import", path, "--data", data))
        assert counts["updated" if number else "stored"] == ROWS, counts
        time.sleep(max(0.0, every_s - (time.monotonic() - began)))


def soak(port, folder, client):
    """Memory in kB in the first and in the last third of the time, each the median of what it
    was every half second: a snapshot that is being replaced is there twice for a moment."""
    idle = [Asking(port, ["/health/live"], IDLE_PAUSE_S) for _ in range(idle_wanted())]
    active = [Asking(port, PATHS, 0.5, client.key) for _ in range(ACTIVE)]
    crowd = Crowd(idle + active)
    with ThreadPoolExecutor(1) as importer:
        def import_some(first, count, every_s):
            done = importer.submit(run_imports, folder, f"{folder}/data", first, count, every_s)
            samples = {}

            def goes_on():
                samples.setdefault(int(time.monotonic() * 2), memory_kb(client.process))
                return not done.done()

            crowd.go_on_while(goes_on)
            done.result()
            return list(samples.values())

        import_some(0, WARM_IMPORTS, 0)
        answered = sum(c.answers for c in active)
        memory = import_some(WARM_IMPORTS, max(3, round(SECONDS / IMPORT_EVERY_S)), IMPORT_EVERY_S)
    third = max(1, len(memory) // 3)
    before, after = statistics.median(memory[:third]), statistics.median(memory[-third:])
    assert all(c.answers > 0 for c in active), "a connection was never answered"
    for connection in [*idle, *active]:  # or the server would wait for those that ask
        connection.socket.close()
    print(f"{len(idle)} idle, {ACTIVE} active, {SECONDS:.0f} s: "
          f"{sum(c.answers for c in active) - answered} answers, "
          f"memory {before:.0f} -> {after:.0f} kB ({100 * (after / before - 1):+.1f} %)")
    return before, after


def main():
    with tempfile.TemporaryDirectory() as folder:
        with program.serve(f"{folder}/data", "--demo") as server:
            port = int(server.base.rsplit(":", 1)[1])
            before, after = soak(port, folder, server)
        assert abs(after / before - 1) <= 0.05, "memory did not stay where it was"


if __name__ == "__main__":
    main()
