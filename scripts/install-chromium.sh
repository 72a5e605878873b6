#!/usr/bin/env bash
# Installs Debian's chromium where it is absent, for the tests that open the entry page in a real browser.
set -euo pipefail

if command -v chromium >/dev/null 2>&1; then
  chromium --version
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "chromium is absent and apt-get too: install chromium by hand, or set CHROMIUM_PATH" >&2
  exit 1
fi
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium
chromium --version
