"""Makes one input for every class of bad input, out of `good/`.

    python3 make_classes.py      standard library only; same bytes every run

Writes the files of `classes/`. classes.json says, class by class, which of
them replaces which file of `good/`, and what must come of it. See README.md.
"""

import json
import random
import shutil
import struct
import zlib

from make_bad import (
    CELL, FILL, HEADER, HEIGHT, HERE, NORTH, PIPELINE, WEST, WIDTH, box, csv, geojson, incidents,
    ndvi, directory, tag)

FOLDER = HERE / "classes"
GOOD = PIPELINE.replace("  irregular: IRREGULAR\n", "")
KEYS = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]


def raster(values, letter="h", bands=1, west=WEST, north=NORTH, nodata=str(FILL), place=True,
           scale=None, size=None, keys=KEYS):
    """A GeoTIFF in one strip: cells of any type, bands side by side.

    letter: that of `struct`; bands: each with the same values; nodata: the
    text of GDAL's tag, None for none; place: whether it says where it lies;
    scale: GDAL's metadata.
    """
    bits, sample_format = {"h": (16, 2), "H": (16, 1), "f": (32, 3), "d": (64, 3), "B": (8, 1),
                           "c": (32, 5)}[letter]
    width, height = size or (WIDTH, HEIGHT)
    if letter == "c":
        pixels = b"".join(struct.pack("<2h", v, 0) for v in values)
    else:
        pixels = b"".join(
            struct.pack("<" + letter, v) for v in values for _ in range(bands))

    def tags(first_pixel):
        result = [
            tag(256, "long", [width]), tag(257, "long", [height]),
            tag(258, "short", [bits] * bands), tag(259, "short", [1]), tag(262, "short", [1]),
            tag(273, "long", [first_pixel]), tag(277, "short", [bands]),
            tag(278, "long", [height]), tag(279, "long", [len(pixels)])]
        if bands > 1:
            result.append(tag(338, "short", [0] * (bands - 1)))
        result.append(tag(339, "short", [sample_format] * bands))
        if place:
            result.append(tag(34264, "double", [
                CELL, 0, 0, west, 0, -CELL, 0, north, 0, 0, 0, 0, 0, 0, 0, 1]))
        result.append(tag(34735, "short", keys))
        if scale is not None:
            result.append(tag(42112, "text",
                              '<GDALMetadata><Item name="SCALE" sample="0" role="scale">%s</Item>'
                              "</GDALMetadata>" % scale))
        if nodata is not None:
            result.append(tag(42113, "text", nodata))
        return result

    return directory(tags(len(directory(tags(0))))) + pixels


