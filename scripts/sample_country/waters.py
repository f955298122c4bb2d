"""Rivers from the interior to the sea, and where one gets across."""

from . import fine_grid, geography
from .random_numbers import Stream

# Control points from source to mouth. Two points in a row that share a
# longitude or latitude ending in 5 thousandths are a crossing place: there
# the river runs straight along the middle of the cells, so that one cell is
# the whole width of the barrier. Everything between bends by chance.
RIVERS = [
    # From the northern edge of the map to the western sea: the north-west
    # (all of S4 and the west of S5) lies behind it.
    {"river_id": "R1", "name": "Orvane", "class": "river", "points": [
        (-33.13, 12.75), (-33.14, 12.60), (-33.125, 12.45), (-33.105, 12.375),
        (-33.105, 12.305), (-33.16, 12.20), (-33.205, 12.105), (-33.205, 12.035),
        (-33.25, 11.93), (-33.305, 11.845), (-33.375, 11.845), (-33.46, 11.78),
        (-33.535, 11.685), (-33.605, 11.685), (-33.72, 11.635), (-33.805, 11.575),
        (-33.875, 11.575), (-34.00, 11.555), (-34.25, 11.54)]},
    # Cuts the south-eastern corner off: base B10 has one bridge.
    {"river_id": "R2", "name": "Teluso", "class": "river", "points": [
        (-31.75, 11.10), (-31.93, 11.085), (-32.10, 11.065), (-32.265, 11.015),
        (-32.345, 11.015), (-32.375, 10.93), (-32.385, 10.82), (-32.39, 10.66)]},
    # A stream of the dry plain: cars ford it until it rains.
    {"river_id": "R3", "name": "Miret", "class": "stream", "points": [
        (-32.83, 11.75), (-32.88, 11.66), (-32.925, 11.575), (-32.925, 11.505),
        (-33.00, 11.42), (-33.03, 11.27), (-33.05, 11.10), (-33.07, 10.95),
        (-33.10, 10.66)]},
    # Its eastern arm: base B08 stands between the two, cut off by rain.
    {"river_id": "R4", "name": "Miret, eastern arm", "class": "stream", "points": [
        (-33.05, 11.10), (-32.93, 11.085), (-32.82, 10.99), (-32.77, 10.88),
        (-32.74, 10.66)]},
]
# What stands where a track crosses; main roads have bridges.
TRACK_CROSSINGS = {("R1", "018"): "ford", ("R1", "005"): "ford", ("R1", "030"): "ferry",
                   ("R2", "060"): "bridge", ("R3", "045"): "bridge"}
FERRY_MINUTES = 25
COLUMNS = ["id", "name", "longitude", "latitude", "kind", "ferry_minutes"]
SINGLE_BRIDGE_ROAD, SINGLE_BRIDGE_BASE = "060", "B10"
BETWEEN_THE_ARMS = "B08"


def rivers():
    """The control points of every river joined by bent lines."""
    made = []
    for river in RIVERS:
        random = Stream("river " + river["river_id"])
        line = [river["points"][0]]
        for a, b in zip(river["points"], river["points"][1:]):
            straight = is_crossing_place(a, b)
            line += [b] if straight else geography.Country.bend(
                random, a, b, roughness=0.16)[1:]
        made.append(dict(river, line=[(round(x, 5), round(y, 5)) for x, y in line]))
    return made


def is_crossing_place(a, b):
    return a[0] == b[0] or a[1] == b[1]


def intersection(a, b, c, d):
    """Where segment a-b meets segment c-d, or nothing."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    area = ux * vy - uy * vx
    if area == 0:
        return None
    t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / area
    s = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / area
    if 0 <= t < 1 and 0 <= s < 1:
        return a[0] + t * ux, a[1] + t * uy
    return None


def crossings(made, roads):
    """One row where a road meets a river, from source to mouth.

    `roads` are (road_id, class, line). A road that meets a river twice would
    ask for two crossings in one place: the map must not have that.
    """
    names = iter(geography.make_names("crossings", 12))
    rows = []
    for river in made:
        met = set()
        for a, b in zip(river["line"], river["line"][1:]):
            for road_id, kind, line in roads:
                for c, d in zip(line, line[1:]):
                    point = intersection(a, b, c, d)
                    if point is None:
                        continue
                    if road_id in met:
                        raise ValueError(
                            f"road {road_id} meets river {river['river_id']} twice")
                    met.add(road_id)
                    what = "bridge" if kind == "main" else TRACK_CROSSINGS[
                        (river["river_id"], road_id)]
                    rows.append({
                        "id": f"X{len(rows) + 1:02d}",
                        "name": what.capitalize() + " of " + next(names),
                        "longitude": round(point[0], 5), "latitude": round(point[1], 5),
                        "kind": what,
                        "ferry_minutes": FERRY_MINUTES if what == "ferry" else "",
                        "river_id": river["river_id"], "road_id": road_id})
    return rows


def wet_cells(made):
    """Class of the river by (row, column) of every cell a river touches."""
    classes = {}
    for river in made:
        for cell in fine_grid.touched(river["line"]):
            if classes.get(cell) != "river":
                classes[cell] = river["class"]
    return classes
