#!/usr/bin/env python3
"""Which folder may include which, and which file may include which library.

Reads every C++ file's #include lines. Run by ctest; `--self-test` shows that offences are found.
"""
import pathlib
import re
import sys

ALLOWED = {
    "geo": {"geo"},
    "data": {"data", "geo"},
    "tiles": {"tiles", "geo"},
    "service": {"service", "data", "tiles", "geo"},
}

# Third-party header (regular expression) -> the files that may include it.
OWNERS = [
    (r"geos_c\.h", r"geo/geos_handles\.hpp"),
    (r"geo/geos_handles\.hpp", r"geo/((area_clip|area_index|geos|spatial_relation|voronoi)\.cpp|collection_relation\.[ch]pp)"),
    (r"proj\.h", r"geo/crs\.cpp"),
    # Files for GIS tools are written by export/, in memory: what GDAL writes, every tool reads.
    (r"(gdal|ogr|cpl)[a-z_0-9]*\.h", r"data/(ingest/vsi_file|store/[a-z_]+|reference/(vector_file|osm)"
     r"|export/(memory_file|geotiff|geopackage|feature_file|ogr_rows))\.cpp|data/export/ogr_rows\.hpp|tests/service/filter/ogc_dataset\.cpp"),
    (r"data/export/ogr_rows\.hpp", r"data/export/(ogr_rows|geopackage|feature_file)\.cpp"),
    (r"glpk\.h", r"data/release/linear_program\.cpp|tests/data/release/intruder_programme\.hpp"),
    (r"boost/math/.*", r"geo/rates\.cpp"),
    (r"boost/(?!math/).*", r"service/http/[a-z_]+\.(cpp|hpp)"),
    (r"openssl/.*", r"service/http/tls\.cpp"),
    (r"sodium\.h", r"service/access/(secrets|passwords)\.cpp|data/release/checksum\.cpp"),
    (r"date/.*", r"data/moment\.cpp"),
    (r"sqlite3\.h", r"tiles/sqlite_handles\.hpp"),
    (r"tiles/sqlite_handles\.hpp", r"tiles/mbtiles_(reader|writer)\.cpp"),
    (r"CLI/.*", r"service/(cli/[a-z_]+|main)\.(cpp|hpp)"),
    (r"protozero/.*", r"tiles/mvt[a-z_]*\.cpp|tests/.*"),
    (r"nlohmann/json\.hpp", r".*\.cpp|tests/.*"),
    (r"catch2/.*", r"tests/catch\.hpp"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def offences(path, text):
    folder = path.split("/")[0]
    found = []
    for bracket, header in INCLUDE.findall(text):
        target = header.split("/")[0]
        if bracket == '"' and folder in ALLOWED and target in {*ALLOWED, "tests"}:
            if target not in ALLOWED[folder]:
                found.append(f"{path}: {folder}/ may not include {header}")
        if bracket == '"' and "/" not in header:
            found.append(f'{path}: "{header}" must be root-relative')
        for pattern, owner in OWNERS:
            if re.fullmatch(pattern, header) and not re.fullmatch(owner, path):
                found.append(f"{path}: only {owner} may include {header}")
    return found


def self_test():
    bad = {
        "geo/a.cpp": '#include "data/record.hpp"',
        "tiles/a.cpp": '#include "data/record.hpp"',
        "data/a.hpp": '#include "service/problem.hpp"',
        "geo/b.cpp": "#include <geos_c.h>",
        "geo/c.cpp": "  # include <proj.h>",
        "geo/e.cpp": '#include "geo/geos_handles.hpp"',
        "service/a.cpp": "#include <ogrsf_frmts.h>",
        "service/handlers/a.cpp": "#include <boost/asio.hpp>",
        "geo/f.cpp": "#include <boost/math/distributions/beta.hpp>",
        "geo/rates.cpp": "#include <boost/asio.hpp>",
        "data/b.hpp": "#include <nlohmann/json.hpp>",
        "tests/geo/a.cpp": "#include <catch2/catch.hpp>",
        "geo/d.cpp": '#include "grid.hpp"',
    }
    good = {
        "geo/geos_handles.hpp": '#include <geos_c.h>\n#include "geo/geos.hpp"',
        "service/http/session.cpp": "#include <boost/beast.hpp>",
        "service/a.cpp": '#include "tiles/mvt.hpp"\n#include "data/record.hpp"',
    }
    missed = [path for path, text in bad.items() if not offences(path, text)]
    wrong = [path for path, text in good.items() if offences(path, text)]
    assert not missed and not wrong, (missed, wrong)


def main():
    self_test()
    root = pathlib.Path(__file__).resolve().parents[2]
    found = []
    files = 0
    for folder in [*ALLOWED, "tests"]:
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            files += 1
            found += offences(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    print(f"{files} files read, {len(found)} offences")
    print("\n".join(found))
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
