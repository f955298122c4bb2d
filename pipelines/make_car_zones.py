#!/usr/bin/env python3
"""Makes car-zones.geojson: three zones of whole one-degree squares.

    JILAAL_DATA=... python3 make_car_zones.py     standard library only

A square belongs to a zone when an event of ${JILAAL_DATA}/ucdp_ged_car lies
in it, or when it lies between two such squares of the same row. The zones
are cut at 18 and 22 degrees east. They follow no border and no mission
sector; they only give the summary tables three rows.
"""

import csv
import json
import math
import os
from pathlib import Path

ZONES = [("W", "West of 18 E", -180, 18), ("C", "18 to 22 E", 18, 22),
         ("E", "East of 22 E", 22, 180)]


def rows_of(squares, west, east):
    """(south, first column, column after the last) of each row."""
    result = []
    for south in sorted({s for _, s in squares}):
        columns = [c for c, s in squares if s == south and west <= c < east]
        if columns:
            result.append((south, min(columns), max(columns) + 1))
    return result


def ring(rows):
    """Up the east side, down the west side: counter-clockwise, closed."""
    for (south, a, b), (north, c, d) in zip(rows, rows[1:]):
        assert north == south + 1 and max(a, c) < min(b, d), "rows must hang together"
    up = [(b, y) for south, _, b in rows for y in (south, south + 1)]
    down = [(a, y) for south, a, _ in reversed(rows) for y in (south + 1, south)]
    points = []
    for point in up + down:
        if not points or points[-1] != point:
            points.append(point)
    return [list(p) for p in points + points[:1]]


def main():
    source = Path(os.environ["JILAAL_DATA"]) / "ucdp_ged_car" / "ged231_car.csv"
    with open(source, newline="", encoding="utf-8") as file:
        squares = {
            (math.floor(float(r["X"])), math.floor(float(r["Y"]))) for r in csv.DictReader(file)}
    features = [
        json.dumps({
            "type": "Feature", "properties": {"zone_id": code, "name": name},
            "geometry": {"type": "Polygon",
                         "coordinates": [ring(rows_of(squares, west, east))]}},
            separators=(",", ":"))
        for code, name, west, east in ZONES]
    Path(__file__).with_name("car-zones.geojson").write_text(
        '{"type":"FeatureCollection","name":"car_zones","features":[\n'
        + ",\n".join(features) + "\n]}\n")


if __name__ == "__main__":
    main()
