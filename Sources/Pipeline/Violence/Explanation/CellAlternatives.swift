import GridCore
import Hotspots
import Incidents

/// What a cell would be with fewer or more events, or by other choices; each
/// is computed anew as the stage does it.
struct CellAlternatives {
    let stage: HotspotStage
    let field: ViolenceField
    let around: CellSurroundings

    /// More events than this are not tried.
    private static let mostEvents = 50

    private var bin: Int8 { around.grids.bins.bins[around.cell] }
    private var window: TimeWindow { around.grids.window }

    func all() throws -> [HotspotExplanation.Alternative] {
        var found: [HotspotExplanation.Alternative] = []
        if bin > 0 { found += try withoutEvents() }
        if bin < 3 { found += try withEvents() }
        found += try otherWindows()
        found += try otherRadii()
        if stage.configuration.giStar.significance == .guarded {
            var section = stage.configuration
            section.giStar.significance = .normal
            found.append(.init(choice: "by normal p-values alone", outcome: try outcome(section)))
        }
        if stage.configuration.giStar.correction != .none {
            var section = stage.configuration
            section.giStar.correction = .none
            found.append(.init(choice: "without correction", outcome: try outcome(section)))
        }
        return found
    }

    /// How few of the events must go for each lower class, those that count
    /// most first.
    private func withoutEvents() throws -> [HotspotExplanation.Alternative] {
        let placed = try field.placed(in: window)
        let places = Dictionary(
            zip(field.placedIndices(in: window), placed.indices), uniquingKeysWith: { first, _ in first }
        )
        let order = around.contributions.compactMap { places[$0.index] }
        var found: [HotspotExplanation.Alternative] = []
        var reached = bin
        for count in 1...max(1, min(order.count, Self.mostEvents)) where reached > 0 {
            let gone = Set(order.prefix(count))
            let new = try bin(of: placed.indices.filter { !gone.contains($0) }.map { placed[$0] })
            guard new < reached else { continue }
            reached = new
            found.append(
                .init(
                    choice: "without \(count) of the \(events(order.count))",
                    outcome: ClassWords.text(new)))
        }
        guard found.isEmpty else { return found }
        let tried = min(order.count, Self.mostEvents)
        return [
            .init(
                choice: "without \(tried) of the \(events(order.count))",
                outcome: "still \(ClassWords.text(bin))")
        ]
    }

    /// How many more events at the cell itself each higher class takes.
    private func withEvents() throws -> [HotspotExplanation.Alternative] {
        let placed = try field.placed(in: window)
        let place = PlacedIncident(position: field.area.spec.center(of: around.cell))
        let more = CountedIncident(weighted: place, event: place)
        var found: [HotspotExplanation.Alternative] = []
        var reached = bin
        for count in 1...Self.mostEvents where reached < 3 {
            let new = try bin(of: placed + Array(repeating: more, count: count))
            guard new > reached else { continue }
            reached = new
            found.append(
                .init(
                    choice: "with \(count) more event\(count == 1 ? "" : "s") there",
                    outcome: ClassWords.text(new)))
        }
        guard found.isEmpty else { return found }
        return [
            .init(
                choice: "with \(Self.mostEvents) more events there",
                outcome: "still \(ClassWords.text(bin))")
        ]
    }

    private func events(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }

    private func bin(of placed: [CountedIncident]) throws -> Int8 {
        try field.judged(placed).bins.bins[around.cell]
    }

    private func otherWindows() throws -> [HotspotExplanation.Alternative] {
        try [max(1, window.days / 2), window.days * 2].filter { $0 != window.days }.map { days in
            let other = TimeWindow(days: days, endingOn: window.last)
            return .init(
                choice: "window of \(days) days",
                outcome: ClassWords.text(try bin(of: field.placed(in: other))))
        }
    }

    private func otherRadii() throws -> [HotspotExplanation.Alternative] {
        let radius = stage.configuration.giStar.radius
        return try [radius.meters / 2, radius.meters * 2].compactMap { meters in
            guard meters >= stage.configuration.cell.meters else { return nil }
            var section = stage.configuration
            section.giStar.radius = Length(meters: meters)
            return .init(
                choice: "neighbours within \(section.giStar.radius)", outcome: try outcome(section))
        }
    }

    private func outcome(_ section: HotspotsConfiguration) throws -> String {
        var other = field
        other.configuration = section
        return ClassWords.text(
            try other.judged(field.placed(in: window)).bins.bins[around.cell])
    }
}
