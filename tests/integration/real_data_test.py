#!/usr/bin/python3
"""The real police.uk archive from file to map: imported once and again, then checked against oracles that
share no code with the service: the csv module, shapely (Debian python3-shapely) and GDAL's ogrinfo."""
import collections
import csv
import io
import json
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile

from shapely.errors import ShapelyDeprecationWarning
from shapely.geometry import Point, shape
from shapely.strtree import STRtree

import program

warnings.simplefilter("ignore", ShapelyDeprecationWarning)  # its tree changes in version 2

ARCHIVE = program.real_data("police-uk-leicestershire.zip")
WARDS = program.real_data("wards-2025.geojson")
VIOLENCE = ("Violence and sexual offences", "Robbery")
ALL_TIME = "datetime=2020-01/2025-12"


def archive_rows():
    with zipfile.ZipFile(ARCHIVE) as archive:
        for member in sorted(archive.namelist()):
            with archive.open(member) as file:
                yield from csv.DictReader(io.TextIOWrapper(file, "utf-8"))


@unittest.skipUnless(ARCHIVE and WARDS, "real data is absent")
class RealData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = cls.folder.name
        program.run("reference", "wards", WARDS, "--data", cls.data)
        program.run("reference", "streets", program.real_data("streets.csv"), "--data", cls.data)
        program.run("reference", "population", program.real_data("ward-population.csv"), "--data", cls.data)
        cls.first = program.import_counts(program.run("import", ARCHIVE, "--data", cls.data))
        cls.rows = list(archive_rows())
        cls.server = program.serve(cls.data)
        cls.client = cls.server.__enter__()
        program.let_gdal_sign_in(cls.client)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    def test_every_row_is_stored(self):
        self.assertEqual(self.first, {"rows": 109569, "stored": 109569, "updated": 0, "duplicate": 0, "rejected": 0})
        self.assertEqual(self.client.json("/collections/incidents/items?limit=1")["numberMatched"], 109569)

    def test_a_second_import_changes_nothing(self):
        before = self.client.json("/health")["revision"]
        again = program.import_counts(program.run("import", ARCHIVE, "--data", self.data))
        self.assertEqual(again, {"rows": 109569, "stored": 0, "updated": 0, "duplicate": 109569, "rejected": 0})
        self.assertEqual(self.client.json("/health")["revision"], before)

    def test_the_scope_holds_the_two_crime_types(self):
        expected = sum(row["Crime type"] in VIOLENCE for row in self.rows)
        self.assertEqual(expected, 39980)
        answer = self.client.json(f"/collections/hotspots/items?scope=police-uk-open&{ALL_TIME}")
        self.assertEqual(answer["in_scope"], expected)

    def test_ward_counts_equal_shapely(self):
        with open(WARDS, encoding="utf-8") as file:
            features = json.load(file)["features"]
        codes = [feature["properties"]["WD25CD"] for feature in features]
        outlines = [shape(feature["geometry"]) for feature in features]
        tree = STRtree(outlines)
        index = {id(outline): code for outline, code in zip(outlines, codes)}
        expected = collections.Counter()
        on_edges = 0
        for row in self.rows:
            if row["Crime type"] in VIOLENCE and row["Longitude"]:
                point = Point(float(row["Longitude"]), float(row["Latitude"]))
                holders = [index[id(outline)] for outline in tree.query(point) if outline.intersects(point)]
                on_edges += len(holders) > 1
                if holders:
                    expected[holders[0]] += 1
        self.assertEqual(on_edges, 0)
        answer = self.client.json(f"/collections/wards/items?limit=1000&scope=police-uk-open&{ALL_TIME}")
        self.assertEqual(answer["numberReturned"], 176)
        counts = {f["properties"]["code"]: f["properties"]["incidents"] for f in answer["features"]}
        self.assertEqual(counts, {code: expected[code] for code in codes})

    def test_gdal_reads_the_geojson_and_a_tile(self):
        for collection in ("wards", "hotspots", "incidents"):
            url = f"{self.client.base}/collections/{collection}/items?limit=10000"
            done = subprocess.run(["ogrinfo", "-ro", "-al", "-so", url], capture_output=True, text=True)
            count = json.loads(self.client.get(url.removeprefix(self.client.base))[2])["numberReturned"]
            self.assertIn(f"Feature Count: {count}\n", done.stdout, done.stderr)
        with tempfile.NamedTemporaryFile(suffix=".mvt") as tile:
            tile.write(self.client.get("/tiles/wards/8/127/83.mvt")[2])
            tile.flush()
            done = subprocess.run(["ogrinfo", "-ro", "-al", "-so", tile.name], capture_output=True, text=True)
            self.assertIn("Layer name: wards", done.stdout, done.stderr)
            self.assertNotIn("Feature Count: 0\n", done.stdout)

    def test_ogrinfo_shows_the_store(self):
        done = subprocess.run(["ogrinfo", "-ro", "-so", f"{self.data}/store.gpkg", "incidents"],
                              capture_output=True, text=True, check=True)
        self.assertIn("Feature Count: 109569", done.stdout)
        self.assertIn("Geometry: Point", done.stdout)

    def test_hotspots_add_up(self):
        answer = self.client.json(f"/collections/hotspots/items?limit=10000&{ALL_TIME}")
        self.assertGreater(answer["numberMatched"], 10)
        mapped = answer["in_scope"] - answer["unmapped"] - answer["outside"]
        incidents = [feature["properties"]["incidents"] for feature in answer["features"]]
        self.assertEqual(incidents, sorted(incidents, reverse=True))
        self.assertTrue(all(count >= 5 for count in incidents))
        for feature in answer["features"]:
            self.assertAlmostEqual(feature["properties"]["share"], feature["properties"]["incidents"] / mapped, places=6)
            self.assertTrue(shape(feature["geometry"]).is_valid)
            self.assertTrue(feature["properties"]["label"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
