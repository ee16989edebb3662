#!/usr/bin/env bash
# Times of parse, look-up, encode, TSIG, the UDP pipeline and the load of a million records; see perf/README.md.
# usage: perf/run-benchmarks.sh [BenchmarkDotNet's arguments, such as --filter '*Tsig*']
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release -v quiet --nologo perf/ActorDns.Benchmarks
trap 'rm -rf "${TMPDIR:-/tmp}/actordns-benchmarks"' EXIT
dotnet perf/ActorDns.Benchmarks/bin/Release/net10.0/ActorDns.Benchmarks.dll perf/results "$@"
