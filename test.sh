#!/usr/bin/env bash
# Installs what the tests need (when it may), builds, runs every test project, and ends with "N passed, N failed".
#   ./test.sh            everything, in its small form
#   ./test.sh --long     the same with the full figures; writes them to docs/evidence/DATE-long.md
#   ./test.sh --fast     no other servers: unit and property tests only
#   ./test.sh NAME ...   only the test projects whose names contain NAME
set -uo pipefail
cd "$(dirname "$0")"

mode=normal
names=()
for argument in "$@"; do
  case "$argument" in
    --long) mode=long ;;
    --fast) mode=fast ;;
    -h|--help) sed -n '2,6p' "$0" | cut -c3-; exit 0 ;;
    -*) echo "test.sh: unknown option $argument (see --help)" >&2; exit 2 ;;
    *) names+=("$argument") ;;
  esac
done
export ACTORDNS_TEST_SIZE=$mode

# The servers and clients that the tests run against, as Debian packages them.
packages=(bind9 bind9-utils bind9-dnsutils knot knot-dnsutils nsd pdns-server pdns-backend-sqlite3 yadifa sqlite3 ldnsutils
  python3-dnspython libnet-dns-perl libdigest-hmac-perl iproute2 procps
  postgresql pgbouncer strace unbound util-linux
  certbot python3-certbot-dns-rfc2136 lego pebble kea-dhcp-ddns-server mount
  ddclient dehydrated dehydrated-hook-ddns-tsig dnsvi dnsperf ruby-dnsruby
  prometheus)

install_packages() {
  local missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "test.sh: not a Debian system; please provide: ${missing[*]}" >&2
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "test.sh: please run: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    return 0
  fi
  echo "installing: ${missing[*]}"
  # Daemons must not start by themselves: the tests start their own, on their own ports.
  local policy=/usr/sbin/policy-rc.d made=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy" && made=yes
  fi
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } > /tmp/actordns-install.$$.log 2>&1 \
    || { tail -20 /tmp/actordns-install.$$.log >&2; echo "test.sh: some packages could not be installed" >&2; }
  [ "$made" = yes ] && rm -f "$policy"
  rm -f /tmp/actordns-install.$$.log
}

[ "$mode" = fast ] || install_packages

echo "building"
dotnet build -c Release -v quiet --nologo || { echo "0 passed, 1 failed"; exit 1; }

passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
limit=1200 # seconds for one project
if [ "$mode" = long ]; then
  limit=3600
  export ACTORDNS_EVIDENCE="$results/figures" # The tests write what they have shown, a table row for each proof.
  : > "$ACTORDNS_EVIDENCE"
