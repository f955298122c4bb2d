"""Expected drought indices of southern Somalia, October 2010 to July 2011.

    JILAAL_DATA=... python3 make_expected.py     needs numpy and rasterio

Reads ${JILAAL_DATA}/bfast_som/modisraster.tif and writes expected.csv beside
this script. Shares no code with Jilaal. See README.md for the formulas.
"""

import csv
import datetime
import math
import os
from pathlib import Path

import numpy
import rasterio

FIRST_YEAR, LAST_YEAR = 2000, 2009
FROM, TO = datetime.date(2010, 10, 1), datetime.date(2011, 7, 31)
SEMI_MAJOR, INVERSE_FLATTENING = 6378137.0, 298.257223563  # WGS 84


def slot(day):
    """1 to 23: the 16-day period of the year, counted from 1 January.

    Every date of this file is the first day of its period (day of the year
    1, 17, ..., 353), which is why the step over a year's end is 13 days, or
    14 after a leap year, and not 16.
    """
    number, late = divmod(day.timetuple().tm_yday - 1, 16)
    assert late == 0, day
    return number + 1


def cell_area(south, north, width_degrees):
    """Area in m2 between two parallels on the ellipsoid of WGS 84."""
    f = 1 / INVERSE_FLATTENING
    e = math.sqrt(f * (2 - f))
    b = SEMI_MAJOR * (1 - f)

    def zone(latitude):
        s = math.sin(math.radians(latitude))
        return s / (1 - (e * s) ** 2) + math.atanh(e * s) / e
    return math.radians(width_degrees) * b * b / 2 * (zone(north) - zone(south))


def main():
    path = Path(os.environ["JILAAL_DATA"]) / "bfast_som" / "modisraster.tif"
    with rasterio.open(path) as file:
        cube = file.read().astype("float64") * 0.0001
        transform = file.transform
        days = [datetime.date(*map(int, d[1:].split("."))) for d in file.descriptions]
    slots = [slot(d) for d in days]
    areas = numpy.array([
        [cell_area(transform.f + (r + 1) * transform.e, transform.f + r * transform.e,
                   transform.a)] * cube.shape[2] for r in range(cube.shape[1])])
    lines = []
    for index, day in enumerate(days):
        if not FROM <= day <= TO:
            continue
        base = [i for i, d in enumerate(days)
                if FIRST_YEAR <= d.year <= LAST_YEAR and slots[i] == slots[index]]
        past, now = cube[base], cube[index]
        mean, deviation = past.mean(axis=0), past.std(axis=0, ddof=1)
        low, high = past.min(axis=0), past.max(axis=0)
        values = {
            "z": (now - mean) / deviation, "vci": 100 * (now - low) / (high - low),
            "anomaly": now - mean, "percent": 100 * now / mean}
        line = {"date": day.isoformat(), "slot": slots[index],
                "baseline_years": len(base),
                "baseline_dates": " ".join(days[i].isoformat() for i in base)}
        for name, value in values.items():
            line[name + "_plain"] = f"{value.mean():.10f}"
            line[name + "_area"] = f"{(value * areas).sum() / areas.sum():.10f}"
        lines.append(line)
    with open(Path(__file__).with_name("expected.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    main()
