#!/usr/bin/env bash
# CPU per UDP answer of ActorDns, NSD, Knot and BIND, in turn on one core; see perf/README.md.
# usage: perf/compare-udp.sh [ROUNDS [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in nsd knotd named taskset; do
    command -v "$tool" > /dev/null || { echo "$tool is missing: apt-get install nsd knot bind9 util-linux" >&2; exit 2; }
done
dotnet build -c Release src/ActorDns.Host
dotnet build -c Release perf/ActorDns.Flood
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
taskset -c 1 dotnet perf/ActorDns.Flood/bin/Release/net10.0/ActorDns.Flood.dll \
    compare "$work" perf/results src/ActorDns.Host/bin/Release/net10.0/actordns.dll "$@"
