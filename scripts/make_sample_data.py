#!/usr/bin/env python3
"""Makes the invented country of `sample-data/` again, byte for byte.

    scripts/make_sample_data.py            writes sample-data/ anew
    scripts/make_sample_data.py --check    compares with what is there
    scripts/make_sample_data.py --into DIR writes somewhere else

Needs Python 3.9 or later and gdal-bin (gdal_translate, ogr2ogr); nothing
else. The files kept by hand (README.md, pipeline.yaml) are not touched.
Another version of GDAL may compress differently: then --check compares what
the rasters and layers hold, and says so.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sample_country import (
    acled, dirt, ged, people, places, plan, rasters, readiness, speeds, tables, terrain, truth,
    vegetation, waters)
from sample_country.geography import Country

SAMPLE = Path(__file__).resolve().parent.parent / "sample-data"
BY_HAND = {"README.md", "pipeline.yaml"}


def make_vectors(folder, country, parts):
    settlements = parts["settlements"]
    tables.write_geojson(folder / "sectors.geojson", [
        ({"sector_id": s["sector_id"], "name": s["name"]}, tables.polygon(s["ring"]))
        for s in country.sectors], "sectors")
    tables.write_geopackage(folder / "districts.gpkg", [
        ({k: d[k] for k in ("pcode", "code", "name", "sector_id")}, tables.polygon(d["ring"]))
        for d in country.districts], "districts")
    roads = places.roads(settlements)
    parts["roads"] = len(roads)
    parts["road_lines"] = [
        (f"{n:03d}", kind, places.road_line(a, b))
        for n, (a, b, kind) in enumerate(roads, start=1)]
    tables.write_geojson(folder / "roads.geojson", [
        ({"road_id": number, "class": kind}, tables.line(points))
        for number, kind, points in parts["road_lines"]], "roads")
    tables.write_csv(
        folder / "settlements.csv",
        ["id", "name", "longitude", "latitude", "population", "pcode"], settlements)
    readiness.complete_bases(parts["bases"])
    tables.write_csv(
        folder / "bases.csv",
        ["id", "name", "longitude", "latitude", "sector", "size_class", "opened",
         *readiness.BASE_COLUMNS], parts["bases"])


def make_planning(folder, country, parts):
    """What coverage and transfer planning reads besides."""
    settlements = parts["settlements"]
    parts["rivers"] = waters.rivers()
    parts["crossings"] = waters.crossings(parts["rivers"], parts["road_lines"])
    parts["wet_cells"] = waters.wet_cells(parts["rivers"])
    parts["hubs"] = readiness.hubs(settlements)
    parts["land"] = land = terrain.Terrain(country, settlements, parts["rivers"])
    parts["population"] = people.population(country, land, settlements)
    for name, values, code, nodata in (
            ("population", parts["population"], "f", people.AT_SEA),
            ("land_cover", land.cover, "B", terrain.SEA),
            ("elevation", land.elevation, "h", terrain.NO_ELEVATION)):
        rasters.write(folder / f"{name}.tif", values, code, nodata, rasters.FINE_GRID)
    tables.write_geojson(folder / "rivers.geojson", [
        ({k: river[k] for k in ("river_id", "name", "class")}, tables.line(river["line"]))
        for river in parts["rivers"]], "rivers")
    tables.write_csv(folder / "crossings.csv", waters.COLUMNS, parts["crossings"])
    tables.write_csv(folder / "speeds.csv", speeds.COLUMNS, speeds.rows())
    tables.write_csv(folder / "hubs.csv", readiness.HUB_COLUMNS, parts["hubs"])
    tables.write_csv(folder / "readiness.csv", readiness.COLUMNS, readiness.evidence())


def make_incidents(folder, country, parts):
    settlements, hotspots = parts["settlements"], parts["hotspots"]
    parts["acled"], parts["acled_ledger"] = dirt.apply(
        acled.make(country, settlements, hotspots))
    parts["ged"], parts["ged_ledger"] = ged.make_ged(country, settlements)
    parts["reports"], parts["reports_ledger"] = ged.make_reports(
        country, settlements, hotspots)
    tables.write_csv(
        folder / "acled_like.csv", acled.COLUMNS, [row for _, row in parts["acled"]])
    tables.write_csv(folder / "ged_like.csv", ged.COLUMNS, parts["ged"], ged.HXL)
    tables.write_csv(
        folder / "extra_reports.csv", list(parts["reports"][0]), parts["reports"])


def make(folder):
    country = Country()
    hotspots = [dict(spot) for spot in plan.HOTSPOTS]
    for spot in hotspots:
        if spot["longitude"] is None:
            spot["longitude"], spot["latitude"] = country.seam_point()
    parts = {"hotspots": hotspots, "settlements": places.settlements(country, hotspots),
             "bases": places.bases(country)}
    make_vectors(folder, country, parts)
    make_planning(folder, country, parts)
    make_incidents(folder, country, parts)
    land = vegetation.Land(country)
    parts["sea_cells"] = sum(cell is None for cell in land.cells)
    parts["composites"] = rasters.write_archive(vegetation.Archive(land), folder)
    truth.write(folder / "truth.json", parts)


def files(folder):
    return {
        str(p.relative_to(folder)) for p in folder.rglob("*")
        if p.is_file() and p.name not in BY_HAND}


def content(path):
    """What a raster or layer holds, whatever wrote or compressed it."""
    if path.suffix == ".tif":
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.img"
            subprocess.run(["gdal_translate", "-q", "-of", "ENVI", str(path), str(raw)],
                           check=True)
            return raw.read_bytes()
    if path.suffix == ".gpkg":
        text = subprocess.run(
            ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(path)], check=True,
            capture_output=True, text=True).stdout
        return json.loads(text)["features"]
    return path.read_bytes()


def check(fresh, kept):
    """Prints every difference; the number of files that differ in content."""
    wrong, repacked = 0, 0
    for name in sorted(files(fresh) | files(kept)):
        a, b = fresh / name, kept / name
        if not a.exists() or not b.exists():
            print(f"{name}: {'missing' if a.exists() else 'not made by the generator'}")
            wrong += 1
        elif a.read_bytes() != b.read_bytes():
            if content(a) == content(b):
                repacked += 1
            else:
                print(f"{name}: differs")
                wrong += 1
    if repacked:
        print(f"{repacked} files hold the same but were packed by another version of GDAL")
    print(f"{len(files(fresh))} files made, {wrong} differ")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--into", type=Path, default=SAMPLE, help="the folder to write")
    options = parser.parse_args()
    for tool in ("gdal_translate", "ogr2ogr"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is not installed. Install the package gdal-bin.")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        make(fresh)
        if options.check:
            sys.exit(1 if check(fresh, options.into) else 0)
        for name in files(options.into) if options.into.exists() else ():
            (options.into / name).unlink()
        shutil.copytree(fresh, options.into, dirs_exist_ok=True)
        print(f"{len(files(fresh))} files written to {options.into}")


if __name__ == "__main__":
    main()
