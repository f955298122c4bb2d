"""What is planted for coverage and transfer, with the minutes that prove it.

The generator stops if a planted fact does not hold.
"""

from . import fine_grid, plan, readiness, speeds, terrain, travel, waters
from .geography import kilometers

LIMIT_MINUTES = 120
CLOSE_CANDIDATE, ISOLATED = "B02", "B03"
CLOSE_LOSS_SHARE, SETTLEMENT_LIMIT, CORRIDOR_KM = 0.005, 500, 5.0
IMPORTANT_READY = "B06"


class Planned:
    """Sweeps from every base (dry, wet) and every hub (all seasons)."""

    def __init__(self, parts):
        self.parts, self.land, self.bases = parts, parts["land"], parts["bases"]
        self.people = parts["population"]
        self.total = sum(p for p in self.people if p > 0)
        self.from_base, self.from_hub = {}, {}
        for season in speeds.SEASONS:
            surface = self.surface(season)
            for hub in parts["hubs"]:
                self.from_hub[season, hub["id"]] = surface.minutes(hub)
            if season != "flood":
                for base in self.bases:
                    self.from_base[season, base["id"]] = surface.minutes(base)

    def surface(self, season, without=()):
        parts = self.parts
        return travel.Surface(self.land, parts["road_lines"], parts["wet_cells"],
                              parts["crossings"], season, without)

    def others(self, season, base):
        return [self.from_base[season, b["id"]] for b in self.bases if b["id"] != base]

    def lost(self, season, base):
        """People and settlements that only this base reaches in the limit."""
        own, others = self.from_base[season, base], self.others(season, base)

        def only_own(row, column):
            return own.cell(row, column) <= LIMIT_MINUTES and all(
                sweep.cell(row, column) > LIMIT_MINUTES for sweep in others)

        people = sum(
            self.people[self.land.index(row, column)] for row, column in fine_grid.cells()
            if self.people[self.land.index(row, column)] > 0 and only_own(row, column))
        places = [p for p in self.parts["settlements"]
                  if only_own(*fine_grid.cell_at(p["longitude"], p["latitude"]))]
        return people, sorted(places, key=lambda p: (-p["population"], p["id"]))

    def loss_row(self, season, base):
        people, places = self.lost(season, base)
        return {"people": round(people), "share": round(people / self.total, 4),
                "settlements": len(places),
                "largest": [p["id"] for p in places[:3]]}

    def hub_minutes(self, season, base):
        row = next(b for b in self.bases if b["id"] == base)
        return min(self.from_hub[season, h["id"]].at(row) for h in self.parts["hubs"])

    def seam(self, season, spot):
        """Least minutes from any base to a hotspot's centre and its disc."""
        disc = [(r, c) for r, c, _ in terrain.around(spot, spot["radius_km"])]
        sweeps = [self.from_base[season, b["id"]] for b in self.bases]
        nearest = min(self.bases, key=lambda b: self.from_base[season, b["id"]].at(spot))
        return {"nearest_base": nearest["id"],
                "centre_minutes": rounded(self.from_base[season, nearest["id"]].at(spot)),
                "disc_least_minutes": rounded(
                    min(s.cell(*cell) for s in sweeps for cell in disc))}

    def corridor(self, season, base):
        """Bases whose way to their nearer hub passes close to this one."""
        row = next(b for b in self.bases if b["id"] == base)
        found = []
        for other in self.bases:
            sweep = min((self.from_hub[season, h["id"]] for h in self.parts["hubs"]),
                        key=lambda s: s.at(other))
            if other is not row and min(
                    kilometers(row["longitude"], row["latitude"], *point)
                    for point in sweep.route(other)) <= CORRIDOR_KM:
                found.append(other["id"])
        return found


def rounded(minutes):
    return None if minutes == travel.INFINITE else round(minutes)


def must(holds, fact):
    if not holds:
        raise ValueError("not planted: " + fact)


def single_bridge(planned):
    base = waters.SINGLE_BRIDGE_BASE
    row = next(b for b in planned.bases if b["id"] == base)
    bridge = next(c for c in planned.parts["crossings"]
                  if c["road_id"] == waters.SINGLE_BRIDGE_ROAD)
    broken = planned.surface("dry", without=(bridge["id"],)).minutes(row)
    must(all(broken.at(h) == travel.INFINITE for h in planned.parts["hubs"]),
         "one bridge only")
    with_bridge = {s: rounded(planned.hub_minutes(s, base)) for s in speeds.SEASONS}
    must(None not in with_bridge.values(), "the bridge leads to a hub in every season")
    return {"base": base, "crossing": bridge["id"], "river": bridge["river_id"],
            "hub_minutes": with_bridge, "hub_minutes_without_it": None}


