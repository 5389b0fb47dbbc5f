#!/usr/bin/env python3
"""Pages of features, items?limit=100&bbox=BOX with a new box each time: ours beside MapServer's OGC API - Features
(FastCGI behind nginx) over a PostGIS table of the same incidents with its index. Both over HTTP with gzip and an
access log; wrk with 2 threads and 64 connections on loopback, in turns, median of five; any status but 200 voids the
run. Before that, some boxes have to match the same number of incidents on both sides. Needs Debian's cgi-mapserver,
nginx, postgresql-15-postgis-3 and wrk."""
import contextlib
import json
import os
import pathlib
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request

import peers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import tiles_postgis  # noqa: E402  (the cluster and the incidents)

ROUNDS = int(os.environ.get("LLR_BENCH_ROUNDS", 5))
SECONDS = int(os.environ.get("LLR_BENCH_SECONDS", 5))
BOXES = 20_000
HALF_WIDTH_DEG, HALF_HEIGHT_DEG = 0.02, 0.012  # some 2.7 km each way
COMPARED = 20

SCRIPT = """
local boxes, prefix, credentials = {}, "", nil
function init(args)
    prefix, credentials = args[2], args[3]
    for box in io.lines(args[1]) do boxes[#boxes + 1] = box end
    math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 1000003)
end
function request()
    local headers = {["Accept-Encoding"] = "gzip", ["Authorization"] = credentials}
    return wrk.format("GET", prefix .. "/collections/incidents/items?f=json&limit=100&bbox=" ..
                      boxes[math.random(#boxes)], headers)
end
function done(summary)
    local e = summary.errors
    io.write(string.format("RESULT %d %d %d\\n", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status))
end
"""

MAP = """
MAP
  NAME "llr"
  EXTENT -2 52 0 54
  SIZE 100 100
  PROJECTION "init=epsg:4326" END
  WEB METADATA
    "ows_enable_request" "*"
    "oga_title" "incidents"
    "oga_onlineresource" "http://127.0.0.1/ms/llr/ogcapi"
  END END
  LAYER
    NAME "incidents"
    TYPE POINT
    STATUS ON
    TEMPLATE "void"
    CONNECTIONTYPE POSTGIS
    CONNECTION "host={socket} dbname=postgres user=postgres"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    DATA "geom from items using unique id using srid=4326"
    EXTENT -2 52 0 54
    PROJECTION "init=epsg:4326" END
    METADATA
      "ows_title" "incidents"
      "gml_featureid" "id"
      "gml_include_items" "all"
    END
  END
END
"""

CONFIG = """
CONFIG
  ENV
    OGCAPI_HTML_TEMPLATE_DIRECTORY "/usr/share/mapserver/ogcapi/templates/html-plain/"
  END
  MAPS
    llr "{folder}/llr.map"
  END
END
"""

LOCATION = """
location /ms/ {{
    gzip_types application/geo+json application/json;
    fastcgi_split_path_info ^(/ms)(/.*)$;
    fastcgi_param SCRIPT_NAME $fastcgi_script_name;
    fastcgi_param PATH_INFO $fastcgi_path_info;
    fastcgi_param QUERY_STRING $query_string;
    fastcgi_param REQUEST_METHOD $request_method;
    fastcgi_param SERVER_NAME $server_name;
    fastcgi_param SERVER_PORT $server_port;
    fastcgi_param SERVER_PROTOCOL $server_protocol;
    fastcgi_param HTTP_HOST $http_host;
    fastcgi_buffers 32 16k;
    fastcgi_pass unix:{socket};
}}
"""


