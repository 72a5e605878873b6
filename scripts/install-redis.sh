#!/usr/bin/env bash
# Installs Debian's redis-server where it is absent; the tests start and stop their own process, so no service is left running.
set -euo pipefail

command -v redis-server >/dev/null 2>&1 ||
  bash "$(dirname "$0")/install-debian-package.sh" redis-server 'Redis or Valkey'
redis-server --version
