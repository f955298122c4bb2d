#!/usr/bin/env bash
# Makes the tables and figures of docs/central-african-republic.md from
# ${JILAAL_DATA}/ucdp_ged_car with pipelines/car.yaml, and checks the
# statements of its text against them.
#   JILAAL_DATA=... scripts/reproduce_car.sh [--check [--published RUN]] [JILAAL]
# --check only tells whether the tables of the page are what the data give, and
# the figures are there; it ends with 1 when not. RUN is a folder that the
# pipeline published already, taken in place of a run of its own. JILAAL is the
# program; by default the debug build. PYTHON, when set, is a Python with the
# packages of docs/central-african-republic/compare_esda.py, which then makes
# its table too. What was published stays in out/car.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
isCheck=false
if [ "${1:-}" = --check ]; then
    isCheck=true
    shift
fi
published=""
if $isCheck && [ "${1:-}" = --published ]; then
    published="$2"
    shift 2
fi
: "${JILAAL_DATA:?set JILAAL_DATA to the folder of real data}"
jilaal="${1:-.build/debug/jilaal}"
page=docs/central-african-republic.md
figures=docs/central-african-republic
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
mkdir "$made/blocks"

if [ -z "$published" ]; then
    "$jilaal" run pipelines/car.yaml --output "$made/out" >"$made/log" 2>&1 || {
        cat "$made/log" >&2
        exit 1
    }
fi
run="${published:-$made/out/latest}"

