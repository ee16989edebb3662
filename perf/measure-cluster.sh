#!/usr/bin/env bash
# Three nodes on one PostgreSQL: updates per second, and how soon the others answer with an update; see perf/README.md.
# usage: perf/measure-cluster.sh [ROUNDS [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d /usr/lib/postgresql ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 2; }
dotnet build -c Release src/ActorDns.Host
dotnet build -c Release perf/ActorDns.Flood
work=$(mktemp -d -p /var/tmp) # Not in memory: a sync must reach a disk.
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
dotnet perf/ActorDns.Flood/bin/Release/net10.0/ActorDns.Flood.dll \
    cluster "$work" perf/results src/ActorDns.Host/bin/Release/net10.0/actordns.dll "$@"
