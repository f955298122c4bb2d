import Calendar
import Drought
import Tables

/// Dekads of dates and seasons of dekads.
struct CalendarArea: SelfTestArea {
    static let dekadFile = "dekads.csv"
    static let seasonFile = "seasons_somalia.csv"

    private let dekads: VectorTable
    private let seasons: VectorTable

    init(_ vectors: SelfTestVectors) throws {
        dekads = try vectors.table(Self.dekadFile)
        seasons = try vectors.table(Self.seasonFile)
    }

    func checks(for profile: SelfTestProfile, kernels: Kernels) throws -> [SelfTestCheck] {
        profile == .jilaal ? try [dates(), labels()] : []
    }

    private func dates() throws -> SelfTestCheck {
        let dates = try dekads.texts("date")
        let columns: [([String], (Dekad) -> String)] = [
            (try dekads.texts("dekad_label"), { $0.description }),
            (try dekads.texts("raw"), { String($0.rawValue) }),
            (try dekads.texts("dekad_of_year"), { String($0.dekadOfYear) }),
            (try dekads.texts("start"), { $0.first.description }),
            (try dekads.texts("end"), { $0.last.description }),
            (try dekads.texts("ndays"), { String($0.lengthInDays) }),
        ]
        return SelfTestCheck(
            "dekads of dates", of: Self.dekadFile, tolerance: SelfTestTolerance.exact
        ) { found in
            for (row, text) in dates.enumerated() {
                let dekad = CalendarDate(iso: text).map { Dekad(containing: $0) }
                for (expected, own) in columns {
                    found.match(dekad.map(own) == expected[row], at: text)
                }
            }
        }
    }

    private func labels() throws -> SelfTestCheck {
        let (positions, years) = (
            try seasons.integers("dekad_of_year"), try seasons.integers("year")
        )
        let columns: [(last: Int, labels: [Int])] = [
            (36, try seasons.integers("gu_deyr_label(gu=10-18,deyr=28-36)")),
            (2, try seasons.integers("wrap_label(28-2 next year)")),
        ]
        return try SelfTestCheck(
            "seasons of dekads", of: Self.seasonFile, tolerance: SelfTestTolerance.exact
        ) { found in
            for (last, labels) in columns {
                let calendar = try SeasonCalendar(
                    name: "vectors",
                    seasons: [
                        Season(name: "Gu", firstDekad: 10, lastDekad: 18),
                        Season(name: "Deyr", firstDekad: 28, lastDekad: last),
                    ].compactMap { $0 })
                for row in positions.indices {
                    let dekad = Dekad(year: years[row], dekadOfYear: positions[row])
                    for date in [dekad?.first, dekad?.last] {
                        found.match(
                            date.map(calendar.label) == labels[row],
                            at: "\(years[row]) dekad \(positions[row])")
                    }
                }
            }
        }
    }
}
