#!/usr/bin/env bash
# Damages every raster and vector fixture, and small files in every format
# that is read, and counts how reading them ends. Prints one JSON object; ends
# with 1 when a reader crashed, hung or gave an unknown error.
#   scripts/corrupt.sh [options of 'jilaal-benchmarks corrupt', such as --seed 2]
# The program is .build/release/jilaal-benchmarks unless JILAAL_BENCHMARKS names another.
set -euo pipefail
cd "$(dirname "$0")/.."

program="${JILAAL_BENCHMARKS:-.build/release/jilaal-benchmarks}"
[ -x "$program" ] || {
    echo "corrupt: build it first: swift build -c release --product jilaal-benchmarks" >&2
    exit 1
}
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT

ndvi=(sample-data/ndvi/*.tif)
ndvi="${ndvi[0]}"
gdal_translate -q -co PROFILE=GDALGeoTIFF "$ndvi" "$made/plain.tif"
gdal_translate -q -co COMPRESS=DEFLATE -co PREDICTOR=2 -co TILED=YES -co BLOCKXSIZE=32 \
    -co BLOCKYSIZE=32 "$ndvi" "$made/deflate_tiled.tif"
gdal_translate -q -co COMPRESS=LZW "$ndvi" "$made/lzw.tif"
gdal_translate -q -co BIGTIFF=YES -co COMPRESS=DEFLATE "$ndvi" "$made/bigtiff.tif"
gdal_translate -q -of COG -co BLOCKSIZE=128 -outsize 400 300 "$ndvi" "$made/cog.tif"
gdal_translate -q -ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=3 "$ndvi" "$made/float.tif"
formats="$(gdalinfo --formats)"
if grep -q 'netCDF -raster.*rw' <<<"$formats"; then
    gdal_translate -q -of netCDF -co FORMAT=NC "$ndvi" "$made/classic.nc"
    gdal_translate -q -of netCDF -co FORMAT=NC4C -co COMPRESS=DEFLATE "$ndvi" "$made/hdf5.nc"
fi
if grep -q 'HDF4Image -raster.*rw' <<<"$formats"; then
    gdal_translate -q -of HDF4Image "$ndvi" "$made/hdf4.hdf"
fi
rm -f "$made"/*.aux.xml
ogr2ogr -f GeoJSON "$made/districts.geojson" sample-data/districts.gpkg
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=UTF-8 "$made/sectors.shp" sample-data/sectors.geojson
ogr2ogr -f GPKG "$made/roads.gpkg" sample-data/roads.geojson

# Those that can be read whole; the others are tested to be refused.
shopt -s globstar nullglob
fixtures=("$made"/*.tif "$made"/*.nc "$made"/*.hdf "$made"/*.geojson "$made"/*.gpkg "$made"/*.shp)
for file in Tests/Fixtures/**/*.{tif,gpkg,shp,geojson,csv} sample-data/*.{gpkg,geojson,csv} "$ndvi"; do
    if "$program" corrupt --truncations 1 --flips 0 "$file" >/dev/null 2>&1; then
        fixtures+=("$file")
    else
        echo "corrupt: left out, refused when whole: $file" >&2
    fi
done
"$program" corrupt "$@" "${fixtures[@]}"
