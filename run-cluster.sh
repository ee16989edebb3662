#!/bin/sh
# Three nodes on this machine that are one nameserver. Options go on to the command: ./run-cluster.sh --nodes 5 --data /var/tmp/lab
cd "$(dirname "$0")" || exit 1
exec dotnet run -c Release --project src/ActorDns.Host -- cluster up "$@"
