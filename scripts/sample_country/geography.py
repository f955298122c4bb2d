"""Sectors, districts and distances of the invented country."""

import math

from . import plan
from .random_numbers import Stream

# A lattice of 6 x 4 districts; two by two of them are a sector.
NODES_X, NODES_Y = 7, 5
LATTICE_WEST, LATTICE_SOUTH, STEP_X, STEP_Y = -34.10, 10.75, 0.35, 0.45
SECTOR_NAMES = {
    "S1": "South-West", "S2": "South", "S3": "South-East",
    "S4": "North-West", "S5": "North", "S6": "North-East",
}


def kilometers(longitude_a, latitude_a, longitude_b, latitude_b):
    """Flat-earth distance at the middle latitude: good to 0.1 % here."""
    middle = math.radians((latitude_a + latitude_b) / 2)
    dx = (longitude_b - longitude_a) * plan.KM_PER_DEGREE * math.cos(middle)
    dy = (latitude_b - latitude_a) * plan.KM_PER_DEGREE
    return math.hypot(dx, dy)


def offset(longitude, latitude, east_km, north_km):
    return (
        longitude + east_km / (plan.KM_PER_DEGREE * math.cos(math.radians(latitude))),
        latitude + north_km / plan.KM_PER_DEGREE,
    )


class Country:
    """Borders on shared points: neighbours repeat the same coordinates."""

    def __init__(self):
        random = Stream("borders")
        self.nodes = {
            (i, j): (
                round(LATTICE_WEST + i * STEP_X + random.uniform(-0.05, 0.05), 5),
                round(LATTICE_SOUTH + j * STEP_Y + random.uniform(-0.06, 0.06), 5),
            )
            for j in range(NODES_Y) for i in range(NODES_X)
        }
        self.edges = {}
        for j in range(NODES_Y):
            for i in range(NODES_X):
                for step in ((1, 0), (0, 1)):
                    other = (i + step[0], j + step[1])
                    if other in self.nodes:
                        self.edges[((i, j), other)] = self.bend(
                            random, self.nodes[(i, j)], self.nodes[other])
        self.districts = self._make_districts()
        self.sectors = self._make_sectors()

    @staticmethod
    def bend(random, start, end, levels=3, roughness=0.09):
        """A broken line from start to end by midpoint displacement."""
        line = [start, end]
        for level in range(levels):
            longer = [line[0]]
            for a, b in zip(line, line[1:]):
                push = random.uniform(-roughness, roughness) / (1 + 0.4 * level)
                longer.append((
                    round((a[0] + b[0]) / 2 - push * (b[1] - a[1]), 5),
                    round((a[1] + b[1]) / 2 + push * (b[0] - a[0]), 5)))
                longer.append(b)
            line = longer
        return line

    def _edge(self, a, b):
        return self.edges[(a, b)] if (a, b) in self.edges else self.edges[(b, a)][::-1]

    def _ring(self, i, j, width, height):
        """The closed ring round a block of the lattice, counter-clockwise."""
        corners = [(i + n, j) for n in range(width)]
        corners += [(i + width, j + n) for n in range(height)]
        corners += [(i + width - n, j + height) for n in range(width)]
        corners += [(i, j + height - n) for n in range(height)]
        ring = []
        for a, b in zip(corners, corners[1:] + corners[:1]):
            ring += self._edge(a, b)[:-1]
        return ring + ring[:1]

    def _make_sectors(self):
        sectors = []
        for row in range(2):
            for column in range(3):
                code = f"S{row * 3 + column + 1}"
                sectors.append({
                    "sector_id": code, "name": SECTOR_NAMES[code],
                    "ring": self._ring(column * 2, row * 2, 2, 2)})
        return sectors

    def _make_districts(self):
        names = iter(make_names("districts", 24))
        districts = []
        for sector in range(6):
            for quarter in range(4):
                i = sector % 3 * 2 + quarter % 2
                j = sector // 3 * 2 + quarter // 2
                districts.append({
                    "pcode": f"KS{sector + 1:02d}{quarter + 1:02d}",
                    "code": f"{sector + 1:02d}{quarter + 1:02d}",
                    "name": next(names), "sector_id": f"S{sector + 1}",
                    "ring": self._ring(i, j, 1, 1)})
        return districts

    def sector_at(self, longitude, latitude):
        return next(
            (s["sector_id"] for s in self.sectors if inside(s["ring"], longitude, latitude)), None)

    def district_at(self, longitude, latitude):
        return next(
            (d for d in self.districts if inside(d["ring"], longitude, latitude)), None)

    def west_coast(self, latitude):
        """The longitude of the coast, clamped beyond its two ends."""
        line = [p for j in range(NODES_Y - 1) for p in self._edge((0, j), (0, j + 1))]
        return interpolate([(p[1], p[0]) for p in line], latitude)

    def south_coast(self, longitude):
        line = [p for i in range(NODES_X - 1) for p in self._edge((i, 0), (i + 1, 0))]
        return interpolate(line, longitude)

    def seam_point(self):
        """A point of the border between sectors S4 and S5."""
        return self._edge((2, 2), (2, 3))[-2]


def interpolate(points, x):
    points = sorted(points)
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def inside(ring, x, y):
    """Even-odd rule."""
    result = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            result = not result
    return result


def make_names(purpose, count):
    """Invented names, all different, of no particular language."""
    random = Stream("names of " + purpose)
    starts = ["Va", "Ore", "Tel", "Mi", "Sor", "Pe", "Lun", "Dra", "Ke", "Ul", "Fen", "Ro"]
    middles = ["", "", "lo", "ra", "vi", "ne", "su", "ti", "mo"]
    ends = ["dim", "sel", "vor", "nak", "rit", "lun", "pesh", "tam", "gel", "bor"]
    names, seen = [], set()
    while len(names) < count:
        name = random.choice(starts) + random.choice(middles) + random.choice(ends)
        if name not in seen:
            seen.add(name)
            names.append(name)
    return names
