import Drought
import GridCore

/// One indicator: which rasters it makes, and how, a few cells at a time.
///
/// Not Sendable: every worker has its own, with its own working memory.
protocol IndicatorMethod: AnyObject {
    /// What it makes; the same for every worker.
    var outputs: [IndicatorOutput] { get }
    /// Names of its reason planes, mostly one.
    var reasonNames: [String] { get }

    /// Fills every cell of the target.
    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget)

    /// What it gives for zones over time; the same for every worker.
    var lines: [IndicatorLine] { get }

    /// Gives the cells of the chunk that was computed last to `add`, for each
    /// line and each of its steps: the plane is valid until it returns.
    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void)

    /// How the value of the first cell came about, with numbers: the chunk
    /// holds the climatology of the as-of period.
    func account(_ cells: IndicatorCells) -> [String]
}

extension IndicatorMethod {
    var reasonNames: [String] { outputs.prefix(1).map(\.name) }
    var lines: [IndicatorLine] { [] }
    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void
    ) {}
    func account(_ cells: IndicatorCells) -> [String] { [] }
}

/// Where a method puts the cells of a chunk.
struct IndicatorTarget {
    let layers: IndicatorLayers
    let firstOutput: Int
    let firstReason: Int
    /// Of the chunk in the tile.
    let start: Int
    let count: Int

    /// Values of the method's n-th output.
    func values(_ output: Int = 0) -> UnsafeMutablePointer<Float> {
        layers.values(firstOutput + output) + start
    }
    func codes(_ output: Int = 0) -> UnsafeMutablePointer<UInt8> {
        layers.codes(firstOutput + output) + start
    }
    func reasons(_ plane: Int = 0) -> UnsafeMutablePointer<UInt8> {
        layers.reasons(firstReason + plane) + start
    }

    /// Copies a chunk's plane, of which the padding is left behind.
    func take(_ plane: UnsafePointer<Float>, _ output: Int = 0) {
        values(output).update(from: plane, count: count)
    }
    func take(reasons plane: UnsafePointer<UInt8>, _ index: Int = 0) {
        reasons(index).update(from: plane, count: count)
    }
}
