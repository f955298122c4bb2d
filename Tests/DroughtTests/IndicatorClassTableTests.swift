import Foundation
import TestSupport
import Testing

@testable import Drought

@Suite struct IndicatorClassTableTests {
    static let schemes: [(String, IndicatorClassTable)] = [
        ("VCI3M_NDMA", .vegetationDeficit), ("VCI_VHI_KOGAN", .kogan), ("VHI_USDM", .vhiUSDM),
        ("PERCENTILE_USDM", .percentileUSDM), ("SPI_WMO", .spiWMO), ("SPI_USDM", .spiUSDM),
    ]

    @Test func classesAndTheirBoundsEqualThePublishedTables() throws {
        let reference = try ReferenceTable("drought/class_thresholds.csv")
        #expect(Set(reference.rows.map { $0[0] }) == Set(Self.schemes.map(\.0)))
        for (scheme, table) in Self.schemes {
            let rows = reference.rows.filter { $0[0] == scheme }
            #expect(rows.map { $0[1] } == table.classes.map(\.name))
            for (row, entry) in zip(rows, table.classes) {
                #expect(Double(row[2]) == entry.lower)
                #expect(Double(row[4]) == entry.upper)
                if let lower = entry.lower {
                    #expect((row[3] == "1") == entry.lowerIsInclusive)
                    #expect((table.indicatorClass(of: lower) == entry) == (row[3] == "1"))
                    #expect(table.indicatorClass(of: lower.nextUp) == entry)
                }
                if let upper = entry.upper {
                    #expect((row[5] == "1") == entry.upperIsInclusive)
                    #expect((table.indicatorClass(of: upper) == entry) == (row[5] == "1"))
                    #expect(table.indicatorClass(of: upper.nextDown) == entry)
                }
            }
        }
    }

    @Test func rastersGetTheSameClassesWithBoundsRoundedLikeTheirValues() {
        for table in IndicatorClassTable.published {
            var values: [Double] = [-.infinity, .infinity, .nan, -1000, 1000]
            for bound in table.classes.compactMap(\.upper) {
                values += [bound, bound - 0.01, bound + 0.01]
            }
            var codes = [UInt8](repeating: 9, count: values.count)
            table.classify(values.map { Float($0) }, cells: values.count, into: &codes)
            #expect(codes == values.map { table.indicatorClass(of: $0)?.code ?? 0 }, "\(table.id)")
        }
    }

    @Test func conditionsNeverRiseWithTheValueOfADrynessIndicator() {
        for table in IndicatorClassTable.published where table.id != "agricultural-stress" {
            let conditions = table.classes.map(\.condition)
            #expect(conditions == conditions.sorted(by: >), "\(table.id)")
        }
        let stress = IndicatorClassTable.agriculturalStress.classes.map(\.condition)
        #expect(stress == stress.sorted())
    }

    @Test func tablesAreFoundByNameAndHaveNoneTwice() {
        for table in IndicatorClassTable.published {
            #expect(IndicatorClassTable.named(table.id) == table)
        }
        #expect(Set(IndicatorClassTable.published.map(\.id)).count == 8)
        #expect(IndicatorClassTable.named("phase") == nil)
    }

    /// Vegetation alone makes no drought phase.
    @Test func noVegetationClassHasTheNameOfAPhase() {
        let names = IndicatorClassTable.vegetationDeficit.classes.map(\.name)
        #expect(names == ["extreme", "severe", "moderate", "normal", "above_normal"])
        for phase in ["alert", "alarm", "emergency", "recovery"] { #expect(!names.contains(phase)) }
    }

    @Test func tablesThatAreNoneAreRefused() {
        func made(_ names: Int, _ bounds: [Double]) throws(IndicatorClassTable.Defect) {
            _ = try IndicatorClassTable(
                id: "t", names: (0..<names).map { ("\($0)", .none) }, bounds: bounds)
        }
        #expect(throws: IndicatorClassTable.Defect.noClasses) { try made(0, []) }
        #expect(throws: IndicatorClassTable.Defect.namesAndBoundsDiffer(names: 2, bounds: 2)) {
            try made(2, [1, 2])
        }
        #expect(throws: IndicatorClassTable.Defect.boundNotAscending(1)) { try made(3, [1, 1]) }
        #expect(throws: IndicatorClassTable.Defect.tooManyClasses(255)) { try made(255, []) }
    }
}
