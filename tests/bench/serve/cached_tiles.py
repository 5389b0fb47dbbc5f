"""Cached tiles beside nginx that serves the same tiles as files, packed beforehand: requests a
second and processor time a request, in the clear and under TLS, both with an access log. wrk with
2 threads and 64 connections on loopback, in turns, median of five; any status but 200 and 204
voids the run. Ends with an error where a ratio misses what the issue asks for."""
import gzip
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request

import peers

ROUNDS = int(os.environ.get("LLR_BENCH_ROUNDS", 5))
SECONDS = int(os.environ.get("LLR_BENCH_SECONDS", 5))
CONNECTIONS = 64
WANTED = 400  # tiles, each asked for in turn

SCRIPT = """
local requests, at = {}, 0
function init(args)
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path, {["Accept-Encoding"] = "gzip", ["Authorization"] = args[2]})
    end
    at = math.random(#requests)
end
function request()
    at = at % #requests + 1
    return requests[at]
end
function setup(thread)
end
function done(summary, latency)
    local e = summary.errors
    io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(99)))
end
"""


def get(server, path, accept_gzip=True):
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}")
    if accept_gzip:
        request.add_header("Accept-Encoding", "gzip")
    request.add_header("Authorization", f"Bearer {server.key}")
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.status, answer.headers.get("Content-Encoding"), answer.read()


def tiles_of(server):
    """Paths of tiles that hold something, from the whole county down to its streets."""
    _, _, text = get(server, "/tiles/incidents.json", accept_gzip=False)
    west, south, east, north = json.loads(text)["bounds"]
    import math
    paths = []
    for zoom in range(6, 15):
        def place(longitude, latitude):
            x = (longitude + 180) / 360
            y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
            return int(x * 2 ** zoom), int(y * 2 ** zoom)
        (x0, y1), (x1, y0) = place(west, south), place(east, north)
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                for collection in ("wards", "incidents"):
                    paths.append(f"/tiles/{collection}/{zoom}/{x}/{y}.mvt")
    step = max(1, len(paths) // (2 * WANTED))
    found = []
    for path in paths[::step] if len(paths) > WANTED else paths:
        status, _, _ = get(server, path)
        assert status in (200, 204), (path, status)
        if status == 200:
            found.append(path)
    return found


def write_files(server, paths, root):
    """What the server says, as files for nginx: as it is, and packed with the same bytes."""
    for path in paths:
        _, encoding, packed = get(server, path)
        file = pathlib.Path(root) / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.decompress(packed) if encoding == "gzip" else packed)
        if encoding == "gzip":
            pathlib.Path(f"{file}.gz").write_bytes(packed)
    os.chmod(root, 0o755)


def load(server, script, paths, scheme):
    """One run: requests a second, processor microseconds a request, 99th percentile in ms."""
    logged, began = server.logged_bytes(), server.processor_s()
    done = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script,
         f"{scheme}://127.0.0.1:{server.port}", "--", paths, f"Bearer {server.key}"],
        capture_output=True, text=True, check=True)
    spent = server.processor_s() - began
    requests, duration_us, errors, p99_us = map(
        int, re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", done.stdout).groups())
    if errors or requests == 0:
        sys.exit(f"{server.name}: the run is void, {errors} errors\n{done.stdout}")
    wrong = {s: n for s, n in server.statuses(logged).items() if s not in (200, 204)}
    if wrong:
        sys.exit(f"{server.name}: the run is void, statuses {wrong}")
    return requests / (duration_us * 1e-6), spent / requests * 1e6, p99_us * 1e-3


def compare(servers, script, paths, scheme):
    runs = {server.name: [] for server in servers}
    for server in servers:
        load(server, script, paths, scheme)  # files and tiles into memory
    for _ in range(ROUNDS):
        for server in servers:
            runs[server.name].append(load(server, script, paths, scheme))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
    base = medians["ours"]
    met = True
    print(f"\n{scheme}: {CONNECTIONS} connections, median of {ROUNDS} times {SECONDS} s")
    print(f"{'':24} {'requests/s':>10} {'CPU us/req':>10} {'p99 ms':>7}   ours / it: requests, CPU")
    for name, (rate, cpu_us, p99_ms) in medians.items():
        print(f"{name:24} {rate:10.0f} {cpu_us:10.1f} {p99_ms:7.2f}   "
              f"{base[0] / rate:5.2f} {base[1] / cpu_us:5.2f}")
    for name, least in (("nginx", 1.2 if scheme == "http" else 1.0), ("nginx, open_file_cache", 1.0)):
        if name in medians and base[0] / medians[name][0] < least:
            print(f"MISSED: {base[0] / medians[name][0]:.2f} of {name}, at least {least} is asked for")
            met = False
    if scheme == "http" and base[1] > 0.8 * medians["nginx"][1]:
        print(f"MISSED: {base[1] / medians['nginx'][1]:.2f} of nginx's processor time, 0.8 is asked for")
        met = False
    return met


def main():
    met = True
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as root:
        script, listed = f"{data}/tiles.lua", f"{data}/paths"
        pathlib.Path(script).write_text(SCRIPT)
        certificate = peers.make_certificate(data)
        with peers.ours(data) as server, peers.nginx(root) as files, \
                peers.nginx(root, open_file_cache=True) as open_files:
            paths = tiles_of(server)
            write_files(server, paths, root)
            pathlib.Path(listed).write_text("".join(path + "\n" for path in paths))
            sizes = [os.path.getsize(f"{root}{path}") for path in paths]
            print(f"{len(paths)} tiles, median {statistics.median(sizes):.0f} bytes unpacked")
            met = compare([server, files, open_files], script, listed, "http") and met
        with peers.ours(data, certificate) as server, peers.nginx(root, certificate) as files:
            met = compare([server, files], script, listed, "https") and met
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
