#!/usr/bin/env bash
# Time to the first answer and of the first thousand, as built and as published; see perf/README.md.
# usage: perf/start-time.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish -c Release -r linux-x64 -v quiet --nologo -o "$work/published" src/ActorDns.Host
dotnet build -c Release -v quiet --nologo src/ActorDns.Host
dotnet build -c Release -v quiet --nologo perf/ActorDns.Flood
taskset -c 1 dotnet perf/ActorDns.Flood/bin/Release/net10.0/ActorDns.Flood.dll \
    start "$work" perf/results src/ActorDns.Host/bin/Release/net10.0/actordns.dll "$work/published/actordns" "$@"
