"""Incidents in the ACLED column layout of 2024, dirt included."""

import datetime

from . import plan
from .geography import kilometers, offset
from .places import main_town
from .random_numbers import Stream

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp").split()

VIOLENCE = [
    (("Political violence", "Battles", "Armed clash"), 30),
    (("Political violence", "Violence against civilians", "Attack"), 26),
    (("Political violence", "Violence against civilians", "Abduction/forced disappearance"), 9),
    (("Political violence", "Violence against civilians", "Sexual violence"), 3),
    (("Political violence", "Explosions/Remote violence",
      "Remote explosive/landmine/IED"), 14),
    (("Political violence", "Explosions/Remote violence",
      "Shelling/artillery/missile attack"), 5),
    (("Political violence", "Riots", "Mob violence"), 8),
    (("Political violence; Demonstrations", "Protests",
      "Excessive force against protesters"), 2),
]
UNREST = [
    (("Demonstrations", "Protests", "Peaceful protest"), 5),
    (("Strategic developments", "Strategic developments", "Looting/property destruction"), 3),
    (("Strategic developments", "Strategic developments", "Arrests"), 2),
]
ACTORS = [("Armed group A", "Rebel group"), ("Armed group B", "Rebel group"),
          ("Communal militia C", "Identity militia"), ("State forces", "State forces")]
NOTES = [
    "Synthetic record. Reported by a local radio station.",
    "Synthetic record. Two sources agree on place and day.",
    'Synthetic record. A witness said: "they came at night", and left before dawn.',
    "Synthetic record. First line of a longer note,\nsecond line of the same note.",
    "Synthetic record; numbers differ between sources, the lower one is coded.",
]


class Writer:
    """Makes rows; a row is a dict by column and keeps a tag of our own."""

    def __init__(self, settlements):
        self.settlements = settlements
        self.random = Stream("acled")
        self.rows = []
        self.next_number = 1

    def add(self, tag, day, longitude, latitude, kind, geo_precision=None, place=None):
        random = self.random
        place = place or nearest(self.settlements, longitude, latitude)
        precision = geo_precision or random.weighted([(1, 76), (2, 20), (3, 4)])
        if precision == 2 and geo_precision is None:
            longitude, latitude = place["longitude"], place["latitude"]
        elif precision == 3 and geo_precision is None:
            place = main_town(self.settlements, place["sector_id"])
            longitude, latitude = place["longitude"], place["latitude"]
        actor, other = random.choice(ACTORS), random.choice(ACTORS)
        civilians = kind[1] == "Violence against civilians"
        if civilians:
            other = ("Civilians (Korsavel)", "Civilians")
        row = dict.fromkeys(COLUMNS, "")
        row.update({
            "event_id_cnty": f"KRS{self.next_number}", "event_date": day.isoformat(),
            "year": str(day.year), "time_precision": str(random.weighted(
                [(1, 85), (2, 12), (3, 3)])),
            "disorder_type": kind[0], "event_type": kind[1], "sub_event_type": kind[2],
            "actor1": actor[0], "inter1": actor[1], "actor2": other[0], "inter2": other[1],
            "interaction": f"{actor[1]}-{other[1]}",
            "civilian_targeting": "Civilian targeting" if civilians or (
                kind[1].startswith("Expl") and random.uniform() < 0.2) else "",
            "iso": "999", "region": "Invented", "country": plan.COUNTRY,
            "admin1": "Sector " + place["sector_id"], "admin2": place["pcode"],
            "location": place["name"], "latitude": f"{latitude:.4f}",
            "longitude": f"{longitude:.4f}", "geo_precision": str(precision),
            "source": "Synthetic source", "source_scale": "Local partner-Other",
            "notes": random.choice(NOTES), "fatalities": str(
                0 if tag == "unrest" else random.geometric(0.45, 25)),
            "timestamp": str(int(datetime.datetime(
                day.year, day.month, day.day, tzinfo=datetime.timezone.utc).timestamp())
                + 86400 * random.integer(3, 20)),
        })
        self.next_number += 1
        self.rows.append((tag, row))
        return row


def nearest(settlements, longitude, latitude):
    return min(settlements, key=lambda s: (
        kilometers(longitude, latitude, s["longitude"], s["latitude"]), s["id"]))


def days_between(first, last):
    return (last - first).days


def scattered(writer, country, tag, count, kinds):
    """Reports near settlements, anywhere and any day of the record."""
    random = writer.random
    span = days_between(plan.FIRST_EVENT, plan.AS_OF)
    made = 0
    while made < count:
        place = random.choice(writer.settlements)
        x, y = offset(place["longitude"], place["latitude"], random.uniform(-8, 8),
                      random.uniform(-8, 8))
        if country.sector_at(x, y) is None:
            continue
        day = plan.FIRST_EVENT + datetime.timedelta(days=random.integer(0, span))
        writer.add(tag, day, x, y, random.weighted(kinds))
        made += 1


def clustered(writer, tag, spot, count, first, last):
    """Reports inside the circle of a hotspot, denser towards its centre."""
    random = writer.random
    for _ in range(count):
        while True:
            east, north = random.uniform(-1, 1), random.uniform(-1, 1)
            length = (east * east + north * north) ** 0.5
            if 0 < length <= 1:
                break
        shrink = spot["radius_km"] * length ** 0.5 * 0.98
        x, y = offset(spot["longitude"], spot["latitude"], east * shrink, north * shrink)
        day = first + datetime.timedelta(days=random.integer(0, days_between(first, last)))
        precision = random.weighted([(1, 85), (2, 15)])
        writer.add(tag, day, x, y, random.weighted(VIOLENCE), geo_precision=precision)


def make(country, settlements, hotspots):
    """(tag, row) pairs before any dirt, in the order of their dates."""
    writer = Writer(settlements)
    window_start = plan.AS_OF - datetime.timedelta(days=plan.WINDOW_DAYS - 1)
    before_start = window_start - datetime.timedelta(days=plan.WINDOW_DAYS)
    before_end = window_start - datetime.timedelta(days=1)
    scattered(writer, country, "background", plan.BACKGROUND_EVENTS, VIOLENCE)
    scattered(writer, country, "unrest", plan.UNREST_EVENTS, UNREST)
    for spot in hotspots:
        clustered(writer, spot["id"], spot, spot["events"], window_start, plan.AS_OF)
        clustered(writer, spot["id"] + " before", spot, spot["before"], before_start, before_end)
    old = plan.OLD_HOTSPOT
    clustered(writer, old["id"], old, old["events"], old["from"], old["to"])
    town = main_town(settlements, plan.PILE_UP["sector"])
    for _ in range(plan.PILE_UP["events"]):
        day = window_start + datetime.timedelta(
            days=writer.random.integer(0, plan.WINDOW_DAYS - 1))
        writer.add("pile-up", day, town["longitude"], town["latitude"],
                   writer.random.weighted(VIOLENCE), geo_precision=3, place=town)
    return sorted(writer.rows, key=lambda pair: (
        pair[1]["event_date"], int(pair[1]["event_id_cnty"][3:])))
