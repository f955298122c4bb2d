import Calendar
import Diagnostics
import GridCore
import Tables

/// Why a cell is hot, or is not: the events and cells around it, the numbers
/// of its score, and what would change its class.
public struct HotspotExplanation: Sendable {
    /// An event that counts around the cell.
    public struct Event: Sendable {
        public var key: String
        public var source: String
        public var first: CalendarDate
        public var last: CalendarDate
        public var kind: String
        public var deaths: Int
        /// How well its place is known, in the common words.
        public var place: String
        /// From the centre of the cell, in kilometres; nil where it is spread
        /// over an area.
        public var distance: Double?
        /// What it adds to the cell's neighbourhood.
        public var mass: Double
    }

    /// A neighbour that holds any mass.
    public struct Neighbour: Sendable {
        public var center: Coordinate
        /// In kilometres.
        public var distance: Double
        public var mass: Double
    }

    /// Another choice, and what the cell would be.
    public struct Alternative: Sendable {
        public var choice: String
        public var outcome: String
    }

    /// The hotspot that the cell is the peak of, or lies in.
    public struct Region: Sendable {
        public var rank: Int
        public var count: Int
        public var areaInSquareKilometers: Double
        public var cells: Int
        public var sectors: [String]
        public var isOnSeam: Bool
        public var incidents: Int
        public var deaths: Int
    }

    /// What became of the cell since an earlier night.
    public struct Since: Sendable {
        /// An event that counts otherwise than it did.
        public struct Change: Sendable {
            /// new: not known then; came in: known, but outside the window or
            /// the neighbourhood; revised; aged out; withdrawn: no longer in
            /// its source.
            public var what: String
            public var event: Event
        }
        public var date: CalendarDate
        /// The class then, in words.
        public var outcome: String
        /// In the neighbourhood then.
        public var mass: Double
        public var changes: [Change]
    }

    public var asOf: CalendarDate
    public var window: String
    public var settings: [String]
    /// nil: the cell lies in none.
    public var region: Region?
    /// Longitude and latitude.
    public var center: Coordinate
    public var row: Int
    public var column: Int
    /// How the score came about.
    public var account: [String]
    /// The class, in words.
    public var outcome: String
    /// Most mass first.
    public var neighbours: [Neighbour]
    public var neighbourCount: Int
    /// Most mass first, then the nearest.
    public var events: [Event]
    public var alternatives: [Alternative]
    /// nil when no earlier night was asked for.
    public var since: Since?
    public var warnings: [Warning] = []
}

extension HotspotExplanation {
    /// Lines of events and neighbours that a person gets; JSON has all.
    private static let mostLines = 25

    /// For a person, at most 100 columns where names allow.
    public var lines: [String] {
        var lines: [String] = []
        if let region {
            lines.append(
                "Hotspot \(region.rank) of \(region.count): "
                    + "\(text(region.areaInSquareKilometers, 0)) km2 in \(region.cells) cells, "
                    + "\(region.incidents) incidents, \(region.deaths) deaths")
            let sectors = region.sectors.joined(separator: " and ")
            lines.append(
                region.isOnSeam ? "It lies across the line between \(sectors)" : "Sector: \(sectors)")
        } else {
            lines.append("This cell is in no hotspot")
        }
        lines.append(
            "Cell: row \(row), column \(column), centre \(text(center.x, 4)), "
                + "\(text(center.y, 4)) (longitude, latitude)"
                + (region == nil ? "" : "; the peak of the hotspot"))
        lines += ["Window: \(window)"] + settings
        lines += ["", "SCORE"] + account.map { "  " + $0 } + ["  Class: \(outcome)"]
        lines += [
            "",
            "NEIGHBOURS: \(neighbourCount) cells with itself, \(neighbours.count) of which hold any",
        ]
        // Shares of events that are spread over a province fill the rest.
        let notable = neighbours.filter { $0.mass >= 0.01 }
        lines += notable.prefix(Self.mostLines).map {
            "  \(column(text($0.mass, 3), 9)) at \(text($0.center.x, 4)), \(text($0.center.y, 4)), "
                + "\(text($0.distance, 1)) km away"
        }
        lines += more(notable.count, "cells")
        if notable.count < neighbours.count {
            lines.append("  and \(neighbours.count - notable.count) cells with less than 0.01")
        }
        lines += ["", "EVENTS that count there: \(events.count)"]
        lines += events.prefix(Self.mostLines).map(line)
        lines += more(events.count, "events")
        lines += ["", "WHAT WOULD CHANGE THE CLASS"]
        let width = alternatives.map(\.choice.count).max() ?? 0
        lines += alternatives.map { "  \(column($0.choice, width))  \($0.outcome)" }
        lines += since.map(lines(since:)) ?? []
        return lines.map { TerminalText.sanitized($0) }
    }

