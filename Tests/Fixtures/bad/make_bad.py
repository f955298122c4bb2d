"""Makes a small working input set and files that must be refused.

    python3 make_bad.py      standard library only; same bytes every run

`good/` runs as it is. cases.json says, case by case, which of its files to
replace or remove, and what must come of it. See README.md.
"""

import json
import math
import shutil
import struct
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT, CELL, WEST, NORTH = 12, 10, 0.05, -34.0, 11.5
FILL = -3000


def tag(number, kind, values):
    """One entry of a TIFF directory: number, type code, packed values."""
    code, letter, size = {
        "short": (3, "H", 2), "long": (4, "I", 4), "double": (12, "d", 8),
        "text": (2, None, 1)}[kind]
    data = values.encode() + b"\0" if kind == "text" else struct.pack(
        "<%d%s" % (len(values), letter), *values)
    return number, code, len(data) // size, data


def geotiff(values, width=WIDTH, height=HEIGHT, transform=None, crs=True, claim=None):
    """An uncompressed Int16 GeoTIFF in one strip.

    transform: (west, cell x, row rotation, north, column rotation, cell y),
    GDAL's order; claim: a size to state in place of the true one.
    """
    a = transform or (WEST, CELL, 0.0, NORTH, 0.0, -CELL)
    pixels = struct.pack("<%dh" % len(values), *values)
    stated = claim or (width, height)

    def tags(first_pixel):
        result = [
            tag(256, "long", [stated[0]]), tag(257, "long", [stated[1]]),
            tag(258, "short", [16]), tag(259, "short", [1]), tag(262, "short", [1]),
            tag(273, "long", [first_pixel]), tag(277, "short", [1]),
            tag(278, "long", [stated[1]]), tag(279, "long", [len(pixels)]),
            tag(339, "short", [2]),
            tag(34264, "double", [a[1], a[2], 0, a[0], a[4], a[5], 0, a[3],
                                  0, 0, 0, 0, 0, 0, 0, 1]),
            tag(34735, "short", [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]),
            tag(42113, "text", str(FILL))]
        return [t for t in result if crs or t[0] != 34735]

    # The directory goes first and the cells last, so that a file cut short
    # still looks whole until it is read.
    head = directory(tags(0))
    return directory(tags(len(head))) + pixels


def directory(tags):
    spare = 8 + 2 + 12 * len(tags) + 4
    entries, extra = b"", b""
    for number, code, count, data in tags:
        if len(data) <= 4:
            entries += struct.pack("<HHI", number, code, count) + data.ljust(4, b"\0")
        else:
            entries += struct.pack("<HHII", number, code, count, spare + len(extra))
            extra += data + b"\0" * (len(data) % 2)
    return (b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", 0)
            + extra)


def ndvi(year):
    """A plain field; 2022 is dry in its western half."""
    values = []
    for row in range(HEIGHT):
        for column in range(WIDTH):
            value = 5000 + 60 * row + 300 * math.sin(year * 1.7 + column * 0.4)
            if year == 2022 and column < WIDTH // 2:
                value -= 1500
            values.append(int(round(value)))
    return values


def box(west, south, east, north):
    return {"type": "Polygon", "coordinates": [[
        [west, south], [east, south], [east, north], [west, north], [west, south]]]}


def geojson(features):
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": p, "geometry": g} for p, g in features]}) + "\n"


HEADER = ("event_id_cnty,event_date,time_precision,event_type,sub_event_type,civilian_targeting,"
          "latitude,longitude,geo_precision,fatalities,timestamp").split(",")


def incidents():
    rows = []
    for n in range(24):
        near = n % 3 != 0  # two of three in one place
        x = -33.85 + 0.01 * (n % 5) if near else -33.95 + 0.021 * n
        y = 11.25 + 0.008 * (n % 4) if near else 11.05 + 0.017 * n
        rows.append([f"KRS{n + 1}", f"2022-{9 + n % 3:02d}-{5 + n:02d}", "1", "Battles",
                     "Armed clash", "", f"{y:.4f}", f"{x:.4f}", "1", str(n % 4),
                     str(1670000000 + n)])
    return rows


