#!/usr/bin/env bash
# Runs every libFuzzer executable for SECONDS each; new inputs go to build/fuzz/found, never to the seeds.
# Usage: run.sh SECONDS
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=$1
for target in build/fuzz/tests/fuzz/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=${target##*/fuzz_}
  echo "== $name, $seconds s"
  mkdir -p "build/fuzz/found/$name"
  "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -print_final_stats=0 \
    "build/fuzz/found/$name" "tests/fuzz/corpus/$name"
done
