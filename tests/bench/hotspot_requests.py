#!/usr/bin/python3
"""Times hotspot requests with parameters never asked before, as a client sees them, on made-up records around
LLR's postcodes: hotspot_requests.py [RECORDS...], 100,000 and 1,000,000 where none are named. Cells of 150 m over
all of LLR. Then says where the time goes."""
import csv
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
import program  # noqa: E402

REQUESTS = 200
STAGES = pathlib.Path(program.PROGRAM).parent / "tests/bench/hotspot_stages"


def write_records(path, count, postcodes):
    """Records within some 100 m of postcodes, few of which hold most, in the 24 months of 2024 and 2025."""
    chance = random.Random(7)
    weights = [chance.paretovariate(1.2) for _ in postcodes]
    places = chance.choices(postcodes, weights, k=count)
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["incident_id", "occurred_from", "offence_code", "place_type", "domestic", "easting", "northing"])
        for number, (easting, northing) in enumerate(places):
            when = f"{chance.choice([2024, 2025])}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" \
                   f"T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
            table.writerow([number, when, "8N", "public", "no", round(easting + chance.gauss(0, 100), 1),
                            round(northing + chance.gauss(0, 100), 1)])


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def timed(client, path):
    begun = time.perf_counter()
    answer = client.json(path)
    return (time.perf_counter() - begun) * 1000, answer


def measure(count, postcodes):
    with tempfile.TemporaryDirectory() as data:
        records = f"{data}/records.csv"
        write_records(records, count, postcodes)
        program.run("reference", "wards", program.real_data("wards-2025.geojson"), "--data", data)
        program.run("import", records, "--data", data, check=False)  # a few lie outside LLR
        filters = ["hours=18-06", "hours=22-04&days=fri,sat", "days=mon,tue,wed", "datetime=2024-03/2025-06"]
        with program.serve(data) as client:
            client.json("/collections/hotspots/items?cell=150")
            times = []
            for i in range(REQUESTS):
                path = f"/collections/hotspots/items?cell=150&bandwidth={301 + i}&{filters[i % len(filters)]}"
                times.append(timed(client, path)[0])
        print(f"{count:,} records: p50 {statistics.median(times):.0f} ms, p99 {percentile(times, 0.99):.0f} ms")
        print(subprocess.run([STAGES, f"{data}/store.gpkg"], check=True, text=True, capture_output=True).stdout)


def main():
    source = program.real_data("codepoint-open-le.csv")
    if not source:
        sys.exit("the real data is absent: set LLR_DATA")
    with open(source, newline="") as file:
        postcodes = [(float(row[2]), float(row[3])) for row in csv.reader(file) if float(row[2]) > 0]
    for count in [int(text) for text in sys.argv[1:]] or [100_000, 1_000_000]:
        measure(count, postcodes)


if __name__ == "__main__":
    main()