def csv(header, rows):
    return "\n".join(",".join(r) for r in [header, *rows]) + "\n"


PIPELINE = """version: 1
name: Small working set
synthetic: true
as_of: "2022-12-10"
output: out
sectors: { file: sectors.geojson, id: sector_id, name: name }
drought:
  ndvi:
    product: custom
    files: "ndvi/*.tif"
    dates: "NDVI_{yyyy}{doy}.tif"
    scale: 0.0001
    offset: 0
    fill: [-3000]
    valid_range: [-2000, 10000]
  periods: 16-day
  baseline: 2014-2021
  irregular: IRREGULAR
incidents:
  sources:
    - { source: acled, file: acled.csv }
  preset: political-violence
hotspots:
  cell: 5 km
  window: 90 days
"""


def write_good():
    folder = HERE / "good"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "ndvi").mkdir(parents=True)
    for year in range(2014, 2023):
        (folder / "ndvi" / f"NDVI_{year}337.tif").write_bytes(geotiff(ndvi(year)))
    (folder / "sectors.geojson").write_text(geojson([
        ({"sector_id": "W", "name": "West"}, box(-34.0, 11.0, -33.7, 11.5)),
        ({"sector_id": "E", "name": "East"}, box(-33.7, 11.0, -33.4, 11.5))]))
    (folder / "acled.csv").write_text(csv(HEADER, incidents()))
    (folder / "pipeline.yaml").write_text(PIPELINE.replace("  irregular: IRREGULAR\n", ""))


