import ArgumentParser
import Glibc
import GridCore

/// Invented series for measurements: NDVI composites as stored by MODIS
/// products and monthly rainfall, the same numbers on every machine.
///
/// A stack is `[step][row][column]`. Each row draws from a generator of its
/// own (xorshift64, Marsaglia 2003), so that rows can be filled in parallel
/// and the first columns of a row do not depend on how long it is.
enum SyntheticSeries {
    /// Stored number of a missing NDVI value.
    static let vegetationFill: Int16 = -3000
    /// Value of a stored NDVI number is this times it.
    static let vegetationScale = 0.0001
    /// 16-day composites in a year.
    static let compositesPerYear = 23
    /// Twenty years of composites.
    static let compositeCount = 460
    /// Forty years of months.
    static let monthCount = 480

    /// A season with two peaks, a slowly moving departure, residual cloud and
    /// 12 % gaps; NDVI x 10000.
    static func vegetation(
        side: Int, steps: Int = compositeCount, threads: Int = 2
    ) -> SyntheticStack<Int16> {
        let stack = SyntheticStack<Int16>(side: side, steps: steps)
        forEachInParallel(count: side, threads: threads) { _, row in
            var draw = Xorshift(88_172_645_463_325_252, row: row)
            for column in 0..<side {
                let base = 0.18 + 0.35 * Double((row * 7 + column * 13) % 101) / 100
                let amplitude = 0.05 + 0.2 * Double((row * 3 + column * 5) % 37) / 36
                let phase = Double((row + column) % 23) / 23
                var departure = 0.0
                for step in 0..<steps {
                    let u = draw.next()
                    let v = draw.next()
                    departure = 0.7 * departure + 0.03 * (u + v - 1)
                    let time = Double(step) / 23 - phase
                    var value =
                        base + amplitude * sin(2 * Double.pi * time)
                        + 0.4 * amplitude * sin(4 * Double.pi * time + 1) + departure
                    if v < 0.08 { value -= 0.3 * u }
                    var stored = Int((value * 10000).rounded(.toNearestOrEven))
                    if u < 0.12 { stored = Int(vegetationFill) }
                    if stored != Int(vegetationFill) { stored = max(stored, -2000) }
                    stack.base[(step * side + row) * side + column] = Int16(min(stored, 10000))
                }
            }
        }
        return stack
    }

    /// Monthly rainfall in mm with two rainy seasons and dry months.
    static func rain(
        side: Int, steps: Int = monthCount, threads: Int = 2
    ) -> SyntheticStack<Float> {
        let mean: [Double] = [4, 6, 25, 85, 70, 15, 12, 10, 20, 80, 75, 22]
        let dry = [0.55, 0.5, 0.2, 0.02, 0.03, 0.3, 0.35, 0.4, 0.25, 0.02, 0.03, 0.25]
        let stack = SyntheticStack<Float>(side: side, steps: steps)
        forEachInParallel(count: side, threads: threads) { _, row in
            var draw = Xorshift(362_436_069_362_436_069, row: row)
            for column in 0..<side {
                let place = 0.6 + 0.8 * Double((row + column) % 10) / 9
                for step in 0..<steps {
                    let u = draw.next()
                    let v = draw.next()
                    let month = step % 12
                    let amount = u < dry[month] ? 0 : mean[month] * -log(1 - v) * place
                    stack.base[(step * side + row) * side + column] = Float(amount)
                }
            }
        }
        return stack
    }

    /// Whether the series are those that the peers are measured on: the
    /// FNV-1a hashes of 8 x 8 cells, made once with NumPy.
    ///
    /// - Throws: `ValidationError` when they are not; no figure would count.
    static func check() throws {
        let found = [
            vegetation(side: 8, threads: 1).fingerprint, rain(side: 8, threads: 1).fingerprint,
        ]
        let expected: [UInt64] = [0x0f7d_24c5_6198_6e06, 0xd9e8_8449_a0b0_4c9e]
        guard found == expected else {
            throw ValidationError(
                "the synthetic series differ from those of the peers (found hashes "
                    + "\(found.map { String($0, radix: 16) }), expected "
                    + "\(expected.map { String($0, radix: 16) }))")
        }
    }

    private struct Xorshift {
        private var state: UInt64

        init(_ seed: UInt64, row: Int) {
            state = seed ^ (UInt64(row + 1) &* 2_654_435_761)
        }

        /// In [0, 1), 53 bits.
        mutating func next() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) * (1 / 9_007_199_254_740_992)
        }
    }
}

/// A square stack in memory, `[step][row][column]`.
///
/// `@unchecked Sendable`: threads write to rows that do not overlap.
final class SyntheticStack<Element: BitwiseCopyable>: @unchecked Sendable {
    let side: Int
    let steps: Int
    let base: UnsafeMutablePointer<Element>

    /// Cells of a step.
    var cells: Int { side * side }
    var count: Int { cells * steps }

    /// Room for a stack, not written yet.
    init(side: Int, steps: Int) {
        self.side = side
        self.steps = steps
        base = UnsafeMutableRawPointer.allocate(
            byteCount: side * side * steps * MemoryLayout<Element>.stride, alignment: 64
        ).bindMemory(to: Element.self, capacity: side * side * steps)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// FNV-1a over all bytes.
    var fingerprint: UInt64 {
        UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride)
            .reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

extension SyntheticStack where Element == Int16 {
    /// Fills `block` with the NDVI (value units) of `cells` cells from
    /// `firstCell` on, in row order; NaN = missing.
    func fill(_ block: SeriesBlock, firstCell: Int, cells count: Int) {
        block.prepare(cells: count, steps: steps)
        for step in 0..<steps {
            let stored = base + step * cells + firstCell
            let plane = block.plane(step)
            for i in 0..<count {
                let isMissing = stored[i] == SyntheticSeries.vegetationFill
                plane[i] =
                    isMissing
                    ? .nan : Float(Double(stored[i]) * SyntheticSeries.vegetationScale)
            }
        }
    }
}

extension SyntheticStack where Element == Float {
    /// Fills `block` with the rainfall (mm) of `cells` cells from `firstCell`
    /// on, in row order.
    func fill(_ block: SeriesBlock, firstCell: Int, cells count: Int) {
        block.prepare(cells: count, steps: steps)
        for step in 0..<steps {
            block.plane(step).update(from: base + step * cells + firstCell, count: count)
        }
    }
}
