#!/usr/bin/env python3
"""Archives of tiles from outside: every tile of every collection of the demo, zooms 0 to 14, passes the strict
check; npm's pmtiles and @mapbox/vector-tile, GDAL's MVT and MBTiles drivers and SQLite read them with equal
counts; HTTP answers the same tiles; a panel's archive has no figure in it.
"""
import gzip
import hashlib
import json
import pathlib
import sqlite3
import subprocess
import tempfile

from osgeo import gdal, ogr

from program import ROOT, run, serve

COLLECTIONS = ["wards", "authorities", "hotspots", "cells", "isobands", "incidents", "gazetteer"]
NODE = ROOT / "web-client/node_modules/.bin/node"
gdal.UseExceptions()


def export(data, out, collections, *more, code=0):
    done = run("tiles", "export", "--data", str(data), "--out", str(out), "--collections", ",".join(collections),
               *more, check=False)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout.splitlines()[-1]) if code == 0 else done.stderr


def check(path):
    return json.loads(run("tiles", "check", str(path)).stdout.splitlines()[-1])


def tiles_of(path):
    """(zoom, x, y from the north) and bytes of each tile of an MBTiles file."""
    with sqlite3.connect(path) as database:
        for zoom, x, row, data in database.execute("SELECT * FROM tiles"):
            yield zoom, x, 2**zoom - 1 - row, gzip.decompress(data)


def every_tile_passes(data, folder, mapped):
    """Also: equal exports are equal bytes, and the checksum is the file's."""
    archive = folder / "all.pmtiles"
    said = export(data, archive, COLLECTIONS)
    checked = check(archive)
    assert checked["tiles"] == said["tiles"] > 1500, (checked, said)
    assert sorted(checked["features"]) == sorted(COLLECTIONS)
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == said["sha256"]
    subprocess.run(["sha256sum", "--check", "--quiet", "all.pmtiles.sha256"], cwd=folder, check=True)
    again = folder / "again.pmtiles"
    export(data, again, COLLECTIONS)
    assert again.read_bytes() == archive.read_bytes()
    with archive.open("r+b") as file:
        file.seek(-100, 2)
        file.write(b"damage")
    assert run("tiles", "check", str(archive), check=False).returncode == 1
    read = json.loads(subprocess.run([NODE, ROOT / "tests/integration/archive_counts.mjs", again], check=True,
                                     capture_output=True, text=True).stdout)
    assert read["tiles"] == checked["tiles"] and read["features"] == checked["features"], (read, checked)
    assert read["counts"] == {str(zoom): mapped for zoom in range(15)}, read["counts"]
    metadata = read["metadata"]
    assert metadata["demo"] is True and metadata["marking"] == "OFFICIAL-SENSITIVE"
    assert metadata["attribution"].startswith("DEMO") and len(metadata["vector_layers"]) == len(COLLECTIONS)
    assert all(manifest["revision"] == metadata["revision"] for manifest in metadata["manifests"].values())


def gdal_counts_the_same(data, folder):
    archive = folder / "to11.mbtiles"
    export(data, archive, COLLECTIONS, "--zooms", "0-11")
    counts = {}
    for zoom, x, y, tile in tiles_of(archive):
        place = folder / str(zoom) / str(x)
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{y}.mvt"
        path.write_bytes(tile)
        source = gdal.OpenEx(f"MVT:{path}", gdal.OF_VECTOR)
        for i in range(source.GetLayerCount()):
            layer = source.GetLayer(i)
            counts[layer.GetName()] = counts.get(layer.GetName(), 0) + layer.GetFeatureCount()
    checked = check(archive)
    assert counts == checked["features"], (counts, checked)


def mbtiles_hold_each_incident(data, folder, ids):
    archive = folder / "incidents.mbtiles"
    export(data, archive, ["incidents", "wards"])
    source = gdal.OpenEx(str(archive), gdal.OF_VECTOR, open_options=["ZOOM_LEVEL=14"])
    assert source.GetDriver().ShortName == "MBTiles"
    layers = {source.GetLayer(i).GetName() for i in range(source.GetLayerCount())}
    assert layers == {"incidents", "wards"}
    found = {feature.GetField("mvt_id") for feature in source.GetLayer("incidents")}
    assert found == ids, (len(found), len(ids))
    box = source.GetLayer("wards").GetExtent()
    assert box[0] < -150000 < -60000 < box[1], box  # EPSG:3857: LLR is 1.6 to 0.4 degrees west


