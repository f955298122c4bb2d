"""Writes CSV, GeoJSON and GeoPackage."""

import csv
import json
import os
import subprocess
import tempfile
from pathlib import Path


def write_csv(path, columns, rows, extra_header=None):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        if extra_header is not None:
            writer.writerow([extra_header.get(c, "") for c in columns])
        for row in rows:
            writer.writerow([row[c] for c in columns])


def collection(features, name):
    return {"type": "FeatureCollection", "name": name, "features": [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features]}


def write_geojson(path, features, name):
    """One feature to a line, so that a change shows as one line."""
    whole = collection(features, name)
    lines = ",\n".join(
        json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in whole["features"])
    path.write_text(
        '{"type":"FeatureCollection","name":%s,"features":[\n%s\n]}\n'
        % (json.dumps(name), lines), encoding="utf-8")


def polygon(ring):
    return {"type": "Polygon", "coordinates": [[list(p) for p in ring]]}


def line(points):
    return {"type": "LineString", "coordinates": [list(p) for p in points]}


def write_geopackage(path, features, name):
    """Through ogr2ogr, with a fixed date in place of the clock's."""
    environment = dict(os.environ, OGR_CURRENT_DATE="2022-12-02T00:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.geojson"
        write_geojson(source, features, name)
        subprocess.run(
            ["ogr2ogr", "-q", "-f", "GPKG", str(path), str(source), "-nln", name,
             "-nlt", "POLYGON", "-lco", "FID=fid"], check=True, env=environment)
