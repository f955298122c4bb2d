import Testing

@testable import Drought

@Suite struct SeriesIndicesTests {
    @Test func aStepIsComparedWithItsTimeOfTheYearInTheBaseline() throws {
        // Two slots, five baseline years, one year after; slot 1 has a gap.
        let values = [0.2, 1, 0.3, 2, 0.4, 3, 0.5, 4, 0.6, .nan, 0.3, 9]
        let found = try SeriesIndices(
            values: values, slots: values.indices.map { $0 % 2 },
            isBaseline: values.indices.map { $0 < 10 })
        // Minimum 0.2, maximum 0.6, mean 0.4, deviation sqrt(0.1 / 4).
        #expect(abs(found.vci[10] - 25) < 1e-9)
        #expect(abs(found.zscore[10] + 0.1 / 0.025.squareRoot()) < 1e-9)
        // Four years are too few.
        #expect(found.vci[11].isNaN && found.zscore[11].isNaN)
        #expect(found.vci[9].isNaN)
    }

    @Test func listsOfDifferentLengthsAreRefused() {
        #expect(throws: DroughtError.self) {
            try SeriesIndices(values: [1], slots: [0, 1], isBaseline: [true])
        }
    }
}
