#!/usr/bin/env bash
# Serves the demonstration supergraph by Hive Gateway in front of three gateways behind HAProxy, asks it one query, and goes on
# asking while the gateways are restarted. Exits 1 where an answer is wrong. Wants HAProxy (scripts/install-haproxy.sh).
# Hive Gateway has 745 packages, more than all others together, so it is no dependency: it goes to a folder of its own.
# Wants what `npm ci && npm run build` leave behind.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.15.1
folder="${HIVE_GATEWAY_FOLDER:-$(mktemp -d)}"
if [ -z "${HIVE_GATEWAY_FOLDER:-}" ]; then trap 'rm -rf "$folder"' EXIT; fi

if [ ! -x "$folder/node_modules/.bin/hive-gateway" ]; then
  # Nothing that it needs is made by an install script, so nobody's runs.
  npm install --prefix "$folder" --no-save --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error \
    "@graphql-hive/gateway@$version"
fi
node scripts/hive-gateway.mjs "$folder/node_modules/.bin/hive-gateway"
