"""Makes the vector files of this folder with ogr2ogr (GDAL) and SQLite.

Usage: make_geo.py FOLDER
Everything in them is invented.
"""

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile

SQUARES = [
    ("west", "POLYGON ((44 2, 45 2, 45 3, 44 3, 44 2))"),
    ("east", "POLYGON ((45 2, 46 2, 46 3, 45 3, 45 2))"),
]

LAYERS = {
    "squares": SQUARES,
    "villages": [("one", "POINT (44.25 2.5)"), ("two", "POINT (45.25 2.5)")],
    "curves": [("round", "CURVEPOLYGON (CIRCULARSTRING (44 2, 45 2, 44 2))")],
    "partly_empty": [("gap", "MULTIPOINT (44 2, 45 3)")],
    "nowhere": [("lost", "POINT (44 2)")],
    "nothing": [],
}


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write("name,WKT\n")
        for name, wkt in rows:
            file.write(f'{name},"{wkt}"\n')


def convert(source, target, *options):
    subprocess.run(
        ["ogr2ogr", *options, "-oo", "KEEP_GEOM_COLUMNS=NO", target, source],
        check=True,
        env={**os.environ, "OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"},
    )


def make_shapefile(folder, scratch):
    csv = os.path.join(scratch, "squares.csv")
    write_csv(csv, SQUARES)
    convert(csv, os.path.join(folder, "squares.shp"), "-f", "ESRI Shapefile")


def point(x, y):
    return struct.pack("<BIdd", 1, 1, x, y)


def make_geopackage(folder, scratch):
    target = os.path.join(folder, "layers.gpkg")
    if os.path.exists(target):
        os.remove(target)
    for layer, rows in LAYERS.items():
        csv = os.path.join(scratch, layer + ".csv")
        write_csv(csv, rows)
        convert(
            csv, target, "-f", "GPKG", "-a_srs", "EPSG:4326", "-nln", layer,
            "-lco", "SPATIAL_INDEX=NO", *(["-update"] if os.path.exists(target) else []),
        )
    database = sqlite3.connect(target, isolation_level=None)
    # What no text format can say: a point whose longitude is not a number,
    # and an empty point among others.
    nan = float("nan")
    header = b"GP\0\1" + struct.pack("<i", 4326)
    lost = header + point(nan, 2)
    gap = header + struct.pack("<BII", 1, 4, 3) + point(44, 2) + point(nan, nan) + point(45, 3)
    database.execute("UPDATE nowhere SET geom = ?", (lost,))
    database.execute("UPDATE partly_empty SET geom = ?", (gap,))
    database.execute("PRAGMA page_size = 512")
    database.execute("VACUUM")
    database.close()


def main():
    folder = sys.argv[1]
    with tempfile.TemporaryDirectory() as scratch:
        make_shapefile(folder, scratch)
        make_geopackage(folder, scratch)


if __name__ == "__main__":
    main()
