import GridCore
import Sectors
import TestSupport
import Testing

@Suite struct WeightedHistogramTests {
    /// VCI by 0.1, as zone tables have it.
    private func empty() -> WeightedHistogram {
        WeightedHistogram(binsPerUnit: 10, limits: -1000...2000)
    }

    /// The median of rounded values from a sorted list, in exact integers:
    /// an independent method for whole weights.
    private func sortedMedian(_ values: [Float], _ weights: [Int]) -> Double {
        let all = zip(values, weights).flatMap { value, weight in
            Array(repeating: (value * 10).rounded(), count: weight)
        }.sorted()
        let middle = all.count / 2
        return all.count.isMultiple(of: 2)
            ? (Double(all[middle - 1]) / 10 + Double(all[middle]) / 10) / 2
            : Double(all[middle]) / 10
    }

    @Test func theMedianIsThatOfTheSortedValues() throws {
        var random = SeededGenerator(seed: 41)
        for count in [1, 2, 3, 10, 61, 200] {
            let values = (0..<count).map { _ in Float.random(in: -20...130, using: &random) }
            let weights = (0..<count).map { _ in Int.random(in: 1...5, using: &random) }
            var histogram = empty()
            for (value, weight) in zip(values, weights) {
                histogram.add(value, weight: Double(weight))
            }
            #expect(try #require(histogram.median) == sortedMedian(values, weights))
        }
    }

    @Test func theMedianIsWithinHalfABinOfTheExactOne() throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<20 {
            var histogram = empty()
            var exact = WeightedValues()
            for _ in 0..<75 {
                let value = Float.random(in: 0...100, using: &random)
                let weight = Double.random(in: 0.1...1, using: &random)
                histogram.add(value, weight: weight)
                exact.add(value, weight: weight)
            }
            let reference = try #require(WeightedDistribution(exact.values).lowerQuantile(0.5))
            // Half a bin, and the rounding of a Float.
            #expect(abs(try #require(histogram.median) - reference) <= 0.05 + 1e-5)
        }
    }

    @Test func halfTheWeightMetExactlyGivesTheMeanOfTheTwo() {
        var histogram = empty()
        histogram.add(10, weight: 0.3)
        histogram.add(20, weight: 0.1)
        histogram.add(40, weight: 0.4)
        #expect(histogram.median == 30)
    }

    @Test func nanIsNoValueAndExtremesStandInTheLastBin() {
        var histogram = empty()
        #expect(histogram.median == nil)
        histogram.add(run: [.nan, .nan], count: 2, weight: 1)
        histogram.add(.nan, weight: 1)
        #expect(histogram.totalWeight == 0)
        histogram.add(run: [.infinity, .nan, 1e9], count: 3, weight: 2)
        #expect(histogram.median == 200)
        #expect(histogram.totalWeight == 4)
        histogram.add(-.infinity, weight: 9)
        #expect(histogram.median == -100)
    }

    @Test func mergedPartsEqualTheWholeBitForBit() {
        var random = SeededGenerator(seed: 43)
        var whole = empty()
        var merged = empty()
        for _ in 0..<10 {
            let values = (0..<50).map { _ in Float.random(in: -30...130, using: &random) }
            var part = empty()
            // A power of two adds up without rounding.
            part.add(run: values, count: values.count, weight: 0.25)
            for value in values { whole.add(value, weight: 0.25) }
            merged.merge(part)
            merged.merge(empty())
        }
        #expect(merged.bins.map(\.bin) == whole.bins.map(\.bin))
        #expect(merged.bins.map(\.weight) == whole.bins.map(\.weight))
        #expect(merged.median == whole.median)
    }
}

@Suite struct CellWeightTests {
    /// 4 x 4 cells of 2 m by 3 m: 6 square metres each.
    private static let spec = GridSpec(
        shape: Shape(rows: 4, columns: 4),
        geotransform: Geotransform(
            originX: 0, cellWidth: 2, originY: 12, cellHeight: -3), crs: CRSIdentifier("EPSG:32638")
    )

    /// Columns 0 to 2.5, rows 0 to 3.5: 8.75 cells.
    private static let index = ZoneIndex(
        zones: [
            MultiPolygon([
                Polygon(exterior: [
                    Coordinate(x: 0, y: 1.5), Coordinate(x: 5, y: 1.5), Coordinate(x: 5, y: 12),
                    Coordinate(x: 0, y: 12), Coordinate(x: 0, y: 1.5),
                ])
            ])
        ], spec: spec, cellAreas: CellAreas(projected: spec))

    /// A few sums of halves and quarters.
    private static let tolerance = 1e-12

