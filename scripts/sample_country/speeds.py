"""How fast a vehicle gets on: dry, wet and flood season."""

from . import terrain

COLUMNS = ["layer", "class", "dry_kmh", "wet_kmh", "flood_kmh", "source"]
SOURCE = "invented: plausible for a loaded truck"
TABLE = [
    ("land_cover", terrain.BUILT_UP, 20, 16, 10),
    ("land_cover", terrain.CROPLAND, 12, 8, 3),
    ("land_cover", terrain.GRASSLAND, 14, 9, 4),
    ("land_cover", terrain.SHRUB, 10, 7, 3),
    ("land_cover", terrain.BARE, 15, 11, 6),
    ("land_cover", terrain.FOREST, 6, 5, 2),
    ("land_cover", terrain.WETLAND, 2, 0, 0),
    ("road", "main", 55, 45, 30),
    ("road", "track", 25, 15, 5),
    ("crossing", "bridge", 20, 20, 20),
    ("crossing", "ford", 5, 0, 0),
    ("river", "river", 0, 0, 0),
    ("river", "stream", 4, 0, 0),
]
SEASONS = ("dry", "wet", "flood")


def rows():
    return [{"layer": layer, "class": code, "dry_kmh": dry, "wet_kmh": wet,
             "flood_kmh": flood, "source": SOURCE}
            for layer, code, dry, wet, flood in TABLE]


def speed(layer, code, season):
    """Kilometres an hour; 0 where nothing passes."""
    return next(row[2 + SEASONS.index(season)] for row in TABLE
                if row[0] == layer and row[1] == code)
