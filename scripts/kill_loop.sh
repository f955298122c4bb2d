#!/usr/bin/env bash
# Kills `jilaal run` with SIGKILL at random moments and starts it again, while
# a reader checks everything that `latest` names without a pause.
#
#   scripts/kill_loop.sh [ROUNDS [SEED]]     100 rounds by default
#
# The rounds are done on sample-data, and a third as many on a stack of 16 tiles
# made from its rasters. A round begins from an empty folder, from one with a night published,
# from one that lost its cache, or with two kills in a row. In the end it must
# have published, byte for byte, what an unbroken run publishes (but run.json,
# which tells when and how it was made), and no tile may have been computed
# twice but those that were running when the run was killed.
#
# JILAAL names another program than the one in .build (release, else debug).
# Ends with 1 when a promise was broken. Needs gdal-bin and jq.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds="${1:-100}"
RANDOM="${2:-20221202}"
threads=2
program="${JILAAL:-}"
for built in .build/release/jilaal .build/debug/jilaal; do
    [ -n "$program" ] || [ ! -x "$built" ] || program="$built"
done
[ -x "$program" ] || { echo "kill_loop: there is no jilaal; run swift build" >&2; exit 1; }
command -v jq >/dev/null || { echo "kill_loop: jq is missing; install it" >&2; exit 1; }

work="$(mktemp -d)"
watcher=""
finish() {
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# A stack of 4 x 4 blocks of which each is a tile, from one period of the year.
make_tiles() {
    local stack="$work/stack" name raster
    mkdir -p "$stack/ndvi"
    cp sample-data/sectors.geojson "$stack"
    for raster in sample-data/ndvi/*289.tif sample-data/ndvi/*305.tif sample-data/ndvi/*273.tif; do
        name="$(basename "$raster")"
        gdal_translate -q -ot Float32 -outsize 2048 2112 -r nearest -co TILED=YES \
            -co BLOCKXSIZE=512 -co BLOCKYSIZE=528 -co COMPRESS=DEFLATE -co ZLEVEL=1 \
            "$raster" "$stack/ndvi/$name"
    done
    cat >"$stack/pipeline.yaml" <<YAML
version: 1
name: Sixteen tiles
synthetic: true
as_of: "2022-12-02"
sectors: { file: sectors.geojson, id: sector_id, name: name }
drought:
  ndvi:
    product: custom
    files: "ndvi/*.tif"
    dates: "KRS_NDVI_16day_{yyyy}{doy}.tif"
    scale: 0.0001
    offset: 0
    fill: [-3000]
    valid_range: [-2000, 10000]
    irregular_dates: accept
  periods: 16-day
  baseline: 2010-2020
  max_age: 60 days
  series: 12 months
YAML
}

# night PIPELINE OUTPUT [OPTIONS]: one run, its log in $work/log.
night() {
    local pipeline="$1" output="$2"
    shift 2
    "$program" run "$pipeline" --output "$output" --threads "$threads" --verbose "$@" \
        >/dev/null 2>"$work/log"
}

# Hashes of all that the newest run has published, but run.json.
hashes() {
    (cd "$1/latest/" && find . -type f ! -name run.json -print0 | LC_ALL=C sort -z \
        | xargs -0 sha256sum)
}

# Numbers of the tiles that the log in $1 says were begun.
begun() {
    sed -n '/drought tile/{/step=begun/s/.*tile=\([0-9]*\).*/\1/p}' "$1" | LC_ALL=C sort
}

# Reads what `latest` of the folder named in $work/watched links to, against
# its manifest; writes a line for each look, and for each bad file.
watch_latest() {
    local root run
    while :; do
        root="$(cat "$work/watched" 2>/dev/null)" || root=""
        if [ -n "$root" ] && run="$(readlink -e "$root/latest")"; then
            if (cd "$run" && jq -r '.outputs[] | "\(.sha256)  \(.path)"' manifest.json \
                >"$work/expected" && [ -s "$work/expected" ] \
                && sha256sum --check --quiet --strict "$work/expected") >"$work/fault" 2>&1; then
                echo . >>"$work/looks"
            elif [ "$root" = "$(cat "$work/watched")" ]; then
                # Not one that this script took away meanwhile.
                { echo "$run"; cat "$work/fault"; } >>"$work/bad"
            fi
        elif [ -n "$root" ] && [ -e "$root/expects-latest" ] \
            && [ "$root" = "$(cat "$work/watched")" ]; then
            echo "$root: latest is gone" >>"$work/bad"
        fi
    done
}

