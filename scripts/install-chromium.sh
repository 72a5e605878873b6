#!/usr/bin/env bash
# Installs Debian's chromium without a window where there is no chromium at all, for the tests that open pages in a real browser.
set -euo pipefail

command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
  bash "$(dirname "$0")/install-debian-package.sh" chromium-headless-shell 'chromium, or set CHROMIUM_PATH'