def write_rasters():
    good = geotiff(ndvi(2019))
    files = {
        "truncated.tif": good[:-60],
        "truncated_directory.tif": good[:60],
        "empty.tif": b"",
        "html.tif": b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n"
                    b"<body><h1>401 Unauthorized</h1></body></html>\n",
        "no_crs.tif": geotiff(ndvi(2019), crs=False),
        "shifted_grid.tif": geotiff(
            ndvi(2019), transform=(WEST + CELL / 2, CELL, 0.0, NORTH, 0.0, -CELL)),
        "other_size.tif": geotiff(ndvi(2019)[:WIDTH * (HEIGHT - 1)], height=HEIGHT - 1),
        "south_up.tif": geotiff(
            ndvi(2019), transform=(WEST, CELL, 0.0, NORTH - HEIGHT * CELL, 0.0, CELL)),
        "rotated.tif": geotiff(
            ndvi(2019), transform=(WEST, 0.048, 0.012, NORTH, 0.012, -0.048)),
        "huge_claim.tif": geotiff(ndvi(2019), claim=(1000000, 1000000)),
        "all_fill.tif": geotiff([FILL] * WIDTH * HEIGHT),
        "wrong_scale.tif": geotiff([v // 40 for v in ndvi(2019)]),
    }
    for name, data in files.items():
        (HERE / name).write_bytes(data)


def write_texts():
    rows = incidents()
    y, x = HEADER.index("latitude"), HEADER.index("longitude")
    swapped = [list(r) for r in rows]
    for row in swapped:
        row[y], row[x] = row[x], row[y]
    without = HEADER.index("event_date")
    broken = csv(HEADER, rows).replace("Armed clash,,11.25", '"Armed clash,,11.25', 1)
    texts = {
        "acled_swapped.csv": csv(HEADER, swapped),
        "acled_missing_column.csv": csv(
            HEADER[:without] + HEADER[without + 1:],
            [r[:without] + r[without + 1:] for r in rows]),
        "acled_header_only.csv": csv(HEADER, []),
        "acled_empty.csv": "",
        "acled_unclosed_quote.csv": broken,
        "acled_short_row.csv": csv(HEADER, rows[:5] + [rows[5][:4]] + rows[6:]),
        "unknown_key.yaml": PIPELINE.replace("irregular: IRREGULAR", "minimum_yaers: 5"),
        "duplicate_key.yaml": PIPELINE.replace(
            "  irregular: IRREGULAR\n", "  baseline: 2014-2020\n"),
        "no_sectors.yaml": "".join(
            line + "\n" for line in PIPELINE.splitlines()
            if "IRREGULAR" not in line and not line.startswith("sectors:")),
        "bad_unit.yaml": PIPELINE.replace("  irregular: IRREGULAR\n", "").replace(
            "5 km", "5 leagues"),
        "sectors_overlap.geojson": geojson([
            ({"sector_id": "W", "name": "West"}, box(-34.0, 11.0, -33.6, 11.5)),
            ({"sector_id": "E", "name": "East"}, box(-33.8, 11.0, -33.4, 11.5))]),
        "sectors_repeated_id.geojson": geojson([
            ({"sector_id": "W", "name": "West"}, box(-34.0, 11.0, -33.7, 11.5)),
            ({"sector_id": "W", "name": "East"}, box(-33.7, 11.0, -33.4, 11.5))]),
        "sectors_without_id.geojson": geojson([
            ({"name": "West"}, box(-34.0, 11.0, -33.7, 11.5)),
            ({"name": "East"}, box(-33.7, 11.0, -33.4, 11.5))]),
        "sectors_elsewhere.geojson": geojson([
            ({"sector_id": "W", "name": "West"}, box(34.0, 11.0, 34.3, 11.5))]),
    }
    for name, text in texts.items():
        (HERE / name).write_text(text)


RASTER = "ndvi/NDVI_2019337.tif"


def case(name, exit_code, mentions, replace=None, remove=(), arguments=()):
    return {"name": name, "exit_code": exit_code, "mentions": mentions,
            "replace": replace or {}, "remove": list(remove), "arguments": list(arguments)}


def write_cases():
    rasters = [f"ndvi/NDVI_{year}337.tif" for year in range(2014, 2023)]
    cases = [case("missing raster", 66, ["ndvi"], remove=rasters)]
    for name, file in (
            ("truncated TIFF", "truncated.tif"), ("TIFF cut in its directory",
                                                  "truncated_directory.tif"),
            ("raster of no bytes", "empty.tif"), ("HTML saved as .tif", "html.tif"),
            ("no CRS", "no_crs.tif"), ("mixed grids, shifted", "shifted_grid.tif"),
            ("mixed grids, other size", "other_size.tif"),
            ("raster that claims 10^12 cells", "huge_claim.tif")):
        cases.append(case(name, 2, ["NDVI_2019337.tif"], {RASTER: file}))
    for name, file, mention in (
            ("CSV with swapped coordinates", "acled_swapped.csv", "acled.csv"),
            ("CSV with a missing column", "acled_missing_column.csv", "event_date"),
            ("incident file with a header only", "acled_header_only.csv", "acled.csv"),
            ("incident file of no bytes", "acled_empty.csv", "acled.csv")):
        cases.append(case(name, 2, [mention], {"acled.csv": file}))
    for name, file, mention in (
            ("unknown YAML key", "unknown_key.yaml", "minimum_yaers"),
            ("repeated YAML key", "duplicate_key.yaml", "baseline"),
            ("no sectors in the pipeline file", "no_sectors.yaml", "sectors"),
            ("unknown unit", "bad_unit.yaml", "leagues")):
        cases.append(case(name, 65, [mention], {"pipeline.yaml": file}))
    for name, file, mention in (
            ("sectors that overlap", "sectors_overlap.geojson", "sectors.geojson"),
            ("sectors with a repeated id", "sectors_repeated_id.geojson", "sectors.geojson"),
            ("sectors without the id", "sectors_without_id.geojson", "sector_id")):
        cases.append(case(name, 2, [mention], {"sectors.geojson": file}))
    cases.append(case("as-of date without data", 2, ["1999-01-01"],
                      arguments=["--as-of", "1999-01-01"]))
    (HERE / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    write_good()
    write_rasters()
    write_texts()
    write_cases()