fi
# A system test shares the machine with other servers and a hundred processes. One that fails is run once more, alone, and named; what fails
# then has failed. More than three at once are no accident, and the long run gives nobody a second chance.
passes_alone() { # PROJECT LOG
  local dll="$1/bin/Release/net10.0/$(basename "$1").dll" tests=() arguments=() test
  mapfile -t tests < <(sed -nE 's/^ +([A-Za-z0-9_.]+).*\[FAIL\]$/\1/p' "$2" | sort -u)
  [ "$mode" = normal ] && [ "$(basename "$1")" = ActorDns.System.Tests ] && [ ${#tests[@]} -gt 0 ] && [ ${#tests[@]} -le 3 ] || return 1
  for test in "${tests[@]}"; do arguments+=(-method "$test"); done
  timeout 600 dotnet "$dll" -noColor "${arguments[@]}" > "$2.again" 2>&1 || return 1
  [ "$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' "$2.again")" -ge ${#tests[@]} ] || return 1
  printf 'passed at the second run, alone: %s\n' "${tests[@]}"
}

for project in tests/*.Tests tests/ActorDns.Tidy; do
  name=$(basename "$project")
  [ "$mode" = fast ] && [ "$name" = ActorDns.System.Tests ] && continue
  if [ ${#names[@]} -gt 0 ]; then
    wanted=no
    for part in "${names[@]}"; do case "$name" in *"$part"*) wanted=yes ;; esac; done
    [ "$wanted" = yes ] || continue
  fi
  log="$results/$name.log"
  started=$SECONDS
  timeout "$limit" dotnet "$project/bin/Release/net10.0/$name.dll" -noColor > "$log" 2>&1
  code=$?
  summary=$(grep -E '^ +.*Total: [0-9]+' "$log" | tail -1)
  total=$(sed -nE 's/.*Total: ([0-9]+).*/\1/p' <<< "$summary")
  bad=$(sed -nE 's/.*Failed: ([0-9]+).*/\1/p' <<< "$summary")
  errors=$(sed -nE 's/.*Errors: ([0-9]+).*/\1/p' <<< "$summary")
  left=$(sed -nE 's/.*Skipped: ([0-9]+).*/\1/p' <<< "$summary")
  total=${total:-0} bad=${bad:-0} errors=${errors:-0} left=${left:-0}
  [ "$code" -ne 0 ] && [ $((bad + errors)) -eq 0 ] && bad=1 total=$((total + 1))
  if [ -n "$summary" ] && [ "$bad" -gt 0 ] && [ "$errors" -eq 0 ] && passes_alone "$project" "$log"; then
    grep -A8 -E '\[FAIL\]' "$log" # What it said the first time.
    bad=0
  fi
  passed=$((passed + total - bad - left)) failed=$((failed + bad + errors)) skipped=$((skipped + left))
  echo "| $name | $((total - bad - left)) | $((bad + errors)) | $left | $((SECONDS - started)) |" >> "$results/projects"
  printf '%-34s %5d passed %3d failed %3d skipped %5ds\n' \
    "$name" $((total - bad - left)) $((bad + errors)) "$left" $((SECONDS - started))
  if [ $((bad + errors)) -gt 0 ]; then
    grep -E '\[FAIL\]' "$log" | sed -E 's/^ +/failed: /; s/ \[FAIL\]//' | tee -a "$results/failures" # All of them, before the last words.
    grep -vE '^ *(Discover|Start|Finish)' "$log" | tail -80
  fi
done

# The record of a long run: machine, peers, counts and the figures that the tests themselves have written.
write_evidence() {
  local part file state
  state=$(git rev-parse --short HEAD 2>/dev/null) || state=unknown
  [ -z "$(git status --porcelain 2>/dev/null)" ] || state="$state with changes on top"
  part=$(printf -- '-%s' "${names[@]:-}")
  [ ${#names[@]} -eq 0 ] && part=
  file="docs/evidence/$(date -u +%F)-long$part.md"
  mkdir -p docs/evidence
  {
    printf '# Long run of %s\n\nWritten by `./test.sh --long%s` at commit %s. It took %d seconds.\n\n## Machine\n\n' \
      "$(date -u +%F)" "${names[*]:+ ${names[*]}}" "$state" "$SECONDS"
    printf '%s cores, %s GiB of memory, %s, Linux %s, .NET SDK %s.\n\n' "$(nproc)" \
      "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" \
      "$(. /etc/os-release && echo "$PRETTY_NAME")" "$(uname -r | cut -d- -f1)" "$(dotnet --version)"
    printf '| peer | version |\n|---|---|\n'
    for package in "${packages[@]}"; do
      printf '| %s | %s |\n' "$package" "$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null || echo 'not from a package')"
    done
    printf '\n## Projects\n\n| project | passed | failed | skipped | seconds |\n|---|---|---|---|---|\n'
    cat "$results/projects"
    printf '\n## Figures\n\n| proof | figures |\n|---|---|\n'
    sort "$ACTORDNS_EVIDENCE"
    [ ! -s "$results/failures" ] || { printf '\n## Failures\n\n'; sed 's/^/- /' "$results/failures"; }
    printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  } > "$file"
  echo "written: $file"
}

[ "$mode" = long ] && write_evidence
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
