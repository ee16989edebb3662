#!/usr/bin/env bash
# Durable signed updates per second of ActorDns, BIND, Knot and PowerDNS, in turn, each on one core or unpinned; see perf/README.md.
# usage: perf/compare-updates.sh [unpinned] [ROUNDS [SECONDS [SERVER ...]]]
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in named knotd pdns_server sqlite3 taskset; do
    command -v "$tool" > /dev/null \
        || { echo "$tool is missing: apt-get install bind9 knot pdns-server pdns-backend-sqlite3 sqlite3 util-linux" >&2; exit 2; }
done
dotnet build -c Release perf/ActorDns.Flood
work=$(mktemp -d -p /var/tmp) # Not in memory: a sync must reach a disk.
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
dotnet publish -c Release -r linux-x64 -v quiet --nologo -o "$work/published" src/ActorDns.Host # As operators run it.
pin="taskset -c 1"
[ "${1:-}" != unpinned ] || pin=
$pin dotnet perf/ActorDns.Flood/bin/Release/net10.0/ActorDns.Flood.dll \
    updates "$work" perf/results "$work/published/actordns.dll" "$@"
