import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// Temperature condition, percent; see `temperatureConditionKernel`.
    ///
    /// All planes hold `cells` cells of one tile; `minimum`, `maximum` and
    /// `count` are those of a climatology of temperatures (`CellChunk`).
    public func tci(
        current: UnsafePointer<Float>, minimum: UnsafePointer<Float>,
        maximum: UnsafePointer<Float>, count: UnsafePointer<Int32>, cells: Int,
        rule: TemperatureConditionRule, into output: UnsafeMutablePointer<Float>,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                temperatureConditionAVX2(
                    current: current, minimum: minimum, maximum: maximum, count: count,
                    cells: cells, rule: rule, into: output, reasons: reasons)
        #endif
        default:
            temperatureConditionKernel(
                current: current, minimum: minimum, maximum: maximum, count: count,
                cells: cells, rule: rule, into: output, reasons: reasons)
        }
    }

    /// Vegetation health, percent; see `vegetationHealthKernel`.
    ///
    /// - Parameters:
    ///   - vciReasons: why a cell has no VCI, passed on to `reasons`.
    ///   - tciReasons: the same of the TCI.
    public func vhi(
        vci: UnsafePointer<Float>, tci: UnsafePointer<Float>,
        vciReasons: UnsafePointer<UInt8>? = nil, tciReasons: UnsafePointer<UInt8>? = nil,
        cells: Int, rule: VegetationHealthRule, into output: UnsafeMutablePointer<Float>,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                vegetationHealthAVX2(
                    vci: vci, tci: tci, vciReasons: vciReasons, tciReasons: tciReasons,
                    cells: cells, rule: rule, into: output, reasons: reasons)
        #endif
        default:
            vegetationHealthKernel(
                vci: vci, tci: tci, vciReasons: vciReasons, tciReasons: tciReasons,
                cells: cells, rule: rule, into: output, reasons: reasons)
        }
    }
}
