#!/usr/bin/python3
"""Random pairs of crossing streets of an OpenStreetMap file, with shapely's intersections.

Usage: junction_oracle.py FILE COUNT. A row: name A, name B (each a single street in the file),
then eastings and northings of the intersection's points, tab-separated, EPSG:27700."""
import collections
import random
import sys

from osgeo import gdal, ogr
from shapely import wkb
from shapely.ops import transform, unary_union
from pyproj import Transformer

ogr.UseExceptions()
gdal.PushErrorHandler("CPLQuietErrorHandler")
dataset = ogr.Open(sys.argv[1])
lines = collections.defaultdict(list)
for feature in dataset.GetLayerByName("lines"):
    if feature.GetField("highway") and feature.GetField("name"):
        lines[feature.GetField("name")].append(
            wkb.loads(bytes(feature.GetGeometryRef().ExportToWkb()), hex=False))
to_bng = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform
streets = {}
for name, parts in lines.items():
    street = transform(to_bng, unary_union(parts))
    west, south, east, north = street.bounds
    # One street of a name: what is spread wider are several, and the name alone does not tell.
    if " " in name and name.isascii() and max(east - west, north - south) < 1500:
        streets[name] = street
names = sorted(streets)
plain = {name: name.lower().replace("'", "") for name in names}
pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1:]
         if plain[a] != plain[b] and streets[a].distance(streets[b]) == 0]
random.seed(1)
random.shuffle(pairs)
for a, b in pairs[:int(sys.argv[2])]:
    crossing = streets[a].intersection(streets[b])
    points = [p for g in getattr(crossing, "geoms", [crossing]) for p in g.coords]
    print("\t".join([a, b] + ["%.2f\t%.2f" % p[:2] for p in points]))
