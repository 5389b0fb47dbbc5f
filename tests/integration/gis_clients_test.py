#!/usr/bin/python3
"""The collections as GIS tools read them: GDAL's OGC API – Features driver, its vector tile driver over HTTP, and
ogr2ogr. Oracle: the features that a walk along the `next` links finds, and shapely for places."""
import collections
import csv
import math
import os
import pathlib
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

from osgeo import gdal, ogr
from shapely.geometry import box, shape

import program

gdal.UseExceptions()
ogr.UseExceptions()
BBOX = (-1.16, 52.61, -1.10, 52.66)  # the middle of Leicester
BNG = "http://www.opengis.net/def/crs/EPSG/0/27700"


def incident_file(path, rows, weapon):
    """Made-up incidents with grid coordinates, the same ids whatever the weapon."""
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["incident_id", "occurred_from", "source", "easting", "northing", "offence", "weapon"])
        for row in range(rows):
            table.writerow([f"X{row:05}", f"2025-{row % 12 + 1:02}-{row % 28 + 1:02}T21:30", "police",
                            455000 + row % 90 * 100, 300000 + row // 90 * 100, "robbery", weapon])


class GisClients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = program.serve(cls.folder.name, "--demo")
        cls.client = cls.server.__enter__()
        program.let_gdal_sign_in(cls.client)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    def walk(self, collection, **parameters):
        """The features of all pages, and how many each page says there are."""
        parameters = {"f": "json", "limit": 900, **parameters}
        path = f"/collections/{collection}/items?{urllib.parse.urlencode(parameters)}"
        features, matched = [], set()
        while path:
            page = self.client.json(path)
            features += page["features"]
            matched.add(page["numberMatched"])
            self.assertEqual(page["numberReturned"], len(page["features"]))
            following = [link["href"] for link in page["links"] if link["rel"] == "next"]
            path = following[0].removeprefix(self.client.base) if following else None
        return features, matched

    def ids(self, collection, **parameters):
        features, matched = self.walk(collection, **parameters)
        found = [str(feature["id"]) for feature in features]
        self.assertEqual(len(found), len(set(found)), "an id came twice")
        self.assertEqual(matched, {len(found)})
        return set(found)

    def layer(self, collection, page=900):
        source = gdal.OpenEx(f"OAPIF:{self.client.base}/collections/{collection}", gdal.OF_VECTOR,
                             open_options=[f"PAGE_SIZE={page}"])
        return source, source.GetLayer(0)

    @staticmethod
    def ids_of(layer):
        # GDAL takes whole numbers for its own feature ids, and keeps other ids as a field.
        texts = layer.GetLayerDefn().GetFieldIndex("id") >= 0
        return collections.Counter(str(each.GetField("id") if texts else each.GetFID()) for each in layer)

    def test_gdal_lists_every_collection(self):
        source = gdal.OpenEx(f"OAPIF:{self.client.base}", gdal.OF_VECTOR)
        listed = {source.GetLayer(i).GetName() for i in range(source.GetLayerCount())}
        self.assertEqual(listed, {each["id"] for each in self.client.json("/collections?f=json")["collections"]})

    def test_gdal_finds_the_ids_of_the_walk_each_once(self):
        for collection in ("incidents", "wards", "hotspots"):
            source, layer = self.layer(collection)
            found = self.ids_of(layer)
            self.assertEqual(set(found.values()), {1}, collection)
            self.assertEqual(set(found), self.ids(collection), collection)
            self.assertEqual(layer.GetFeatureCount(), len(found))
            del layer, source

    def test_gdal_with_an_area_finds_what_lies_there(self):
        features, _ = self.walk("incidents")
        area = box(*BBOX)
        expected = {str(each["id"]) for each in features if each["geometry"] and shape(each["geometry"]).within(area)}
        self.assertGreater(len(expected), 100)
        self.assertEqual(self.ids("incidents", bbox=",".join(map(str, BBOX))), expected)
        source, layer = self.layer("incidents", page=77)
        layer.SetSpatialFilterRect(*BBOX)
        self.assertEqual(set(self.ids_of(layer)), expected)
        del layer, source

    def test_gdal_with_a_condition_finds_what_the_filter_finds(self):
        source, layer = self.layer("incidents")
        layer.SetAttributeFilter("weapon = 'knife' AND victim_age < 25")
        found = self.ids_of(layer)
        features, _ = self.walk("incidents")
        expected = {str(each["id"]) for each in features if each["properties"]["weapon"] == "knife"
                    and each["properties"]["victim_age"] is not None and each["properties"]["victim_age"] < 25}
        self.assertGreater(len(expected), 10)
        self.assertEqual(set(found), expected)
        self.assertEqual(self.ids("incidents", filter="weapon = 'knife' AND victim_age < 25"), expected)
        del layer, source

    def test_gdal_with_several_conditions_on_times_finds_what_fulfils_each(self):
        def knives(fulfils):
            return {str(each["id"]) for each in features if each["properties"]["weapon"] == "knife"
                    and fulfils(each["properties"]["occurred_from"], each["properties"]["occurred_to"])}

        features, _ = self.walk("incidents")
        ogr.DontUseExceptions()  # GDAL 3.6 reports each time that is null, and goes on
        self.addCleanup(ogr.UseExceptions)
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        self.addCleanup(gdal.PopErrorHandler)
        source, layer = self.layer("incidents", page=10)  # of times alone: GDAL takes the field for one
        self.assertEqual(layer.GetLayerDefn().GetFieldDefn(layer.FindFieldIndex("occurred_from", 1)).GetType(),
                         ogr.OFTDateTime)
        # Each comparison is sent as a `datetime` of its own; what else is asked for, GDAL then tests itself.
        for condition, expected in (
                ("weapon = 'knife' AND occurred_from >= '2025/03/01 10:00:00' AND occurred_from < '2025/03/20 12:00:00'",
                 knives(lambda begin, end: "2025-03-01T10:00:00Z" <= begin < "2025-03-20T12:00:00Z")),
                ("weapon = 'knife' AND occurred_from <= '2025/06/18 18:00:00' AND occurred_to >= '2025/06/18 19:00:00'",
                 knives(lambda begin, end: begin <= "2025-06-18T18:00:00Z" and end and end >= "2025-06-18T19:00:00Z")),
                ("occurred_from >= '2025/03/01 10:00:00' AND occurred_to >= '2025/03/01 11:00:00'"
                 " AND occurred_from < '2025/03/03 12:00:00'",
                 self.ids("incidents", datetime="2025-03-01T11:00:00Z/2025-03-03T12:00:00Z"))):
            self.assertGreater(len(expected), 0, condition)
            layer.SetAttributeFilter(condition)
            self.assertEqual(self.ids_of(layer), dict.fromkeys(expected, 1), condition)
        del layer, source

    def test_the_walk_keeps_period_condition_area_and_reference_system(self):
        asked = {"datetime": "2025-03-01/2025-09-30", "filter": "source = 'police'", "bbox": ",".join(map(str, BBOX))}
        all_at_once, _ = self.walk("incidents", **{**asked, "limit": 10000})
        self.assertGreater(len(all_at_once), 50)
        self.assertEqual(self.ids("incidents", **{**asked, "limit": 17}), {str(each["id"]) for each in all_at_once})
        metres, _ = self.walk("incidents", **asked, crs=BNG, limit=19)
        self.assertEqual({str(each["id"]) for each in metres}, {str(each["id"]) for each in all_at_once})
        for feature in metres:
            east, north = feature["geometry"]["coordinates"]
            self.assertAlmostEqual(east, feature["properties"]["easting"], delta=0.1)
            self.assertAlmostEqual(north, feature["properties"]["northing"], delta=0.1)

    def test_ogr2ogr_copies_all_pages(self):
        path = os.path.join(self.folder.name, "copy.gpkg")
        subprocess.run(["ogr2ogr", "-q", "-f", "GPKG", path, f"OAPIF:{self.client.base}/collections/incidents",
                        "incidents", "-oo", "PAGE_SIZE=333"], check=True, timeout=120)
        source = gdal.OpenEx(path)
        self.assertEqual(source.GetLayer(0).GetFeatureCount(), len(self.ids("incidents")))

    def test_pages_hold_one_revision_while_imports_land(self):
        before = self.ids("incidents")
        table = pathlib.Path(self.folder.name, "more.csv")
        incident_file(table, 500, "none")
        program.run("import", str(table), "--data", self.folder.name)
        self.assertEqual(len(self.wait_for(len(before) + 500)), len(before) + 500)
        stop = threading.Event()
        failures = []

        def land():
            for weapon in ("knife", "blunt", "none", "knife"):
                incident_file(table, 700, weapon)  # the second time 200 new rows, else the same ids again
                done = program.run("import", str(table), "--data", self.folder.name, check=False)
                if done.returncode != 0:
                    failures.append(done.stderr)
            stop.set()

        lander = threading.Thread(target=land)
        lander.start()
        walks = 0
        while not stop.is_set() or walks < 2:
            features, matched = self.walk("incidents", limit=211)
            found = collections.Counter(str(each["id"]) for each in features)
            self.assertEqual(set(found.values()), {1}, "an id came twice")
            self.assertEqual(matched, {len(found)}, "a page is of another revision")
            self.assertIn(len(found), (len(before) + 500, len(before) + 700))
            walks += 1
        lander.join()
        self.assertEqual(failures, [])

    def wait_for(self, count):
        for _ in range(200):
            if self.client.json("/collections/incidents/items?f=json&limit=1")["numberMatched"] == count:
                break
            threading.Event().wait(0.05)
        return self.ids("incidents")

    def test_gdal_reads_the_tiles_over_http(self):
        area = self.client.json("/collections/wards?f=json")["extent"]["spatial"]["bbox"][0]
        middle = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
        for collection, zoom in (("wards", 8), ("incidents", 8), ("hotspots", 9)):
            described = self.client.json(f"/tiles/{collection}.json")
            column, row = tile_at(*middle, zoom)
            url = described["tiles"][0].replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row))
            source = gdal.OpenEx(f"MVT:/vsicurl/{url}", gdal.OF_VECTOR, allowed_drivers=["MVT"],
                                 open_options=[f"X={column}", f"Y={row}", f"Z={zoom}"])
            layer = source.GetLayer(0)
            self.assertEqual(layer.GetName(), collection)
            self.assertGreater(layer.GetFeatureCount(), 0)
            for feature in layer:
                self.assertTrue(feature.GetGeometryRef().IsValid())
            del layer, source


def tile_at(longitude, latitude, zoom):
    columns = 2 ** zoom
    north = math.asinh(math.tan(math.radians(latitude)))
    return int((longitude + 180) / 360 * columns), int((1 - north / math.pi) / 2 * columns)


if __name__ == "__main__":
    unittest.main()
