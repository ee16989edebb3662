#!/usr/bin/env bash
# ActorDns beside BIND, NSD, Knot, PowerDNS and YADIFA: the same work on this machine in turn; see perf/README.md and perf/run.sh --help.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(bind9 nsd knot pdns-server pdns-backend-sqlite3 sqlite3 yadifa util-linux)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || missing+=("$package")
done
case " $* " in *" --help "* | *" --list "*) missing=() ;; esac
if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" -eq 0 ] || { echo "please run: sudo apt-get install --no-install-recommends ${missing[*]}" >&2; exit 2; }
    # Daemons must not start by themselves: each is started here, on a port of its own.
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod +x "$policy"; made=$policy; }
    trap 'rm -f "${made:-}"' EXIT
    apt-get update -q > /dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" > /dev/null
    rm -f "${made:-}"
fi
dotnet build -c Release -v quiet --nologo perf/ActorDns.Flood > /dev/null
flood=perf/ActorDns.Flood/bin/Release/net10.0/ActorDns.Flood.dll
work=$(mktemp -d -p /var/tmp) # Not in memory: a sync must reach a disk.
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
case " $* " in *" --help "* | *" --list "*) ;; *)
    dotnet publish -c Release -r linux-x64 -v quiet --nologo -o "$work/published" src/ActorDns.Host > /dev/null ;; # As operators run it.
esac
pin=(taskset -c "1-$(($(nproc) - 1))")
case " $* " in *" --unpinned "*) pin=() ;; esac
"${pin[@]}" dotnet "$flood" compare --folder "$work" --program "$work/published/actordns" "$@"