def season_cut(planned):
    base = waters.BETWEEN_THE_ARMS
    minutes = {s: rounded(planned.hub_minutes(s, base)) for s in speeds.SEASONS}
    must([m is None for m in minutes.values()] == [False, True, True],
         "cut off by rain")
    return {"base": base, "hub_minutes": minutes}


def close_candidate(planned):
    losses = {s: planned.loss_row(s, CLOSE_CANDIDATE) for s in ("dry", "wet")}
    corridor = {s: planned.corridor(s, CLOSE_CANDIDATE) for s in ("dry", "wet")}
    must(all(row["share"] < CLOSE_LOSS_SHARE and row["settlements"] == 0
             for row in losses.values()), "nothing is lost with " + CLOSE_CANDIDATE)
    must(not any(corridor.values()), "no other base passes by " + CLOSE_CANDIDATE)
    return {"base": CLOSE_CANDIDATE, "beside": "B01", "loss": losses, "dependants": []}


def loses_last_cover(planned):
    losses = {s: planned.loss_row(s, ISOLATED) for s in ("dry", "wet")}
    must(all(planned.lost(s, ISOLATED)[1][0]["population"] > SETTLEMENT_LIMIT
             for s in ("dry", "wet")), "a larger settlement depends on " + ISOLATED)
    return {"base": ISOLATED, "settlement_over": SETTLEMENT_LIMIT, "loss": losses}


def seam_gap(planned):
    spot = next(s for s in planned.parts["hotspots"] if s["id"] == "H3")
    minutes = {s: planned.seam(s, spot) for s in ("dry", "wet")}
    must(minutes["wet"]["disc_least_minutes"] > LIMIT_MINUTES, "H3 is out of reach in the wet")
    return {"hotspot": "H3", "pair": spot["sectors"], "minutes": minutes,
            "every_cell_of_the_disc_beyond_minutes_when_wet": LIMIT_MINUTES}


def gates():
    rows = {}
    for base, (kind, _) in readiness.PLANTED.items():
        weak = kind == readiness.WEAK
        rows[base] = {
            "failing": readiness.WEAK_FAILING if weak else readiness.FAILING.get(base, []),
            "unknown": readiness.UNKNOWN.get(base, [])}
    return rows


def verdicts():
    expected = {base: "TRANSFER_READY" for base in readiness.ALL_PASS}
    expected.update({CLOSE_CANDIDATE: "CLOSE_CANDIDATE", ISOLATED: "KEEP_NO_SUBSTITUTE"})
    expected.update({base: "HOLD_DATA" for base in readiness.UNKNOWN})
    expected.update({
        base: "KEEP_NO_SUBSTITUTE"
        for base in readiness.FAILING})
    return dict(sorted(expected.items()))


def make(parts):
    """The section `transfer` of `truth.json`."""
    planned = Planned(parts)
    important = {s: planned.loss_row(s, IMPORTANT_READY) for s in ("dry", "wet")}
    must(important["wet"]["share"] > 0.05, "much depends on " + IMPORTANT_READY)
    return {
        "what": "minutes of the generator's own search on the fine grid: 8 neighbours, "
                "dry and wet season of speeds.csv, slopes free below "
                f"{terrain.SLOPE_LIMIT:g} and closed above",
        "minutes_differ_by_share_at_most": 0.05,
        "limit_minutes": LIMIT_MINUTES,
        "people_total": round(planned.total),
        "settlement_people": sum(p["population"] for p in parts["settlements"]),
        "crossings": {c["id"]: {"kind": c["kind"], "river": c["river_id"],
                                "road": c["road_id"]} for c in parts["crossings"]},
        "single_bridge": single_bridge(planned),
        "cut_off_when_wet": season_cut(planned),
        "close_candidate": close_candidate(planned),
        "loses_last_cover": loses_last_cover(planned),
        "seam_gap": seam_gap(planned),
        "important_and_ready": {"base": IMPORTANT_READY, "loss": important},
        "as_of": plan.AS_OF.isoformat(), "evidence_days": 180,
        "gates": gates(), "all_gates_pass": readiness.ALL_PASS,
        "expected_verdicts": verdicts(),
    }
