#!/usr/bin/python3
"""All pages of a collection as each client walks them (links, GDAL's OAPIF driver, ogr2ogr, QGIS headless) while
another process imports: what is found is one revision's set of ids, none twice. Each import brings new rows and moves
earlier ones into or out of every condition, so that pages of two revisions would repeat ids or miss some. Oracle: the
rows as written. Each client sends what it can of a condition, and sieves by the rest itself."""
import contextlib
import csv
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest
import urllib.parse

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from osgeo import gdal
from pyproj import Transformer
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer

import program

gdal.UseExceptions()
BBOX = (-1.16, 52.61, -1.10, 52.66)
PERIOD = ("2025-03-01", "2025-09-30")
GDAL_PERIOD = "occurred_from >= '2025/03/01 00:00:00' AND occurred_from < '2025/10/01 00:00:00'"
BNG = "http://www.opengis.net/def/crs/EPSG/0/27700"
PAGE = 40
ROWS, NEW, MOVED = 2000, 10, 15  # at first; of each import
IMPORTS = ROWS // MOVED
INSIDE, OUTSIDE = (458500, 304500), (480000, 300000)  # of BBOX
TO_DEGREES = Transformer.from_crs(27700, 4326, always_xy=True)
# An importer of its own process: QGIS holds Python's lock while it waits for pages.
LAND = 'for table in "$1"/*.csv; do [ -e "$1/stop" ] && exit 0; "$0" import "$table" --data "$2" || exit 1; done'


def row(name, met, number):
    """One that meets every condition, or none."""
    east, north = INSIDE if met else OUTSIDE
    return {"incident_id": name, "occurred_from": f"2025-{4 if met else 11:02}-{number % 28 + 1:02}T21:30",
            "source": "police", "easting": east + number % 10, "northing": north + number // 10 % 10,
            "offence": "robbery", "weapon": "knife" if met else "none"}


def imported(number):
    """Rows of the import of that number; 0 is the first, which comes before any walk."""
    if number == 0:
        return [row(f"B{i:05}", i % 3 == 0, i) for i in range(ROWS)]
    moved = range((number - 1) * MOVED, number * MOVED)
    return ([row(f"B{i:05}", i % 3 != 0, i) for i in moved] +
            [row(f"A{9999 - number}-{i}", i % 2 == 0, i) for i in range(NEW)])


def write_table(path, rows):
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


