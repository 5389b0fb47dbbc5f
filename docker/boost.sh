#!/usr/bin/env bash
# Makes Boost 1.81 headers available without installing them: Debian 12's libgdal-dev wants
# Boost 1.74 and excludes libboost1.81-dev. Prints the folder for CMAKE_PREFIX_PATH, or nothing
# where the system's own Boost is new enough. Used by dev and by the Dockerfile.
# Usage: boost.sh FOLDER
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)

system_version=$(sed -n 's/^#define BOOST_VERSION \([0-9]*\).*/\1/p' /usr/include/boost/version.hpp 2>/dev/null || true)
if [ "${system_version:-0}" -ge 108100 ]; then
  exit 0
fi

if [ ! -f "$folder/usr/include/boost/beast.hpp" ]; then
  packages=$(mktemp -d)
  trap 'rm -rf "$packages"' EXIT
  chmod 755 "$packages"
  (cd "$packages" && apt-get download -q libboost1.81-dev libboost-url1.81-dev libboost-url1.81.0 >&2 2>/dev/null) ||
    { echo "boost.sh: apt-get could not download libboost1.81-dev; run apt-get update and try again" >&2; exit 1; }
  for package in "$packages"/*.deb; do
    dpkg -x "$package" "$folder"
  done
fi
echo "$folder/usr"
