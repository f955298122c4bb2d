"""What was planted, and what a run must find: `truth.json`."""

import json

from . import plan, planted_transfer, readiness, speeds
from .acled import NOTES
from .dirt import rejects
from .geography import kilometers
from .places import CLOSE_PAIR, ISOLATED, main_town


def drought_truth(drought):
    limits = plan.DROUGHT_LIMITS
    trap = next(t for t in plan.CLOUD_TRAPS if t["composite"] == drought["composite"])
    return {
        "id": drought["id"], "what": drought["name"], "as_of": drought["as_of"].isoformat(),
        "composite": plan.composite_date(*drought["composite"]).isoformat(),
        "centre": [drought["longitude"], drought["latitude"]],
        "semi_axis_x_km": drought["semi_axis_x_km"],
        "semi_axis_y_km": drought["semi_axis_y_km"],
        "rotation_degrees_counter_clockwise": drought["rotation_degrees"],
        "core_share_of_radius": drought["core"],
        "planted_depth_in_standard_deviations": -drought["depth"],
        "sectors_in_drought": drought["sectors"],
        "composites": {
            plan.composite_date(*c).isoformat(): s for c, s in drought["strength"].items()},
        "cloud_over_healthy_land": {
            "centre": [trap["longitude"], trap["latitude"]], "radius_km": trap["radius_km"]},
        "limits": {
            "core_mean_z_below": limits["core_mean_z"],
            "core_share_severe_or_extreme_at_least": limits["core_severe_share"],
            "outside_share_severe_or_extreme_below": limits["outside_severe_share"],
            "sector_mean_z_of_drought_sectors_below": limits["sector_mean_z"],
            "sector_mean_z_of_other_sectors_above": limits["other_sector_mean_z"],
        },
    }


def spot_truth(spot, day_counts):
    return {
        "id": spot["id"], "centre": [round(spot["longitude"], 5), round(spot["latitude"], 5)],
        "radius_km": spot["radius_km"], "events_in_window": spot["events"],
        "events_in_window_before": spot["before"], "sectors": spot["sectors"],
        "deaths_in_window": day_counts[spot["id"]],
    }


def acled_truth(rows, ledger):
    tags = [tag for tag, _ in rows]
    rejected = rejects(ledger, tags.count("unrest"))
    return {
        "rows": len(rows), "preset": "political-violence", "rejected": rejected,
        "rejected_total": sum(rejected.values()),
        "used_total": len(rows) - sum(rejected.values()),
        "used_with_warning": {"unknown-sub-event-type": len(ledger["unknown_sub_event"])},
        "used_but_outside_all_sectors": len(ledger["outside_sectors"]),
        "notes_with_quotes": sum(r["notes"] == NOTES[2] for _, r in rows),
        "notes_with_line_breaks": sum(r["notes"] == NOTES[3] for _, r in rows),
        "notes_that_a_spreadsheet_would_run": len(ledger["formula_in_note"]),
        "event_ids": ledger,
    }


def make(parts):
    """The whole truth as a dict; `parts` holds what the generator made."""
    rows, hotspots, bases = parts["acled"], parts["hotspots"], parts["bases"]
    deaths = {s["id"]: sum(int(r["fatalities"]) for tag, r in rows if tag == s["id"])
              for s in hotspots}
    old, town = plan.OLD_HOTSPOT, main_town(parts["settlements"], plan.PILE_UP["sector"])
    return {
        "country": plan.COUNTRY, "synthetic": True, "as_of": plan.AS_OF.isoformat(),
        "window_days": plan.WINDOW_DAYS,
        "baseline": list(plan.BASELINE),
        "rasters": {
            "files_of_each_layer": parts["composites"], "columns": plan.COLUMNS,
            "rows": plan.ROWS, "missing_composites": [
                plan.composite_date(*c).isoformat() for c in plan.MISSING_COMPOSITES],
            "empty_composite": plan.composite_date(*plan.EMPTY_COMPOSITE).isoformat(),
            "sea_cells": parts["sea_cells"]},
        "droughts": [drought_truth(d) for d in plan.DROUGHTS],
        "hotspots": [spot_truth(s, deaths) for s in hotspots],
        "old_hotspot": {
            "id": old["id"], "centre": [old["longitude"], old["latitude"]],
            "radius_km": old["radius_km"], "events": old["events"],
            "from": old["from"].isoformat(), "to": old["to"].isoformat()},
        "capital_pile_up": {
            "what": "reports that name only the sector, coded to its main town",
            "centre": [town["longitude"], town["latitude"]], **plan.PILE_UP},
        "hotspot_limits": plan.HOTSPOT_LIMITS,
        "bases": {
            "close_pair": ["B01", "B02"],
            "close_pair_km": round(kilometers(*CLOSE_PAIR[0], *CLOSE_PAIR[1]), 2),
            "isolated": "B03",
            "isolated_to_nearest_km": round(min(
                kilometers(*ISOLATED, b["longitude"], b["latitude"])
                for b in bases if b["id"] != "B03"), 2)},
        "files": {
            "acled_like.csv": acled_truth(rows, parts["acled_ledger"]),
            "ged_like.csv": {
                "rows": len(parts["ged"]), "hxl_row": True, "event_ids": parts["ged_ledger"],
                "rejected": {"duplicate": 2, "end-before-start": 1}, "rejected_total": 3,
                "used_total": len(parts["ged"]) - 3,
                "used_with_warning": {"low-above-best": 1}},
            "extra_reports.csv": {
                "rows": len(parts["reports"]), "event_ids": parts["reports_ledger"],
                "rejected": {"missing-coordinate": 1, "unparsable-date": 1},
                "rejected_total": 2, "used_total": len(parts["reports"]) - 2},
            "settlements.csv": {"rows": len(parts["settlements"])},
            "bases.csv": {"rows": len(bases)},
            "districts.gpkg": {"features": 24}, "sectors.geojson": {"features": 6},
            "roads.geojson": {"features": parts["roads"]},
            "rivers.geojson": {"features": len(parts["rivers"])},
            "crossings.csv": {"rows": len(parts["crossings"])},
            "speeds.csv": {"rows": len(speeds.TABLE)},
            "hubs.csv": {"rows": len(parts["hubs"])},
            "readiness.csv": {"rows": len(readiness.evidence())},
        },
        "transfer": planted_transfer.make(parts),
    }


def write(path, parts):
    path.write_text(json.dumps(make(parts), indent=1) + "\n", encoding="utf-8")
