"""Does what is planted for coverage and transfer hold by another reading?

Reads the planning files of `sample-data` with rasterio, burns roads and
rivers with its rasteriser, searches with scipy's Dijkstra over geodesic edge
lengths from pyproj, evaluates the gates from `readiness.csv`, and compares
with the section `transfer` of `truth.json`. Shares no code with the generator
or with Jilaal. Exit code 1 when something does not hold.

    python3 check_transfer.py      needs numpy, scipy, pandas, rasterio, pyproj
"""

import json
import sys
from pathlib import Path

import numpy
import pandas
import rasterio
import rasterio.features
from pyproj import Geod
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

SAMPLE = Path(__file__).resolve().parents[3] / "sample-data"
WHOLE = json.loads((SAMPLE / "truth.json").read_text())
TRUTH = WHOLE["transfer"]
TOLERANCE, LIMIT = TRUTH["minutes_differ_by_share_at_most"], TRUTH["limit_minutes"]
SHARE_TOLERANCE = 0.0005  # a few cells at the rim of what a base reaches
SEASONS = ("dry", "wet", "flood")
GEOD = Geod(ellps="WGS84")
problems = []


def report(what, value, good):
    print(f"{'ok  ' if good else 'MISS'} {what}: {value}")
    if not good:
        problems.append(what)


def table(name, **options):
    return pandas.read_csv(SAMPLE / name, **options)


def raster(name):
    with rasterio.open(SAMPLE / name) as source:
        return source.read(1), source.transform


def shapes(name, kind):
    layer = json.loads((SAMPLE / name).read_text())
    return [f["geometry"] for f in layer["features"] if f["properties"]["class"] == kind]


people, transform = raster("population.tif")
cover, _ = raster("land_cover.tif")
elevation, _ = raster("elevation.tif")
ROWS, COLUMNS = people.shape
bases, hubs = table("bases.csv"), table("hubs.csv")
settlements, crossings = table("settlements.csv", dtype={"id": str}), table("crossings.csv")
speeds = table("speeds.csv").set_index(["layer", "class"])


def cells(frame):
    """Row-major cell of every row; edges belong to the cell east or south."""
    east = numpy.floor(((frame.longitude - transform.c) / transform.a).round(6))
    south = numpy.floor(((frame.latitude - transform.f) / transform.e).round(6))
    return (south * COLUMNS + east).astype(int).to_numpy()


def burned(name, kind):
    return rasterio.features.rasterize(
        shapes(name, kind), out_shape=people.shape, transform=transform,
        all_touched=True).astype(bool)


def steep():
    height = numpy.where(elevation == -32768, numpy.nan, elevation).astype(float)
    metres = 110_600 * 0.01
    east = numpy.gradient(height, axis=1) / (metres * numpy.cos(numpy.radians(11.6)))
    north = numpy.gradient(height, axis=0) / metres
    return numpy.nan_to_num(numpy.hypot(east, north)) > 0.30


def pace(season, without=()):
    column = season + "_kmh"
    kmh = numpy.zeros(people.shape)
    for code in range(1, 8):
        kmh[cover == code] = speeds.loc[("land_cover", str(code)), column]
    kmh[steep()] = 0
    for kind in ("track", "main"):
        kmh[burned("roads.geojson", kind) & (cover > 0)] = speeds.loc[("road", kind), column]
    for kind in ("stream", "river"):
        kmh[burned("rivers.geojson", kind)] = speeds.loc[("river", kind), column]
    ferries = []
    for cell, row in zip(cells(crossings), crossings.itertuples()):
        if row.id in without:
            continue
        key = ("road", "main") if row.kind == "ferry" else ("crossing", row.kind)
        kmh.flat[cell] = speeds.loc[key, column]
        if row.kind == "ferry":
            ferries.append((cell, row.ferry_minutes))
    with numpy.errstate(divide="ignore"):
        return 0.06 / kmh, ferries


def graph(season, without=()):
    friction, ferries = pace(season, without)
    open_cells = numpy.isfinite(friction)
    number = numpy.arange(people.size).reshape(people.shape)
    latitude = transform.f + (numpy.arange(ROWS) + 0.5) * transform.e
    heads, tails, costs = [], [], []
    for i, j in ((0, 1), (1, 0), (1, 1), (1, -1)):
        length = GEOD.inv(
            numpy.zeros(ROWS), latitude, numpy.full(ROWS, j * transform.a),
            latitude + i * transform.e)[2]
        a = (slice(0, ROWS - i), slice(max(0, -j), COLUMNS - max(0, j)))
        b = (slice(i, ROWS), slice(max(0, j), COLUMNS + min(0, j)))
        good = open_cells[a] & open_cells[b]
        if i and j:
            good &= open_cells[a[0], b[1]] | open_cells[b[0], a[1]]
        with numpy.errstate(invalid="ignore"):
            cost = (friction[a] + friction[b]) / 2 * length[:ROWS - i, None]
        heads.append(number[a][good])
        tails.append(number[b][good])
        costs.append(cost[good])
    head, tail, cost = (numpy.concatenate(x) for x in (heads, tails, costs))
    head, tail, cost = (numpy.concatenate(x) for x in (
        (head, tail), (tail, head), (cost, cost)))
    for cell, minutes in ferries:
        cost = cost + numpy.where(tail == cell, minutes, 0.0)
    return coo_matrix((cost, (head, tail)), shape=(people.size, people.size)).tocsr()


def compare(what, found, said):
    found = None if not numpy.isfinite(found) else float(found)
    if said is None or found is None:
        report(what, f"{found} (said {said})", found is said)
    else:
        report(what, f"{found:.1f} (said {said})", abs(found - said) <= TOLERANCE * said + 0.5)


