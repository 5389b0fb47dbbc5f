#!/usr/bin/python3
"""Streets of real police.uk rows, found again without police.uk's own points.

Each row of Rutland, `On or near X`, becomes the text `X, WARD` with the ward that holds its point, and is geocoded
against wards and an OpenStreetMap extract alone. The distance between the answer and police.uk's point says how the two
agree; it holds both errors, the publisher's snapping (100 m and more) and the length of the street. Prints a table and
the worst answers."""
import collections
import csv
import io
import os
import statistics
import sys
import tempfile
import zipfile

from osgeo import ogr
from pyproj import Transformer
from shapely import wkb
from shapely.geometry import Point
from shapely.prepared import prep

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import program  # noqa: E402

ogr.UseExceptions()
PREFIX = "On or near "
# What police.uk writes instead of a street, for points that stand for a kind of place.
CATEGORIES = {"Airport/Airfield", "Bus/Coach Station", "Conference/Exhibition Centre",
              "Further/Higher Educational Building", "Hospital", "Motorway Service Area", "Nightclub", "Park/Open Space",
              "Parking Area", "Pedestrian Subway", "Petrol Station", "Police Station", "Prison", "Race Track",
              "Shopping Area", "Sports/Recreation Area", "Supermarket", "Theatre/Concert Hall", "Theme/Adventure Park"}


def rutland_wards(path):
    dataset = ogr.Open(path)
    return [(feature["WD25NM"], prep(wkb.loads(bytes(feature.GetGeometryRef().ExportToWkb()))))
            for feature in dataset.GetLayer() if feature["LADNM"] == "Rutland"]


def streets(archive, wards):
    """Rows by (street, ward, longitude, latitude)."""
    counts = collections.Counter()
    ward_of = {}
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            if not name.endswith("-street.csv"):
                continue
            for row in csv.DictReader(io.TextIOWrapper(files.open(name), "utf-8-sig")):
                street = row["Location"].removeprefix(PREFIX).strip()
                if not row["Longitude"] or not street or street in CATEGORIES or street == "No Location":
                    continue
                at = float(row["Longitude"]), float(row["Latitude"])
                if at not in ward_of:
                    point = Point(at)
                    ward_of[at] = next((ward for ward, outline in wards if outline.contains(point)), None)
                if ward_of[at]:
                    counts[street, ward_of[at], *at] += 1
    return counts


def geocoded(counts):
    """What the program says of each place, in the order of `counts`."""
    with tempfile.TemporaryDirectory() as data:
        program.run("reference", "wards", program.real_data("wards-2025.geojson"), "--data", data)
        program.run("reference", "osm", program.real_data("rutland-2018.osm.pbf"), "--data", data)
        asked, answered = os.path.join(data, "asked.csv"), os.path.join(data, "answered.csv")
        with open(asked, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["location_text"])
            writer.writerows([f"{street}, {ward}"] for street, ward, _, _ in counts)
        program.run("geocode", "--csv", asked, "--out", answered, "--data", data)
        with open(answered, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def line(name, distances, asked):
    return (f"{name:<18}{asked:>8}{len(distances):>9}{100 * len(distances) / asked:>8.1f} %"
            f"{statistics.median(distances):>9.0f}{quantile(distances, 0.9):>8.0f}{quantile(distances, 0.95):>8.0f}"
            f"{max(distances):>8.0f}")


def main():
    archive = program.real_data("police-uk-leicestershire.zip")
    if not archive or not program.real_data("rutland-2018.osm.pbf"):
        print("skipped without real data")
        return
    counts = streets(archive, rutland_wards(program.real_data("wards-2025.geojson")))
    to_bng = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform
    places, rows, within, worst, refused = [], [], 0, [], collections.Counter()
    for (key, count), answer in zip(counts.items(), geocoded(counts)):
        if answer["status"] != "matched":
            refused[answer["status"], answer["rule"]] += 1
            continue
        east, north = to_bng(*key[2:])
        distance = ((float(answer["easting"]) - east) ** 2 + (float(answer["northing"]) - north) ** 2) ** 0.5
        places.append(distance)
        rows.extend([distance] * count)
        within += distance <= 2 * float(answer["uncertainty_m"]) + 100
        worst.append((distance, f"{key[0]}, {key[1]}", answer))
    print("distance in metres between the geocoded point and police.uk's")
    print(f"{'':<18}{'asked':>8}{'matched':>9}{'share':>10}{'median':>9}{'p90':>8}{'p95':>8}{'worst':>8}")
    print(line("streets at points", places, len(counts)))
    print(line("rows", rows, sum(counts.values())))
    print(f"within twice the answer's uncertainty and police.uk's 100 m: {100 * within / len(places):.1f} %")
    print("not matched:", ", ".join(f"{rule} {n}" for (_, rule), n in refused.most_common()))
    for distance, text, answer in sorted(worst, key=lambda entry: -entry[0])[:8]:
        print(f"  {distance:6.0f} m  {text}: {answer['matched_text']}, {answer['rule']}, "
              f"uncertainty {float(answer['uncertainty_m']):.0f} m, score {answer['score']}")
    assert len(places) >= 0.8 * len(counts), "fewer streets matched than ever measured"
    assert statistics.median(places) <= 100, "the median distance is beyond police.uk's own displacement"


if __name__ == "__main__":
    main()
