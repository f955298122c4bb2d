import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Pipeline

/// A climatology is the same bytes whatever its history.
@Suite struct BaselinePropertyTests {
    private static let years = 2000...2009
    private static let days = [1, 17]

    @Test(arguments: [RasterDataType.int16, .float32], [UInt64(1), 2, 3])
    func anySequenceOfUpdatesGivesTheBytesOfABuild(type: RasterDataType, seed: UInt64) throws {
        let folder = try BaselineFolder(type, hasQuality: seed == 2)
        var generator = SeededGenerator(seed: seed)
        var missing = Self.years.flatMap { year in Self.days.map { (year: year, day: $0) } }
        missing.shuffle(using: &generator)
        var present: [(year: Int, day: Int)] = []
        var kinds: Set<BaselineJob.Change.Kind> = []
        var step: UInt64 = 0
        while !missing.isEmpty || step < 12 {
            step += 1
            let choice = Int.random(in: 0..<10, using: &generator)
            if present.count > 2, choice == 0 {
                let gone = present.remove(at: Int.random(in: present.indices, using: &generator))
                try folder.remove(year: gone.year, day: gone.day)
                if step < 30 { missing.append(gone) }
            } else if choice == 1, let one = present.randomElement(using: &generator) {
                try folder.write(year: one.year, day: one.day, seed: 10_000 * seed + step)
            } else {
                for _ in 0..<min(missing.count, Int.random(in: 1...4, using: &generator)) {
                    let one = missing.removeLast()
                    try folder.write(year: one.year, day: one.day, seed: 1000 * seed + step)
                    present.append(one)
                }
            }
            let threads = [1, 2, 8][Int(step % 3)]
            kinds.formUnion(try folder.job("grown", threads: threads).update().map(\.kind))
            _ = try folder.job("built", threads: 1).build()
            #expect(
                try folder.contents("grown") == (try folder.contents("built")),
                "after step \(step) of seed \(seed)")
        }
        // The history had what it should show.
        #expect(kinds.isSuperset(of: [.kept, .extended, .rebuilt]))
    }

    @Test func severalTilesGiveTheSameBytesForAnyNumberOfThreads() throws {
        // Two tiles: a few rows more than a million cells.
        let folder = try BaselineFolder(.int16, shape: Shape(rows: 1030, columns: 1024))
        for year in 2000...2002 { try folder.write(year: year, day: 1, seed: UInt64(year)) }
        _ = try folder.job("one", threads: 1).build()
        _ = try folder.job("eight", threads: 8).build()
        #expect(try folder.contents("one") == (try folder.contents("eight")))
        try folder.write(year: 1999, day: 1, seed: 5)
        try folder.write(year: 2003, day: 1, seed: 6)
        let changes = try folder.job("one", threads: 2).update()
        #expect(changes.map(\.kind) == [.extended])
        #expect(changes.map(\.composites) == [1])
        _ = try folder.job("eight", threads: 8).build()
        #expect(try folder.contents("one") == (try folder.contents("eight")))
    }

    @Test func valuesAreThoseOfTheScalarFormulas() throws {
        let folder = try BaselineFolder(.int16, hasQuality: true)
        for year in 2000...2006 { try folder.write(year: year, day: 17, seed: UInt64(year)) }
        _ = try folder.job("c").build()
        let slot = try folder.slot("02", in: "c")
        func cells(_ url: URL) throws -> [Double] {
            let source = try RasterSource(RasterReference(name: "f", path: url.path))
            var cells = [Double](repeating: 0, count: folder.shape.count)
            try cells.withUnsafeMutableBufferPointer {
                try source.read(
                    band: 1, window: CellWindow(folder.shape), into: try #require($0.baseAddress))
            }
            return cells
        }
        let planes = try (2000...2006).map { year -> [Double] in
            let name = BaselineFolder.name(year: year, day: 17)
            let values = try cells(folder.url.appendingPathComponent("N_" + name))
            let grades = try cells(folder.url.appendingPathComponent("Q_" + name))
            return zip(values, grades).map { $0 == -3000 || $1 > 1 ? .nan : $0 }
        }
        let count = try cells(slot.appendingPathComponent("count.tif"))
        let minimum = try cells(slot.appendingPathComponent("min.tif"))
        let maximum = try cells(slot.appendingPathComponent("max.tif"))
        let mean = try cells(slot.appendingPathComponent("mean.tif"))
        let m2 = try cells(slot.appendingPathComponent("m2.tif"))
        for cell in 0..<folder.shape.count {
            let valid = planes.map { $0[cell] }.filter { !$0.isNaN }
            #expect(count[cell] == Double(valid.count))
            guard !valid.isEmpty else {
                #expect(mean[cell].isNaN && m2[cell].isNaN)
                continue
            }
            let expected = valid.reduce(0, +) / Double(valid.count)
            #expect(minimum[cell] == valid.min())
            #expect(maximum[cell] == valid.max())
            #expect(mean[cell] == expected)
            let squares = valid.reduce(0) { $0 + ($1 - expected) * ($1 - expected) }
            #expect(abs(m2[cell] - squares) <= Self.relativeTolerance * max(1, squares))
        }
    }

    /// Float64 sums of seven squares, two ways.
    private static let relativeTolerance = 1e-12
}