class Walks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.data, cls.tables, profile = (cls.stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(3))
        os.environ["QGIS_AUTH_DB_DIR_PATH"] = profile
        QgsApplication.setPrefixPath("/usr", True)
        cls.qgis = QgsApplication([], False)
        cls.qgis.initQgis()
        first = os.path.join(profile, "first.csv")
        write_table(first, imported(0))
        program.run("import", first, "--data", cls.data)
        for number in range(1, IMPORTS + 1):
            write_table(os.path.join(cls.tables, f"{number:03}.csv"), imported(number))
        cls.sets = cls.sets_by_revision()
        cls.client = cls.stack.enter_context(program.serve(cls.data))
        program.let_gdal_sign_in(cls.client)
        cls.credentials = program.let_qgis_sign_in(cls.client)
        cls.lander = subprocess.Popen(["sh", "-c", LAND, program.PROGRAM, cls.tables, cls.data],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    @classmethod
    def tearDownClass(cls):
        pathlib.Path(cls.tables, "stop").touch()
        _, said = cls.lander.communicate(timeout=60)
        cls.stack.close()
        cls.qgis.exitQgis()
        assert cls.lander.returncode == 0, said

    @staticmethod
    def sets_by_revision():
        """The ids after each import: of all rows, and of those that meet the conditions."""
        rows, sets = {}, []
        for number in range(IMPORTS + 1):
            rows.update((each["incident_id"], each) for each in imported(number))
            met = frozenset(name for name, each in rows.items() if each["weapon"] == "knife")
            sets.append({"all": frozenset(rows), "met": met})
        return sets

    def landed(self):
        return (self.client.json("/collections/incidents/items?f=json&limit=1")["numberMatched"] - ROWS) // NEW

    def check(self, kind, walk):
        """Walks until an import landed meanwhile; each walk gives the set of one revision between."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            before = self.landed()
            ids = list(walk())
            after = self.landed()
            self.assertEqual(len(ids), len(set(ids)), "an id came twice")
            possible = {self.sets[number][kind] for number in range(before, after + 1)}
            self.assertIn(frozenset(ids), possible, f"not the ids after any of the imports {before} to {after}")
            if after > before:
                return
        self.fail(f"no import landed during the walks of a minute, {after} before them")

    def links(self, **parameters):
        path = "/collections/incidents/items?" + urllib.parse.urlencode({"f": "json", "limit": PAGE, **parameters})
        while path:
            page = self.client.json(path)
            yield from (feature["properties"]["incident_id"] for feature in page["features"])
            following = [link["href"] for link in page["links"] if link["rel"] == "next"]
            path = following[0].removeprefix(self.client.base) if following else None

    def test_links(self):
        conditions = {"bbox": ",".join(map(str, BBOX)), "datetime": "/".join(PERIOD), "filter": "weapon = 'knife'"}
        self.check("all", self.links)
        self.check("all", lambda: self.links(crs=BNG))
        for name, value in conditions.items():
            with self.subTest(name):
                self.check("met", lambda: self.links(**{name: value}))
        corners = (*TO_DEGREES.transform(455000, 300000), *TO_DEGREES.transform(470000, 310000))
        self.assertTrue(corners[0] < BBOX[0] and BBOX[2] < corners[2])
        self.check("met", lambda: self.links(**{**conditions, "bbox": "455000,300000,470000,310000"},
                                             **{"bbox-crs": BNG, "crs": BNG}))

    def gdal(self, condition=None, area=None):
        source = gdal.OpenEx(f"OAPIF:{self.client.base}/collections/incidents", gdal.OF_VECTOR,
                             open_options=[f"PAGE_SIZE={PAGE}"])
        layer = source.GetLayer(0)
        layer.SetAttributeFilter(condition)
        if area:
            layer.SetSpatialFilterRect(*area)
        yield from (feature.GetField("incident_id") for feature in layer)
        del layer, source

    def test_gdal(self):
        self.check("all", self.gdal)
        self.check("met", lambda: self.gdal(area=BBOX))
        self.check("met", lambda: self.gdal(GDAL_PERIOD))
        self.check("met", lambda: self.gdal("weapon = 'knife'", BBOX))

    def ogr2ogr(self, *arguments):
        copied = subprocess.run(
            ["ogr2ogr", "-q", "-f", "GeoJSON", "/vsistdout/", f"OAPIF:{self.client.base}/collections/incidents",
             "incidents", "-oo", f"PAGE_SIZE={PAGE}", *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual((copied.returncode, copied.stderr), (0, ""))
        return [feature["properties"]["incident_id"] for feature in json.loads(copied.stdout)["features"]]

    def test_ogr2ogr(self):
        area = ("-spat", *map(str, BBOX))
        metres = ("-spat", "455000", "300000", "470000", "310000", "-spat_srs", "EPSG:27700", "-t_srs", "EPSG:27700")
        self.check("all", lambda: self.ogr2ogr("-t_srs", "EPSG:27700"))
        self.check("met", lambda: self.ogr2ogr(*area))
        self.check("met", lambda: self.ogr2ogr(*metres))
        self.check("met", lambda: self.ogr2ogr("-where", f"{GDAL_PERIOD} AND weapon = 'knife'", *area))

    def layer(self, extra="", condition=""):
        uri = (f"url='{self.client.base}' typename='incidents' pageSize='{PAGE}' authcfg='{self.credentials}' {extra}")
        layer = QgsVectorLayer(uri, "incidents", "OAPIF")
        self.assertTrue(layer.isValid(), layer.error().message())
        if condition:
            self.assertTrue(layer.setSubsetString(condition), condition)
        return layer

    def in_qgis(self, request=None, **asked):
        layer = self.layer(**asked)
        return [feature["incident_id"] for feature in layer.getFeatures(request or QgsFeatureRequest())]

    def test_qgis(self):
        area = QgsFeatureRequest().setFilterRect(QgsRectangle(*BBOX))
        self.check("all", self.in_qgis)
        self.check("met", lambda: self.in_qgis(area, extra="restrictToRequestBBOX='1'"))
        self.check("met", lambda: self.in_qgis(condition="\"weapon\" = 'knife'"))
        self.check("met", lambda: self.in_qgis(
            condition="\"occurred_from\" >= '2025-03-01T00:00:00Z' AND \"occurred_from\" <= '2025-09-30T00:00:00Z'"))


if __name__ == "__main__":
    unittest.main()