def http_answers_the_same(client, data, folder):
    """With parameters and a filter, too."""
    asked = {"incidents": ["--hours", "22-04", "--filter", "source='police'"], "hotspots": ["--bandwidth", "400"],
             "wards": ["--group", "robbery"]}
    queries = {"incidents": "hours=22-04&filter=source='police'", "hotspots": "bandwidth=400", "wards": "group=robbery"}
    for collection, options in asked.items():
        archive = folder / f"{collection}-some.mbtiles"
        export(data, archive, [collection], "--zooms", "7-12", *options)
        tiles = list(tiles_of(archive))
        assert tiles
        for zoom, x, y, tile in tiles[:: max(1, len(tiles) // 40)]:
            status, _, body = client.get(f"/tiles/{collection}/{zoom}/{x}/{y}.mvt?{queries[collection]}")
            assert status == 200 and body == tile, (collection, zoom, x, y, status, len(body), len(tile))


def area_properties(data, folder, role):
    archive = folder / f"{role}.mbtiles"
    export(data, archive, ["wards", "authorities"], "--role", role, "--zooms", "0-9")
    found = []
    for _, _, _, tile in tiles_of(archive):
        path = folder / "one.mvt"
        path.write_bytes(tile)
        source = gdal.OpenEx(f"MVT:{path}", gdal.OF_VECTOR)
        for i in range(source.GetLayerCount()):
            found += [feature.items() for feature in source.GetLayer(i)]
    return found


def archive_is_served_whole_and_by_ranges(client, data):
    (data / "archives").mkdir()
    path = data / "archives" / "llr.pmtiles"
    export(data, path, ["wards"], "--zooms", "0-9")
    written = path.read_bytes()
    status, headers, body = client.get("/archives/llr.pmtiles")
    assert (status, body, headers["Content-Type"]) == (200, written, "application/vnd.pmtiles"), (status, headers)
    status, headers, body = client.get("/archives/llr.pmtiles", {"Range": "bytes=0-126"})
    assert (status, body) == (206, written[:127]) and body.startswith(b"PMTiles"), (status, headers)
    assert headers["Content-Range"] == f"bytes 0-126/{len(written)}", headers
    assert client.get("/archives/llr.pmtiles", {"Range": f"bytes={len(written)}-"})[0] == 416
    assert client.get("/archives/llr.pmtiles", {"If-None-Match": headers["ETag"]})[0] == 304
    (data / "archives" / "link.pmtiles").symlink_to(path)
    for name in ("no.pmtiles", "link.pmtiles", "..%2Fstore.gpkg", "%2e%2e%2fstore.pmtiles", ".pmtiles", "store.gpkg"):
        assert client.get(f"/archives/{name}")[0] in (400, 404), name


def roles_see_what_is_published(data, folder):
    for items in area_properties(data, folder, "public"):
        assert items["suppressed"] and "name" in items and items.get("incidents") is None, items
    shown = [items for items in area_properties(data, folder, "panel") if not items["suppressed"]]
    assert shown and all(items["incidents"] % 5 == 0 for items in shown), shown[:5]
    refused = export(data, folder / "no.pmtiles", ["incidents"], "--role", "panel", code=2)
    assert "role panel may not see" in refused, refused
    refused = export(data, folder / "no.pmtiles", ["wards"], "--role", "public", "--filter", "incidents>5", code=2)
    assert "nothing to export" in refused, refused
    assert not (folder / "no.pmtiles").exists()


def wrong_usage_is_named(data, folder):
    for options, words in [(["--zooms", "3-2"], "--zooms"), (["--zooms", "0-17"], "up to 16"),
                           (["--top", "0.5"], "top is no parameter"), (["--filter", "rank=1"], "rank")]:
        said = export(data, folder / "no.pmtiles", ["wards"], *options, code=2)
        assert words in said, (options, said)
    assert "must end in" in export(data, folder / "no.zip", ["wards"], code=2)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data = folder / "data"
        with serve(str(data), "--demo") as client:
            page = client.json("/collections/incidents/items?limit=10000")
            features = page["features"]
            for link in iter(lambda: next((l for l in page["links"] if l["rel"] == "next"), None), None):
                page = client.json(link["href"].removeprefix(client.base))
                features += page["features"]
            ids = {feature["id"] for feature in features if feature["geometry"]}
            http_answers_the_same(client, data, folder)
            archive_is_served_whole_and_by_ranges(client, data)
        every_tile_passes(data, folder, len(ids))
        gdal_counts_the_same(data, folder)
        mbtiles_hold_each_incident(data, folder, ids)
        roles_see_what_is_published(data, folder)
        wrong_usage_is_named(data, folder)
    print("archives of tiles: all as expected")


if __name__ == "__main__":
    main()
