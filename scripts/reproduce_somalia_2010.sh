#!/usr/bin/env bash
# Computes the figures and plots of docs/reproduce-somalia-2010.md from
# ${JILAAL_DATA}/bfast_som. Tables go to out/reproduce-somalia-2010 (they hold
# the values themselves), plots to docs/reproduce-somalia-2010.
#   JILAAL_DATA=... scripts/reproduce_somalia_2010.sh [JILAAL]
# JILAAL is the program; by default the debug build.
set -euo pipefail
cd "$(dirname "$0")/.."
data="${JILAAL_DATA:?set JILAAL_DATA to the folder of real data}/bfast_som"
jilaal="${1:-.build/debug/jilaal}"
tables=out/reproduce-somalia-2010
plots=docs/reproduce-somalia-2010
mkdir -p "$tables" "$plots"
published=("$data/som.csv" --date-column Time)
cells=("$data/modisraster.tif" --dates 'X{yyyy}.{mm}.{dd}' --scale 0.0001 --mean)

for column in NDVI.a NDVI.b; do
    for trend in trend no-trend; do
        "$jilaal" series "${published[@]}" --value-column "$column" --start 2010.5217 \
            "--$trend" --plot "$plots/$column-breaks-$trend.svg" \
            >"$tables/$column-breaks-$trend.csv"
    done
    "$jilaal" series "${published[@]}" --value-column "$column" --method vci \
        --baseline 2000-2009 --start 2010.5217 --plot "$plots/$column-indices.svg" \
        >"$tables/$column-indices.csv"
done
for trend in trend no-trend; do
    "$jilaal" series "${cells[@]}" --start 2010.75 "--$trend" \
        --plot "$plots/cells-breaks-$trend.svg" >"$tables/cells-breaks-$trend.csv"
done
"$jilaal" series "${cells[@]}" --method vci --baseline 2000-2009 --start 2010.5217 \
    --plot "$plots/cells-indices.svg" >"$tables/cells-indices.csv"
echo "tables are in $tables, plots in $plots"
