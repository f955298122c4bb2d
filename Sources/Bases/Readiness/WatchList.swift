import Calendar

/// A time after a handover in which a base is watched.
public enum WatchWindow: Int, Sendable, Hashable, CaseIterable, Codable {
    case firstWeek
    case firstMonth
    case firstQuarter

    /// Days after the handover, first and last included.
    public var days: ClosedRange<Int> {
        switch self {
        case .firstWeek: 0...7
        case .firstMonth: 8...30
        case .firstQuarter: 31...90
        }
    }

    /// What to watch, by the time: attacks fall on the day and in the first
    /// week; then supply and contact fade; then people leave or come back.
    var indicators: [String] {
        switch self {
        case .firstWeek:
            [
                "attack on or threat to the base, or people moving away from it",
                "host unit present in the strength recorded",
                "liaison assistants and alert networks still answered",
                "civilians harmed at checkpoints or in the handover itself",
            ]
        case .firstMonth:
            [
                "supply arrived as agreed",
                "patrols and contact with the community go on",
                "civilian-harm reports, and whether they are answered",
                "incidents within reach of the base against the month before",
            ]
        case .firstQuarter:
            [
                "displacement from settlements that the base covers",
                "markets, wells and schools open",
                "host unit paid and up to strength",
                "disputes over land and water, more so in a dry season",
            ]
        }
    }
}

/// A row of the watch list: what is looked at in one window after the
/// handover of a base. The columns are those of an early-warning form; what
/// the field fills in is empty.
public struct WatchListRow: Sendable, Hashable {
    /// `W-` base `-` first day of the window.
    public var alertID: String
    public var base: String
    public var handoverDate: CalendarDate
    public var window: WatchWindow
    public var indicators: [String]
    /// Settlements of the base that would have no other cover, the largest
    /// first.
    public var settlements: [String]
    public var sector: String?
    public var populationAtRisk: Double
    /// What happens first, whatever the indicator.
    public var firstAction: String

    /// First and last day of the window.
    public var dates: ClosedRange<CalendarDate> {
        let first = handoverDate.adding(days: window.days.lowerBound)
        return first...handoverDate.adding(days: window.days.upperBound)
    }

    /// Of a warning's chain; the field fills them in.
    public static let blankColumns = [
        "issued_utc", "location", "precision", "threat_type", "likelihood", "impact",
        "components_notified", "response_military", "response_police", "response_civil_affairs",
        "response_human_rights", "response_joc", "response_utc", "outcome", "closed_utc",
        "warning_to_response_min",
    ]

    /// All columns, in order.
    public static let columns =
        [
            "alert_id", "base_id", "handover_date", "days", "first_day", "last_day",
            "indicators", "settlements", "sector", "population_at_risk", "source_kind",
            "verification", "first_action", "required_by",
        ] + blankColumns

    /// The fields of `columns`; blank ones are empty.
    public var fields: [String] {
        let days = window.days
        return [
            alertID, base, handoverDate.description, "\(days.lowerBound)-\(days.upperBound)",
            dates.lowerBound.description, dates.upperBound.description,
            indicators.joined(separator: "; "), settlements.joined(separator: "; "),
            sector ?? "none", NumberText.whole(populationAtRisk), "model", "unverified",
            firstAction, dates.lowerBound.description,
        ] + Self.blankColumns.map { _ in "" }
    }
}

extension BaseRow {
    /// Three rows, for days 0 to 7, 8 to 30 and 31 to 90 after the handover.
    /// Adds what the row itself gives reason to watch.
    public func watchList(handoverDate: CalendarDate) -> [WatchListRow] {
        WatchWindow.allCases.map { window in
            WatchListRow(
                alertID: "W-\(identity.id)-\(window.days.lowerBound)", base: identity.id,
                handoverDate: handoverDate, window: window,
                indicators: window.indicators + ownIndicators(window, handoverDate),
                settlements: losses.settlements.map(\.name), sector: identity.sector,
                populationAtRisk: losses.population,
                firstAction: "verify with the community before any other step")
        }
    }

    private func ownIndicators(_ window: WatchWindow, _ handoverDate: CalendarDate) -> [String] {
        var indicators: [String] = []
        if let stretch = supply.mostExposedStretch {
            let first = NumberText.whole(stretch.startInMeters / 1000)
            let last = NumberText.whole(stretch.endInMeters / 1000)
            indicators.append("supply route, km \(first) to \(last) from the hub")
        }
        let days = window.days
        let months = (days.lowerBound...days.upperBound).map {
            handoverDate.adding(days: $0).month
        }
        if months.contains(where: cutOffMonths.contains) {
            indicators.append("supply route cut in these days of other years")
        }
        if !dependants.isEmpty {
            indicators.append("supply of " + NumberText.list(dependants))
        }
        return indicators
    }
}
