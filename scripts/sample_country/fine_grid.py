"""The grid of the planning layers: 0.01 degrees over the area of the NDVI."""

import math

from . import plan

CELL = 0.01
COLUMNS = round(plan.COLUMNS * plan.CELL / CELL)
ROWS = round(plan.ROWS * plan.CELL / CELL)

# WGS 84: semi-major axis in metres, first eccentricity squared.
SEMI_MAJOR_AXIS = 6378137.0
ECCENTRICITY_SQUARED = 0.00669437999014


def centre(row, column):
    """Longitude and latitude of a cell's centre."""
    return plan.WEST + (column + 0.5) * CELL, plan.NORTH - (row + 0.5) * CELL


def cell_at(longitude, latitude):
    """Row and column; a point on an edge belongs to the cell east or south.

    Rounded first: bases have two decimals and lie on edges, and what is left
    of a subtraction must not decide for them.
    """
    return (math.floor(round((plan.NORTH - latitude) / CELL, 6)),
            math.floor(round((longitude - plan.WEST) / CELL, 6)))


def on_grid(row, column):
    return 0 <= row < ROWS and 0 <= column < COLUMNS


def cells():
    """Every (row, column), row by row."""
    return ((row, column) for row in range(ROWS) for column in range(COLUMNS))


def cell_size(row):
    """Width and height of the cells of a row in metres (WGS 84 radii)."""
    latitude = math.radians(centre(row, 0)[1])
    w = 1 - ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    prime_vertical = SEMI_MAJOR_AXIS / math.sqrt(w)
    meridian = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / w ** 1.5
    step = math.radians(CELL)
    return prime_vertical * math.cos(latitude) * step, meridian * step


def touched(line):
    """All cells that a broken line touches, in order, each once.

    Every segment is cut where it passes from one cell into the next; the
    middle of each piece tells the cell.
    """
    found = {}
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        u0, u1 = (x0 - plan.WEST) / CELL, (x1 - plan.WEST) / CELL
        v0, v1 = (plan.NORTH - y0) / CELL, (plan.NORTH - y1) / CELL
        cuts = {0.0, 1.0}
        for a, b in ((u0, u1), (v0, v1)):
            for edge in range(math.ceil(min(a, b)), math.floor(max(a, b)) + 1):
                if a != b:
                    cuts.add((edge - a) / (b - a))
        cuts = sorted(cuts)
        for a, b in zip(cuts, cuts[1:]):
            t = (a + b) / 2
            cell = (math.floor(v0 + t * (v1 - v0)), math.floor(u0 + t * (u1 - u0)))
            if on_grid(*cell):
                found[cell] = None
    return list(found)
