#!/usr/bin/env bash
# The training step of Sluice against PyTorch's, in turns: ours, eager, tuned, ours, eager, tuned, ...
#
#   benchmarks/compare.sh [--sizes S,M,L] [--threads 1,2] [--rounds 5] [--seconds 1] [--out FILE]
#
# Needs Debian's python3-torch and libopenblas0-pthread, and a quiet machine. Prints medians in milliseconds and how
# many times as fast as PyTorch we are; --out keeps every measurement as lines of JSON.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sizes=S,M,L
threads=1,2
rounds=5
seconds=1
out=""
while [ $# -gt 0 ]; do
  case "$1" in
    --sizes | --threads | --rounds | --seconds | --out)
      [ $# -ge 2 ] || { echo "compare.sh: $1 needs a value" >&2; exit 2; }
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done

python=${PYTHON:-/usr/bin/python3}
"$python" -c 'import torch' 2> /dev/null || {
  echo "compare.sh: $python has no PyTorch; on Debian: apt-get install python3-torch libopenblas0-pthread" >&2
  exit 1
}
"$python" benchmarks/peer_torch.py --self-test src/test/resources/vectors/wen-li

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines="$work/lines"

# ours SIZE THREADS: one line of JSON like the peer's
ours() {
  SLUICE_BLAS_THREADS="$2" ./sluice bench --part STEP --size "$1" --threads "$2" --rounds 1 --seconds "$seconds" --json "$work/ours.json" \
    > "$work/ours.log" 2>&1 || { cat "$work/ours.log" >&2; exit 1; }
  "$python" - "$work/ours.json" <<'PYTHON'
import json, sys
with open(sys.argv[1]) as file:
    report = json.load(file)
step = report["steps"][0]
print(json.dumps({
    "who": "sluice", "size": step["size"], "threads": step["threads"], "median_ms": step["stepMs"],
    "rounds_ms": step["stepRoundsMs"], "floor_ms": step["floorMs"],
    "java": report["versions"]["java"], "openblas": report["versions"]["openblas"], "cpu": report["machine"]["cpu"]}))
PYTHON
}

peer() {
  "$python" benchmarks/peer_torch.py --mode "$1" --size "$2" --threads "$3" --rounds 1 --seconds "$seconds"
}

for size in ${sizes//,/ }; do
  for count in ${threads//,/ }; do
    for ((round = 1; round <= rounds; round++)); do
      printf '\r\033[K%s, %s thread(s), round %d of %d' "$size" "$count" "$round" "$rounds" >&2
      ours "$size" "$count" >> "$lines"
      peer eager "$size" "$count" >> "$lines"
      peer tuned "$size" "$count" >> "$lines"
    done
  done
done
printf '\r\033[K' >&2
if [ -n "$out" ]; then cp "$lines" "$out"; fi

"$python" - "$lines" <<'PYTHON'
import collections, datetime, json, os, statistics, sys

times = collections.defaultdict(list)
with open(sys.argv[1]) as file:
    entries = [json.loads(line) for line in file]
for entry in entries:
    times[entry["size"], entry["threads"], entry["who"]].append(entry["median_ms"])
about = {key: value for entry in entries for key, value in entry.items() if key in ("cpu", "java", "openblas", "torch", "blas")}
print(datetime.date.today().isoformat(), f"{about['cpu']}, {os.cpu_count()} cores; JDK {about['java']},",
      f"OpenBLAS {about['openblas']}; PyTorch {about['torch']} on {os.path.basename(os.path.dirname(about['blas']))}")
print()
print("| size | threads | Sluice ms | eager ms | tuned ms | eager / Sluice | tuned / Sluice |")
print("|---|---|---|---|---|---|---|")
for size, threads in dict.fromkeys((key[0], key[1]) for key in times):
    ours, eager, tuned = (times[size, threads, who] for who in ("sluice", "torch-eager", "torch-tuned"))
    # a round's measurements lie side by side in time, so the ratio is taken within the round
    ratios = [statistics.median(p / o for p, o in zip(peer, ours)) for peer in (eager, tuned)]
    middle = [statistics.median(values) for values in (ours, eager, tuned)]
    print(f"| {size} | {threads} | {middle[0]:.3f} | {middle[1]:.3f} | {middle[2]:.3f} | {ratios[0]:.2f} | {ratios[1]:.2f} |")
PYTHON
