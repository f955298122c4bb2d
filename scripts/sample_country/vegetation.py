"""The NDVI composites and their quality layer."""

import math

from . import plan
from .geography import kilometers
from .random_numbers import Stream

FILL, QUANTUM = -3000, 20  # stored units of 0.0001
GOOD, MARGINAL, CLOUD, QA_FILL = 0, 1, 3, 255
DESERT = (-33.30, 12.80)  # centre of the bare land


def season(day):
    """Greenness of the year, 0 to 1: two rains, the first the stronger."""
    def bump(peak, width):
        away = min(abs(day - peak), 365 - abs(day - peak))
        return math.exp(-0.5 * (away / width) ** 2)
    return min(1.0, bump(148, 34) + 0.9 * bump(325, 30))


def smooth(x):
    x = max(0.0, min(1.0, x))
    return x * x * (3 - 2 * x)


class Land:
    """What does not change: sea, bare land and how green it can get."""

    def __init__(self, country):
        self.cells = []  # (longitude, latitude, amplitude) or None for sea
        self.waves = []  # five weights per cell for the regional anomaly
        for row in range(plan.ROWS):
            latitude = plan.NORTH - (row + 0.5) * plan.CELL
            for column in range(plan.COLUMNS):
                longitude = plan.WEST + (column + 0.5) * plan.CELL
                sea = (longitude < country.west_coast(latitude)
                       or latitude < country.south_coast(longitude))
                distance = kilometers(longitude, latitude, *DESERT)
                wet = 0.75 + 0.25 * (plan.NORTH - latitude) / (plan.ROWS * plan.CELL)
                amplitude = 0.34 * wet * smooth((distance - 22) / 60)
                self.cells.append(None if sea else (longitude, latitude, amplitude))
                self.waves.append(None if sea else waves(longitude, latitude))


def waves(longitude, latitude):
    x, y = (longitude - plan.WEST) * 1.3, (latitude - 10.5) * 1.3
    raw = [1.0, math.cos(x + 0.7), math.cos(y + 2.1), math.cos(x + y), math.cos(1.6 * x - y)]
    length = math.sqrt(sum(w * w for w in raw))
    return [w / length for w in raw]


def drought_weight(drought, longitude, latitude):
    """1 in the core, 0 outside the ellipse, smooth between."""
    radius = ellipse_radius(drought, longitude, latitude)
    return 1.0 - smooth((radius - drought["core"]) / (1 - drought["core"]))


def ellipse_radius(drought, longitude, latitude):
    """Distance from the centre in units of the ellipse's own radius."""
    east = kilometers(drought["longitude"], latitude, longitude, latitude)
    east = east if longitude >= drought["longitude"] else -east
    north = (latitude - drought["latitude"]) * plan.KM_PER_DEGREE
    angle = math.radians(drought["rotation_degrees"])
    along = east * math.cos(angle) + north * math.sin(angle)
    across = -east * math.sin(angle) + north * math.cos(angle)
    return math.hypot(along / drought["semi_axis_x_km"], across / drought["semi_axis_y_km"])


class Clouds:
    """Ragged discs; more of them while it rains."""

    def __init__(self, composite, land_season):
        random = Stream("clouds %d %d" % composite)
        self.random = Stream("cloud edges %d %d" % composite)
        self.discs = []
        traps = [t for t in plan.CLOUD_TRAPS if t["composite"] == composite]
        for trap in traps:
            self.discs.append((trap["longitude"], trap["latitude"], trap["radius_km"], False))
        for _ in range(0 if traps else random.poisson(0.6 + 4.2 * land_season)):
            self.discs.append((
                plan.WEST + random.uniform(0, plan.COLUMNS * plan.CELL),
                plan.NORTH - random.uniform(0, plan.ROWS * plan.CELL),
                random.uniform(9, 34), random.uniform() < 0.3))

    def quality(self, longitude, latitude):
        for x, y, radius, fill in self.discs:
            if abs(latitude - y) * plan.KM_PER_DEGREE > radius * 1.2:
                continue
            distance = kilometers(longitude, latitude, x, y) / radius
            if distance < 1.2:
                distance += self.random.uniform(-0.1, 0.1)
                if distance < 1.0:
                    return QA_FILL if fill else CLOUD
                return MARGINAL
        return GOOD


class Archive:
    """Yields every composite in order: (year, day), NDVI, quality."""

    def __init__(self, land):
        self.land = land
        self.random = Stream("regional anomaly")
        self.regional = [self.random.normal() for _ in range(5)]
        self.drought_cells = [
            [0.0 if c is None else drought_weight(d, c[0], c[1]) for c in land.cells]
            for d in plan.DROUGHTS]

    def __iter__(self):
        for composite in plan.composites():
            # AR(1) from one composite to the next: a season hangs together.
            self.regional = [
                0.8 * c + 0.6 * self.random.normal() for c in self.regional]
            ndvi, quality = self._composite(composite)
            if composite not in plan.MISSING_COMPOSITES:
                yield composite, ndvi, quality

    def _composite(self, composite):
        green = season(composite[1])
        clouds = Clouds(composite, green)
        noise = Stream("cell noise %d %d" % composite)
        good_rain = any(a <= composite <= b for a, b in plan.GOOD_RAIN)
        active = [
            (d["strength"][composite], d["depth"], weights)
            for d, weights in zip(plan.DROUGHTS, self.drought_cells)
            if composite in d["strength"]]
        ndvi, quality = [], []
        for index, cell in enumerate(self.land.cells):
            flag = QA_FILL if cell is None else clouds.quality(cell[0], cell[1])
            if flag == QA_FILL or composite == plan.EMPTY_COMPOSITE:
                ndvi.append(FILL)
                quality.append(QA_FILL)
                continue
            grain = noise.normal()
            regional = sum(c * w for c, w in zip(self.regional, self.land.waves[index]))
            anomaly = (0.5 + 0.35 * regional + 0.55 * grain if good_rain
                       else 0.75 * regional + 0.66 * grain)
            for strength, depth, weights in active:
                share = strength * weights[index]
                anomaly = (1 - share) * anomaly + share * (0.4 * grain - depth)
            mean = 0.10 + cell[2] * (0.35 + 0.65 * green)
            deviation = 0.002 + cell[2] * (0.06 + 0.12 * green)
            value = mean + deviation * anomaly
            if flag == CLOUD:
                value = 0.04 + 0.35 * value  # low, and believable
            ndvi.append(round(value * 10000 / QUANTUM) * QUANTUM)
            quality.append(flag)
        return ndvi, quality