def png():
    """A grey picture: a raster that no product comes as."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    rows = b"".join(b"\0" + bytes([120] * WIDTH) for _ in range(HEIGHT))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", WIDTH, HEIGHT, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


VIRTUAL = """<VRTDataset rasterXSize="12" rasterYSize="10">
<GeoTransform>-34, 0.05, 0, 11.5, 0, -0.05</GeoTransform><SRS>EPSG:4326</SRS>
<VRTRasterBand dataType="Int16" band="1"><SimpleSource>
<SourceFilename>/vsicurl/http://localhost/NDVI.tif</SourceFilename></SimpleSource>
</VRTRasterBand></VRTDataset>
"""

CASES = []


def case(section, name, files=None, remove=(), repeat=None):
    """One class: files (name in good/ -> content) and the files to remove."""
    replace = {}
    for number, (target, content) in enumerate((files or {}).items()):
        stem = "".join(c if c.isalnum() else "_" for c in name.lower()).strip("_")
        while "__" in stem:
            stem = stem.replace("__", "_")
        suffix = target.rsplit(".", 1)[-1]
        file = "%s_%s%s.%s" % (section.lower(), stem, "_%d" % number if number else "", suffix)
        (FOLDER / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        replace[target] = "classes/" + file
    CASES.append({"section": section, "name": name, "replace": replace, "remove": list(remove)})
    if repeat:
        CASES[-1]["repeat"] = repeat


# Rasters

RASTER = "ndvi/NDVI_2019337.tif"
LAST = "ndvi/NDVI_2022337.tif"


def write_rasters():
    def one(name, content, path=RASTER):
        case("Raster", name, {path: content})

    good = ndvi(2019)
    noise = random.Random(1)
    one("random bytes", bytes(noise.randrange(256) for _ in range(500)))
    one("wrong driver: a picture", png())
    one("wrong driver: a virtual raster", VIRTUAL)
    one("no geotransform", raster(good, place=False))
    case("Raster", "rotated", {RASTER: (HERE / "rotated.tif").read_bytes()})
    case("Raster", "south-up", {RASTER: (HERE / "south_up.tif").read_bytes()})
    one("wrong band count", raster(good, bands=2))
    one("wrong type: floating point among integers", raster([float(v) for v in good], "f"))
    one("wrong type: complex", raster(good, "c"))
    one("nodata that differs", raster(good, nodata="-9999"))
    case("Raster", "nodata NaN in one, a number in the others", {
        "ndvi/NDVI_%d337.tif" % year: raster(
            [float("nan")] + [float(v) for v in ndvi(year)[1:]], "f",
            nodata="nan" if year == 2019 else str(FILL)) for year in range(2014, 2023)})
    one("nodata absent", raster(good, nodata=None))
    one("all nodata", raster([FILL] * len(good)), LAST)
    case("Raster", "infinite values", {
        "ndvi/NDVI_%d337.tif" % year: raster(
            [float("inf")] * 6 + [float(v) for v in ndvi(year)[6:]], "f")
        for year in range(2014, 2023)})
    one("out of the valid range", raster([12000] * 7 + good[7:]), LAST)
    one("off the grid by half a cell",
        raster(good, west=WEST + CELL / 2))
    one("longitudes from 0 to 360", raster(good, west=WEST + 360))
    case("Raster", "longitudes from 0 to 360, all", {
        "ndvi/NDVI_%d337.tif" % year: raster(ndvi(year), west=WEST + 360)
        for year in range(2014, 2023)})
    dates = ", ".join("%d-12-03" % min(year, 2021) for year in range(2014, 2023))
    case("Raster", "duplicate date", {
        "pipeline.yaml": GOOD.replace('"NDVI_{yyyy}{doy}.tif"', "[%s]" % dates)})
    one("no date in the name", raster(good), "ndvi/NDVI_latest.tif")
    case("Raster", "gap in dates", remove=["ndvi/NDVI_2018337.tif"])
    one("scale stated twice", raster(ndvi(2014), scale="0.01"), "ndvi/NDVI_2014337.tif")
    one("scale that differs from file to file", raster(good, scale="0.01"))
    one("mosaic tile missing", raster(good[:60], size=(6, 10)))
    one("CRS tag made for another place", raster(
        good, keys=[1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32637]))


# Tables

def write_tables():
    rows = incidents()
    text = csv(HEADER, rows)

    def one(name, content):
        case("CSV", name, {"acled.csv": content})

    def row(name, column, value, number=4):
        changed = [list(r) for r in rows]
        changed[number][HEADER.index(column)] = value
        one(name, csv(HEADER, changed))

    one("byte order mark", "\ufeff" + text)
    one("UTF-16", text.encode("utf-16"))
    one("Latin-1", text.replace("Armed clash", "Armed clash \xe9", 1).encode("latin-1"))
    one("CRLF line ends", text.replace("\n", "\r\n"))
    one("separator ;", text.replace(",", ";"))
    one("quote open at the end", text.replace("Armed clash", '"Armed clash', 1))
    one("stray quote", text.replace("Armed clash", '"Armed" clash', 1))
    one("ragged row, short", csv(HEADER, rows[:5] + [rows[5][:4]] + rows[6:]))
    one("ragged row, long", csv(HEADER, rows[:5] + [rows[5] + ["x"]] + rows[6:]))
    one("NUL byte", text.replace("Armed", "Arm\0ed", 1))
    case("CSV", "field of 10 MB", repeat={
        "file": "acled.csv", "find": "Armed clash", "text": "x", "count": 10_000_000})
    one("web page saved as .csv", "<!DOCTYPE html>\n<html><body>401</body></html>\n")
    one("spreadsheet saved as .csv", b"PK\x03\x04" + b"\0" * 60)
    one("duplicate column", text.replace("geo_precision", "latitude", 1))
    one("renamed column", text.replace("event_date", "event date", 1))
    semicolons = [list(r) for r in rows]
    for r in semicolons:
        for c in ("latitude", "longitude"):
            r[HEADER.index(c)] = r[HEADER.index(c)].replace(".", ",")
    one("decimal comma", "\n".join(";".join(r) for r in [HEADER, *semicolons]) + "\n")
    row("number beyond all bounds", "latitude", "1e400")
    changed = [list(r) for r in rows]
    y, x = HEADER.index("latitude"), HEADER.index("longitude")
    changed[4][y], changed[4][x] = changed[4][x], changed[4][y]
    one("one row with exchanged coordinates", csv(HEADER, changed))
    changed = [list(r) for r in rows]
    changed[4][y] = changed[4][x] = "0"
    one("position (0, 0)", csv(HEADER, changed))
    row("latitude of 91 degrees", "latitude", "91")
    row("bad date", "event_date", "2022-02-30")
    row("ambiguous date", "event_date", "05/10/2022")
    row("precision code that is not in the codebook", "geo_precision", "9")
    row("duplicate id", "event_id_cnty", "KRS1")


    # A faulty row is left out and told, or refused: as the pipeline file asks.
    for name in FAULTY_ROWS:
        found = next(c for c in CASES if c["section"] == "CSV" and c["name"] == name)
        refused = dict(found, name=name + ", invalid: fail")
        refused["replace"] = dict(found["replace"], **{"pipeline.yaml": "classes/refusing.yaml"})
        CASES.append(refused)
    (FOLDER / "refusing.yaml").write_text(
        GOOD.replace("  preset:", "  invalid: fail\n  preset:"))


FAULTY_ROWS = (
    "ragged row, short", "ragged row, long", "NUL byte", "field of 10 MB", "stray quote",
    "number beyond all bounds", "one row with exchanged coordinates", "position (0, 0)",
    "latitude of 91 degrees", "bad date", "ambiguous date", "duplicate id")

# Vectors

def write_vectors():
    west, east = box(-34.0, 11.0, -33.7, 11.5), box(-33.7, 11.0, -33.4, 11.5)

    def one(name, first, second=None, ids=("W", "E"), crs=None):
        text = geojson([
            ({"sector_id": ids[0], "name": "West"}, first),
            ({"sector_id": ids[1], "name": "East"}, second or east)])
        if crs:
            text = text.replace('"features"', '"crs": {"type": "name", "properties": '
                                '{"name": "%s"}}, "features"' % crs, 1)
        case("Vector", name, {"sectors.geojson": text})

    def polygon(*rings):
        return {"type": "Polygon", "coordinates": [list(r) for r in rings]}

    def closed(*points):
        return [list(p) for p in points] + [list(points[0])]

    outer = west["coordinates"][0]
    one("ring that crosses itself",
        polygon(closed((-34, 11), (-33.7, 11.5), (-33.7, 11), (-34, 11.5))))
    one("ring of two positions", polygon([[-34, 11], [-33.7, 11]]))
    one("ring not closed", polygon(outer[:-1]))
    one("hole outside", polygon(outer, closed((-35, 11), (-34.9, 11), (-34.9, 11.1))))
    one("ring that touches itself", polygon(closed(
        (-34, 11), (-33.7, 11), (-33.85, 11.2), (-33.7, 11.5), (-34, 11.5), (-33.85, 11.2))))
    one("empty geometry", {"type": "Polygon", "coordinates": []})
    one("no geometry", None)
    case("Vector", "no feature", {"sectors.geojson": geojson([])})
    one("3D positions", polygon([p + [250.0] for p in outer]))
    one("point among areas", {"type": "Point", "coordinates": [-33.9, 11.2]})
    one("mixed types", {"type": "GeometryCollection", "geometries": [
        west, {"type": "Point", "coordinates": [-33.9, 11.2]}]})
    one("across the antimeridian", box(179.0, 11.0, 181.0, 11.5))
    one("over the pole", box(-34.0, 89.0, -33.7, 91.0))
    one("wrong CRS claim: metres as degrees", polygon(closed(
        (214000, 1220000), (246000, 1220000), (246000, 1270000))))
    one("wrong CRS claim: degrees as metres", west, crs="urn:ogc:def:crs:EPSG::32626")
    one("unknown CRS", west, crs="urn:ogc:def:crs:EPSG::999999")
    raw = geojson([({"sector_id": "W", "name": "Ou\xeast"}, west),
                   ({"sector_id": "E", "name": "East"}, east)])
    case("Vector", "names that are not UTF-8", {
        "sectors.geojson": raw.replace("\\u00ea", "\xea").encode("latin-1")})
    text = geojson([({"sector_id": "W", "name": "West"}, west),
                    ({"sector_id": "E", "name": "East"}, east)])
    case("Vector", "cut short", {"sectors.geojson": text[:300]})
    case("Vector", "web page saved as .geojson", {
        "sectors.geojson": "<!DOCTYPE html>\n<html><body>401</body></html>\n"})
    case("Vector", "file of no bytes", {"sectors.geojson": ""})
    case("Vector", "missing file", remove=["sectors.geojson"])
    case("Vector", "sectors far from every raster", {
        "sectors.geojson": (HERE / "sectors_elsewhere.geojson").read_bytes()})
    case("Vector", "one sector without an id", {
        "sectors.geojson": text.replace('"sector_id": "E"', '"sector_id": null')})
    case("Vector", "network address as a file", {
        "pipeline.yaml": GOOD.replace("file: sectors.geojson", 'file: "/vsicurl/http://localhost/s"')})


# Pipeline files

def write_pipelines():
    def one(name, find, put):
        assert find in GOOD, find
        case("YAML", name, {"pipeline.yaml": GOOD.replace(find, put, 1)})

    one("tab as indentation", "  periods: 16-day", "\tperiods: 16-day")
    one("wrong type: text for a number", "scale: 0.0001", "scale: small")
    one("wrong type: list for a mapping", "  sources:\n    - { source: acled, file: acled.csv }",
        "  sources: acled.csv")
    one("number without its unit", "cell: 5 km", "cell: 5")
    one("period without its unit", "window: 90 days", "window: 90")
    one("cycle of anchors", "name: Small working set", "name: &a [*a]")
    one("alias", "name: Small working set\nsynthetic: true",
        "name: &n Small working set\nnotes: [*n]\nsynthetic: true")
    one("dangling reference", "name: Small working set", "name: *nobody")
    one("missing file named", "sectors.geojson", "sectoren.geojson")
    one("`no` for text", "name: Small working set", "name: no")
    one("`no` for a choice", "preset: political-violence", "preset: no")
    one("`1.10` for a version", "version: 1\n", "version: 1.10\n")
    one("`12:30` for a length", "cell: 5 km", "cell: 12:30")
    one("date that is none", '"2022-12-10"', '"2022-02-30"')
    one("years the wrong way round", "2014-2021", "2021-2014")
    one("unknown choice", "periods: 16-day", "periods: fortnight")
    one("path with a scheme", "ndvi/*.tif", "https://localhost/*.tif")
    one("two documents", "hotspots:", "---\nhotspots:")
    one("bracket left open", "fill: [-3000]", "fill: [-3000")
    one("version of the future", "version: 1\n", "version: 2\n")
    case("YAML", "several faults at once", {"pipeline.yaml": GOOD.replace(
        "cell: 5 km", "cell: 5 leagues").replace("baseline:", "baselin:").replace(
        "scale: 0.0001", "scale: small")})
    case("YAML", "file of no bytes", {"pipeline.yaml": ""})
    case("YAML", "text that is not UTF-8", {
        "pipeline.yaml": GOOD.replace("Small", "Sm\xe4ll").encode("latin-1")})
    case("YAML", "nesting without end", {
        "pipeline.yaml": GOOD.replace("Small working set", "[" * 200 + "]" * 200)})
    case("YAML", "file of 2 MB", repeat={
        "file": "pipeline.yaml", "find": "Small working set", "text": "x", "count": 2_000_000})


def classes():
    """The older cases and these, each with what Jilaal says (expected.json)."""
    old = json.loads((HERE / "cases.json").read_text())
    sections = {"ndvi": "Raster", "acled": "CSV", "secto": "Vector", "pipel": "YAML"}
    for c in old:
        first = (list(c["replace"]) + c["remove"] + ["pipeline.yaml"])[0]
        section = "Raster" if "as-of" in c["name"] else sections[first[:5].rstrip("/")[:5].replace("ndvi/", "ndvi")]
        CASES.append({"section": section, "name": c["name"], "replace": c["replace"],
                      "remove": c["remove"], "arguments": c["arguments"]})
    order = ["Raster", "CSV", "Vector", "YAML"]
    return sorted(CASES, key=lambda c: order.index(c["section"]))


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    write_rasters()
    write_tables()
    write_vectors()
    write_pipelines()
    (HERE / "classes.json").write_text(json.dumps(classes(), indent=1) + "\n")


if __name__ == "__main__":
    main()