# now: seconds with fractions.
now() { date +%s.%N; }

# loop NAME ROUNDS PIPELINE EARLIER SHARE: the rounds of one stack. EARLIER is the
# night published before; SHARE is the part of a run in which it is killed, percent.
loop() {
    local name="$1" rounds="$2" pipeline="$3" earlier="$4" share="$5"
    local base="$work/$name-base" plain="$work/$name-plain" round root start length state
    local kills=0 hits=0 differing=0 most=0 over=0 failed=0 process delay count
    local bad=0 looks=0
    night "$pipeline" "$plain"
    hashes "$plain" >"$work/$name-plain.sha"
    night "$pipeline" "$base" --as-of "$earlier"
    cp -a "$base" "$work/$name-whole"
    start="$(now)"
    night "$pipeline" "$work/$name-whole"
    length="$(echo "($(now) - $start) * $share / 100" | bc -l)"
    hashes "$work/$name-whole" >"$work/$name-whole.sha"
    : >"$work/looks"
    : >"$work/bad"
    for ((round = 1; round <= rounds; round++)); do
        root="$work/$name-round-$round"
        state=$((RANDOM % 4))
        if [ "$state" -eq 0 ]; then
            mkdir "$root"
        else
            cp -a "$base" "$root"
            touch "$root/expects-latest"
            [ "$state" -ne 2 ] || rm -r "$root/cache"
        fi
        echo "$root" >"$work/next" && mv "$work/next" "$work/watched"
        : >"$work/before"
        count=1
        [ "$state" -ne 3 ] || count=2
        while [ "$count" -gt 0 ]; do
            count=$((count - 1))
            kills=$((kills + 1))
            delay="$(echo "$RANDOM / 32768 * $length" | bc -l)"
            "$program" run "$pipeline" --output "$root" --threads "$threads" --verbose \
                >/dev/null 2>"$work/log" &
            process=$!
            sleep "$delay"
            kill -KILL "$process" 2>/dev/null || true
            if ! { wait "$process"; } 2>/dev/null; then hits=$((hits + 1)); fi
            redone "$name" "$round"
            begun "$work/log" >"$work/before"
        done
        if ! night "$pipeline" "$root"; then
            failed=$((failed + 1))
            tail -n 3 "$work/log" >&2
        fi
        redone "$name" "$round"
        local expected="$work/$name-whole.sha"
        [ "$state" -ne 0 ] || expected="$work/$name-plain.sha"
        hashes "$root" >"$work/found.sha"
        if ! diff "$expected" "$work/found.sha" >"$work/difference"; then
            differing=$((differing + $(grep -c '^>' "$work/difference" || true) + 1))
            echo "$name, round $round, state $state:" >&2
            cat "$work/difference" >&2
        fi
        : >"$work/next" && mv "$work/next" "$work/watched"
        rm -rf "$root"
        [ $((round % 10)) -ne 0 ] || [ "$round" -eq "$rounds" ] || report "$round" >&2
    done
    cat "$work/bad" >&2
    report "$rounds"
    [ "$bad" -eq 0 ] && [ "$differing" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$over" -eq 0 ] \
        && [ "$looks" -gt 0 ] && [ "$hits" -gt 0 ] || violated=1
}

# Prints the counts of a loop so far.
report() {
    bad="$(wc -l <"$work/bad")"
    looks="$(wc -l <"$work/looks")"
    echo "$name: $1 rounds, $kills kills ($hits hit), $looks looks at latest," \
        "$bad bad files, $differing differing files, $failed failed runs," \
        "at most $most tiles computed twice ($over times more than $threads)"
}

# Counts the tiles that the last run began and one killed before had begun.
redone() {
    local again
    again="$(begun "$work/log" | LC_ALL=C comm -12 - "$work/before" | wc -l)"
    [ "$again" -le "$most" ] || most="$again"
    if [ "$again" -gt "$threads" ]; then
        over=$((over + 1))
        echo "$1, round $2: $again tiles were computed again" >&2
    fi
}

violated=0
make_tiles
: >"$work/watched"
watch_latest &
watcher=$!
loop sample "$rounds" sample-data/pipeline.yaml 2021-12-02 100
loop tiles $(((rounds + 2) / 3)) "$work/stack/pipeline.yaml" 2022-11-16 60
exit "$violated"
