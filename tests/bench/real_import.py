#!/usr/bin/python3
"""Times the main job on the real archive, as a user and a client see it: import in rows/s, and one filtered
hotspot request with parameters never asked before, on its 40,000 points in scope."""
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import program  # noqa: E402

ARCHIVE = program.real_data("police-uk-leicestershire.zip")
ALL_TIME = "scope=police-uk-open&datetime=2020-01/2025-12"
REQUESTS = 60


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main():
    if not ARCHIVE:
        sys.exit("the real data is absent: set LLR_DATA")
    with tempfile.TemporaryDirectory() as data:
        program.run("reference", "wards", program.real_data("wards-2025.geojson"), "--data", data)
        program.run("reference", "streets", program.real_data("streets.csv"), "--data", data)
        first = seconds(lambda: program.run("import", ARCHIVE, "--data", data))
        again = seconds(lambda: program.run("import", ARCHIVE, "--data", data))
        print(f"import, 109,569 rows: {first:.2f} s, {109569 / first:,.0f} rows/s; again (all known): {again:.2f} s")
        with program.serve(data) as client:
            # Each bandwidth is new, so nothing is answered from memory.
            asked = [f"/collections/hotspots/items?{ALL_TIME}&bandwidth={300 + i}" for i in range(REQUESTS)]
            timings = sorted(seconds(lambda path=path: client.json(path)) * 1000 for path in asked)
            repeat = sorted(seconds(lambda: client.json(asked[0])) * 1000 for _ in range(REQUESTS))
            print(f"hotspots, never asked before: p50 {statistics.median(timings):.0f} ms, "
                  f"p95 {timings[int(REQUESTS * 0.95) - 1]:.0f} ms; asked again: p50 {statistics.median(repeat):.1f} ms")


if __name__ == "__main__":
    main()
