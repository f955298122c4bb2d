import GridCore
import Tables

/// How numbers and places stand in an edition.
///
/// The public edition has sector and district aggregates only, rounded, so
/// that neither a gap nor a base can be found from it.
struct Edition: Sendable {
    let choice: EditionChoice

    var isPublic: Bool { choice == .public }

    /// Steps of the public edition.
    enum Step {
        static let people = 500.0
        static let share = 0.05
        static let squareKilometers = 100.0
        static let minutes = 15.0
        static let settlements = 5
    }

    func people(_ value: Double?) -> Cell { number(value, step: Step.people) }
    func share(_ value: Double?) -> Cell { number(value, step: Step.share) }
    func squareKilometers(_ squareMeters: Double) -> Cell {
        number(squareMeters / 1e6, step: Step.squareKilometers)
    }
    /// Not reached by anybody is missing, as infinity is no number of a table.
    func minutes(_ value: Double?) -> Cell { number(value, step: Step.minutes) }
    func settlements(_ count: Int) -> Cell {
        isPublic
            ? .integer(Int((Double(count) / Double(Step.settlements)).rounded()) * Step.settlements)
            : .integer(count)
    }
    /// People who are counted one by one.
    func people(_ count: Int) -> Cell {
        let step = Int(Step.people)
        return .integer(isPublic ? (count + step / 2) / step * step : count)
    }
    /// Missing in the public edition.
    func restricted(_ cell: Cell) -> Cell { isPublic ? .missing : cell }

    private func number(_ value: Double?, step: Double) -> Cell {
        guard let value, value.isFinite else { return .missing }
        return .number(isPublic ? (value / step).rounded() * step : value)
    }

    /// For every table, feature and picture.
    var cell: Cell { .text(choice.rawValue) }
    var member: JSONMember { JSONMember("edition", .string(choice.rawValue)) }

    /// The sentence below pictures and beside tables.
    var note: String {
        isPublic
            ? "Public edition: sector and district aggregates only; people rounded to 500, shares "
                + "to 5 %, areas to 100 km2, minutes to 15."
            : "Restricted edition: carries positions of bases and gaps. Do not pass on."
    }

    static let column = ColumnDescription(
        "edition", .string, "public: aggregates only, rounded; restricted: not to be passed on")
}
