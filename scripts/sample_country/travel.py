"""Minutes by road and land: a plain search that proves what is planted.

Cells of the fine grid, 8 neighbours; a step costs half its length at the
speed of each of its two cells. Rivers block every cell they touch but the
crossings; a diagonal step between two blocked cells is refused. Slopes above
the limit block too; below it they cost nothing here.
"""

import heapq
import math

from . import fine_grid, speeds, terrain

INFINITE = math.inf
# One column of blocked cells right of the map and one row below and above it
# spare the search every question about edges.
WIDTH = fine_grid.COLUMNS + 1


def node_of(row, column):
    return (row + 1) * WIDTH + column


class Surface:
    """Minutes per metre by node, infinite where nothing passes."""

    def __init__(self, land, roads, wet_cells, crossings, season, without=()):
        self.pace = [INFINITE] * (WIDTH * (fine_grid.ROWS + 2) + 1)
        self.wait = {}
        for cell in fine_grid.cells():
            code = land.cover[land.index(*cell)]
            if code != terrain.SEA and cell not in land.steep:
                self._set(cell, speeds.speed("land_cover", code, season))
        for kind in ("track", "main"):
            for _, road, line in roads:
                if road == kind:
                    for cell in fine_grid.touched(line):
                        if land.land[land.index(*cell)]:
                            self._set(cell, speeds.speed("road", kind, season))
        for cell, kind in wet_cells.items():
            self._set(cell, speeds.speed("river", kind, season))
        for row in crossings:
            if row["id"] not in without:
                self._cross(row, season)
        self.steps = [()] + [steps_of(row) for row in range(fine_grid.ROWS)] + [()]

    def _set(self, cell, kmh):
        self.pace[node_of(*cell)] = 0.06 / kmh if kmh else INFINITE

    def _cross(self, row, season):
        cell = fine_grid.cell_at(row["longitude"], row["latitude"])
        if row["kind"] == "ferry":
            # The passage is counted on the way in; the cell itself is quick.
            self._set(cell, speeds.speed("road", "main", season))
            self.wait[node_of(*cell)] = float(row["ferry_minutes"])
        else:
            self._set(cell, speeds.speed("crossing", row["kind"], season))

    def minutes(self, place):
        """A `Sweep` from one place to all cells."""
        pace, wait = self.pace, self.wait
        start = node_of(*fine_grid.cell_at(place["longitude"], place["latitude"]))
        best, before = [INFINITE] * len(pace), {}
        best[start] = 0.0
        queue = [(0.0, start)]
        while queue:
            time, here = heapq.heappop(queue)
            if time > best[here]:
                continue
            for across, down, half in self.steps[here // WIDTH]:
                there = here + across + down
                after = time + (pace[here] + pace[there]) * half
                if there in wait:
                    after += wait[there]
                if after < best[there] and not (
                        across and down and pace[here + across] == INFINITE
                        and pace[here + down] == INFINITE):
                    best[there] = after
                    before[there] = here
                    heapq.heappush(queue, (after, there))
        return Sweep(best, before)


def steps_of(row):
    """The 8 steps from a row: offset across, offset down, half the metres."""
    width, tall = fine_grid.cell_size(row)
    return [(j, i * WIDTH, math.hypot(width * j, tall * i) / 2)
            for i, j in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))]


class Sweep:
    """What one search found."""

    def __init__(self, best, before):
        self.best, self.before = best, before

    def cell(self, row, column):
        return self.best[node_of(row, column)]

    def at(self, place):
        return self.cell(*fine_grid.cell_at(place["longitude"], place["latitude"]))

    def route(self, place):
        """Centres of the cells from a place back to where the search began."""
        node = node_of(*fine_grid.cell_at(place["longitude"], place["latitude"]))
        points = []
        while node is not None:
            points.append(fine_grid.centre(node // WIDTH - 1, node % WIDTH))
            node = self.before.get(node)
        return points
