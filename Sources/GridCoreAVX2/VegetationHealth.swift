import GridCore

@inline(never)
public func temperatureConditionAVX2(
    current: UnsafePointer<Float>, minimum: UnsafePointer<Float>,
    maximum: UnsafePointer<Float>, count: UnsafePointer<Int32>, cells: Int,
    rule: TemperatureConditionRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    temperatureConditionKernel(
        current: current, minimum: minimum, maximum: maximum, count: count, cells: cells,
        rule: rule, into: output, reasons: reasons)
}

@inline(never)
public func vegetationHealthAVX2(
    vci: UnsafePointer<Float>, tci: UnsafePointer<Float>,
    vciReasons: UnsafePointer<UInt8>?, tciReasons: UnsafePointer<UInt8>?, cells: Int,
    rule: VegetationHealthRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    vegetationHealthKernel(
        vci: vci, tci: tci, vciReasons: vciReasons, tciReasons: tciReasons, cells: cells,
        rule: rule, into: output, reasons: reasons)
}
