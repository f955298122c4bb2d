"""Counts and sums of the UCDP events of the Central African Republic.

    JILAAL_DATA=... python3 make_expected.py     standard library only

Reads ${JILAAL_DATA}/ucdp_ged_car/ged231_car.csv and writes expected.json.
"""

import csv
import datetime
import json
import os
from collections import Counter
from pathlib import Path

AS_OF = datetime.date(2022, 12, 31)
WINDOW_DAYS = 365


def day(text):
    return datetime.date(*map(int, text[:10].split("/")))


def summary(rows):
    def total(column):
        return sum(int(r[column]) for r in rows)
    return {
        "events": len(rows), "best": total("best"), "high": total("high"), "low": total("low"),
        "deaths_civilians": total("deaths_civilians"), "deaths_a": total("deaths_a"),
        "deaths_b": total("deaths_b"), "deaths_unknown": total("deaths_unknown")}


def groups(rows, column):
    return {key: summary([r for r in rows if r[column] == key])
            for key in sorted({r[column] for r in rows}, key=int)}


def main():
    source = Path(os.environ["JILAAL_DATA"]) / "ucdp_ged_car" / "ged231_car.csv"
    with open(source, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first = AS_OF - datetime.timedelta(days=WINDOW_DAYS - 1)
    before = first - datetime.timedelta(days=WINDOW_DAYS)
    starts_in = [r for r in rows if first <= day(r["date_start"]) <= AS_OF]
    expected = {
        "all": summary(rows),
        "by_where_prec": groups(rows, "where_prec"),
        "by_date_prec": groups(rows, "date_prec"),
        "by_type_of_violence": groups(rows, "type_of_violence"),
        "first_date_start": min(day(r["date_start"]) for r in rows).isoformat(),
        "last_date_end": max(day(r["date_end"]) for r in rows).isoformat(),
        "events_of_more_than_one_day": sum(r["date_start"] != r["date_end"] for r in rows),
        "low_above_best": sum(int(r["low"]) > int(r["best"]) for r in rows),
        "best_above_high": sum(int(r["best"]) > int(r["high"]) for r in rows),
        "best_is_not_the_sum_of_deaths": sum(
            int(r["best"]) != sum(int(r[c]) for c in (
                "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")) for r in rows),
        "ids_more_than_once": sorted(
            i for i, n in Counter(r["id"] for r in rows).items() if n > 1),
        "end_before_start": sum(day(r["date_end"]) < day(r["date_start"]) for r in rows),
        "window": {
            "as_of": AS_OF.isoformat(), "days": WINDOW_DAYS, "first_day": first.isoformat(),
            "starting_in_window": summary(starts_in),
            "starting_in_window_by_where_prec": groups(starts_in, "where_prec"),
            "touching_window": sum(
                day(r["date_start"]) <= AS_OF and day(r["date_end"]) >= first for r in rows),
            "starting_in_window_before": summary(
                [r for r in rows if before <= day(r["date_start"]) < first])},
    }
    Path(__file__).with_name("expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
