#!/usr/bin/python3
"""The service's collections and tiles as layers of QGIS (Debian's python3-qgis, headless): OGC API – Features and
vector tiles load, counts and extents agree with the service's own answers, and a map of both is drawn."""
import os
import pathlib
import tempfile
import unittest
import urllib.parse

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform,
                       QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle, QgsVectorLayer,
                       QgsVectorTileLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

import program

MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
LEICESTER = QgsRectangle(-1.16, 52.61, -1.10, 52.66)
PICTURES = pathlib.Path(os.environ.get("LLR_PICTURES", tempfile.gettempdir()))


class LayersOfQgis(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.profile = tempfile.TemporaryDirectory()
        os.environ["QGIS_AUTH_DB_DIR_PATH"] = cls.profile.name
        QgsApplication.setPrefixPath("/usr", True)
        cls.qgis = QgsApplication([], False)
        cls.qgis.initQgis()
        cls.server = program.serve(cls.folder.name, "--demo")
        cls.client = cls.server.__enter__()
        cls.credentials = program.let_qgis_sign_in(cls.client)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.qgis.exitQgis()
        cls.folder.cleanup()
        cls.profile.cleanup()

    def layer(self, collection, extra=""):
        uri = f"url='{self.client.base}' typename='{collection}' pageSize='900' authcfg='{self.credentials}' {extra}"
        layer = QgsVectorLayer(uri, collection, "OAPIF")
        self.assertTrue(layer.isValid(), layer.error().message())
        return layer

    def tiles(self, collection):
        described = self.client.json(f"/tiles/{collection}.json")
        uri = "type=xyz&url={}&zmin={}&zmax={}&authcfg={}".format(
            urllib.parse.quote(described["tiles"][0], safe=":/{}"), described["minzoom"], described["maxzoom"],
            self.credentials)
        layer = QgsVectorTileLayer(uri, collection)
        self.assertTrue(layer.isValid(), layer.error().message())
        return layer

    def items(self, collection, query=""):
        return self.client.json(f"/collections/{collection}/items?f=json&limit=10000{query}")

    def test_every_page_arrives_once(self):
        for collection in ("incidents", "wards", "hotspots"):
            layer = self.layer(collection)
            ids = [feature["id"] if "id" in layer.fields().names() else feature.id() for feature in layer.getFeatures()]
            self.assertEqual(len(ids), len(set(ids)), collection)
            self.assertEqual(len(ids), self.items(collection, "")["numberMatched"], collection)

    def test_the_extent_is_that_of_the_features(self):
        layer = self.layer("wards")
        self.assertIn(layer.crs().authid(), ("OGC:CRS84", "EPSG:4326"))  # the same to QGIS: x is always first
        list(layer.getFeatures())
        found = layer.extent()
        west, south, east, north = self.client.json("/collections/wards?f=json")["extent"]["spatial"]["bbox"][0]
        for side, expected in (("xMinimum", west), ("yMinimum", south), ("xMaximum", east), ("yMaximum", north)):
            self.assertAlmostEqual(getattr(found, side)(), expected, delta=1e-6)

    def test_an_area_asks_for_what_lies_there(self):
        layer = self.layer("incidents", "restrictToRequestBBOX='1'")
        request = QgsFeatureRequest().setFilterRect(LEICESTER)
        box = ",".join(str(round(value, 9)) for value in (LEICESTER.xMinimum(), LEICESTER.yMinimum(),
                                                           LEICESTER.xMaximum(), LEICESTER.yMaximum()))
        found = [feature.id() for feature in layer.getFeatures(request)]
        self.assertGreater(len(found), 100)
        self.assertEqual(len(found), self.items("incidents", f"&bbox={box}")["numberMatched"])

    def test_a_map_of_features_and_tiles_is_drawn(self):
        wards, hotspots = self.tiles("wards"), self.layer("hotspots")
        settings = QgsMapSettings()
        settings.setDestinationCrs(MERCATOR)
        settings.setBackgroundColor(QColor("white"))
        settings.setOutputSize(QSize(500, 500))
        settings.setExtent(QgsCoordinateTransform(DEGREES, MERCATOR, QgsProject.instance())
                           .transformBoundingBox(LEICESTER))
        pictures = []
        for layers in ([hotspots, wards], [wards], []):
            settings.setLayers(layers)
            job = QgsMapRendererParallelJob(settings)
            job.start()
            job.waitForFinished()
            self.assertEqual([error.message for error in job.errors()], [])
            pictures.append(job.renderedImage())
        pictures[0].save(str(PICTURES / "llr-qgis.png"))
        both, tiles, nothing = pictures
        self.assertGreater(self.differing(tiles, nothing), 250)  # a line across is 500 pixels
        self.assertGreater(self.differing(both, tiles), 500)

    @staticmethod
    def differing(a, b):
        return sum(a.pixelColor(x, y) != b.pixelColor(x, y) for x in range(a.width()) for y in range(a.height()))


if __name__ == "__main__":
    unittest.main()
