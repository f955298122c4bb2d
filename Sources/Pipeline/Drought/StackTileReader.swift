import Diagnostics
import Drought
import Geo
import GridCore

/// Reads tiles of composites of a stack and decodes them, cells without
/// value as NaN.
///
/// Not Sendable: each worker has its own, with its own open files.
final class StackTileReader {
    let stack: RasterStack
    let kernels: Kernels
    let pool: RasterPool
    private let cells: Int
    private let rawInt16: UnsafeMutablePointer<Int16>
    private let rawFloat: UnsafeMutablePointer<Float>
    private let quality: UnsafeMutablePointer<UInt16>

    /// - Parameters:
    ///   - planes: composites that are held at once.
    ///   - tileCells: cells of the largest tile.
    init(stack: RasterStack, planes: Int, tileCells: Int, openFiles: Int) {
        self.stack = stack
        kernels = .best
        pool = RasterPool(capacity: openFiles)
        cells = tileCells
        let samples = max(1, planes) * tileCells
        rawInt16 = .allocate(capacity: stack.fitsInt16 ? samples : 1)
        rawFloat = .allocate(capacity: stack.fitsInt16 ? 1 : samples)
        quality = .allocate(capacity: stack.acceptedQuality == nil ? 1 : samples)
    }

    deinit {
        rawInt16.deallocate()
        rawFloat.deallocate()
        quality.deallocate()
    }

    /// Reads the tile of the composites at `positions`, as planes 0, 1, ...
    func read(_ positions: [Int], _ tile: CellWindow) throws {
        for (plane, position) in positions.enumerated() {
            // A tile of a long archive takes longer than a person waits.
            try Interruption.check()
            let composite = stack.composites[position]
            let source = try pool.source(composite.raster)
            if stack.fitsInt16 {
                try source.read(
                    band: composite.band, window: tile, into: rawInt16 + plane * cells)
            } else {
                try source.read(
                    band: composite.band, window: tile, into: rawFloat + plane * cells)
            }
            if stack.acceptedQuality != nil, let graded = composite.quality {
                try pool.source(graded.raster).read(
                    band: graded.band, window: tile, into: quality + plane * cells)
            }
        }
    }

    /// What the cells of a plane that was read are, each counted once.
    func account(_ plane: Int, cells count: Int) -> CellAccount {
        var account = CellAccount()
        let start = plane * cells
        for i in start..<start + count {
            let stored = stack.fitsInt16 ? Float(rawInt16[i]) : rawFloat[i]
            if stored.isNaN || stack.rule.fill.contains(stored) {
                account.nodata += 1
            } else if !stack.rule.validRange.contains(stored) {
                account.outOfRange += 1
            } else if let accepted = stack.acceptedQuality, !accepted[Int(quality[i])] {
                account.masked += 1
            } else {
                account.valid += 1
            }
        }
        return account
    }

    /// Adds one for each cell of a plane that has a value and is of the best
    /// quality; nothing when nobody says which are.
    ///
    /// - Parameter values: of the plane, as decoded.
    func countBest(
        _ plane: Int, cells count: Int, values: UnsafePointer<Float>,
        into counts: UnsafeMutablePointer<UInt8>
    ) {
        guard stack.acceptedQuality != nil, let best = stack.bestQuality else { return }
        let codes = quality + plane * cells
        best.withUnsafeBufferPointer { best in
            for i in 0..<count where !values[i].isNaN && best[Int(codes[i])] && counts[i] < .max {
                counts[i] += 1
            }
        }
    }

    /// Decodes `count` cells of a plane, from cell `start` of the tile on.
    func decode(
        _ plane: Int, _ start: Int, _ count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        let offset = plane * cells + start
        if stack.fitsInt16 {
            kernels.decodeInt16(rawInt16 + offset, count, stack.rule, target)
        } else {
            kernels.decodeFloat(rawFloat + offset, count, stack.rule, target)
        }
        guard let accepted = stack.acceptedQuality else { return }
        accepted.withUnsafeBufferPointer { accepted in
            for i in 0..<count where !accepted[Int(quality[offset + i])] { target[i] = .nan }
        }
    }
}
