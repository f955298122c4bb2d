"""Do the planted droughts and hotspots stand out by an independent reading?

Reads `sample-data` with rasterio, geopandas and pandas, computes z, VCI,
Getis-Ord Gi* and Benjamini-Hochberg classes with numpy by the formulas of
docs/methods.md, and compares with the limits of `truth.json`. Shares no code
with the generator or with Jilaal. Exit code 1 when a limit is missed.

    python3 check_truth.py        needs numpy, pandas, rasterio, geopandas, pyproj
"""

import datetime
import glob
import json
import math
import sys
from pathlib import Path

import geopandas
import numpy
import pandas
import rasterio
import rasterio.features
from shapely.geometry import Point, box
from shapely.ops import unary_union

SAMPLE = Path(__file__).resolve().parents[3] / "sample-data"
TRUTH = json.loads((SAMPLE / "truth.json").read_text())
ALPHA, BAND_M, CELL_M, COARSE_M = 0.10, 15000.0, 5000.0, 25000.0
problems = []


def report(what, value, good):
    print(f"{'ok  ' if good else 'MISS'} {what}: {value}")
    if not good:
        problems.append(what)


def read_stack(use_quality=True):
    stack = {}
    for name in sorted(glob.glob(str(SAMPLE / "ndvi" / "*.tif"))):
        stamp = name[-11:-4]
        with rasterio.open(name) as file:
            raw, transform = file.read(1), file.transform
        with rasterio.open(str(SAMPLE / "qa" / f"KRS_QA_16day_{stamp}.tif")) as file:
            quality = file.read(1)
        value = numpy.where(raw == -3000, numpy.nan, raw * 0.0001)
        if use_quality:
            value = numpy.where(quality <= 1, value, numpy.nan)
        stack[int(stamp[:4]), int(stamp[4:])] = value
    return stack, transform


def indices(stack, key, baseline):
    years = [stack[y, key[1]] for y in range(baseline[0], baseline[1] + 1) if (y, key[1]) in stack]
    cube, now = numpy.array(years), stack[key]
    count = numpy.isfinite(cube).sum(axis=0)
    with numpy.errstate(all="ignore"):
        low, high = numpy.nanmin(cube, axis=0), numpy.nanmax(cube, axis=0)
        z = (now - numpy.nanmean(cube, axis=0)) / numpy.nanstd(cube, axis=0, ddof=1)
        vci = 100 * (now - low) / (high - low)
    z[count < 5] = numpy.nan
    vci[(count < 5) | (high - low < 0.02)] = numpy.nan
    return z, vci, count


def ellipse_radius(drought, longitude, latitude):
    km = 111.195
    x = (longitude - drought["centre"][0]) * km * numpy.cos(numpy.radians(latitude))
    y = (latitude - drought["centre"][1]) * km
    a = math.radians(drought["rotation_degrees_counter_clockwise"])
    u, v = x * math.cos(a) + y * math.sin(a), -x * math.sin(a) + y * math.cos(a)
    return numpy.hypot(u / drought["semi_axis_x_km"], v / drought["semi_axis_y_km"])


