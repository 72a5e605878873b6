#!/usr/bin/env bash
# Takes promtool out of Debian's package prometheus where it is absent; the server in it is not installed.
set -euo pipefail

if command -v promtool >/dev/null 2>&1; then
  promtool --version 2>&1 | sed -n 1p
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "promtool is absent and apt-get too: install promtool of Prometheus by hand" >&2
  exit 1
fi
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq prometheus
dpkg -x prometheus_*.deb .
"${as_root[@]}" install -m 755 usr/bin/promtool /usr/local/bin/promtool
promtool --version 2>&1 | sed -n 1p