    private func lines(since: Since) -> [String] {
        var lines = [
            "", "SINCE \(since.date), as it was known then",
            "  \(text(since.mass, 3)) then, \(since.outcome); now \(outcome)",
        ]
        if since.changes.isEmpty { lines.append("  the same events count") }
        lines += since.changes.prefix(Self.mostLines).map {
            "  \(column($0.what, 9))\(line($0.event).dropFirst(1))"
        }
        return lines + more(since.changes.count, "events")
    }

    private func line(_ event: Event) -> String {
        let days = event.first == event.last ? "\(event.last)" : "\(event.first) to \(event.last)"
        let where_ = event.distance.map { "\(text($0, 1)) km away" } ?? "spread over its \(event.place)"
        let kind = event.kind.isEmpty ? "" : ", \(event.kind)"
        return "  \(column(text(event.mass, 3), 9)) \(event.key) (\(event.source)), \(days), "
            + "\(where_), \(event.deaths) death\(event.deaths == 1 ? "" : "s")\(kind)"
    }

    private func more(_ count: Int, _ what: String) -> [String] {
        count > Self.mostLines
            ? ["  and \(count - Self.mostLines) more \(what) (--json lists them)"] : []
    }

    private func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func text(_ value: Double, _ decimals: Int) -> String {
        DecimalText.fixed(value, decimals: decimals) ?? "unknown"
    }

    public var json: JSONValue {
        [
            "format": "jilaal-hotspot-explanation", "version": 1, "as_of": .string("\(asOf)"),
            "window": .string(window), "settings": .array(settings.map(JSONValue.string)),
            "hotspot": region.map(Self.json) ?? .null, "row": .integer(row),
            "column": .integer(column), "longitude": .number(center.x),
            "latitude": .number(center.y), "account": .array(account.map(JSONValue.string)),
            "class": .string(outcome), "neighbour_cells": .integer(neighbourCount),
            "neighbours": .array(
                neighbours.map {
                    [
                        "longitude": .number($0.center.x), "latitude": .number($0.center.y),
                        "distance_km": .number($0.distance), "mass": .number($0.mass),
                    ]
                }),
            "events": .array(events.map(Self.json)),
            "alternatives": .array(
                alternatives.map {
                    ["choice": .string($0.choice), "outcome": .string($0.outcome)]
                }),
            "since": since.map(Self.json) ?? .null,
            "warnings": .array(warnings.map { .string($0.description) }),
        ]
    }

    private static func json(_ region: Region) -> JSONValue {
        [
            "rank": .integer(region.rank), "of": .integer(region.count),
            "area_km2": .number(region.areaInSquareKilometers), "cells": .integer(region.cells),
            "sectors": .array(region.sectors.map(JSONValue.string)),
            "on_seam": .bool(region.isOnSeam), "incidents": .integer(region.incidents),
            "deaths": .integer(region.deaths),
        ]
    }

    private static func json(_ since: Since) -> JSONValue {
        [
            "date": .string("\(since.date)"), "class": .string(since.outcome),
            "mass": .number(since.mass),
            "changes": .array(
                since.changes.map { ["what": .string($0.what), "event": json($0.event)] }),
        ]
    }

    private static func json(_ event: Event) -> JSONValue {
        [
            "key": .string(event.key), "source": .string(event.source),
            "first_date": .string("\(event.first)"), "last_date": .string("\(event.last)"),
            "kind": .string(event.kind), "deaths": .integer(event.deaths),
            "place": .string(event.place),
            "distance_km": event.distance.map(JSONValue.number) ?? .null,
            "mass": .number(event.mass),
        ]
    }
}