def check_drought(drought, stack, transform, sectors, use_quality=True):
    day = datetime.date.fromisoformat(drought["composite"])
    key, limits = (day.year, day.timetuple().tm_yday), drought["limits"]
    z, vci, count = indices(stack, key, TRUTH["baseline"])
    rows, columns = numpy.indices(z.shape)
    longitude = transform.c + (columns + 0.5) * transform.a
    latitude = transform.f + (rows + 0.5) * transform.e
    radius = ellipse_radius(drought, longitude, latitude)
    zone = rasterio.features.rasterize(
        zip(sectors.geometry, range(1, 7)), out_shape=z.shape, transform=transform)
    core = (radius <= drought["core_share_of_radius"]) & (zone > 0)
    outside = (radius > 1) & (zone > 0)
    severe = numpy.where(numpy.isfinite(vci), vci < 20, numpy.nan)
    name = f"drought {drought['id']}" + ("" if use_quality else " WITHOUT quality layer")
    mean_z, core_share = numpy.nanmean(z[core]), numpy.nanmean(severe[core])
    outside_share = numpy.nanmean(severe[outside])
    trap = drought["cloud_over_healthy_land"]
    in_trap = numpy.hypot((longitude - trap["centre"][0]) * 109, (latitude - trap["centre"][1])
                          * 111) < 0.9 * trap["radius_km"]
    if not use_quality:
        print(f"     {name}: outside share {outside_share:.3f}, share severe under the cloud "
              f"{numpy.nanmean(severe[in_trap & outside]):.3f}")
        return
    print(f"     {name}: baseline years {count[zone > 0].min()}..{count[zone > 0].max()}, cells "
          f"computed {numpy.isfinite(vci[zone > 0]).mean():.3f}, mean VCI in core "
          f"{numpy.nanmean(vci[core]):.1f}")
    report(f"{name}: mean z in core", round(mean_z, 3), mean_z < limits["core_mean_z_below"])
    report(f"{name}: severe or extreme in core", round(core_share, 3),
           core_share >= limits["core_share_severe_or_extreme_at_least"])
    report(f"{name}: severe or extreme outside", round(outside_share, 3),
           outside_share < limits["outside_share_severe_or_extreme_below"])
    for number, sector in enumerate(sectors["sector_id"], start=1):
        mean = numpy.nanmean(z[zone == number])
        if sector in drought["sectors_in_drought"]:
            good = mean < limits["sector_mean_z_of_drought_sectors_below"]
        else:
            good = mean > limits["sector_mean_z_of_other_sectors_above"]
        report(f"{name}: mean z of {sector}", round(mean, 3), good)


def usable_events():
    """ACLED-like rows a reader keeps, by the rules of docs/methods.md."""
    table = pandas.read_csv(SAMPLE / "acled_like.csv", dtype=str, keep_default_na=False)
    raw = len(table)
    table["day"] = pandas.to_datetime(table.event_date, format="%Y-%m-%d", errors="coerce")
    x = pandas.to_numeric(table.longitude, errors="coerce")
    y = pandas.to_numeric(table.latitude, errors="coerce")
    deaths = table.fatalities.where(table.fatalities.str.fullmatch(r"\d+"))
    good = (table.day.notna() & (table.day <= TRUTH["as_of"]) & deaths.notna()
            & x.between(-35, -31) & y.between(10, 13))
    table = table[good].assign(x=x[good], y=y[good], deaths=deaths[good].astype(int))
    table["stamp"] = table.timestamp.astype(int)
    table = table.sort_values("stamp").drop_duplicates("event_id_cnty", keep="last")
    stated = TRUTH["files"]["acled_like.csv"]
    report("rows read", raw, raw == stated["rows"])
    violent = ~table.event_type.isin(["Strategic developments"]) & ~table.sub_event_type.isin(
        ["Peaceful protest"])
    report("rows outside the preset", int((~violent).sum()),
           int((~violent).sum()) == stated["rejected"]["outside-preset"])
    report("rows used", int(violent.sum()), int(violent.sum()) == stated["used_total"])
    return table[violent]


