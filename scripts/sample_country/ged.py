"""Events in the UCDP GED layout, and a team's own list of reports."""

import datetime

from . import plan
from .acled import nearest
from .geography import offset
from .places import main_town
from .random_numbers import Stream

COLUMNS = (
    "id relid year active_year code_status type_of_violence conflict_new_id conflict_name "
    "dyad_new_id dyad_name side_a side_b number_of_sources source_article where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob").split()

# Row under the header, as exports of the Humanitarian Data Exchange have it.
HXL = {
    "id": "#event+code", "year": "#date+year", "type_of_violence": "#event+type",
    "conflict_name": "#event+name", "side_a": "#group+name+first",
    "side_b": "#group+name+second", "adm_1": "#adm1+name", "adm_2": "#adm2+name",
    "latitude": "#geo+lat", "longitude": "#geo+lon", "country": "#country+name",
    "date_start": "#date+start", "date_end": "#date+end", "best": "#affected+killed",
    "deaths_civilians": "#affected+killed+civilians",
}
# (where_prec, how many of the 120 events)
WHERE_PRECISION = [(1, 62), (2, 24), (3, 14), (4, 8), (5, 5), (6, 5), (7, 2)]
FIRST, LAST = datetime.date(2020, 1, 5), datetime.date(2021, 12, 20)


def priogrid(longitude, latitude):
    """Cell number of the PRIO-GRID (0.5 degrees, row 1 in the south)."""
    row = int((latitude + 90) // 0.5) + 1
    column = int((longitude + 180) // 0.5) + 1
    return (row - 1) * 720 + column


def position(random, precision, country, settlements):
    place = random.choice(settlements)
    if precision == 1 or precision == 5:
        return place, place["longitude"], place["latitude"]
    if precision == 2:
        while True:
            x, y = offset(place["longitude"], place["latitude"], random.uniform(-12, 12),
                          random.uniform(-12, 12))
            if country.sector_at(x, y):
                return place, x, y
    if precision == 3:
        district = country.district_at(place["longitude"], place["latitude"])
        ring = district["ring"][:-1]
        return (place, sum(p[0] for p in ring) / len(ring),
                sum(p[1] for p in ring) / len(ring))
    if precision == 4:
        town = main_town(settlements, place["sector_id"])
        return town, town["longitude"], town["latitude"]
    if precision == 7:
        return place, -34.40, 11.60
    return place, -33.05, 11.65


def make_ged(country, settlements):
    random = Stream("ged")
    precisions = random.shuffled(
        [p for p, count in WHERE_PRECISION for _ in range(count)])
    rows = []
    for number, precision in enumerate(precisions):
        place, x, y = position(random, precision, country, settlements)
        start = FIRST + datetime.timedelta(
            days=random.integer(0, (LAST - FIRST).days))
        date_precision = random.weighted([(1, 68), (2, 14), (3, 8), (4, 7), (5, 3)])
        days = {1: 0, 2: random.integer(1, 5), 3: 6, 4: random.integer(8, 29),
                5: random.integer(31, 60)}[date_precision]
        end = start + datetime.timedelta(days=days)
        kind = random.weighted([(1, 40), (2, 30), (3, 30)])
        deaths = [random.geometric(0.5, 12) if kind != 3 else 0,
                  random.geometric(0.5, 12) if kind != 3 else 0,
                  1 + random.geometric(0.4, 20) if kind == 3 else random.geometric(0.8, 5),
                  random.geometric(0.7, 4)]
        if sum(deaths) == 0:
            deaths[1] = 1
        row = dict.fromkeys(COLUMNS, "")
        row.update({
            "id": 900001 + number, "relid": f"KRS-{start.year}-{number + 1:03d}",
            "year": start.year, "active_year": 1, "code_status": "Clear",
            "type_of_violence": kind, "conflict_new_id": 990 + kind,
            "conflict_name": "Korsavel: synthetic", "dyad_new_id": 9900 + kind,
            "dyad_name": "Synthetic dyad", "number_of_sources": random.integer(1, 4),
            "side_a": {1: "Government of Korsavel", 2: "Communal militia C",
                       3: "Armed group A"}[kind],
            "side_b": {1: "Armed group A", 2: "Communal militia D", 3: "Civilians"}[kind],
            "source_article": "Synthetic source, \"weekly summary\"", "where_prec": precision,
            "where_coordinates": place["name"], "where_description": "Synthetic",
            "adm_1": "Sector " + place["sector_id"],
            "adm_2": place["pcode"] if precision < 4 else "",
            "latitude": f"{y:.6f}", "longitude": f"{x:.6f}",
            "geom_wkt": f"POINT ({x:.6f} {y:.6f})", "priogrid_gid": priogrid(x, y),
            "country": plan.COUNTRY, "country_id": 999, "region": "Invented",
            "event_clarity": 2 if date_precision >= 4 else 1, "date_prec": date_precision,
            "date_start": f"{start} 00:00:00.000", "date_end": f"{end} 00:00:00.000",
            "deaths_a": deaths[0], "deaths_b": deaths[1], "deaths_civilians": deaths[2],
            "deaths_unknown": deaths[3], "best": sum(deaths),
            "high": sum(deaths) + random.geometric(0.6, 6), "low": max(0, sum(deaths) - 1)})
        rows.append(row)
    rows.sort(key=lambda r: (r["date_start"], r["id"]))
    ledger = {"low_above_best": [rows[30]["id"]], "end_before_start": [rows[70]["id"]],
              "duplicate": [rows[50]["id"], rows[90]["id"]]}
    rows[30]["low"] = rows[30]["best"] + 2
    rows[70]["date_end"] = "2019-12-31 00:00:00.000"
    rows += [dict(rows[50]), dict(rows[90])]
    return rows, ledger


def make_reports(country, settlements, hotspots):
    """The mission's own list: its own column names, coarse but current."""
    random = Stream("reports")
    rows = []
    for number in range(40):
        if number < 10:
            spot = hotspots[number % 3]
            x, y = offset(spot["longitude"], spot["latitude"], random.uniform(-5, 5),
                          random.uniform(-5, 5))
            age, exact = random.integer(0, 80), "exact"
        else:
            place = random.choice(settlements)
            x, y = place["longitude"], place["latitude"]
            age = random.integer(0, 700)
            exact = random.weighted([("exact", 70), ("near", 25), ("region", 5)])
        civilians = random.geometric(0.7, 4)
        rows.append({
            "report_no": f"R-{number + 1:03d}",
            "day": (plan.AS_OF - datetime.timedelta(days=age)).isoformat(),
            "east": f"{x:.4f}", "north": f"{y:.4f}",
            "kind": "Violence against civilians" if civilians else "Battles",
            "killed": civilians + random.geometric(0.7, 5), "civilians_killed": civilians,
            "place": nearest(settlements, x, y)["name"], "how_exact": exact})
    ledger = {"missing_coordinates": ["R-018"], "bad_date": ["R-027"]}
    rows[17]["east"] = ""
    rows[26]["day"] = "last week"
    return rows, ledger
