import Diagnostics
import GridCore

/// Minutes per metre of every cell, and how they came about.
public struct FrictionField: Sendable {
    /// Minutes to travel one metre; `+infinity` where nobody can travel.
    public var minutesPerMeter: Grid<Double>
    /// Minutes to cross a cell whatever its size, on top of its friction:
    /// waiting for a ferry and crossing. By row-major cell number.
    public var crossingMinutes: [Int: Double]
    /// What was counted.
    public var log: FrictionLog

    /// Friction above this is taken for this: no journey can notice.
    public static let largestMinutesPerMeter = 1e6

    init(minutesPerMeter: Grid<Double>, crossingMinutes: [Int: Double], log: FrictionLog) {
        self.minutesPerMeter = minutesPerMeter
        self.crossingMinutes = crossingMinutes
        self.log = log
    }

    /// A friction surface made elsewhere, in minutes per metre.
    ///
    /// Cells that are NaN, infinite, zero or negative are impassable; those
    /// above 10^6 are set to 10^6. Both are counted in `log`.
    public init(minutesPerMeter given: Grid<Double>) { self.init(given) { $0 } }

    /// The same from Float.
    public init(minutesPerMeter given: Grid<Float>) { self.init(given) { Double($0) } }

    @inline(__always)
    private init<Value>(_ given: Grid<Value>, _ number: (Value) -> Double) {
        var log = FrictionLog(cells: given.count)
        minutesPerMeter = Grid(given.spec) { cells in
            given.withCells { source in
                for i in cells.indices {
                    let value = number(source[i])
                    if value.isNaN {
                        log.impassable.noData += 1
                        cells[i] = .infinity
                    } else if value <= 0 || value == .infinity {
                        log.impassable.zeroSpeed += 1
                        cells[i] = .infinity
                    } else {
                        log.clampedFriction += value > Self.largestMinutesPerMeter ? 1 : 0
                        cells[i] = min(value, Self.largestMinutesPerMeter)
                    }
                }
            }
        }
        crossingMinutes = [:]
        self.log = log
    }
}
