import Bases
import Calendar
import Diagnostics
import Testing
import TestSupport

enum Sample {
    static func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    static func names() throws -> BaseNames {
        try BaseNames([
            .init(id: "B01", name: "Maslah", aliases: ["Maslax"]),
            .init(id: "B02", name: "Geriley", aliases: ["Gherille"]),
        ])
    }

    static func row(
        _ number: Int, _ base: String, _ item: String, _ value: String,
        _ asOf: String = "2022-11-20", source: String = "visit"
    ) -> EvidenceRow {
        EvidenceRow(
            row: number, base: base, item: item, value: value, asOf: asOf, source: source)
    }

    static func table(_ rows: [EvidenceRow]) throws -> EvidenceTable {
        try EvidenceTable(
            rows: rows, bases: names(), asOf: date("2022-12-02"), file: "readiness.csv")
    }

    static func problems(_ rows: [EvidenceRow]) throws -> String {
        do {
            _ = try table(rows)
            return ""
        } catch let list as FailureList {
            return list.description
        }
    }
}

@Suite("Evidence tables")
struct EvidenceTableTests {
    @Test("The newest row that is not after the date counts, whatever the order of rows")
    func newest() throws {
        var rows = [
            Sample.row(2, "B01", "serviceability_ratio", "0.60", "2022-06-01"),
            Sample.row(3, "B01", "serviceability_ratio", "0.71", "2022-12-02"),
            Sample.row(4, "B01", "serviceability_ratio", "0.90", "2022-12-03"),
            Sample.row(5, "B02", "host_unit", "3rd Battalion"),
        ]
        let table = try Sample.table(rows)
        #expect(table.bases[0][.serviceabilityRatio]?.value == .number(0.71))
        #expect(table.bases[0][.serviceabilityRatio]?.row == 3)
        #expect(table.bases[1][.hostUnit]?.value == .text("3rd Battalion"))
        #expect(table.bases[0][.hostUnit] == nil)
        #expect(table.laterRows == 1 && table.conflicts.isEmpty)
        rows.reverse()
        #expect(try Sample.table(rows).bases == table.bases)
    }

    @Test("Of rows of one day the worse value counts and the conflict is reported")
    func conflicts() throws {
        let table = try Sample.table([
            Sample.row(2, "B01", "armed_ratio", "0.9"),
            Sample.row(3, "B01", "armed_ratio", "0.6", source: "report"),
            Sample.row(4, "B01", "casevac_minutes", "40"),
            Sample.row(5, "B01", "casevac_minutes", "80", source: "report"),
            Sample.row(6, "B01", "land_release", "yes"),
            Sample.row(7, "B01", "land_release", "no", source: "report"),
            Sample.row(8, "B01", "hrddp_state", "low"),
            Sample.row(9, "B01", "hrddp_state", "high", source: "report"),
            Sample.row(10, "B01", "host_unit", "Unit A"),
            Sample.row(11, "B01", "host_unit", "Unit B", source: "report"),
            Sample.row(12, "B01", "community_contact", "2022-11-10"),
            Sample.row(13, "B01", "community_contact", "none", source: "report"),
            Sample.row(14, "B02", "armed_ratio", "0.8"),
            Sample.row(15, "B02", "armed_ratio", "0.80", source: "the same again"),
        ])
        let evidence = table.bases[0]
        #expect(evidence[.armedRatio]?.value == .number(0.6))
        #expect(evidence[.evacuationMinutes]?.value == .number(80))
        #expect(evidence[.landRelease]?.value == .yesNo(false))
        #expect(evidence[.humanRightsDiligence]?.value == .humanRights(.high))
        #expect(evidence[.hostUnit] == nil)
        #expect(evidence[.communityContact]?.value == EvidenceValue.absent)
        #expect(table.bases[1][.armedRatio]?.row == 14)
        #expect(table.conflicts.count == 6)
        #expect(table.conflicts.map(\.item).first == .hostUnit)
        #expect(table.conflicts.first?.taken == nil && table.conflicts.first?.rows == [10, 11])
    }

