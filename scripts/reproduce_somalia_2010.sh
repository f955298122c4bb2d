#!/usr/bin/env bash
# Makes the tables and figures of docs/reproduce-somalia-2010.md from
# ${JILAAL_DATA}/bfast_som with the program's own commands, and checks the
# statements of its text against them.
#   JILAAL_DATA=... scripts/reproduce_somalia_2010.sh [--check] [JILAAL]
# --check only tells whether the page and its figures are what the data give;
# it ends with 1 when they are not. JILAAL is the program; by default the
# debug build. The tables that the page sums up go to
# out/reproduce-somalia-2010, since they hold the values themselves.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
isCheck=false
if [ "${1:-}" = --check ]; then
    isCheck=true
    shift
fi
data="${JILAAL_DATA:?set JILAAL_DATA to the folder of real data}/bfast_som"
jilaal="${1:-.build/debug/jilaal}"
page=docs/reproduce-somalia-2010.md
figures=docs/reproduce-somalia-2010
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
mkdir "$made/figures" "$made/blocks" "$made/tables"

series() { "$jilaal" series "$@"; }
published=("$data/som.csv" --date-column Time --start 2010.5217)
cells=("$data/modisraster.tif" --dates 'X{yyyy}.{mm}.{dd}' --scale 0.0001)
indices=(--method vci --baseline 2000-2009)

compute() {
    for column in NDVI.a NDVI.b; do
        for trend in trend no-trend; do
            series "${published[@]}" --value-column "$column" "--$trend" \
                --plot "$made/figures/$column-breaks-$trend.svg" \
                >"$made/tables/$column-breaks-$trend.csv"
        done
        series "${published[@]}" --value-column "$column" "${indices[@]}" \
            --plot "$made/figures/$column-indices.svg" >"$made/tables/$column-indices.csv"
    done
    for trend in trend no-trend; do
        series "${cells[@]}" --mean --start 2010.75 "--$trend" \
            --plot "$made/figures/mean-breaks-$trend.svg" \
            --map "$made/figures/cells-breaks-$trend.svg" \
            >"$made/tables/cells-breaks-$trend.csv"
    done
    series "${cells[@]}" --mean "${indices[@]}" --start 2010.7391 --end 2011.7391 \
        --plot "$made/figures/mean-indices.svg" --map "$made/figures/cells-indices.svg" \
        >"$made/tables/cells-indices.csv"
}

