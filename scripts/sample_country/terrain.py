"""Sea, land cover and elevation on the fine grid."""

import math

from . import fine_grid, plan
from .geography import kilometers
from .random_numbers import Stream
from .vegetation import DESERT, smooth

SEA = 0
BUILT_UP, CROPLAND, GRASSLAND, SHRUB, BARE, FOREST, WETLAND = range(1, 8)
NO_ELEVATION = -32768

# A steep ridge in the north-west; elsewhere the land is gentle.
RIDGE = {"from": (-33.73, 12.23), "to": (-33.66, 11.95), "height_m": 1500.0, "half_width_km": 5.4}
SLOPE_LIMIT = 0.30
# Woods that lengthen two ways: from B01 to the hubs, which so keeps to the
# track and clear of B02, and from B12 to the main road and hotspot H3.
WOODS = [{"longitude": -32.43, "latitude": 11.42, "radius_km": 7.5},
         {"longitude": -32.868, "latitude": 12.262, "radius_km": 4.0}]


class Noise:
    """Smooth noise in 0 to 1: random values on a lattice, blended."""

    def __init__(self, name, spacing):
        random = Stream("noise of " + name)
        self.spacing = spacing
        self.width = int(plan.COLUMNS * plan.CELL / spacing) + 2
        height = int(plan.ROWS * plan.CELL / spacing) + 2
        self.values = [random.uniform() for _ in range(self.width * height)]

    def at(self, longitude, latitude):
        u, v = (longitude - plan.WEST) / self.spacing, (plan.NORTH - latitude) / self.spacing
        column, row = int(u), int(v)
        s, t = smooth(u - column), smooth(v - row)
        corner = row * self.width + column
        a, b = self.values[corner], self.values[corner + 1]
        c, d = self.values[corner + self.width], self.values[corner + self.width + 1]
        return (1 - t) * ((1 - s) * a + s * b) + t * ((1 - s) * c + s * d)


def is_sea(country, longitude, latitude):
    return (longitude < country.west_coast(latitude)
            or latitude < country.south_coast(longitude))


def kilometers_to_segment(longitude, latitude, start, end):
    """Flat-earth distance to a short line."""
    scale = math.cos(math.radians(latitude))
    ax, ay = (start[0] - longitude) * scale, start[1] - latitude
    bx, by = (end[0] - longitude) * scale, end[1] - latitude
    dx, dy = bx - ax, by - ay
    t = max(0.0, min(1.0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
    return math.hypot(ax + t * dx, ay + t * dy) * plan.KM_PER_DEGREE


class Terrain:
    """Row-major lists `cover` (codes) and `elevation` (metres); cells too `steep`."""

    def __init__(self, country, settlements, rivers):
        self.land = [not is_sea(country, *fine_grid.centre(row, column))
                     for row, column in fine_grid.cells()]
        self.cover = self._cover(settlements, rivers)
        self.elevation = self._elevation(country)
        self.steep = {cell for cell in fine_grid.cells()
                      if self.land[self.index(*cell)] and self.slope(*cell) > SLOPE_LIMIT}

    def index(self, row, column):
        return row * fine_grid.COLUMNS + column

    def _cover(self, settlements, rivers):
        broad, middle, fine = (
            Noise("land cover", 0.31), Noise("patches", 0.13), Noise("wetlands", 0.09))
        near_river = near(
            [cell for river in rivers for cell in fine_grid.touched(river["line"])], 2)
        codes = []
        for row, column in fine_grid.cells():
            if not self.land[self.index(row, column)]:
                codes.append(SEA)
                continue
            x, y = fine_grid.centre(row, column)
            mixed = 0.6 * broad.at(x, y) + 0.4 * middle.at(x, y)
            rain = smooth((kilometers(x, y, *DESERT) - 22) / 60) * (
                0.75 + 0.25 * (plan.NORTH - y) / (plan.ROWS * plan.CELL))
            if (row, column) in near_river and fine.at(x, y) > 0.52:
                codes.append(WETLAND)
            else:
                codes.append(cover_of(rain, mixed))
        for wood in WOODS:
            for row, column, _ in around(wood, wood["radius_km"]):
                codes[self.index(row, column)] = FOREST
        for place in settlements:
            self._settle(codes, place)
        return codes

    def _settle(self, codes, place):
        """Fields round a place and, where it is large, houses."""
        houses = place["population"] ** 0.5 / 110
        fields = 1.6 + place["population"] ** 0.5 / 60
        for row, column, distance in around(place, fields):
            index = self.index(row, column)
            if distance <= houses and codes[index] != SEA:
                codes[index] = BUILT_UP
            elif codes[index] in (GRASSLAND, SHRUB, FOREST):
                codes[index] = CROPLAND

    def _elevation(self, country):
        broad, middle = Noise("hills", 0.45), Noise("knolls", 0.17)
        heights = []
        for row, column in fine_grid.cells():
            if not self.land[self.index(row, column)]:
                heights.append(NO_ELEVATION)
                continue
            x, y = fine_grid.centre(row, column)
            inland = plan.KM_PER_DEGREE * max(0.0, min(
                x - country.west_coast(y), y - country.south_coast(x)))
            away = kilometers_to_segment(x, y, RIDGE["from"], RIDGE["to"])
            steep = max(0.0, 1 - (away / RIDGE["half_width_km"]) ** 2) ** 2
            heights.append(round(
                8 + 350 * inland / (inland + 80) + 90 * broad.at(x, y)
                + 30 * middle.at(x, y) + RIDGE["height_m"] * steep))
        return heights

    def slope(self, row, column):
        """Rise over run by central differences; the sea counts as level."""
        here = self.elevation[self.index(row, column)]

        def height(r, c):
            if not fine_grid.on_grid(r, c):
                return here
            value = self.elevation[self.index(r, c)]
            return here if value == NO_ELEVATION else value

        width, tall = fine_grid.cell_size(row)
        east = (height(row, column + 1) - height(row, column - 1)) / (2 * width)
        north = (height(row - 1, column) - height(row + 1, column)) / (2 * tall)
        return math.hypot(east, north)


def cover_of(rain, mixed):
    """Bare where it hardly rains, then grass, shrub, and fields and woods."""
    if rain < 0.22:
        return BARE
    if rain < 0.55:
        return SHRUB if mixed > 0.5 else GRASSLAND if mixed > 0.3 else BARE
    if mixed > 0.70:
        return FOREST
    if mixed > 0.56:
        return CROPLAND
    return GRASSLAND if mixed > 0.40 else SHRUB


def around(place, radius_km):
    """(row, column, km) of the cells whose centre lies within the radius."""
    reach = int(radius_km / (fine_grid.CELL * plan.KM_PER_DEGREE)) + 2
    middle = fine_grid.cell_at(place["longitude"], place["latitude"])
    for row in range(middle[0] - reach, middle[0] + reach + 1):
        for column in range(middle[1] - reach, middle[1] + reach + 1):
            if fine_grid.on_grid(row, column):
                distance = kilometers(
                    place["longitude"], place["latitude"], *fine_grid.centre(row, column))
                if distance <= radius_km or (row, column) == middle:
                    yield row, column, distance


def near(cells, steps):
    """The cells and all within so many rows and columns of them."""
    return {(row + i, column + j) for row, column in cells
            for i in range(-steps, steps + 1) for j in range(-steps, steps + 1)}
