"""People per cell: every settlement's own, and sparse ones between."""

from . import fine_grid, terrain

AT_SEA = -1.0
# Rural people per cell of 1.2 km2 by land cover, before the noise.
RURAL = {terrain.BUILT_UP: 0.0, terrain.CROPLAND: 28.0, terrain.GRASSLAND: 14.0,
         terrain.SHRUB: 9.0, terrain.BARE: 1.0, terrain.FOREST: 5.0, terrain.WETLAND: 5.0}
OUTSIDE_SHARE = 0.25  # the land beyond the mission's sectors is emptier
QUANTUM = 0.25  # exact in binary, so that sums are exact too


def kernel(land, place):
    """Whole quanta of a settlement's people by cell index; they add up."""
    radius = 1.1 + place["population"] ** 0.5 / 90
    shares = {}
    for row, column, distance in terrain.around(place, radius):
        if land.land[land.index(row, column)]:
            shares[land.index(row, column)] = 1.05 - min(1.0, distance / radius) ** 2
    whole = sum(shares.values())
    counts = {i: round(place["population"] * s / whole / QUANTUM) * QUANTUM
              for i, s in shares.items()}
    middle = max(shares, key=lambda i: (shares[i], -i))
    counts[middle] += place["population"] - sum(counts.values())
    return counts


def population(country, land, settlements):
    """Row-major people per cell (counts), -1 at sea."""
    noise = terrain.Noise("rural people", 0.22)
    values = []
    for row, column in fine_grid.cells():
        code = land.cover[land.index(row, column)]
        if code == terrain.SEA:
            values.append(AT_SEA)
            continue
        x, y = fine_grid.centre(row, column)
        share = 1.0 if country.sector_at(x, y) else OUTSIDE_SHARE
        people = RURAL[code] * share * (0.3 + 1.4 * noise.at(x, y))
        values.append(round(people / QUANTUM) * QUANTUM)
    for place in settlements:
        for index, people in kernel(land, place).items():
            values[index] += people
    return values