# Functions on decimal years, steps of 16 days and sorted numbers.
awkFunctions='
function date(time,   year, day, month, days, names) {
    year = int(time + 0.02); day = int((time - year) * 23 + 0.5) * 16 + 1
    split("31 28 31 30 31 30 31 31 30 31 30 31", days, " ")
    split("January February March April May June July August September October November December", names, " ")
    if (year % 4 == 0) days[2] = 29
    for (month = 1; day > days[month]; month++) day -= days[month]
    return day " " names[month] " " year
}
function sort(a, n,   i, j, x) {
    for (i = 2; i <= n; i++) {
        x = a[i]
        for (j = i - 1; j > 0 && a[j] > x; j--) a[j + 1] = a[j]
        a[j + 1] = x
    }
}
function spread(a, n, form) {
    sort(a, n)
    return sprintf(form ", " form ", " form, a[1],
        n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2, a[n])
}
function model(file) { return file ~ /no-trend/ ? "season only" : "trend and season" }
# Cells are named "row,column": the comma is no separator there.
{ gsub(/"[0-9]+,[0-9]+"/, "cell"); gsub(/"/, "") }
'

tables() {
    awk -F, "$awkFunctions"'
        BEGIN {
            print "| series | model | stable history from | observations | sigma | break | magnitude | strongest sum | boundary |"
            print "|---|---|---|---|---|---|---|---|---|"
        }
        FNR > 1 {
            printf "| %s | %s | %s | %d | %.4f | %s | %.3f | %.2f | %.2f |\n", $1, model(FILENAME),
                date($3), $4, $5, $6 == "" ? "none" : sprintf("%.2f (%s)", $6, date($6)), $7, $9,
                $10 * sqrt(2)
        }' "$made"/tables/NDVI.{a,b}-breaks-{trend,no-trend}.csv >"$made/blocks/published-breaks"
    awk -F, "$awkFunctions"'
        BEGIN {
            print "| model | cells with a break | first, median, last break | magnitude: lowest, median, highest | history from the first composite | mean of the cells: break, magnitude |"
            print "|---|---|---|---|---|---|"
        }
        FNR == 1 { count = breaks = whole = 0 }
        $1 == "cell" {
            magnitude[++count] = $7
            if ($6 != "") time[++breaks] = $6
            if ($3 < 2000.15) whole++
        }
        $1 == "mean" {
            printf "| %s | %d of %d | %s | %s | %d cells | %.2f, %.3f |\n", model(FILENAME), breaks,
                count, spread(time, breaks, "%.2f"), spread(magnitude, count, "%.3f"), whole, $6, $7
        }' "$made"/tables/cells-breaks-{trend,no-trend}.csv >"$made/blocks/cell-breaks"
    awk -F, "$awkFunctions"'
        BEGIN {
            print "| composite from | VCI of the mean, % | z-score of the mean | mean of the z-scores | cells below the baseline (VCI under 0) | cells with z under -2 |"
            print "|---|---|---|---|---|---|"
        }
        $1 == "cell" { sum[$2] += $5; count[$2]++; if ($4 < 0) below[$2]++; if ($5 < -2) far[$2]++ }
        $1 == "mean" {
            printf "| %s | %.0f | %.2f | %.2f | %d of %d | %d |\n", date($2), $4, $5,
                sum[$2] / count[$2], below[$2], count[$2], far[$2]
        }' "$made/tables/cells-indices.csv" >"$made/blocks/cell-indices"
}

# What the text says in words; a line for each statement that does not hold.
statements() {
    awk -F, "$awkFunctions"'
        FNR == 1 { next }
        FILENAME ~ /-breaks-/ && !($7 < 0) { print FILENAME ": a magnitude is not negative" }
        FILENAME ~ /NDVI.*-breaks-/ && !($6 > 2010.9 && $6 < 2011.5) {
            print FILENAME ": no break between December 2010 and June 2011"
        }
        FILENAME ~ /cells-indices/ && $1 == "mean" && !($5 < 0) {
            print FILENAME ": the mean of " date($2) " is not below its mean"
        }
        FILENAME ~ /cells-indices/ && $1 == "mean" {
            if ($5 < -5) deep[++n] = date($2)
        }
        END {
            if (n != 2 || deep[1] !~ /December 2010/ || deep[2] !~ /August 2011/)
                print "the two deepest composites are not of December 2010 and August 2011"
        }' "$made"/tables/*.csv
}

# The page with every block between its marks made anew.
fill() {
    awk -v blocks="$made/blocks" '
        /^<!-- made: / {
            print; name = $3; file = blocks "/" name; lines = 0
            while ((getline line < file) > 0) { print line; lines++ }
            if (!lines) { print "no block " name > "/dev/stderr"; exit 1 }
            isOld = 1; next
        }
        /^<!-- end -->/ { isOld = 0 }
        !isOld { print }' "$page" >"$made/page.md"
}

compute
tables
wrong="$(statements)"
if [ -n "$wrong" ]; then
    echo "$page says what the data do not give:" >&2
    echo "$wrong" | sed "s|$made/tables/||" >&2
    exit 1
fi
fill
if $isCheck; then
    if ! diff "$page" "$made/page.md" || ! diff -rq "$figures" "$made/figures"; then
        echo "$page is not what the data give: run scripts/reproduce_somalia_2010.sh," \
            "read the difference and commit it." >&2
        exit 1
    fi
    echo "$page is what the data give."
    exit 0
fi
mkdir -p out
rm -rf "$figures" out/reproduce-somalia-2010
cp -r "$made/tables" out/reproduce-somalia-2010
cp -r "$made/figures" "$figures"
cat "$made/page.md" >"$page"
echo "$page and its figures are written; tables are in out/reproduce-somalia-2010."
