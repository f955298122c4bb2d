"""Spoils a known number of rows, each in exactly one way."""

from . import plan
from .random_numbers import Stream

# How many rows of the ACLED-like file get each flaw.
ACLED_DIRT = {
    "missing_coordinates": 6, "zero_zero": 4, "swapped_coordinates": 5,
    "latitude_out_of_range": 2, "bad_date": 5, "future_date": 4, "bad_fatalities": 4,
    "unknown_sub_event": 3, "outside_sectors": 8, "duplicate": 12, "formula_in_note": 1,
}
# What is written, and the reason under which a reader must refuse it.
BAD_DATES = [
    ("2021-02-30", "unparsable-date"), ("2022-13-05", "unparsable-date"),
    ("03/04/2022", "ambiguous-date"), ("", "missing-date"),
    ("in the dry season", "unparsable-date")]
BAD_FATALITIES = [
    ("unknown", "unparsable-deaths"), ("10-15", "unparsable-deaths"),
    ("-3", "negative-deaths"), ("2,5", "unparsable-deaths")]
REASONS = {
    "missing_coordinates": "missing-coordinate", "zero_zero": "zero-coordinate",
    "swapped_coordinates": "swapped-coordinates",
    "latitude_out_of_range": "latitude-out-of-range", "future_date": "after-as-of",
    "duplicate": "duplicate",
}
OUTSIDE = [(-34.35, 11.90), (-33.10, 12.70), (-31.85, 11.50), (-31.80, 12.20), (-32.40, 12.70),
           (-34.40, 11.20), (-31.90, 10.60), (-32.90, 12.70)]


def spoil_one(flaw, number, row):
    """Applies one flaw in place; rows that stay usable are not touched."""
    if flaw == "missing_coordinates":
        row["latitude" if number % 2 else "longitude"] = ""
        if number >= 4:
            row["latitude"] = row["longitude"] = ""
    elif flaw == "zero_zero":
        row["latitude"] = row["longitude"] = "0"
    elif flaw == "swapped_coordinates":
        row["latitude"], row["longitude"] = row["longitude"], row["latitude"]
    elif flaw == "latitude_out_of_range":
        row["latitude"] = "1" + row["latitude"]  # 11.2 becomes 111.2
    elif flaw == "bad_date":
        row["event_date"] = BAD_DATES[number % len(BAD_DATES)][0]
    elif flaw == "future_date":
        row["event_date"] = "2032" + row["event_date"][4:]
        row["year"] = "2032"
    elif flaw == "bad_fatalities":
        row["fatalities"] = BAD_FATALITIES[number % len(BAD_FATALITIES)][0]
    elif flaw == "unknown_sub_event":
        row["sub_event_type"] = "Cattle raid"
    elif flaw == "outside_sectors":
        x, y = OUTSIDE[number % len(OUTSIDE)]
        row["longitude"], row["latitude"] = f"{x:.4f}", f"{y:.4f}"
    elif flaw == "formula_in_note":
        row["notes"] = "=HYPERLINK(\"http://example.invalid\",\"synthetic\")"


def apply(rows):
    """Spoiled rows and a ledger: flaw -> ids, in the order of the file.

    Only background rows are spoiled, so that the planted hotspots keep the
    counts the plan gives them. Duplicates are added: an older edition of
    the row with a smaller timestamp stands elsewhere in the file.
    """
    random = Stream("dirt")
    background = [i for i, (tag, row) in enumerate(rows)
                  if tag == "background" and row["event_type"] in (
                      "Battles", "Violence against civilians")
                  and "-02-29" not in row["event_date"]]
    chosen = iter(random.shuffled(background))
    ledger, extra = {}, []
    for flaw, count in ACLED_DIRT.items():
        ledger[flaw] = []
        for number in range(count):
            index = next(chosen)
            tag, row = rows[index]
            ledger[flaw].append(row["event_id_cnty"])
            if flaw == "duplicate":
                older = dict(row)
                older["timestamp"] = str(int(row["timestamp"]) - 86400 * 40)
                older["fatalities"] = str(int(row["fatalities"]) + 1)
                extra.append(((index + 25 + number * 7) % len(rows), (tag, older)))
            else:
                spoil_one(flaw, number, row)
                rows[index] = (flaw, row)
    for index, pair in sorted(extra, key=lambda e: -e[0]):
        rows.insert(index, pair)
    return rows, {flaw: sorted(ids, key=lambda i: int(i[3:])) for flaw, ids in ledger.items()}


def rejects(ledger, unrest):
    """How many rows a reader refuses, by reason, sorted by reason."""
    counts = {reason: len(ledger[flaw]) for flaw, reason in REASONS.items()}
    for flaw, written in (("bad_date", BAD_DATES), ("bad_fatalities", BAD_FATALITIES)):
        for number in range(len(ledger[flaw])):
            reason = written[number % len(written)][1]
            counts[reason] = counts.get(reason, 0) + 1
    counts["outside-preset"] = unrest
    return dict(sorted(counts.items()))
