#!/usr/bin/env bash
# Installs Debian's redis-server where it is absent; the tests start and stop their own process, so no service is left running.
set -euo pipefail

if command -v redis-server >/dev/null 2>&1; then
  redis-server --version
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "redis-server is absent and apt-get too: install Redis or Valkey by hand" >&2
  exit 1
fi
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
# Debian starts the service on install; policy-rc.d says no while we install.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
  made_policy=yes
fi
remove_policy() { [ "$made_policy" = no ] || "${as_root[@]}" rm -f "$policy"; }
trap remove_policy EXIT
"${as_root[@]}" apt-get install -y -qq --no-install-recommends redis-server
redis-server --version
