"""Who could take a base over: hubs, contingents and dated evidence."""

import datetime

from . import plan
from .places import main_town
from .random_numbers import Stream

HUB_COLUMNS = ["id", "name", "longitude", "latitude"]
# The towns with the junctions of the main roads, in these sectors.
HUBS = [("HUB1", "S6"), ("HUB2", "S1")]

BASE_COLUMNS = ["tcc", "status", "aliases", "strength", "closed"]
CONTINGENTS = {"S1": "K1", "S2": "K2", "S3": "K3", "S4": "K1", "S5": "K4", "S6": "K3"}
STRENGTH = {"platoon": (38, 55), "company": (110, 170), "battalion": (480, 690)}
ALIASES = {"B02": "Oreghel;Camp Oregel", "B05": "Vanedeem", "B09": "Soratam;FOB Sorratam",
           "B14": "Lundiim"}

COLUMNS = ["base_id", "item", "value", "as_of", "source"]
SOURCES = {
    "assessment": "invented: operational readiness assessment",
    "rights": "invented: due diligence register",
    "cases": "invented: civilian harm cell",
    "supply": "invented: supply agreement",
    "medical": "invented: medical evacuation table",
    "property": "invented: property office",
    "community": "invented: community liaison record",
}
ITEMS = [
    ("host_unit", "assessment"), ("colocated_days", "assessment"),
    ("personnel_ratio", "assessment"), ("armed_ratio", "assessment"),
    ("comms_ratio", "assessment"), ("vehicle_ratio", "assessment"),
    ("serviceability_ratio", "assessment"), ("ammunition_days", "assessment"),
    ("training_state", "assessment"), ("pay_current_months", "assessment"),
    ("command_named", "assessment"), ("own_supply", "assessment"), ("hrddp_state", "rights"),
    ("supply_hub", "supply"), ("supply_package", "supply"),
    ("harm_cases_open_over_90d", "cases"), ("harm_response_recorded", "cases"),
    ("casevac_minutes", "medical"), ("casevac_agreement", "medical"),
    ("land_release", "property"), ("gifting_certificate", "property"),
    ("cleanup_certificate", "property"), ("community_contact", "community"),
]

# What is planted: the kind of host, and what differs from it by item. A value
# may carry a date of its own; None means that the row is missing.
STRONG, WEAK = "strong", "weak"
PLANTED = {
    "B01": (WEAK, {}),
    "B02": (WEAK, {}),
    "B03": (WEAK, {}),
    "B04": (STRONG, {"colocated_days": ("12", plan.AS_OF.isoformat())}),
    "B05": (STRONG, {"serviceability_ratio": "0.71"}),
    "B06": (STRONG, {}),
    "B07": (STRONG, {"harm_cases_open_over_90d": "3", "harm_response_recorded": "no"}),
    "B08": (STRONG, {"serviceability_ratio": None, "hrddp_state": "not_assessed"}),
    "B09": (STRONG, {}),
    "B10": (WEAK, {}),
    "B11": (STRONG, {"personnel_ratio": ("0.82", "2022-04-11"),
                     "serviceability_ratio": ("0.79", "2022-04-11")}),
    "B12": (WEAK, {}),
    "B13": (STRONG, {}),
    "B14": (STRONG, {"personnel_ratio": "0.97", "armed_ratio": "0.98", "comms_ratio": "0.95",
                     "vehicle_ratio": "0.94", "serviceability_ratio": "0.92",
                     "hrddp_state": "medium_unmitigated"}),
}
# Gates as the planning rules number them, by base; every other gate passes.
FAILING = {"B04": ["G2"], "B05": ["G4"], "B07": ["G8"], "B14": ["G5"]}
UNKNOWN = {"B08": ["G4", "G5"], "B11": ["G3", "G4"]}
WEAK_FAILING = ["G2", "G3", "G4", "G6", "G7", "G9", "G10"]
ALL_PASS = [b for b, (kind, changes) in PLANTED.items() if kind == STRONG and not changes]


def hubs(settlements):
    rows = []
    for code, sector in HUBS:
        town = main_town(settlements, sector)
        rows.append({"id": code, "name": "Hub " + town["name"],
                     "longitude": town["longitude"], "latitude": town["latitude"]})
    return rows


def complete_bases(bases):
    """Appends the columns of `BASE_COLUMNS` to the rows."""
    for row in bases:
        random = Stream("strength " + row["id"])
        row.update({
            "tcc": CONTINGENTS[row["sector"]], "status": "open",
            "aliases": ALIASES.get(row["id"], ""),
            "strength": random.integer(*STRENGTH[row["size_class"]]), "closed": ""})


def ratio(random, low, high):
    return f"{random.integer(low, high) / 100:.2f}"


def usual(random, kind, number, hub):
    """The value of every item for a strong or a weak host."""
    good = kind == STRONG
    contact = plan.AS_OF - datetime.timedelta(days=random.integer(6, 45))
    near = ratio(random, 80, 95), ratio(random, 78, 95), ratio(random, 76, 92)
    far = ratio(random, 48, 66), ratio(random, 50, 66), ratio(random, 40, 64)
    return {
        "host_unit": f"Korsavel Army, Battalion {number}",
        "colocated_days": str(random.integer(45, 200) if good else random.integer(0, 20)),
        "personnel_ratio": (near if good else far)[0],
        "armed_ratio": (near if good else far)[1],
        "comms_ratio": (near if good else far)[2],
        "vehicle_ratio": ratio(random, 74, 90) if good else ratio(random, 35, 62),
        "serviceability_ratio": ratio(random, 78, 90) if good else ratio(random, 45, 68),
        "ammunition_days": str(random.integer(21, 45) if good else random.integer(4, 14)),
        "training_state": ratio(random, 75, 92) if good else ratio(random, 30, 60),
        "pay_current_months": str(random.integer(3, 6) if good else random.integer(0, 2)),
        "command_named": "yes", "own_supply": "yes" if good else "no",
        "hrddp_state": random.choice(["low", "medium_with_mitigation"]),
        "supply_hub": hub, "supply_package": "yes" if good else "no",
        "harm_cases_open_over_90d": "0", "harm_response_recorded": "yes",
        "casevac_minutes": str(random.integer(35, 58) if good else random.integer(75, 160)),
        "casevac_agreement": random.choice(["yes", "no"]) if good else "no",
        "land_release": "yes" if good else random.choice(["yes", "no"]),
        "gifting_certificate": "yes" if good else "no",
        "cleanup_certificate": "yes" if good else "no",
        "community_contact": contact.isoformat(),
    }


def evidence():
    """Rows in the order of the bases and of `ITEMS`."""
    rows = []
    for number, (base, (kind, changes)) in enumerate(PLANTED.items(), start=1):
        random = Stream("readiness " + base)
        hub = "HUB2" if base in ("B04", "B05", "B06", "B07", "B08", "B09", "B11") else "HUB1"
        values = usual(random, kind, number, hub)
        seen = {name: (plan.AS_OF - datetime.timedelta(days=random.integer(10, 95))).isoformat()
                for name in SOURCES}
        for item, source in ITEMS:
            value, as_of = values[item], seen[source]
            if item == "community_contact":
                as_of = value
            if item in changes:
                if changes[item] is None:
                    continue
                if isinstance(changes[item], tuple):
                    value, as_of = changes[item]
                else:
                    value = changes[item]
            rows.append({"base_id": base, "item": item, "value": value, "as_of": as_of,
                         "source": SOURCES[source]})
    return rows