# Fields of a CSV without quotes in them: enough for the columns used here.
awkFunctions='
function days(first, last) { return first " to " last }
function round(x, decimals) { return sprintf("%." decimals "f", x) }
function group(x) { x = int(x + 0.5); return x < 1000 ? x : sprintf("%d,%03d", x / 1000, x % 1000) }
{ sub(/\r$/, ""); gsub(/"[^"]*"/, "text") }
'

dataTables() {
    awk -F, "$awkFunctions"'
        BEGIN { print "| known to | events | deaths, best estimate |"; print "|---|---|---|" }
        function row(text, item, key) { name[item key] = text }
        BEGIN {
            row("an exact place", "location", "exact"); row("about 25 km around a place", "location", "near")
            row("a district", "location", "district"); row("a region", "location", "region")
            row("the country", "location", "country"); row("a day", "time", "day")
            row("a week", "time", "week"); row("a month", "time", "month")
            row("a longer time", "time", "longer")
        }
        ($3 $4) in name { printf "| %s | %s | %s |\n", name[$3 $4], group($5), group($7) }
        $3 == "rows" && $4 == "used" { printf "| **all** | **%s** | **%s** |\n", group($5), group($7) }
    ' "$run/incidents/sources.csv" >"$made/blocks/precision"
    awk -F, "$awkFunctions"'
        BEGIN { print "| year | events on the grid | hot cells |"; print "|---|---|---|" }
        FNR > 1 && $4 > 0 { printf "| %s | %d | %d |\n", substr($2, 1, 4), $4 + 0.5, $5 }
    ' "$run/cube/steps.csv" >"$made/blocks/years"
}

classTables() {
    awk -F, "$awkFunctions"'
        BEGIN {
            print "| class in 2022 | west of 18 E, km2 | 18 to 22 E, km2 | east of 22 E, km2 | in all, km2 |"
            print "|---|---|---|---|---|"
        }
        FNR > 1 {
            if (!($4 in seen)) { seen[$4] = 1; order[++n] = $4 }
            area[$1, $4] = $6
        }
        END {
            for (i = 1; i <= n; i++) {
                class = order[i]; text = class; gsub("-", " ", text)
                if (area["all", class] > 0)
                    printf "| %s | %s | %s | %s | %s |\n", text, group(area["W", class]),
                        group(area["C", class]), group(area["E", class]), group(area["all", class])
            }
        }' "$run/cube/classes.csv" >"$made/blocks/classes"
    awk -F, "$awkFunctions"'
        BEGIN { print "| last year in which it was hot | cells without a class now |"; print "|---|---|" }
        FNR > 1 && $4 == 0 && $11 != "" { count[substr($11, 1, 4)]++; all++ }
        END {
            for (year = 1991; year <= 2022; year++)
                if (count[year]) printf "| %d | %d |\n", year, count[year]
            printf "| **in all** | **%d** |\n", all
        }' "$run/cube/emerging.csv" >"$made/blocks/former"
}

clusterTables() {
    local head='| | days | places | events | expected | deaths | radius, km | place named most |'
    local row='
        function row() {
            printf "| %d | %s | %d | %d | %.1f | %d | %.0f | %s |\n", $1, days($4, $5), $9, $10, $11, $18, $8, $20
        }'
    awk -F, "$awkFunctions $row"'
        BEGIN { print "'"$head"' p | happens by chance once in |"; print "|---|---|---|---|---|---|---|---|---|---|" }
        $2 == "prospective" {
            printf "| %d | %s | %d | %d | %.1f | %d | %.0f | %s | %.3f | %s days, %s |\n", $1, days($4, $5), $9,
                $10, $11, $18, $8, $20, $14, group($17), $3
        }' "$run/clusters/clusters.csv" >"$made/blocks/lasting"
    awk -F, "$awkFunctions $row"'
        BEGIN { print "'"$head"'"; print "|---|---|---|---|---|---|---|---|" }
        $2 == "retrospective" && ++n <= 12 { row() }' "$run/clusters/clusters.csv" >"$made/blocks/past"
    awk -F, "$awkFunctions"'
        function km(x) { return sprintf("%.0f", x) }
        BEGIN { print "| distance | within 7 days | 8 to 14 days | 15 to 30 days | 31 to 90 days |"; print "|---|---|---|---|---|" }
        FNR > 1 {
            name = $2 == 0 ? "same place" : $1 == 0 ? "up to " km($2) " km" : km($1) " to " km($2) " km"
            if (name != last) { printf "%s| %s ", last == "" ? "" : "|\n", name; last = name }
            printf "| %.1f (%d pairs%s) ", $7, $5, $9 == "true" ? "" : ", not beyond chance"
        }
        END { print "|" }' "$run/clusters/near_repeat.csv" >"$made/blocks/repeats"
}

hotspotTables() {
    awk -F, "$awkFunctions"'
        BEGIN {
            print "| | confidence | area, km2 | events in it | events around | deaths, low to high | peak (E, N) | sector | peak hot in | cells hot in, on average |"
            print "|---|---|---|---|---|---|---|---|---|---|"
        }
        FNR > 1 {
            printf "| %d | %d %% | %s | %d | %d | %d to %d | %.2f, %.2f | %s | %.0f %% | %.0f %% |\n", $1, $2,
                group($3), $4, $5, $7, $9, $14, $15, $16, $18, $19
        }' "$run/hotspots/hotspots.csv" >"$made/blocks/hotspots"
    {
        echo '```'
        "$jilaal" hotspots pipelines/car.yaml --explain 1 2>"$made/log"
        echo '```'
    } >"$made/blocks/explanation"
}

# What the text says in words; a line for each statement that does not hold.
statements() {
    awk -F, "$awkFunctions"'
        FILENAME ~ /steps/ && FNR > 1 && $6 > 0 { print "a cell was significantly cold in " $2 }
        FILENAME ~ /clusters.csv/ && $2 == "retrospective" && !first++ {
            if ($4 > "2013-12-05" || $5 < "2014-03-01" || $20 !~ /Bangui/)
                print "the strongest cluster is not that of Bangui, December 2013 to March 2014"
        }
        FILENAME ~ /clusters.csv/ && $2 == "retrospective" && ++past <= 12 && $15 > 0.001 {
            print "cluster " $1 " has a p of " $15
        }
        FILENAME ~ /near_repeat/ && FNR > 1 && $4 == 7 {
            if ($2 <= 5 && $7 < 4) print "events within 5 km and a week are less than 4 times as many"
            if ($2 == 100 && !($7 > 1 && $7 < 2.5)) print "ratio at 50 to 100 km within a week: " $7
        }' "$run/cube/steps.csv" "$run/clusters/clusters.csv" "$run/clusters/near_repeat.csv"
}

# The page with every block between its marks made anew.
fill() {
    awk -v blocks="$made/blocks" '
        /^<!-- made: / {
            print; name = $3; file = blocks "/" name; lines = 0
            while ((getline line < file) > 0) { print line; lines++ }
            isOld = lines > 0
            if (!lines && name != "esda") { print "no block " name > "/dev/stderr"; exit 1 }
            next
        }
        /^<!-- end -->/ { isOld = 0 }
        !isOld { print }' "$page" >"$made/page.md"
}

pictures="map cube/emerging cube/hot_steps clusters/prospective clusters/retrospective hotspots/hot_probability"

dataTables
classTables
clusterTables
hotspotTables
if [ -n "${PYTHON:-}" ]; then
    "$PYTHON" docs/central-african-republic/compare_esda.py "$jilaal" >"$made/blocks/esda"
fi
wrong="$(statements)"
if [ -n "$wrong" ]; then
    echo "$page says what the data do not give:" >&2
    echo "$wrong" >&2
    exit 1
fi
fill
if $isCheck; then
    missing="$(for picture in $pictures; do
        test -s "$figures/$(basename "$picture").png" || echo "$picture.png is missing"
    done)"
    if ! diff "$page" "$made/page.md" || [ -n "$missing" ]; then
        echo "$page is not what the data give: run scripts/reproduce_car.sh, read the difference" \
            "and commit it. $missing" >&2
        exit 1
    fi
    echo "$page is what the data give."
    exit 0
fi
for picture in $pictures; do cp "$run/$picture.png" "$figures/"; done
cat "$made/page.md" >"$page"
rm -rf out/car
mkdir -p out
cp -r "$made/out" out/car
echo "$page and its figures are written; tables are in out/car."
