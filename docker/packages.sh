#!/usr/bin/env bash
# Prints the Debian packages of the named sections of packages.txt, one a line.
# Usage: packages.sh run [test] [bench]
set -euo pipefail
list="$(dirname "${BASH_SOURCE[0]}")/packages.txt"
for section in "$@"; do
  awk -v wanted="[$section]" '
    /^\[/ { inside = ($0 == wanted); next }
    inside && NF && !/^#/ { print $1 }' "$list"
done
