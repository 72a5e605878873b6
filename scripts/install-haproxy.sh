#!/usr/bin/env bash
# Installs Debian's haproxy where it is absent, for the tests of several gateways; they start and stop their own process, so
# no service is left running.
set -euo pipefail

if command -v haproxy >/dev/null 2>&1 || [ -x /usr/sbin/haproxy ]; then
  PATH="$PATH:/usr/sbin" haproxy -v | head -1
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "haproxy is absent and apt-get too: install HAProxy by hand" >&2
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
"${as_root[@]}" apt-get install -y -qq --no-install-recommends haproxy
PATH="$PATH:/usr/sbin" haproxy -v | head -1
