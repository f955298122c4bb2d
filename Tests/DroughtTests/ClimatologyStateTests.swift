import GridCore
import TestSupport
import Testing

@testable import Drought

/// Samples of eight cells, by cell and date.
private typealias Samples = [[Float]]

@Suite struct ClimatologyStateTests {
    /// All statistics of the cells as bits.
    private func bits(_ chunk: CellChunk, cells: Int) -> [UInt64] {
        (0..<cells).flatMap { cell in
            [
                UInt64(bitPattern: Int64(chunk.count[cell])),
                UInt64(chunk.minimum[cell].bitPattern), UInt64(chunk.maximum[cell].bitPattern),
                chunk.mean[cell].bitPattern, chunk.squaredDeviations[cell].bitPattern,
                chunk.standardDeviation[cell].bitPattern,
            ]
        }
    }

    /// Folds the dates group by group, keeping only the state in between.
    private func folded(
        _ samples: Samples, _ groups: [[Int]], _ form: Kernels, areIntegers: Bool
    ) -> [UInt64] {
        let cells = samples.count
        let state = ClimatologyState(cells: cells)
        let chunk = CellChunk(planeCapacity: groups.map(\.count).max() ?? 1)
        for group in groups {
            for (plane, date) in group.enumerated() {
                for cell in 0..<cells { chunk.plane(plane)[cell] = samples[cell][date] }
            }
            state.load(into: chunk, from: 0, cells: cells)
            form.continuedClimatology(chunk, group.count, cells, areIntegers)
            state.store(from: chunk, to: 0, cells: cells)
        }
        // Once more from what is kept, as a night does.
        state.load(into: chunk, from: 0, cells: cells)
        form.continuedClimatology(chunk, 0, cells, areIntegers)
        return bits(chunk, cells: cells)
    }

    private func atOnce(_ samples: Samples, _ form: Kernels, areIntegers: Bool) -> [UInt64] {
        let dates = samples[0].count
        let chunk = CellChunk(planeCapacity: dates)
        for date in 0..<dates {
            for cell in samples.indices { chunk.plane(date)[cell] = samples[cell][date] }
        }
        form.climatology(chunk, dates, samples.count, areIntegers)
        return bits(chunk, cells: samples.count)
    }

    /// Cuts `0 ..< count`, shuffled or not, into groups of random length.
    private func groups(
        _ count: Int, shuffled: Bool, _ generator: inout SeededGenerator
    ) -> [[Int]] {
        var rest = Array(0..<count)
        if shuffled { rest.shuffle(using: &generator) }
        var groups: [[Int]] = []
        while !rest.isEmpty {
            let length = Int.random(in: 1...rest.count, using: &generator)
            groups.append(Array(rest.prefix(length)))
            rest.removeFirst(length)
        }
        return groups
    }

    /// Cells at the ends of 16 bits, alone and mixed, with gaps, all missing.
    private func extremes(_ dates: Int, _ generator: inout SeededGenerator) -> Samples {
        (0..<8).map { cell in
            (0..<dates).map { date -> Float in
                switch cell {
                case 0: date % 2 == 0 ? -32768 : 32767
                case 1: date == 0 ? 32766 : 32767
                case 2: -32768
                case 3: .nan
                case 4: date == dates / 2 ? 32767 : .nan
                case 5: Float(Int.random(in: -32768...32767, using: &generator))
                case 6:
                    Bool.random(using: &generator)
                        ? .nan : Float(Int.random(in: 32000...32767, using: &generator))
                default: Float(Int.random(in: -3...3, using: &generator))
                }
            }
        }
    }

    @Test(arguments: kernelForms.indices)
    func integersAddedInAnyOrderAndDivisionGiveTheBitsOfAllAtOnce(form: Int) {
        var generator = SeededGenerator(seed: 71)
        for dates in 1...60 {
            let samples = extremes(dates, &generator)
            let whole = atOnce(samples, kernelForms[form], areIntegers: true)
            for _ in 0..<8 {
                let groups = groups(dates, shuffled: true, &generator)
                #expect(
                    folded(samples, groups, kernelForms[form], areIntegers: true) == whole,
                    "\(dates) dates in \(groups)")
            }
        }
    }

    @Test func integersStayExactUpToTheStatedBound() {
        var generator = SeededGenerator(seed: 72)
        let dates = ClimatologyState.mostSamples
        let samples = extremes(dates, &generator)
        let whole = atOnce(samples, .best, areIntegers: true)
        for _ in 0..<5 {
            let groups = groups(dates, shuffled: true, &generator)
            #expect(folded(samples, groups, .best, areIntegers: true) == whole)
        }
        // One by one: every M2 on the way is stored and recovered.
        #expect(folded(samples, (0..<dates).map { [$0] }, .best, areIntegers: true) == whole)
    }

    @Test func theBoundIsWhereTheNumeratorLeavesTheProof() {
        func largest(_ n: Int) -> Double { Double(n * n) / 4 * 65535 * 65535 }
        let limit = 2_251_799_813_685_248.0  // 2^51
        #expect(largest(ClimatologyState.mostSamples) < limit)
        #expect(largest(ClimatologyState.mostSamples + 1) > limit)
    }

    @Test(arguments: kernelForms.indices)
    func otherNumbersAddedInOrderGiveTheBitsOfAllAtOnce(form: Int) {
        var generator = SeededGenerator(seed: 73)
        for dates in [1, 2, 7, 20, 60] {
            let samples: Samples = (0..<8).map { cell in
                (0..<dates).map { _ in
                    Int.random(in: 0..<6, using: &generator) == 0 || cell == 3
                        ? .nan : Float.random(in: -0.2...0.95, using: &generator)
                }
            }
            let whole = atOnce(samples, kernelForms[form], areIntegers: false)
            for _ in 0..<8 {
                let groups = groups(dates, shuffled: false, &generator)
                #expect(folded(samples, groups, kernelForms[form], areIntegers: false) == whole)
            }
            #expect(whole == atOnce(samples, .baseline, areIntegers: false))
        }
    }

    @Test func whatIsKeptIsTheSumOfSquaredDeviations() {
        for areIntegers in [true, false] {
            let chunk = CellChunk(planeCapacity: 4)
            for plane in 0..<4 { chunk.plane(plane)[0] = Float(plane * 2) }
            Kernels.best.climatology(chunk, 4, 1, areIntegers)
            // 0, 2, 4, 6: 9 + 1 + 1 + 9.
            #expect(chunk.squaredDeviations[0] == 20)
            #expect(chunk.mean[0] == 3)
        }
    }
}
