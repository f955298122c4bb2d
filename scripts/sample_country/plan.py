"""What is planted, where and when: the one place to change it."""

import datetime

COUNTRY = "Korsavel"

# The grid of the rasters: degrees, north-up, EPSG:4326.
WEST, NORTH, CELL = -34.5, 12.75, 0.025
COLUMNS, ROWS = 110, 90

FIRST_YEAR, LAST_YEAR = 2010, 2022
BASELINE = (2010, 2020)
AS_OF = datetime.date(2022, 12, 2)
PAST_AS_OF = datetime.date(2021, 12, 2)
LAST_COMPOSITE = (2022, 321)
DAYS_OF_YEAR = range(1, 354, 16)

# Composites that were never delivered (no file), and one that is all cloud.
MISSING_COMPOSITES = [(2012, 129), (2015, 289), (2016, 321), (2018, 113)]
EMPTY_COMPOSITE = (2013, 145)

# A degree of latitude in km on the sphere of radius 6371.0088 km.
KM_PER_DEGREE = 111.195

# Droughts: ellipses in km about a centre. Full depth inside `core` of the
# normalised radius, tapering to nothing at 1. `depth` is in local standard
# deviations; `strength` is the share of it by (year, day of year).
DROUGHTS = [
    {
        "id": "A", "name": "past, north-east, second season of 2021, ended",
        "longitude": -32.36, "latitude": 12.08, "semi_axis_x_km": 34.0,
        "semi_axis_y_km": 40.0, "rotation_degrees": 0.0, "core": 0.6, "depth": 3.0,
        "strength": {(2021, 257): 0.35, (2021, 273): 0.7, (2021, 289): 1.0, (2021, 305): 1.0,
                     (2021, 321): 1.0, (2021, 337): 1.0, (2021, 353): 0.8, (2022, 1): 0.4},
        "as_of": PAST_AS_OF, "composite": (2021, 321), "sectors": ["S6"],
    },
    {
        "id": "B", "name": "current, south-west, second season of 2022",
        "longitude": -33.40, "latitude": 11.19, "semi_axis_x_km": 66.0,
        "semi_axis_y_km": 44.0, "rotation_degrees": 8.0, "core": 0.6, "depth": 3.0,
        "strength": {(2022, 257): 0.4, (2022, 273): 0.75, (2022, 289): 1.0, (2022, 305): 1.0,
                     (2022, 321): 1.0},
        "as_of": AS_OF, "composite": (2022, 321), "sectors": ["S1", "S2"],
    },
]

# Seasons in which the rest of the country had slightly better rain than
# usual, so that what lies outside the planted ellipse is not dry by chance.
GOOD_RAIN = [((2021, 257), (2021, 353)), ((2022, 257), (2022, 353))]

# Cloud over healthy land on the two dates above: the pixels say 'dry', the
# quality layer says 'cloud'. Without the quality layer this is a false
# drought.
CLOUD_TRAPS = [
    {"composite": (2022, 321), "longitude": -33.05, "latitude": 11.98, "radius_km": 26.0},
    {"composite": (2021, 321), "longitude": -33.75, "latitude": 11.15, "radius_km": 26.0},
]

# Violence: clusters of reports in the 90 days up to AS_OF.
WINDOW_DAYS = 90
HOTSPOTS = [
    {"id": "H1", "longitude": -32.36, "latitude": 11.12, "radius_km": 10.0, "events": 46,
     "before": 14, "sectors": ["S3"]},
    {"id": "H2", "longitude": -33.78, "latitude": 11.36, "radius_km": 9.0, "events": 34,
     "before": 3, "sectors": ["S1"]},
    # On the border of two sectors: the position is set by the border.
    {"id": "H3", "longitude": None, "latitude": None, "radius_km": 9.0, "events": 32,
     "before": 8, "sectors": ["S4", "S5"]},
]
OLD_HOTSPOT = {
    "id": "OLD", "longitude": -32.30, "latitude": 12.26, "radius_km": 10.0, "events": 62,
    "from": datetime.date(2021, 3, 1), "to": datetime.date(2021, 8, 31), "sectors": ["S6"],
}
# Reports that name only the sector are coded to its main town. Taken at
# their word they make a hotspot where nothing is known to have happened.
PILE_UP = {"sector": "S4", "events": 18, "geo_precision": 3}

BACKGROUND_EVENTS = 1210
UNREST_EVENTS = 90  # peaceful protests and strategic developments: not violence
FIRST_EVENT = datetime.date(2019, 12, 1)


def composite_date(year, day_of_year):
    return datetime.date(year, 1, 1) + datetime.timedelta(days=day_of_year - 1)


def composites():
    """Every (year, day of year) up to the last, delivered or not."""
    return [
        (year, day) for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in DAYS_OF_YEAR
        if (year, day) <= LAST_COMPOSITE
    ]

# What a run must reach. An independent computation (sample-data/README.md)
# stays clear of every limit.
DROUGHT_LIMITS = {
    "core_mean_z": -1.5, "core_severe_share": 0.9, "outside_severe_share": 0.15,
    "sector_mean_z": -0.6, "other_sector_mean_z": -0.35,
}
HOTSPOT_LIMITS = {
    "every_centre_inside_a_polygon": True,
    "near_km": 30, "false_alarms_at_most": 2, "false_alarm_area_km2_at_most": 1000,
    "old_centre_in_no_polygon": True, "pile_up_centre_in_no_polygon": True,
}
