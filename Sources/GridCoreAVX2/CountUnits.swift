import GridCore

@inline(never)
public func countUnitsAVX2(
    _ values: UnsafePointer<Double>, count: Int, unitsPerEvent: Double, largest: Double,
    into units: UnsafeMutablePointer<Int64>
) -> CountUnitSummary {
    countUnitKernel(
        values, count: count, unitsPerEvent: unitsPerEvent, largest: largest, into: units)
}

@inline(never)
public func unitSummaryAVX2(_ units: UnsafePointer<Int64>, count: Int) -> UnitSummary {
    unitSummaryKernel(units, count: count)
}

@inline(never)
public func unitSquaresAVX2(
    _ units: UnsafePointer<Int64>, count: Int, scale: Double
) -> Double {
    unitSquaresKernel(units, count: count, scale: scale)
}
