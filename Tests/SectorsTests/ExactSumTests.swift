import GridCore
import Sectors
import TestSupport
import Testing

@Suite struct ExactSumTests {
    /// Values are rounded to 2^-20 before they are added.
    private static let rounding = 1e-6

    @Test func `Mean, median and areas are those computed by hand`() {
        // Weights 1, 2, 1 of 10, 20, 40: mean 22.5, median 20.
        var spread = ZonalSpread(binsPerUnit: 10, limits: -1000...1000)
        spread.add(10, weight: 1)
        spread.add(20, weight: 2)
        spread.add(40, weight: 1)
        spread.add(.nan, weight: 4)
        #expect(spread.mean == 22.5)
        #expect(spread.median == 20)
        #expect(spread.minimum == 10)
        #expect(spread.maximum == 40)
        #expect(spread.sum.validShare == 0.5)

        var classes = ExactClassWeights(.squareMeters)
        classes.add(3, weight: 2.5)
        classes.add(run: [0, 0, 3, 1], count: 4, weight: 1)
        #expect(classes[code: 3] == 3.5)
        #expect(classes.weight(of: [0, 1]) == 3)
        #expect(classes.totalWeight == 6.5)
    }

    @Test func `An empty zone has no statistics`() {
        let empty = ExactZonalSum()
        #expect(empty.mean == nil)
        #expect(empty.minimum == nil)
        #expect(empty.validShare == nil)
        var missing = ExactZonalSum()
        missing.add(.nan, weight: 1)
        #expect(missing.mean == nil)
        #expect(missing.validShare == 0)
    }

    @Test func `Sums do not depend on the order or the parts by a bit`() {
        var random = SeededGenerator(seed: 11)
        let cells = (0..<5000).map { _ in
            (
                value: Int.random(in: 0..<6, using: &random) == 0
                    ? Float.nan : Float.random(in: -300...900, using: &random),
                weight: Double.random(in: 0...62_500, using: &random)
            )
        }
        func add(_ cells: some Sequence<(value: Float, weight: Double)>) -> ZonalSpread {
            var spread = ZonalSpread(binsPerUnit: 10, limits: -1000...5000)
            for cell in cells { spread.add(cell.value, weight: cell.weight) }
            return spread
        }
        let whole = add(cells)
        #expect(add(cells.reversed()) == whole)
        for size in [1, 7, 999] {
            var merged = add([])
            let parts = stride(from: 0, to: cells.count, by: size).map {
                add(cells[$0..<min(cells.count, $0 + size)])
            }
            for part in parts.shuffled(using: &random) { merged.merge(part) }
            #expect(merged == whole, "parts of \(size)")
        }
        let valid = cells.filter { !$0.value.isNaN }
        let weight = valid.reduce(0) { $0 + $1.weight }
        let mean = valid.reduce(0) { $0 + $1.weight * Double($1.value) } / weight
        // Weights are rounded to 1/256 of tens of thousands.
        #expect(abs((whole.mean ?? 0) - mean) < 1e-4)
    }

    @Test func `A run equals its cells one by one, and values beyond the limit count as it`() {
        var random = SeededGenerator(seed: 12)
        for count in [1, 7, 8, 9, 4096, 4097] {
            let values = (0..<count).map { _ in Float.random(in: -2...2, using: &random) }
            var run = ExactZonalSum()
            run.add(run: values, count: count, weight: 0.75)
            var each = ExactZonalSum()
            for value in values { each.add(value, weight: 0.75) }
            #expect(run == each)
            let mean = values.reduce(0) { $0 + Double($1) } / Double(count)
            #expect(abs((run.mean ?? .nan) - mean) < Self.rounding)
        }
        var large = ExactZonalSum()
        large.add(1e30, weight: 1)
        large.add(-.infinity, weight: 1)
        #expect(large.mean == 0)
        #expect(large.maximum == 1e30)
    }

    @Test func `Cells are counted once, in the zone that covers half of them or more`() {
        // Covers columns 0 and 1, and 0.6 of column 2, of both rows.
        let spec = unitGrid(rows: 2, columns: 4)
        let index = ZoneIndex(
            zones: [single(box(0, 0, 2.6, 2)), single(box(2.6, 0, 4, 2))], spec: spec,
            cellAreas: CellAreas(projected: spec, metersPerUnit: 1))
        let codes: [UInt8] = [1, 2, 2, 2, 1, 1, 0, 2]
        let shares: [Float] = [1, 1, 0.3, 1, 0, 1, 1, 1]
        func count(_ zone: Int, _ window: CellWindow, _ first: Int) -> [Int] {
            var counts = [Int](repeating: 0, count: 256)
            codes[first...].withUnsafeBufferPointer { codes in
                shares[first...].withUnsafeBufferPointer { shares in
                    guard let codes = codes.baseAddress else { return }
                    index.countCells(
                        window: window, zone: zone, codes: codes, shares: shares.baseAddress,
                        into: &counts)
                }
            }
            return Array(counts[0...2])
        }
        let whole = CellWindow(spec.shape)
        // The first cell of the second row is masked.
        #expect(count(0, whole, 0) == [1, 2, 2])
        #expect(count(1, whole, 0) == [0, 0, 2])
        let rows = (0..<2).map { CellWindow(row: $0, column: 0, rows: 1, columns: 4) }
        let parts = rows.enumerated().map { count(0, $1, 4 * $0) }
        #expect(zip(parts[0], parts[1]).map(+) == [1, 2, 2])
    }
}
