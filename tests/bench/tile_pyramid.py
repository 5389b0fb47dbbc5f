#!/usr/bin/env python3
"""A pyramid of 50,000 points, zooms 0 to 14, to one file: ours beside geojson-vt, in turns, with equal
points at every zoom. `tile_pyramid.py TILE_PYRAMID_PROGRAM`; npm fetches the peers.
"""
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NODE = HERE.parents[1] / "web-client/node_modules/.bin/node"
PEERS = ["geojson-vt@5.0.3", "vt-pbf@3.1.3"]
POINTS = 50_000
RUNS = 5


def make_points(path):
    """Clusters over LLR, a third spread out, every fifth a repeat, as recorded violence is."""
    dice = random.Random(7)
    centres = [(dice.uniform(-1.55, -0.5), dice.uniform(52.42, 52.95)) for _ in range(300)]
    places = []
    with open(path, "w", encoding="utf-8") as out:
        for row in range(POINTS):
            if row % 5 == 4:
                place = dice.choice(places)
            elif row % 3 == 0:
                place = (dice.uniform(-1.55, -0.5), dice.uniform(52.42, 52.95))
            else:
                centre = dice.choice(centres)
                place = (dice.gauss(centre[0], 0.01), dice.gauss(centre[1], 0.006))
            places.append(place)
            kind = dice.choice(["robbery", "violence_with_injury", "homicide"])
            when = f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T{dice.randint(0, 23):02}:15:00Z"
            out.write(f"{place[0]:.6f},{place[1]:.6f},I-{row:06},{kind},{when}\n")


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, cwd=cwd)
    return json.loads(done.stdout)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, *PEERS],
                       check=True)
        points = folder / "points.csv"
        make_points(points)
        times = {"geojson-vt, vt-pbf, zlib": [], "the same, not packed": [], "ours, every point": [],
                 "ours, thinned": []}
        for _ in range(RUNS):
            peer = run(NODE, HERE / "tile_pyramid.mjs", points, folder / "peer.bin", cwd=folder)
            times["geojson-vt, vt-pbf, zlib"].append(peer["seconds"])
            times["the same, not packed"].append(peer["unpacked_seconds"])
            for name, detail in (("ours, every point", "all"), ("ours, thinned", "thinned")):
                times[name].append(run(program, points, detail, folder / f"{detail}.pmtiles")["seconds"])
        for detail in ("all", "thinned"):
            counted = run(NODE, HERE.parent / "integration/archive_counts.mjs", folder / f"{detail}.pmtiles")
            assert counted["counts"] == peer["counts"], (detail, counted["counts"], peer["counts"])
        assert set(peer["counts"].values()) == {POINTS} and len(peer["counts"]) == 15
    first = statistics.median(times["geojson-vt, vt-pbf, zlib"])
    print(f"pyramid of {POINTS:,} points, zooms 0 to 14, {POINTS:,} points at every zoom on both sides:")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"  {name:26} {median:6.2f} s  {median / first:5.2f} x geojson-vt")


if __name__ == "__main__":
    main()
