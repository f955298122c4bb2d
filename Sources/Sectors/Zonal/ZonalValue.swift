import Geo
import GridCore

/// The type in which cells are held: Float where it keeps every stored number,
/// else Double.
///
/// A key is a whole number in the order of the values: the bits of a negative
/// number turned over, those of another with the sign set. There is one zero.
protocol ZonalValue: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
    associatedtype Key: FixedWidthInteger & UnsignedInteger & Sendable

    static func read(
        _ source: RasterSource, band: Int, window: CellWindow,
        into cells: UnsafeMutablePointer<Self>
    ) throws(GeoError)

    /// Precondition: not NaN, and zero is positive.
    var key: Key { get }
    init(key: Key)

    static func summary(_ values: UnsafePointer<Self>, _ count: Int) -> ZonalRunSummary
    static func squaredDeviations(
        _ values: UnsafePointer<Self>, _ count: Int, from mean: Double
    ) -> Double

    /// Whether any of eight values from `values` on lies in the range.
    static func meets(_ values: UnsafePointer<Self>, _ low: Self, _ high: Self) -> Bool
}

/// Count, sum, least and greatest of the values of a run that are not NaN.
struct ZonalRunSummary {
    var count: Int
    var sum: Double
    var low: Double
    var high: Double
}

extension Float: ZonalValue {
    static func read(
        _ source: RasterSource, band: Int, window: CellWindow,
        into cells: UnsafeMutablePointer<Float>
    ) throws(GeoError) {
        try source.read(band: band, window: window, into: cells)
    }

    @inline(__always)
    var key: UInt32 {
        let bits = bitPattern
        return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 0x8000_0000)
    }

    init(key: UInt32) {
        self.init(bitPattern: key & 0x8000_0000 != 0 ? key ^ 0x8000_0000 : ~key)
    }

    private static let kernels = BlockKernels.best

    static func summary(_ values: UnsafePointer<Float>, _ count: Int) -> ZonalRunSummary {
        let block = kernels.summary(values, count)
        return ZonalRunSummary(
            count: block.count, sum: block.sum, low: Double(block.low), high: Double(block.high))
    }

    static func squaredDeviations(
        _ values: UnsafePointer<Float>, _ count: Int, from mean: Double
    ) -> Double {
        kernels.squaredDeviations(values, count, mean)
    }

    @inline(__always)
    static func meets(_ values: UnsafePointer<Float>, _ low: Float, _ high: Float) -> Bool {
        let x = UnsafeRawPointer(values).loadUnaligned(as: SIMD8<Float>.self)
        let inside = (x .>= low) .& (x .<= high)
        return unsafeBitCast(inside, to: SIMD8<Int32>.self).wrappedSum() != 0
    }
}

extension Double: ZonalValue {
    static func read(
        _ source: RasterSource, band: Int, window: CellWindow,
        into cells: UnsafeMutablePointer<Double>
    ) throws(GeoError) {
        try source.read(band: band, window: window, into: cells)
    }

    @inline(__always)
    var key: UInt64 {
        let bits = bitPattern
        return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
    }

    init(key: UInt64) {
        self.init(bitPattern: key & 1 << 63 != 0 ? key ^ 1 << 63 : ~key)
    }

    static func summary(_ values: UnsafePointer<Double>, _ count: Int) -> ZonalRunSummary {
        var summary = ZonalRunSummary(count: 0, sum: 0, low: .infinity, high: -.infinity)
        for i in 0..<count where values[i] == values[i] {
            summary.count &+= 1
            summary.sum += values[i]
            summary.low = min(summary.low, values[i])
            summary.high = max(summary.high, values[i])
        }
        return summary
    }

    static func squaredDeviations(
        _ values: UnsafePointer<Double>, _ count: Int, from mean: Double
    ) -> Double {
        var squares = 0.0
        for i in 0..<count where values[i] == values[i] {
            let deviation = values[i] - mean
            squares += deviation * deviation
        }
        return squares
    }

    @inline(__always)
    static func meets(_ values: UnsafePointer<Double>, _ low: Double, _ high: Double) -> Bool {
        let x = UnsafeRawPointer(values).loadUnaligned(as: SIMD8<Double>.self)
        let inside = (x .>= low) .& (x .<= high)
        return unsafeBitCast(inside, to: SIMD8<Int64>.self).wrappedSum() != 0
    }
}
