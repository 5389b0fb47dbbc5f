#!/usr/bin/env bash
# Runs the benchmarks on the release build. Quote ratios measured in one run: absolute
# times differ from machine to machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LLR_PROGRAM="$PWD/build/release/llr-hotspots"
/usr/bin/python3 tests/bench/real_import.py
/usr/bin/python3 tests/bench/hotspot_requests.py
/usr/bin/python3 tests/bench/serve/hygiene_beside_nginx.py
/usr/bin/python3 tests/bench/serve/cached_tiles.py
build/release/tests/bench/geocode_bench
build/release/tests/bench/filter_requests
build/release/tests/bench/density_bench --benchmark_enable_random_interleaving=true --benchmark_repetitions=5 \
    --benchmark_report_aggregates_only=true
build/release/tests/bench/near_repeat_bench
build/release/tests/bench/stability_bench
/usr/bin/python3 tests/bench/peers/density.py build/release/tests/bench/density_peer
build/release/tests/bench/tile_requests
/usr/bin/python3 tests/bench/tile_pyramid.py build/release/tests/bench/tile_pyramid
/usr/bin/python3 tests/bench/tiles_postgis.py