    private let window = CellWindow(Self.spec.shape)

    @Test func aMaskOfOnesChangesNothing() {
        let values = (0..<16).map { Float($0) }
        var plain = ZonalAccumulator()
        Self.index.accumulate(window: window, zone: 0, values: values, into: &plain)
        var masked = ZonalAccumulator()
        Self.index.accumulate(
            window: window, zone: 0, values: values, weights: [Float](repeating: 1, count: 16),
            .shareOfArea, into: &masked)
        #expect(abs(plain.coveredWeight - 8.75 * 6) < Self.tolerance)
        #expect(masked == plain)
    }

    @Test func cellsCountByTheShareThatTheMaskKeeps() throws {
        // Kept: half of cell (0, 0), all of (1, 1), half of (3, 2), of which
        // the zone covers a quarter.
        var shares = [Float](repeating: 0, count: 16)
        shares[0] = 0.5
        shares[5] = 1
        shares[14] = 0.5
        let values = (0..<16).map { Float($0) }
        var found = ZonalAccumulator()
        Self.index.accumulate(
            window: window, zone: 0, values: values, weights: shares, .shareOfArea, into: &found)
        #expect(abs(found.coveredWeight - 6 * (0.5 + 1 + 0.125)) < Self.tolerance)
        // 0.5 of value 0, 1 of value 5 and 0.125 of value 14.
        let sum = 5.0 + 1.75
        let mean = try #require(found.mean)
        #expect(abs(mean - sum / 1.625) < Self.tolerance)
    }

    @Test(arguments: [
        Shape(rows: 1, columns: 4), Shape(rows: 2, columns: 3), Shape(rows: 4, columns: 1),
    ])
    func tilesOfAnySizeAddUpToTheWhole(size: Shape) {
        let values = (0..<16).map { Float($0) * 7.25 - 30 }
        // Quarters, halves and areas of 6: every sum is exact.
        let shares = (0..<16).map { Float($0 % 5) / 4 }
        var whole = WeightedHistogram(binsPerUnit: 10, limits: -1000...2000)
        Self.index.accumulate(
            window: window, zone: 0, values: values, weights: shares, .shareOfArea, into: &whole)
        var merged = WeightedHistogram(binsPerUnit: 10, limits: -1000...2000)
        for row in stride(from: 0, to: 4, by: size.rows) {
            for column in stride(from: 0, to: 4, by: size.columns) {
                let tile = CellWindow(
                    row: row, column: column, rows: size.rows, columns: size.columns
                ).intersection(window)
                func cells(_ all: [Float]) -> [Float] {
                    (0..<tile.count).map {
                        all[(tile.row + $0 / tile.columns) * 4 + tile.column + $0 % tile.columns]
                    }
                }
                var part = WeightedHistogram(binsPerUnit: 10, limits: -1000...2000)
                Self.index.accumulate(
                    window: tile, zone: 0, values: cells(values), weights: cells(shares),
                    .shareOfArea, into: &part)
                merged.merge(part)
            }
        }
        #expect(merged.bins.map(\.bin) == whole.bins.map(\.bin))
        #expect(merged.bins.map(\.weight) == whole.bins.map(\.weight))
        #expect(merged.median == whole.median)
    }

    @Test func amountsAreSplitByCoverAndTheirSumIsKept() {
        var random = SeededGenerator(seed: 44)
        let people = (0..<16).map { _ in Float(Int.random(in: 0...900, using: &random)) }
        let classes = (0..<16).map { UInt8($0 % 3) }
        // Two zones that share the grid along a line through cells.
        let halves = ZoneIndex(
            zones: [(0.0, 4.5), (4.5, 8.0)].map { west, east in
                MultiPolygon([
                    Polygon(exterior: [
                        Coordinate(x: west, y: 0), Coordinate(x: east, y: 0),
                        Coordinate(x: east, y: 12), Coordinate(x: west, y: 12),
                        Coordinate(x: west, y: 0),
                    ])
                ])
            }, spec: Self.spec, cellAreas: CellAreas(projected: Self.spec))
        var sum = ClassAreaAccumulator()
        for zone in 0..<2 {
            halves.accumulate(
                window: window, zone: zone, values: classes, weights: people, .amount, into: &sum)
        }
        let total = people.reduce(0) { $0 + Double($1) }
        #expect(abs(sum.totalWeight - total) < 1e-9)
        for code in UInt8(0)..<3 {
            let expected = zip(classes, people).reduce(0) {
                $0 + ($1.0 == code ? Double($1.1) : 0)
            }
            #expect(abs(sum[code: code] - expected) < 1e-9)
        }
    }
}
