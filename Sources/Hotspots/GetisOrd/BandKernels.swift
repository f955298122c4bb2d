import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
    import GridCoreAVX512
#endif

/// What sums over bands and trends of cubes need, in the best form that this
/// processor runs; all forms give the same bits.
struct BandKernels: Sendable {
    typealias Score<Sum> = @Sendable (
        UnsafePointer<Sum>, _ count: Int, _ scale: Double, _ expected: UnsafePointer<Double>,
        _ error: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>
    ) -> Void
    typealias BandSum<Sum> = @Sendable (
        UnsafePointer<BandRun<Sum>>, _ count: Int, _ columns: Int, UnsafeMutablePointer<Sum>
    ) -> Void

    let sum32: BandSum<Int32>
    let sum64: BandSum<Int64>
    let score32: Score<Int32>
    let score64: Score<Int64>
    let countUnits:
        @Sendable (UnsafePointer<Double>, _ count: Int, UnsafeMutablePointer<Int64>)
            -> CountUnitSummary
    let summary: @Sendable (UnsafePointer<Int64>, _ count: Int) -> UnitSummary
    let squares: @Sendable (UnsafePointer<Int64>, _ count: Int, _ scale: Double) -> Double
    let mannKendall:
        @Sendable (UnsafePointer<SIMD8<Double>>, _ steps: Int) -> MannKendallLanes

    static let best = form(.best)

    static func form(_ set: InstructionSet) -> BandKernels {
        switch set {
        #if arch(x86_64)
            case .avx2: avx2
            case .avx512: avx512
        #endif
        default: baseline
        }
    }

    fileprivate static let perEvent = Double(MassUnits.unitsPerEvent)
    fileprivate static let largest = Double(MassUnits.largest)

    private static let baseline = BandKernels(
        sum32: {
            bandSumKernel($0, count: $1, columns: $2, lanes: SIMD8<Int32>.self, into: $3)
        },
        sum64: {
            bandSumKernel($0, count: $1, columns: $2, lanes: SIMD4<Int64>.self, into: $3)
        },
        score32: {
            bandScoreKernel($0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
        },
        score64: {
            bandScoreKernel($0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
        },
        countUnits: {
            countUnitKernel(
                $0, count: $1, unitsPerEvent: perEvent, largest: largest, into: $2)
        },
        summary: { unitSummaryKernel($0, count: $1) },
        squares: { unitSquaresKernel($0, count: $1, scale: $2) },
        mannKendall: { mannKendallKernel($0, steps: $1) })

    #if arch(x86_64)
        private static let avx2 = BandKernels(
            sum32: { GridCoreAVX2.bandSumAVX2($0, count: $1, columns: $2, into: $3) },
            sum64: { GridCoreAVX2.bandSumAVX2($0, count: $1, columns: $2, into: $3) },
            score32: {
                GridCoreAVX2.bandScoreAVX2(
                    $0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
            },
            score64: {
                GridCoreAVX2.bandScoreAVX2(
                    $0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
            },
            countUnits: {
                GridCoreAVX2.countUnitsAVX2(
                    $0, count: $1, unitsPerEvent: perEvent, largest: largest, into: $2)
            },
            summary: { GridCoreAVX2.unitSummaryAVX2($0, count: $1) },
            squares: { GridCoreAVX2.unitSquaresAVX2($0, count: $1, scale: $2) },
            mannKendall: { GridCoreAVX2.mannKendallAVX2($0, steps: $1) })

        private static let avx512 = BandKernels(
            sum32: { GridCoreAVX512.bandSumAVX2($0, count: $1, columns: $2, into: $3) },
            sum64: { GridCoreAVX512.bandSumAVX2($0, count: $1, columns: $2, into: $3) },
            score32: {
                GridCoreAVX512.bandScoreAVX2(
                    $0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
            },
            score64: {
                GridCoreAVX512.bandScoreAVX2(
                    $0, count: $1, scale: $2, expected: $3, error: $4, into: $5)
            },
            countUnits: {
                GridCoreAVX512.countUnitsAVX2(
                    $0, count: $1, unitsPerEvent: perEvent, largest: largest, into: $2)
            },
            summary: { GridCoreAVX512.unitSummaryAVX2($0, count: $1) },
            squares: { GridCoreAVX512.unitSquaresAVX2($0, count: $1, scale: $2) },
            mannKendall: { GridCoreAVX512.mannKendallAVX2($0, steps: $1) })
    #endif
}
