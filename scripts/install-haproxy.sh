#!/usr/bin/env bash
# Installs Debian's haproxy where it is absent, for the tests of several gateways; they start and stop their own process, so
# no service is left running.
set -euo pipefail

PATH="$PATH:/usr/sbin"
command -v haproxy >/dev/null 2>&1 || bash "$(dirname "$0")/install-debian-package.sh" haproxy HAProxy
# sed reads to the end, where head would leave: haproxy would then be ended by a signal, and pipefail would end CI with it.
haproxy -v | sed -n 1p
