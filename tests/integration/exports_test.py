#!/usr/bin/python3
"""Files for GIS tools, read back by GDAL's Python bindings: /density.tif and /collections/isobands against a
brute-force density in numpy and GDAL's own contour polygons, and what `hotspots --out` writes."""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import numpy
from osgeo import gdal, ogr, osr
from shapely import wkb
from shapely.geometry import Point, shape
from shapely.ops import transform, unary_union

import program

gdal.UseExceptions()
ogr.UseExceptions()
ENDINGS = ("geojson", "gpkg", "tif", "csv")
BANDWIDTH = 400.0
FILTERS = ("--bandwidth", "400", "--datetime", "2000-01/2100-12")
QUERY = "bandwidth=400&datetime=2000-01/2100-12"
LEVELS = (5, 12, 40, 90)


def transformation(source, target):
    """Between two systems by their EPSG codes, x first."""
    systems = []
    for code in (source, target):
        system = osr.SpatialReference()
        system.ImportFromEPSG(code)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        systems.append(system)
    return osr.CoordinateTransformation(*systems)


TO_BNG = transformation(4326, 27700)
TO_DEGREES = transformation(27700, 4326)


def in_metres(polygon):
    return transform(lambda xs, ys: tuple(zip(*[TO_BNG.TransformPoint(x, y)[:2] for x, y in zip(xs, ys)])),
                     polygon).buffer(0)


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = cls.folder.name
        cls.server = program.serve(cls.data, "--demo")
        cls.client = cls.server.__enter__()
        cls.tif = cls.path("density.tif")
        status, cls.headers, body = cls.client.get("/density.tif?" + QUERY)
        assert status == 200, body[:300]
        pathlib.Path(cls.tif).write_bytes(body)
        raster = gdal.Open(cls.tif)
        cls.raster = raster
        cls.values = raster.ReadAsArray()
        cls.inside = cls.values != raster.GetRasterBand(1).GetNoDataValue()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.data, name)

    def write(self, name, *arguments):
        path = self.path(name)
        done = program.run("hotspots", "--data", self.data, "--out", path, *(arguments or FILTERS))
        self.assertEqual(done.stdout, "")
        return path

    def manifest(self):
        return self.client.json("/collections/hotspots/items?limit=1&" + QUERY)["manifest"]

    def test_the_raster_says_where_it_is_and_what_it_holds(self):
        band = self.raster.GetRasterBand(1)
        west, cell, _, north, _, down = self.raster.GetGeoTransform()
        self.assertEqual((cell, down), (BANDWIDTH / 6, -BANDWIDTH / 6))
        for edge in (west, north):
            self.assertAlmostEqual(edge / cell, round(edge / cell), places=6)
        self.assertEqual(self.raster.GetSpatialRef().GetAuthorityCode(None), "27700")
        self.assertEqual(self.raster.GetMetadataItem("AREA_OR_POINT"), "Area")
        self.assertEqual(band.DataType, gdal.GDT_Float64)
        self.assertEqual((band.GetDescription(), band.GetUnitType()), ("incidents per km2", "incidents/km2"))
        self.assertEqual(band.GetNoDataValue(), -9999)
        metadata = self.raster.GetMetadata()
        self.assertEqual(json.loads(metadata["manifest"])["parameters"].split("&")[-1], "bandwidth=400")
        self.assertEqual(metadata["marking"], "OFFICIAL-SENSITIVE")
        self.assertTrue(metadata["TIFFTAG_IMAGEDESCRIPTION"].startswith("DEMO"))
        self.assertEqual(metadata["demo"], "true")
        self.assertEqual(self.headers["Content-Type"], "image/tiff; application=geotiff")

    def test_every_value_is_the_brute_force_sum_of_kernels(self):
        pages = [self.client.json(f"/collections/incidents/items?limit=10000&offset={offset}")
                 for offset in (0, 10000, 20000)]
        records = [feature["properties"] for page in pages for feature in page["features"]]
        self.assertEqual(len(records), pages[0]["numberMatched"])
        points = numpy.array([
            (record["easting"], record["northing"]) for record in records
            if record["scope_decision"] == "in" and record["status"] == "matched"
            and record["uncertainty_m"] <= BANDWIDTH])
        self.assertGreater(len(points), 100)
        west, cell, _, north, _, down = self.raster.GetGeoTransform()
        expected = numpy.zeros_like(self.values)
        xs = west + (numpy.arange(expected.shape[1]) + 0.5) * cell
        for row in range(expected.shape[0]):
            near = points[abs(points[:, 1] - (north + (row + 0.5) * down)) < BANDWIDTH]
            if len(near):
                dy = near[:, 1] - (north + (row + 0.5) * down)
                squared = (xs[:, None] - near[None, :, 0]) ** 2 + dy[None, :] ** 2
                weight = numpy.maximum(0, 1 - squared / BANDWIDTH ** 2) ** 2
                expected[row] = weight.sum(axis=1) * 3e6 / (numpy.pi * BANDWIDTH ** 2)
        # Eastings and northings come to the millimetre.
        self.assertLess(abs(expected - self.values)[self.inside].max(), 1e-5 * expected.max())
        self.assertGreater(self.values[self.inside].max(), 10)
        self.assertGreater(expected[self.inside].sum() * cell * cell / 1e6, 0.9 * len(points))

    def test_no_data_is_outside_the_wards_and_nowhere_else(self):
        features = self.client.json("/collections/authorities/items?limit=10000")["features"]
        area = unary_union([shape(f["geometry"]).buffer(0) for f in features])
        west, cell, _, north, _, down = self.raster.GetGeoTransform()
        checked = 0
        for row in range(0, self.values.shape[0], 23):
            for column in range(0, self.values.shape[1], 23):
                x, y = west + (column + 0.5) * cell, north + (row + 0.5) * down
                centre = Point(TO_DEGREES.TransformPoint(x, y)[:2])
                if area.boundary.distance(centre) > 2e-4:
                    checked += 1
                    self.assertEqual(bool(self.inside[row, column]), area.contains(centre), (row, column))
        self.assertGreater(checked, 100)

    def isobands(self):
        levels = ",".join(map(str, LEVELS))
        page = self.client.json(f"/collections/isobands/items?{QUERY}&levels={levels}")
        return page, [(f["properties"], shape(f["geometry"])) for f in page["features"]]

    def test_isobands_are_valid_nested_and_of_the_area_of_their_cells(self):
        page, bands = self.isobands()
        self.assertEqual(page["levels_per_km2"], list(LEVELS))
        self.assertGreater(len(bands), 2)
        cell_km2 = page["cell_m"] ** 2 / 1e6
        for i, (properties, outline) in enumerate(bands):
            self.assertTrue(outline.is_valid)
            self.assertEqual(properties["from_per_km2"], LEVELS[i])
            top = properties["to_per_km2"]
            self.assertEqual(top, LEVELS[i + 1] if i + 1 < len(LEVELS) else None)
            held = self.inside & (self.values > LEVELS[i])
            if top is not None:
                held &= self.values <= top
            # Half a cell along the outlines is the bound; where they are smooth, far less is left.
            self.assertAlmostEqual(properties["area_km2"] / (held.sum() * cell_km2), 1, delta=0.08)
            for _, other in bands[:i]:
                self.assertLess(outline.intersection(other).area, 1e-4 * outline.area)

    def test_isobands_are_what_gdal_contours(self):
        contours = self.path("contours.gpkg")
        subprocess.run(["gdal_contour", "-q", "-p", "-amin", "low", "-amax", "high", "-fl",
                        *map(str, LEVELS), "-f", "GPKG", self.tif, contours], check=True)
        theirs = {}
        source = ogr.Open(contours)
        for feature in source.GetLayer(0):
            outline = wkb.loads(bytes(feature.GetGeometryRef().ExportToWkb())).buffer(0)
            theirs[round(feature["low"], 6)] = outline
        for properties, outline in self.isobands()[1]:
            ours = unary_union([in_metres(part) for part in outline.geoms])
            other = theirs[properties["from_per_km2"]]
            # Theirs stop a cell or so before cells without data, as they interpolate to none.
            both = ours.intersection(other).area
            self.assertGreater(both / other.area, 0.97)
            self.assertGreater(both / ours.area, 0.90)

    def test_the_same_manifest_gives_the_same_bytes(self):
        first = {ending: pathlib.Path(self.write(f"a.{ending}")).read_bytes() for ending in ENDINGS}
        time.sleep(1.1)  # GDAL would write the time of day
        for ending in ENDINGS:
            other = self.path(f"b.{ending}")
            subprocess.run(["taskset", "-c", "0", program.PROGRAM, "hotspots", "--data", self.data,
                            "--out", other, *FILTERS], check=True, capture_output=True)
            digests = [hashlib.sha256(data).hexdigest() for data in (first[ending], pathlib.Path(other).read_bytes())]
            self.assertEqual(digests[0], digests[1], ending)
        self.assertEqual(first["tif"], pathlib.Path(self.tif).read_bytes())
        self.assertEqual(pathlib.Path(self.path("a.csv.manifest.json")).read_bytes(),
                         pathlib.Path(self.path("b.csv.manifest.json")).read_bytes())

    def test_the_geopackage_holds_what_the_collection_does(self):
        page = self.client.json("/collections/hotspots/items?limit=10000&" + QUERY)
        source = ogr.Open(self.write("h.gpkg"))
        layer = source.GetLayerByName("hotspots")
        self.assertEqual(layer.GetSpatialRef().GetAuthorityCode(None), "27700")
        self.assertEqual(layer.GetFeatureCount(), page["numberMatched"])
        self.assertGreater(page["numberMatched"], 0)
        for row, feature in zip(layer, page["features"]):
            properties = feature["properties"]
            self.assertEqual(row["id"], feature["id"])
            for name in ("rank", "label", "incidents", "share", "area_km2", "peak_per_km2", "top_percent", "manifest"):
                self.assertEqual(row[name], properties[name], name)
            self.assertEqual(row["wards"], ", ".join(properties["wards"]))
            outline = wkb.loads(bytes(row.GetGeometryRef().ExportToWkb()))
            self.assertTrue(outline.is_valid)
            self.assertAlmostEqual(outline.area / 1e6, properties["area_km2"], places=5)
            self.assertLess(outline.distance(Point(row["easting"], row["northing"])), 1)
            degrees = shape(feature["geometry"]).centroid
            there = Point(TO_BNG.TransformPoint(degrees.x, degrees.y)[:2])
            self.assertLess(outline.centroid.distance(there), 10)
        about = {row["name"]: row["value"] for row in source.GetLayerByName("manifest")}
        self.assertEqual(json.loads(about["manifest"]), page["manifest"])
        self.assertEqual(about["marking"], "OFFICIAL-SENSITIVE")
        self.assertEqual(about["in_scope"], str(page["in_scope"]))
        self.assertEqual(about["timeStamp"], page["timeStamp"])

    def test_ogrinfo_finds_no_fault_with_the_geopackage(self):
        path = self.write("i.gpkg")
        done = subprocess.run(["ogrinfo", "-ro", "-al", "-so", path], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertIn("Geometry: Multi Polygon", done.stdout)
        integrity = gdal.OpenEx(path).ExecuteSQL("PRAGMA integrity_check")
        self.assertEqual(integrity.GetNextFeature().GetField(0), "ok")

    def test_the_csv_reads_as_a_table_and_says_what_it_is(self):
        page = self.client.json("/collections/hotspots/items?limit=10000&" + QUERY)
        path = self.write("h.csv")
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["label"] for row in rows], [f["properties"]["label"] for f in page["features"]])
        self.assertEqual([int(row["incidents"]) for row in rows],
                         [f["properties"]["incidents"] for f in page["features"]])
        self.assertEqual({(row["marking"], row["demo"], row["manifest"]) for row in rows},
                         {("OFFICIAL-SENSITIVE", "true", page["manifest"]["id"])})
        beside = json.loads(pathlib.Path(path + ".manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(beside["manifest"], page["manifest"])
        for name in ("in_scope", "unmapped", "hit_rate", "marking", "demo", "timeStamp", "level_per_km2"):
            self.assertEqual(beside[name], page[name], name)

    def test_what_cannot_be_is_refused_and_leaves_no_file(self):
        for name, arguments, word in (("x.pdf", (), ".geojson, .gpkg, .tif or .csv"),
                                      ("x.tif", ("--top", "0.5"), "top"),
                                      ("x.gpkg", ("--bandwidth", "9"), "bandwidth"),
                                      ("x.csv", ("--scope", "moon"), "moon")):
            done = program.run("hotspots", "--data", self.data, "--out", self.path(name), *arguments, check=False)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(word, done.stderr)
            self.assertFalse([path for path in os.listdir(self.data) if path.startswith("x.")])
        for query in ("top=1", "shape=square", "levels=1", "f=json"):
            self.assertEqual(self.client.get("/density.tif?" + query)[0], 400)

    def test_an_unchanged_raster_is_not_sent_again(self):
        etag = self.headers["ETag"]
        self.assertEqual(self.client.get("/density.tif?" + QUERY, {"If-None-Match": etag})[0], 304)
        self.assertNotEqual(self.client.get("/density.tif")[1]["ETag"], etag)


if __name__ == "__main__":
    unittest.main(verbosity=2)