def losses(season, reached, base):
    index = list(bases.id).index(base)
    only = (reached[index] <= LIMIT) & ~(numpy.delete(reached, index, 0) <= LIMIT).any(axis=0)
    share = numpy.maximum(people, 0).ravel()[only].sum() / TRUTH["people_total"]
    places = settlements[only[cells(settlements)]].sort_values("population", ascending=False)
    return share, places


def check_losses(season, reached):
    for part in ("close_candidate", "loses_last_cover", "important_and_ready"):
        planted = TRUTH[part]
        said = planted["loss"][season]
        share, places = losses(season, reached, planted["base"])
        report(f"{season}: share of people lost with {planted['base']}",
               f"{share:.4f} (said {said['share']})", abs(share - said["share"]) <= SHARE_TOLERANCE)
        largest = list(places.id)[:1]
        report(f"{season}: settlements lost with {planted['base']}",
               f"{len(places)} (said {said['settlements']}), largest {largest}",
               len(places) == said["settlements"] and largest == said["largest"][:1])


def check_seam(season, reached):
    spot = next(h for h in WHOLE["hotspots"] if h["id"] == TRUTH["seam_gap"]["hotspot"])
    x = transform.c + (numpy.arange(COLUMNS) + 0.5) * transform.a
    y = transform.f + (numpy.arange(ROWS) + 0.5) * transform.e
    x, y = (v.ravel() for v in numpy.meshgrid(x, y))
    away = GEOD.inv(x, y, numpy.full(x.size, spot["centre"][0]),
                    numpy.full(x.size, spot["centre"][1]))[2]
    said = TRUTH["seam_gap"]["minutes"][season]
    nearest = reached.min(axis=0)
    compare(f"{season}: minutes to the centre of H3", nearest[away.argmin()],
            said["centre_minutes"])
    least = nearest[away <= spot["radius_km"] * 1000].min()
    compare(f"{season}: least minutes to its disc", least, said["disc_least_minutes"])
    if season == "wet":
        report("the disc is out of reach when wet", f"{least:.1f}", least > LIMIT)


def check_travel():
    base_cells, hub_cells = cells(bases), cells(hubs)
    for season in SEASONS:
        ways = graph(season)
        from_hubs = dijkstra(ways, indices=hub_cells).min(axis=0)
        for part in ("single_bridge", "cut_off_when_wet"):
            base = TRUTH[part]["base"]
            compare(f"{season}: minutes from a hub to {base}",
                    from_hubs[base_cells[list(bases.id).index(base)]],
                    TRUTH[part]["hub_minutes"][season])
        if season != "flood":
            reached = dijkstra(ways, indices=base_cells)
            check_losses(season, reached)
            check_seam(season, reached)
        cut = graph(season, without=(TRUTH["single_bridge"]["crossing"],))
        base = base_cells[list(bases.id).index(TRUTH["single_bridge"]["base"])]
        compare(f"{season}: the same without its bridge",
                dijkstra(cut, indices=hub_cells).min(axis=0)[base], None)


def gate_states(rows, as_of):
    """fail or unknown by gate of one base; thresholds as the rules have them."""
    rows = rows.set_index("item")
    old = {i for i in rows.index if (as_of - pandas.Timestamp(rows.as_of[i])).days > 180}

    def value(item):
        return rows.value[item] if item in rows.index and item not in old else None

    def least(limit, *items):
        known = [value(i) for i in items]
        if any(v is not None and float(v) < limit for v in known):
            return False
        return None if None in known else True

    def all_yes(*items):
        known = [value(i) for i in items]
        return None if None in known else all(v == "yes" for v in known)

    rights, contact = value("hrddp_state"), value("community_contact")
    states = {
        "G1": value("host_unit") is not None or None, "G2": least(30, "colocated_days"),
        "G3": least(0.70, "personnel_ratio"), "G4": least(0.75, "serviceability_ratio"),
        "G5": None if rights in (None, "not_assessed")
        else rights in ("low", "medium_with_mitigation"),
        "G6": least(0.70, "armed_ratio", "comms_ratio", "vehicle_ratio"),
        "G7": all_yes("supply_package"),
        "G8": value("harm_cases_open_over_90d") == "0"
        or value("harm_response_recorded") == "yes",
        "G9": float(value("casevac_minutes")) <= 60 or value("casevac_agreement") == "yes",
        "G10": all_yes("land_release", "gifting_certificate", "cleanup_certificate"),
        "G11": (as_of - pandas.Timestamp(contact)).days < 60,
    }
    return {"failing": [g for g, s in states.items() if s is False],
            "unknown": [g for g, s in states.items() if s is None]}


def check_files():
    evidence = table("readiness.csv", dtype=str)
    as_of = pandas.Timestamp(TRUTH["as_of"])
    for base, said in TRUTH["gates"].items():
        found = gate_states(evidence[evidence.base_id == base], as_of)
        report("gates of " + base, found, found == said)
    whole = float(people[people > 0].sum())
    report("people", whole, abs(whole - TRUTH["people_total"]) < 1
           and 1.0e6 < whole < 1.5e6)
    report("sea is the same in all three rasters", int((people < 0).sum()), bool(
        ((people < 0) == (cover == 0)).all() and ((people < 0) == (elevation == -32768)).all()))
    blocked = (cover == 0) | burned("rivers.geojson", "river") | burned(
        "rivers.geojson", "stream")
    for name, frame in (("bases", bases), ("hubs", hubs), ("settlements", settlements)):
        report(f"{name} in the sea or a river", int(blocked.ravel()[cells(frame)].sum()),
               not blocked.ravel()[cells(frame)].any())


if __name__ == "__main__":
    check_files()
    check_travel()
    print(f"{len(problems)} do not hold")
    sys.exit(1 if problems else 0)
