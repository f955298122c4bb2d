#!/usr/bin/env python3
"""Write the inputs of the travel benchmark, so that peers compute the same.

    make_inputs.py FOLDER [SIDE [SOURCES]]

writes into FOLDER:

* travel_friction_SIDE.f32: SIDE x SIDE friction values, row-major, little
  endian float32: a smooth random field between 1.5 and 18, twelve straight
  roads at 1 and a winding river at 12 or more;
* travel_sources_SIDE.i32: SOURCES pairs of row and column, int32.

Needs numpy and scipy. The same seeds give the same bytes.
"""
import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import zoom

FRICTION_SEED = 7
SOURCE_SEED = 11
ROADS = 12


def friction(side):
    random = np.random.default_rng(FRICTION_SEED)
    patches = side // 60
    coarse = random.random((patches + 2, patches + 2)).astype(np.float32)
    smooth = zoom(coarse, (side / patches, side / patches), order=1)[:side, :side]
    field = (1.5 + 16.5 * smooth).astype(np.float32)
    for _ in range(ROADS):
        row_a, column_a, row_b, column_b = random.integers(0, side, 4)
        steps = int(max(abs(int(row_b) - int(row_a)), abs(int(column_b) - int(column_a)))) + 1
        rows = np.linspace(row_a, row_b, steps).round().astype(int)
        columns = np.linspace(column_a, column_b, steps).round().astype(int)
        field[rows, columns] = 1.0
    columns = np.arange(side)
    rows = (side * 0.5 + side * 0.15 * np.sin(columns / side * 9)).astype(int)
    field[rows, columns] = np.maximum(field[rows, columns], 12)
    return field


def sources(side, count):
    return np.random.default_rng(SOURCE_SEED).integers(0, side, (count, 2))


def main(arguments):
    folder = Path(arguments[0])
    side = int(arguments[1]) if len(arguments) > 1 else 3000
    count = int(arguments[2]) if len(arguments) > 2 else 60
    folder.mkdir(parents=True, exist_ok=True)
    friction(side).astype("<f4").tofile(folder / f"travel_friction_{side}.f32")
    sources(side, count).astype("<i4").tofile(folder / f"travel_sources_{side}.i32")


if __name__ == "__main__":
    main(sys.argv[1:])