@contextlib.contextmanager
def mapserver(folder, database):
    """MapServer's processes, two a core, that take turns at one socket; nginx before them."""
    folder = pathlib.Path(folder)
    (folder / "llr.map").write_text(MAP.format(socket=database))
    (folder / "mapserver.conf").write_text(CONFIG.format(folder=folder))
    path = str(folder / "mapserver.socket")
    environment = {**os.environ, "MAPSERVER_CONFIG_FILE": str(folder / "mapserver.conf")}
    with socket.socket(socket.AF_UNIX) as listening, contextlib.ExitStack() as processes:
        listening.bind(path)
        os.chmod(path, 0o777)
        listening.listen(1024)
        for _ in range(2 * peers.CORES):
            process = subprocess.Popen(["/usr/bin/mapserv"], stdin=listening, env=environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            processes.callback(process.wait)
            processes.callback(process.kill)  # asked to end, it would wait for another request
        with peers.nginx(folder, locations=LOCATION.format(socket=path)) as server:
            server.name = "MapServer"
            yield server


def fill(run, features):
    """A table `items` with what our features carry."""
    names = list(features[0]["properties"])

    def field(value):
        return "\\N" if value is None else str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")

    rows = ["\t".join([str(f["id"]), *(field(f["properties"][name]) for name in names),
                       "SRID=4326;POINT({} {})".format(*f["geometry"]["coordinates"])]) for f in features]
    columns = ", ".join(f'"{name}" text' for name in names)
    run("psql", "-q", "-v", "ON_ERROR_STOP=1", text=f"""
CREATE EXTENSION postgis;
CREATE TABLE items (id bigint PRIMARY KEY, {columns}, geom geometry(point, 4326));
COPY items FROM stdin;
{chr(10).join(rows)}
\\.
CREATE INDEX ON items USING gist (geom);
VACUUM (FULL, ANALYZE) items;
""")


def random_boxes(features):
    chosen = random.Random(1)
    boxes = []
    for _ in range(BOXES):
        longitude, latitude = chosen.choice(features)["geometry"]["coordinates"]
        west, south = longitude - HALF_WIDTH_DEG, latitude - HALF_HEIGHT_DEG
        boxes.append(f"{west:.5f},{south:.5f},{west + 2 * HALF_WIDTH_DEG:.5f},{south + 2 * HALF_HEIGHT_DEG:.5f}")
    return boxes


def page(server, prefix, box):
    headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{prefix}/collections/incidents/items"
                                     f"?f=json&limit=100&bbox={box}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def check_equal(sides, boxes):
    for box in boxes[:COMPARED]:
        pages = [page(server, prefix, box) for server, prefix in sides]
        told = [(p["numberMatched"], len(p["features"])) for p in pages]
        if told[0] != told[1]:
            sys.exit(f"bbox={box}: ours matches and returns {told[0]}, MapServer {told[1]}")


def pages_per_s(server, prefix, script, boxes):
    logged = server.logged_bytes()
    credentials = [f"Bearer {server.key}"] if server.key else []
    done = subprocess.run(["wrk", "-t2", "-c64", f"-d{SECONDS}s", "-s", script, f"http://127.0.0.1:{server.port}",
                           "--", boxes, prefix, *credentials], check=True, capture_output=True, text=True)
    requests, duration_us, errors = map(int, re.search(r"RESULT (\d+) (\d+) (\d+)", done.stdout).groups())
    # 499 is nginx's for those that wrk no longer waits for when its time is up.
    wrong = {status: n for status, n in server.statuses(logged).items() if status not in (200, 499)}
    if errors or wrong or requests == 0:
        sys.exit(f"{server.name}: the run is void: {errors} errors, statuses {wrong}\n{done.stdout}")
    return requests / (duration_us * 1e-6)


def main():
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as cluster, \
            tempfile.TemporaryDirectory() as folder:
        os.chmod(cluster, 0o755)
        os.chmod(folder, 0o755)
        script, listed = pathlib.Path(folder) / "items.lua", pathlib.Path(folder) / "boxes"
        script.write_text(SCRIPT)
        with peers.ours(data) as server, tiles_postgis.postgis(cluster) as run:
            features = tiles_postgis.incidents_of(server)
            fill(run, features)
            boxes = random_boxes(features)
            listed.write_text("".join(box + "\n" for box in boxes))
            with mapserver(folder, cluster) as other:
                sides = [(server, ""), (other, "/ms/llr/ogcapi")]
                check_equal(sides, boxes)
                rates = {"ours": [], "MapServer": []}
                for _ in range(ROUNDS):
                    for side, prefix in sides:
                        rates[side.name].append(pages_per_s(side, prefix, script, listed))
    ours, theirs = (statistics.median(rates[name]) for name in ("ours", "MapServer"))
    print(f"{len(features):,} incidents, items?limit=100&bbox= with a random box each time:")
    print(f"  ours       {ours:8,.0f} /s")
    print(f"  MapServer  {theirs:8,.0f} /s   ours / MapServer: {ours / theirs:.2f}")
    sys.exit(0 if ours >= 5 * theirs else "MISSED: at least 5 is asked for")


if __name__ == "__main__":
    main()
