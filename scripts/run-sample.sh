#!/usr/bin/env bash
# Sets up, builds Jilaal and runs it on the invented country of sample-data/.
#   scripts/run-sample.sh [further options of 'jilaal run', such as --as-of 2021-12-02]
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
swift build -c release --product jilaal

output="out/sample"
"$(swift build -c release --show-bin-path)/jilaal" run sample-data/pipeline.yaml \
    --output "$output" "$@"

echo
echo "Results are in $output/latest:"
(cd "$output/latest" && find -L . -type f | LC_ALL=C sort | sed 's|^\./|  |')
cat <<TEXT

Where to begin:
  $output/latest/map.png      sectors, hotspots and bases on one picture
  $output/latest/sectors.csv  one row per sector; opens in a spreadsheet
  $output/latest/transfer/transfer_map.png   which bases can be handed over
  $output/latest/transfer/base_transfer.csv  and why, one row per base
  hotspots/hotspots.geojson and drought/*.tif beside them open in QGIS
The country is invented: sample-data/truth.json says what was planted, and
docs/outputs.md explains each file.
TEXT
if [ "$#" -eq 0 ]; then
    cat <<TEXT
What they should show: a drought across sectors S1 and S2, and three hotspots of
violence: in S3, in S1, and on the border of S4 and S5.
TEXT
fi
