#!/usr/bin/env bash
# Installs one of Debian's packages, without starting the service that may be in it: tests start and stop their own processes.
# Usage: install-debian-package.sh PACKAGE WHAT-TO-INSTALL-BY-HAND
set -euo pipefail

if ! command -v apt-get >/dev/null 2>&1; then
  echo "$1 is absent and apt-get too: install by hand: $2" >&2
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
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "$1"
