#!/usr/bin/env bash
# Installs Debian's chromium where it is absent, for the tests that open the entry page in a real browser.
set -euo pipefail

command -v chromium >/dev/null 2>&1 ||
  bash "$(dirname "$0")/install-debian-package.sh" chromium 'chromium, or set CHROMIUM_PATH'
chromium --version
