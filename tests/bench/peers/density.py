#!/usr/bin/env python3
"""Density beside spatstat, scikit-learn and QGIS: the same points, extent, cells and bandwidth.

Prints for each how many times as long it takes as ours on one thread, and how far its values lie
from ours, as a share of the peak. Needs the Debian packages r-cran-spatstat, python3-sklearn and
python3-qgis with qgis-providers; those that are not installed are left out, and named.

    density.py PROGRAM [POINTS]     PROGRAM: density_peer of the release build
"""
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy

HERE = pathlib.Path(__file__).parent
WEST, EAST, SOUTH, NORTH, CELL, BANDWIDTH = 430_000, 500_000, 275_000, 335_000, 100, 500
COLUMNS, ROWS = (EAST - WEST) // CELL, (NORTH - SOUTH) // CELL


def clustered(count):
    """200 clusters of 200 m to 2 km, and one point in ten anywhere."""
    random = numpy.random.default_rng(7)
    middles = random.uniform((WEST, SOUTH), (EAST, NORTH), (200, 2))
    widths = 200 + 1800 * random.uniform(size=200) ** 2
    points = numpy.empty((0, 2))
    while len(points) < count:
        cluster = random.integers(200, size=count)
        batch = middles[cluster] + widths[cluster, None] * random.normal(size=(count, 2))
        anywhere = random.uniform(size=count) < 0.1
        batch[anywhere] = random.uniform((WEST, SOUTH), (EAST, NORTH), (anywhere.sum(), 2))
        inside = ((batch >= (WEST, SOUTH)) & (batch < (EAST, NORTH))).all(axis=1)
        points = numpy.concatenate([points, batch[inside]])
    return numpy.ascontiguousarray(points[:count])


def last_number(command):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return float(done.stdout.split()[-1])


def ours(program, folder, kernel, threads):
    target = folder / f"ours-{kernel}"
    seconds = last_number([program, folder / "points", target, kernel, str(threads), "7"])
    return seconds, numpy.fromfile(target).reshape(ROWS, COLUMNS)


def spatstat(folder, _points):
    target = folder / "spatstat"
    seconds = last_number(["Rscript", HERE / "density.R", folder / "points", target, "3"])
    return seconds, numpy.fromfile(target).reshape(ROWS, COLUMNS)


def scikit_learn(_folder, points):
    from sklearn.neighbors import KernelDensity
    eastings = WEST + CELL * (numpy.arange(COLUMNS) + 0.5)
    northings = SOUTH + CELL * (numpy.arange(ROWS) + 0.5)
    centres = numpy.stack(numpy.meshgrid(eastings, northings), axis=-1).reshape(-1, 2)
    begun = time.perf_counter()
    tree = KernelDensity(kernel="epanechnikov", bandwidth=BANDWIDTH, atol=0, rtol=0).fit(points)
    values = numpy.exp(tree.score_samples(centres))
    return time.perf_counter() - begun, (values * len(points) * 1e6).reshape(ROWS, COLUMNS)


def qgis(folder, points):
    numpy.save(folder / "points.npy", points)
    target = folder / "qgis.npz"
    seconds = last_number(["/usr/bin/python3", HERE / "qgis_heatmap.py", folder / "points.npy", target])
    found = numpy.load(target)
    values = numpy.zeros((ROWS, COLUMNS))
    # Its grid begins a radius beyond the outermost points and cannot be moved: it is compared with
    # the nearest cells, and part of the difference is that its centres lie up to half a cell away.
    row, column = round((found["south"] - SOUTH) / CELL), round((found["west"] - WEST) / CELL)
    rows = slice(max(-row, 0), min(ROWS - row, found["values"].shape[0]))
    columns = slice(max(-column, 0), min(COLUMNS - column, found["values"].shape[1]))
    values[max(row, 0):rows.stop + row, max(column, 0):columns.stop + column] = found["values"][rows, columns]
    return seconds, values * 1e6


PEERS = [  # name, ours to compare with, whether it is here, its function
    ("spatstat density.ppp (FFT over binned points)", "quartic",
     pathlib.Path("/usr/lib/R/site-library/spatstat").exists(), spatstat),
    ("scikit-learn KernelDensity (exact, tree)", "epanechnikov",
     importlib.util.find_spec("sklearn") is not None, scikit_learn),
    ("QGIS heatmap", "quartic", importlib.util.find_spec("qgis") is not None, qgis),
]


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    points = clustered(count)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        points.tofile(folder / "points")
        one_thread = {kernel: ours(program, folder, kernel, 1) for kernel in ("quartic", "epanechnikov")}
        two_threads, _ = ours(program, folder, "quartic", 2)
        seconds = one_thread["quartic"][0]
        print(f"{count} points, {COLUMNS} x {ROWS} cells of {CELL} m, h = {BANDWIDTH} m\n")
        print("| density | time, ours on one thread = 1 | largest difference, share of the peak |")
        print("|---|---|---|")
        print("| ours, one thread | 1 | exact |")
        print(f"| ours, two threads | {two_threads / seconds:.2g} | none, to the last bit |")
        for peer, kernel, is_here, compute in PEERS:
            if not is_here:
                print(f"| {peer} | not installed | |")
                continue
            taken, values = compute(folder, points)
            base, expected = one_thread[kernel]
            difference = numpy.abs(values - expected).max() / expected.max()
            print(f"| {peer}, {kernel} | {taken / base:.0f} | {difference:.1e} |", flush=True)


if __name__ == "__main__":
    main()