def spread_mass(points, precision, grid_x, grid_y, inside, towns):
    """Events per cell; coarse positions are spread, the total is kept."""
    mass = numpy.zeros(grid_x.shape)
    for (x, y), code, town in zip(points, precision, towns):
        if code == "1":
            column = int((x - grid_x[0, 0] + CELL_M / 2) // CELL_M)
            row = int((grid_y[0, 0] + CELL_M / 2 - y) // CELL_M)
            if 0 <= row < mass.shape[0] and 0 <= column < mass.shape[1]:
                mass[row, column] += 1
            continue
        if code == "2":
            weight = numpy.clip(
                1 - ((grid_x - x) ** 2 + (grid_y - y) ** 2) / COARSE_M ** 2, 0, None) ** 2 * inside
        else:
            weight = (town == 1) * 1.0
        mass += weight / weight.sum()
    return mass


def gi_star(mass, valid, grid_x, grid_y):
    """Distance band, 0/1 weights, population deviation, by definition."""
    x, y, value = grid_x[valid], grid_y[valid], mass[valid]
    n, mean = len(value), value.mean()
    deviation = math.sqrt((value ** 2).mean() - mean ** 2)
    z = numpy.empty(n)
    for i in range(n):
        near = (x - x[i]) ** 2 + (y - y[i]) ** 2 <= BAND_M ** 2 * (1 + 1e-12)
        w = near.sum()
        z[i] = (value[near].sum() - mean * w) / (
            deviation * math.sqrt((n * w - w * w) / (n - 1)))
    p = numpy.array([math.erfc(abs(v) / math.sqrt(2)) for v in z])
    order = numpy.sort(p)
    passed = numpy.nonzero(order <= ALPHA * numpy.arange(1, n + 1) / n)[0]
    limit = order[passed[-1]] if len(passed) else -1.0
    hot = numpy.zeros(mass.shape, bool)
    hot[valid] = (p <= limit) & (z > 0)
    return hot


def hotspot_polygons(hot, grid_x, grid_y):
    half = CELL_M / 2
    cells = [box(x - half, y - half, x + half, y + half)
             for x, y in zip(grid_x[hot], grid_y[hot])]
    union = unary_union(cells)
    return list(getattr(union, "geoms", [union] if cells else []))


def check_hotspots(events, sectors, keep_precision=False):
    laea = "+proj=laea +lon_0=-33.05 +lat_0=11.65 +datum=WGS84"
    area = sectors.to_crs(laea)
    whole = area.union_all()
    west, south, east, north = whole.bounds
    xs = numpy.arange(west, east, CELL_M) + CELL_M / 2
    ys = numpy.arange(north, south, -CELL_M) - CELL_M / 2
    grid_x, grid_y = numpy.meshgrid(xs, ys)
    valid = numpy.array([[whole.contains(Point(x, y)) for x in xs] for y in ys])
    first = pandas.Timestamp(TRUTH["as_of"]) - pandas.Timedelta(days=TRUTH["window_days"] - 1)
    now = events[events.day >= first]
    points = geopandas.GeoSeries(geopandas.points_from_xy(now.x, now.y), crs=4326).to_crs(laea)
    sector_grid = {
        s: numpy.array([[g.contains(Point(x, y)) for x in xs] for y in ys])
        for s, g in zip(area.sector_id, area.geometry)}
    towns = [sector_grid[a.split()[-1]] for a in now.admin1]
    precision = ["1"] * len(now) if keep_precision else list(now.geo_precision)
    mass = spread_mass(
        [(p.x, p.y) for p in points], precision, grid_x, grid_y, valid, towns)
    shapes = hotspot_polygons(gi_star(mass, valid, grid_x, grid_y), grid_x, grid_y)
    to_grid = lambda c: geopandas.GeoSeries([Point(c)], crs=4326).to_crs(laea).iloc[0]
    centres = [to_grid(h["centre"]) for h in TRUTH["hotspots"]]
    limits = TRUTH["hotspot_limits"]
    print(f"     {len(now)} events in the window, {valid.sum()} cells, areas in km2: "
          f"{[round(s.area / 1e6) for s in shapes]}")
    pile_up = to_grid(TRUTH["capital_pile_up"]["centre"])
    caught = any(s.contains(pile_up) for s in shapes)
    if keep_precision:
        print(f"     taken at their word, the coarse reports make a hotspot: {caught}")
        return
    for truth, centre in zip(TRUTH["hotspots"], centres):
        hit = [round(s.area / 1e6) for s in shapes if s.contains(centre)]
        report(f"hotspot {truth['id']} hit by a polygon of km2", hit, len(hit) == 1)
    false = [round(s.area / 1e6) for s in shapes
             if min(s.distance(c) for c in centres) > limits["near_km"] * 1000]
    report("false alarms, km2", false, len(false) <= limits["false_alarms_at_most"]
           and max(false, default=0) <= limits["false_alarm_area_km2_at_most"])
    old = to_grid(TRUTH["old_hotspot"]["centre"])
    report("old hotspot in a polygon", any(s.contains(old) for s in shapes),
           not any(s.contains(old) for s in shapes))
    report("pile-up in a polygon", caught, not caught)


def main():
    sectors = geopandas.read_file(SAMPLE / "sectors.geojson")
    numpy.seterr(all="ignore")
    for use_quality in (True, False):
        stack, transform = read_stack(use_quality)
        for drought in TRUTH["droughts"]:
            check_drought(drought, stack, transform, sectors, use_quality)
    events = usable_events()
    check_hotspots(events, sectors)
    check_hotspots(events, sectors, keep_precision=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    import warnings
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    main()
