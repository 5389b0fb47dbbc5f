#!/usr/bin/python3
"""/density.tif opened by QGIS (Debian's python3-qgis, headless) from the running service's answer: where it lies, what
its values say of themselves, and that its highest cell is the hotspots' highest peak."""
import json
import os
import pathlib
import tempfile
import unittest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsJsonUtils,
                       QgsPointXY, QgsProject, QgsRasterBandStats, QgsRasterLayer)

import program

QUERY = "bandwidth=400&datetime=2025-01/2026-10"
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")  # QGIS has x first, whatever the system


class DensityInQgis(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        QgsApplication.setPrefixPath("/usr", True)
        cls.qgis = QgsApplication([], False)
        cls.qgis.initQgis()
        with program.serve(cls.folder.name, "--demo") as client:
            status, _, body = client.get("/density.tif?" + QUERY)
            assert status == 200, body[:300]
            cls.hotspots = client.json("/collections/hotspots/items?limit=10000&" + QUERY)
            cls.authorities = client.json("/collections/authorities/items")
        path = pathlib.Path(cls.folder.name, "density.tif")
        path.write_bytes(body)
        cls.layer = QgsRasterLayer(str(path), "density", "gdal")
        assert cls.layer.isValid(), cls.layer.error().message()
        cls.band = cls.layer.dataProvider().bandStatistics(1, QgsRasterBandStats.All)

    @classmethod
    def tearDownClass(cls):
        del cls.layer
        cls.qgis.exitQgis()
        cls.folder.cleanup()

    def to_degrees(self):
        return QgsCoordinateTransform(self.layer.crs(), DEGREES, QgsProject.instance())

    @staticmethod
    def geometry_of(feature):
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
        return QgsJsonUtils.stringToFeatureList(text)[0].geometry()

    def highest(self):
        """The centre of the cell with the highest value, in metres."""
        provider = self.layer.dataProvider()
        block = provider.block(1, self.layer.extent(), self.layer.width(), self.layer.height())
        _, row, column = max((block.value(row, column), row, column)
                             for row in range(block.height()) for column in range(block.width())
                             if not block.isNoData(row, column))
        box, side = self.layer.extent(), self.layer.rasterUnitsPerPixelX()
        return QgsPointXY(box.xMinimum() + (column + 0.5) * side, box.yMaximum() - (row + 0.5) * side)

    def test_it_lies_where_leicestershire_lies(self):
        self.assertEqual(self.layer.crs().authid(), "EPSG:27700")
        self.assertAlmostEqual(self.layer.rasterUnitsPerPixelX(), 400 / 6, places=6)
        self.assertAlmostEqual(self.layer.rasterUnitsPerPixelY(), 400 / 6, places=6)
        extent = self.to_degrees().transformBoundingBox(self.layer.extent())
        boxes = [self.geometry_of(feature).boundingBox() for feature in self.authorities["features"]]
        for box in boxes[1:]:
            boxes[0].combineExtentWith(box)
        for side in ("xMinimum", "xMaximum", "yMinimum", "yMaximum"):  # to a few cells
            self.assertAlmostEqual(getattr(extent, side)(), getattr(boxes[0], side)(), delta=0.01)

    def test_its_values_have_a_name_a_unit_and_no_value_outside(self):
        provider = self.layer.dataProvider()
        self.assertEqual(self.layer.bandCount(), 1)
        self.assertEqual(provider.sourceNoDataValue(1), -9999)
        self.assertGreaterEqual(self.band.minimumValue, 0)
        self.assertIn("incidents per km2", self.layer.bandName(1))
        self.assertEqual(self.layer.bandName(1), "Band 1: incidents per km2")
        described = self.layer.htmlMetadata()
        manifest = self.hotspots["manifest"]
        for text in ("DEMO: density of synthetic incidents", "period=2025-01-01/2026-10-31", manifest["version"],
                     f'"revision":{manifest["revision"]}'):
            self.assertIn(text, described)

    def test_its_highest_cell_is_the_highest_peak_of_the_hotspots(self):
        features = self.hotspots["features"]
        highest = max(features, key=lambda feature: feature["properties"]["peak_per_km2"])
        self.assertAlmostEqual(self.band.maximumValue, highest["properties"]["peak_per_km2"], places=2)
        place = QgsGeometry.fromPointXY(self.to_degrees().transform(self.highest()))
        self.assertTrue(self.geometry_of(highest).contains(place), place.asWkt())


if __name__ == "__main__":
    unittest.main()
