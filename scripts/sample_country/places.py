"""Settlements, roads and bases."""

from . import plan
from .geography import kilometers, make_names, offset
from .random_numbers import Stream

SETTLEMENTS = 180
# Bases on purpose: two close together, one far from every other.
CLOSE_PAIR = ((-32.52, 11.30), (-32.46, 11.34))
ISOLATED = (-33.90, 12.40)
OTHER_BASES = [
    (-33.88, 11.00), (-33.62, 11.42), (-33.55, 10.98), (-33.20, 11.45), (-32.95, 10.95),
    (-32.90, 11.35), (-32.20, 10.95), (-33.00, 11.85), (-32.85, 12.30), (-32.45, 11.90),
    (-32.20, 12.20),
]


def settlements(country, hotspots):
    """A list of dicts; each sector's largest comes first in it."""
    random = Stream("settlements")
    names = iter(make_names("settlements", SETTLEMENTS))
    points = []
    for spot in hotspots + [plan.OLD_HOTSPOT]:
        for _ in range(3):
            points.append(offset(
                spot["longitude"], spot["latitude"], random.uniform(-6, 6),
                random.uniform(-6, 6)))
    while len(points) < SETTLEMENTS:
        point = (random.uniform(-34.2, -31.9), random.uniform(10.7, 12.6))
        if country.sector_at(*point) and all(
                kilometers(*point, *other) > 6 for other in points):
            points.append(point)
    rows = []
    for number, point in enumerate(points, start=1):
        longitude, latitude = round(point[0], 4), round(point[1], 4)
        district = country.district_at(longitude, latitude)
        size = 120 * 1.75 ** (random.uniform(0, 1) * 4 + random.uniform(0, 4))
        rows.append({
            "id": f"{number:04d}", "name": next(names), "longitude": longitude,
            "latitude": latitude, "population": int(round(size, -1)),
            "pcode": district["pcode"], "sector_id": district["sector_id"]})
    for code in [s["sector_id"] for s in country.sectors]:
        town = main_town(rows, code)
        town["population"] = 21000 + 1000 * random.integer(0, 60)
    return rows


def main_town(rows, sector):
    return max(
        (r for r in rows if r["sector_id"] == sector),
        key=lambda r: (r["population"], r["id"]))


def roads(rows):
    """The shortest net between the larger places, and the main towns' own."""
    larger = sorted(rows, key=lambda r: (-r["population"], r["id"]))[:70]
    towns = {main_town(rows, f"S{n}")["id"] for n in range(1, 7)}
    lines = [(a, b, "main" if a["population"] + b["population"] > 9000 else "track")
             for a, b in spanning_tree(larger)]
    known = {(a["id"], b["id"]) for a, b, _ in lines}
    for a, b in spanning_tree([r for r in rows if r["id"] in towns]):
        if (a["id"], b["id"]) not in known:
            lines.append((a, b, "main"))
    return lines


def spanning_tree(rows):
    """Prim's algorithm; ties go to the earlier row."""
    joined, waiting, edges = [rows[0]], list(rows[1:]), []
    while waiting:
        _, i, j = min(
            (kilometers(a["longitude"], a["latitude"], b["longitude"], b["latitude"]), i, j)
            for i, a in enumerate(joined) for j, b in enumerate(waiting))
        edges.append((joined[i], waiting[j]))
        joined.append(waiting.pop(j))
    return edges


def road_line(a, b):
    """A gently bent line from one place to the other."""
    random = Stream("road %s %s" % (a["id"], b["id"]))
    points = [(a["longitude"], a["latitude"])]
    for step in range(1, 5):
        t = step / 5
        x = a["longitude"] + t * (b["longitude"] - a["longitude"])
        y = a["latitude"] + t * (b["latitude"] - a["latitude"])
        sway = 1.6 * random.uniform(-1, 1)
        x, y = offset(x, y, sway, sway * random.uniform(-1, 1))
        points.append((round(x, 5), round(y, 5)))
    return points + [(b["longitude"], b["latitude"])]


def bases(country):
    random = Stream("bases")
    names = iter(make_names("bases", 14))
    points = list(CLOSE_PAIR) + [ISOLATED] + OTHER_BASES
    rows = []
    for number, (longitude, latitude) in enumerate(points, start=1):
        size = "company" if number in (2, 3, 8) else random.choice(
            ["company", "company", "battalion", "platoon"])
        rows.append({
            "id": f"B{number:02d}", "name": "Base " + next(names), "longitude": longitude,
            "latitude": latitude, "sector": country.sector_at(longitude, latitude),
            "size_class": size,
            "opened": f"{random.integer(2013, 2020)}-{random.integer(1, 12):02d}-01"})
    return rows
