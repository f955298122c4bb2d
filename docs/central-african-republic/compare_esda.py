"""Gi* of the Central African Republic, cell by cell: Jilaal against esda.

    JILAAL_DATA=... python3 compare_esda.py [--fixture FOLDER] [JILAAL]

Runs `pipelines/car.yaml` with `precision: keep` and `significance: normal`,
once for 2022 and once for 1991 to 2022. Of Jilaal only the grid (its position
and the cells that take part) is taken. The events are read, projected (pyproj)
and counted anew here; esda (`transform="B"`, `star=True`) makes the scores;
two-sided normal p-values, with Benjamini and Hochberg's correction
(statsmodels) at 10, 5 and 1 %, make the classes. Both are then compared with
Jilaal's rasters cell by cell. Ends with 1 when a class differs or a score
differs by more than its Float32 raster explains. Prints a Markdown table.

--fixture writes esda's scores and classes, with the cells whose neighbourhood
holds events, for the tests.

Needs numpy, scipy, rasterio, pyproj, libpysal, esda and statsmodels.
"""

import csv
import datetime
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import esda
import libpysal
import numpy as np
import pyproj
import rasterio
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

ROOT = Path(__file__).resolve().parents[2]
AS_OF = datetime.date(2022, 12, 31)
PERIODS = {"2022": 365, "1991-2022": 11_688}
RADIUS_IN_CELLS = 3
# Coarser places are never put on the grid.
COUNTRY_OR_SEA = {"6", "7"}
# Float32 keeps 24 binary digits.
RELATIVE_FLOAT32 = 2.0 ** -23
# Jilaal counts days of an event in units of 2^-20.
UNIT = 2.0 ** -20

PIPELINE = """\
version: 1
name: Comparison
as_of: "{as_of}"
output: {output}
sectors: {{ file: {root}/pipelines/car-zones.geojson, id: zone_id, name: name, approximate: true }}
incidents:
  sources:
    - {{ source: ucdp-ged, file: "${{JILAAL_DATA}}/ucdp_ged_car/ged231_car.csv" }}
  preset: all
  invalid: skip
  precision: keep
hotspots:
  cell: 10 km
  window: {days} days
  density: {{ kernel: quartic, radius: 30 km, half_life: 180 days }}
  gistar: {{ radius: 30 km, correction: bh, significance: normal }}
  universe: mask
  confidence: 90 %
"""


def run(jilaal, days, folder):
    """Jilaal's z-scores and classes, NaN outside, and the raster's profile."""
    pipeline = folder / "comparison.yaml"
    pipeline.write_text(
        PIPELINE.format(as_of=AS_OF, output=folder / "out", root=ROOT, days=days))
    subprocess.run(
        [jilaal, "run", str(pipeline)], check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    layers = []
    for name in ["gistar_z", "gistar_bin"]:
        with rasterio.open(folder / "out" / "latest" / "hotspots" / f"{name}.tif") as raster:
            layers.append(raster.read(1).astype(float))
            profile = raster.profile
    return layers[0], layers[1], profile


def day(text):
    return datetime.date(*map(int, text[:10].split("/")))


def counts(profile, days):
    """Events per cell; of one that began before the period, the share of its
    days that lie in it."""
    first = AS_OF - datetime.timedelta(days=days - 1)
    source = Path(os.environ["JILAAL_DATA"]) / "ucdp_ged_car" / "ged231_car.csv"
    project = pyproj.Transformer.from_crs("EPSG:4326", profile["crs"].to_wkt(), always_xy=True)
    grid = np.zeros((profile["height"], profile["width"]))
    events = 0
    with open(source, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            start, end = day(row["date_start"]), day(row["date_end"])
            if row["where_prec"] in COUNTRY_OR_SEA or end < first or start > AS_OF:
                continue
            inside = (min(end, AS_OF) - max(start, first)).days + 1
            x, y = project.transform(float(row["X"]), float(row["Y"]))
            column, line = ~profile["transform"] * (x, y)
            share = inside / ((end - start).days + 1)
            grid[int(np.floor(line)), int(np.floor(column))] += round(share / UNIT) * UNIT
            events += 1
    return grid, events


def classes(p, z):
    """Bins -3 ... 3 as the strictest level at which a cell is significant."""
    bins = np.zeros(len(p), dtype=int)
    for step, level in enumerate([0.10, 0.05, 0.01], start=1):
        bins[multipletests(p, alpha=level, method="fdr_bh")[0]] = step
    return bins * np.sign(z).astype(int)


def esda_scores(grid, valid):
    cells = np.argwhere(valid)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = libpysal.weights.DistanceBand(
            cells.astype(float), threshold=RADIUS_IN_CELLS + 1e-9, binary=True,
            silence_warnings=True)
        result = esda.G_Local(
            grid[valid], weights, transform="B", permutations=0, star=True)
    near = np.array([
        grid[valid][list(weights.neighbors[i])].sum() for i in range(len(cells))]) + grid[valid]
    return np.asarray(result.Zs), near


NAMES = {3: "hot 99 %", 2: "hot 95 %", 1: "hot 90 %", 0: "not significant",
         -1: "cold 90 %", -2: "cold 95 %", -3: "cold 99 %"}


def main():
    arguments = sys.argv[1:]
    fixture = None
    if arguments[:1] == ["--fixture"]:
        fixture = Path(arguments[1])
        arguments = arguments[2:]
    jilaal = arguments[0] if arguments else str(ROOT / ".build" / "debug" / "jilaal")
    lines = ["| period | events on the grid | cells | hot 99 % | hot 95 % | hot 90 % | cold "
             "| not significant | classes that differ | largest difference of z |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    fails = False
    for period, days in PERIODS.items():
        with tempfile.TemporaryDirectory() as folder:
            ours_z, ours_bin, profile = run(jilaal, days, Path(folder))
        valid = ~np.isnan(ours_bin)
        grid, events = counts(profile, days)
        z, near = esda_scores(grid, valid)
        bins = classes(2 * norm.sf(np.abs(z)), z)
        ours = ours_bin[valid].astype(int)
        differing = int((ours != bins).sum())
        deviation = np.abs(ours_z[valid] - z)
        fails |= differing > 0 or bool(
            (deviation > RELATIVE_FLOAT32 * np.maximum(np.abs(z), 1)).any())
        table = {(a, b): int(((ours == a) & (bins == b)).sum()) for a in NAMES for b in NAMES}
        for (a, b), count in table.items():
            if count:
                print(f"{period}: Jilaal {NAMES[a]}, esda {NAMES[b]}: {count} cells",
                      file=sys.stderr)
        lines.append(
            f"| {period} | {events} | {valid.sum():,} | "
            + " | ".join(str(int((bins == b).sum())) for b in [3, 2, 1])
            + f" | {int((bins < 0).sum())} | {int((bins == 0).sum()):,} | {differing} "
            f"| {deviation.max():.1e} |")
        if fixture:
            with open(fixture / f"esda-{period}.csv", "w", encoding="utf-8") as file:
                file.write("row,column,z,class\n")
                for (row, column), score, code, mass in zip(np.argwhere(valid), z, bins, near):
                    if mass > 0:
                        file.write(f"{row},{column},{score:.12g},{code}\n")
    print("\n".join(lines))
    sys.exit(1 if fails else 0)


if __name__ == "__main__":
    main()
