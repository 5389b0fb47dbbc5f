"""QGIS's heatmap of the same points: qgis_heatmap.py POINTS.npy RASTER.npy. Prints the time in
seconds of the algorithm alone, reading the points from a layer in memory."""
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append("/usr/share/qgis/python/plugins")

import numpy
from osgeo import gdal
from qgis.core import (QgsApplication, QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer)

application = QgsApplication([], False)
application.initQgis()
from processing.core.Processing import Processing
import processing

Processing.initialize()
points = numpy.load(sys.argv[1])
layer = QgsVectorLayer("Point?crs=EPSG:27700", "points", "memory")
features = []
for x, y in points:
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
    features.append(feature)
layer.dataProvider().addFeatures(features)
target = sys.argv[2] + ".tif"
begun = time.perf_counter()
processing.run("qgis:heatmapkerneldensityestimation", {
    "INPUT": layer, "RADIUS": 500, "PIXEL_SIZE": 100, "KERNEL": 0, "OUTPUT_VALUE": 0,
    "OUTPUT": target})
taken = time.perf_counter() - begun
dataset = gdal.Open(target)
west, _, _, north, _, _ = dataset.GetGeoTransform()
values = numpy.nan_to_num(dataset.ReadAsArray())[::-1]  # rows from the south
south = north - 100 * values.shape[0]
values[values < 0] = 0  # its mark of no data
# Its 'raw' kernel is 1 at the point. 'Scaled' is no density: its mass is 29/4 of a point.
values *= 3 / (numpy.pi * 500 ** 2)
numpy.savez(sys.argv[2], values=values, west=west, south=south)
print(taken)