    @Test("A ratio in per cent is refused with the number to write")
    func percent() throws {
        #expect(
            try Sample.problems([Sample.row(7, "B01", "serviceability_ratio", "75")])
                == "readiness.csv:7: value: serviceability_ratio cannot be \"75\" "
                + "(expected 0...1.5). Is it per cent? Write 0.75.")
        #expect(
            try Sample.problems([Sample.row(7, "B01", "serviceability_ratio", "75%")])
                .contains("Write 75 % as 0.75"))
        #expect(try Sample.problems([Sample.row(7, "B01", "personnel_ratio", "1.5")]).isEmpty)
        #expect(!(try Sample.problems([Sample.row(7, "B01", "training_state", "1.1")]).isEmpty))
    }

    @Test("An unknown word of the due diligence lists those that are allowed")
    func words() throws {
        let text = try Sample.problems([Sample.row(3, "B01", "hrddp_state", "mediun_unmitigated")])
        for state in HumanRightsState.allCases { #expect(text.contains(state.rawValue)) }
        #expect(text.contains("Did you mean \"medium_unmitigated\"?"))
    }

    @Test("All problems of a table come together, each with its row")
    func problems() throws {
        let text = try Sample.problems([
            Sample.row(2, "B09", "host_unit", "Unit A"),
            Sample.row(3, "B01", "serviceabilty_ratio", "0.7"),
            Sample.row(4, "B01", "armed_ratio", "0.7", ""),
            Sample.row(5, "B01", "armed_ratio", "0.7", "20.11.2022"),
            Sample.row(6, "B01", "armed_ratio", ""),
            Sample.row(7, "", "armed_ratio", "0.7"),
            Sample.row(8, "B01", "land_release", "maybe"),
            Sample.row(9, "B01", "colocated_days", "-3"),
            Sample.row(10, "B01", "colocated_days", "0x10"),
            Sample.row(11, "B01", "colocated_days", "nan"),
            Sample.row(12, "B01", "harm_cases_open_over_90d", "1.5"),
            Sample.row(13, "B01", "community_contact", "2022-11-21"),
            Sample.row(14, "B02", "armed_ratio", "0.7"),
            Sample.row(15, "B02", "armed_ratio", "0.7"),
            Sample.row(16, "B02", "", "0.7"),
        ])
        let lines = text.split(separator: "\n")
        let numbers = Array(2...13) + [15, 16]
        #expect(lines.count == numbers.count)
        for (line, number) in zip(lines, numbers) {
            #expect(line.hasPrefix("readiness.csv:\(number): "), "\(line)")
        }
        #expect(text.contains("Did you mean \"serviceability_ratio\"?"))
        #expect(text.contains("says the same as row 14"))
    }

    @Test("A table without rows leaves every item of every base unknown")
    func empty() throws {
        let table = try Sample.table([])
        #expect(table.bases == [BaseEvidence(), BaseEvidence()])
        #expect(table.conflicts.isEmpty && table.laterRows == 0)
    }

    @Test("A base named by an alias is joined and reported; a near name is never joined")
    func aliases() throws {
        let table = try Sample.table([Sample.row(2, "maslax", "armed_ratio", "0.7")])
        #expect(table.bases[0][.armedRatio] != nil)
        #expect(table.aliasWarnings.map(\.code) == ["base-by-alias"])
        let text = try Sample.problems([Sample.row(2, "Gerilley", "armed_ratio", "0.7")])
        #expect(text.contains("there is no base \"Gerilley\""))
        #expect(text.contains("Did you mean \"B02\" (Geriley)?"))
    }
}

@Suite("Names of bases")
struct BaseNamesTests {
    @Test("Identifier and name are exact, other spellings are aliases, the rest is near or nothing")
    func matches() throws {
        let names = try Sample.names()
        #expect(names.match("B01") == .exact(0))
        #expect(names.match(" Geriley ") == .exact(1))
        #expect(names.match("Maslax") == .alias(0, of: "Maslax"))
        #expect(names.match("b-01") == .alias(0, of: "B01"))
        #expect(names.match("GHERILLE").base == 1)
        #expect(names.match("Masla") == .near([0]))
        #expect(names.match("Kismayo") == .near([]))
        #expect(names.match("") == .near([]))
        #expect(names.match("Kismayo").base == nil)
        #expect(names.advice(for: names.match("Kismayo")).contains("aliases"))
    }

    @Test("Two bases of one name are told apart by their identifiers only")
    func sameName() throws {
        let names = try BaseNames([.init(id: "A", name: "Camp"), .init(id: "B", name: "Camp")])
        #expect(names.match("Camp") == .several([0, 1]))
        #expect(names.match("camp") == .several([0, 1]))
        #expect(names.match("B") == .exact(1))
        #expect(names.advice(for: .several([0, 1])) == "It may be \"A\" (Camp) or \"B\" (Camp): write the identifier")
    }

    @Test("Repeated or empty identifiers and an alias of two bases are refused")
    func ambiguous() {
        #expect(throws: FailureList.self) {
            try BaseNames([.init(id: "A", name: "x"), .init(id: "A", name: "y")])
        }
        #expect(throws: FailureList.self) { try BaseNames([.init(id: "", name: "x")]) }
        #expect(throws: FailureList.self) {
            try BaseNames([
                .init(id: "A", name: "x"), .init(id: "B", name: "y", aliases: ["X"]),
            ])
        }
    }
}
