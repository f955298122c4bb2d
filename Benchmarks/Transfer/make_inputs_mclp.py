"""Writes the places, bases and minutes of the location and schedule
benchmarks, so that Jilaal and other programs compute the same.

    python make_inputs_mclp.py FOLDER

5,000 places in a country of 500 x 900 km, most of them around 25 towns, with
a long-tailed population; 60 bases near places; minutes at 30 km/h and a
detour of 1.4. The draws follow the order of the peers' script, so that both
have the same country. Files: mclp_minutes.f64 (place after place, base after
base) and mclp_weights.f64, both little-endian doubles.
"""

import sys
from pathlib import Path

import numpy as np

PLACES, BASES, TOWNS, SEED = 5000, 60, 25, 5
WIDTH_KM, HEIGHT_KM = 500, 900


def country():
    draw = np.random.default_rng(SEED)

    def anywhere(count):
        return np.column_stack(
            [draw.uniform(0, WIDTH_KM, count), draw.uniform(0, HEIGHT_KM, count)]
        )

    places = anywhere(PLACES)
    town_of_place = draw.integers(0, TOWNS, PLACES)
    towns = anywhere(TOWNS)
    lives_near_town = draw.random(PLACES) < 0.7
    around_town = towns[town_of_place] + draw.normal(0, 25, (PLACES, 2))
    places = np.where(lives_near_town[:, None], around_town, places)
    chosen = draw.choice(PLACES, BASES, replace=False)
    bases = places[chosen] + draw.normal(0, 8, (BASES, 2))
    people = np.round(draw.lognormal(6.0, 1.2, PLACES))
    kilometres = np.sqrt(((places[:, None] - bases[None]) ** 2).sum(axis=2))
    return kilometres * 1.4 / 30 * 60, people


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    minutes, people = country()
    minutes.astype("<f8").tofile(folder / "mclp_minutes.f64")
    people.astype("<f8").tofile(folder / "mclp_weights.f64")
    print(f"{minutes.shape[0]} places, {minutes.shape[1]} bases, {int(people.sum())} people")


if __name__ == "__main__":
    main()
