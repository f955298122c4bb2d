import Diagnostics
import Drought
import Geo
import GridCore

/// Computes the rasters of one period of a climatology.
struct BaselineComputer {
    let stack: RasterStack
    let terms: BaselineTerms
    let threads: Int
    private let tiles: TilePlan
    private let workers: PerWorker<BaselineTileWorker>
    private let states: [ClimatologyState]

    /// Stored in the extremes where an integer cell has no sample; the count
    /// tells it from a sample of that number.
    static let integerNodata: Float = -32768

    init(_ stack: RasterStack, terms: BaselineTerms, threads: Int) {
        self.stack = stack
        self.terms = terms
        self.threads = max(1, threads)
        let tiles = TilePlan(stack, threads: threads)
        let openFiles = min(TilePlan.openFiles, OpenFileLimit.raise() / max(1, threads))
        self.tiles = tiles
        workers = PerWorker(workers: max(1, threads)) {
            BaselineTileWorker(stack, tileCells: tiles.mostCells, openFiles: openFiles)
        }
        states = (0..<min(self.threads, tiles.tiles.count)).map { _ in
            ClimatologyState(cells: tiles.mostCells)
        }
        GDALRuntime.setCache(bytes: tiles.cacheBytes)
    }

    /// Adds the composites at `positions`, in that order, to what `old` holds
    /// and writes the rasters by `path`.
    ///
    /// Tiles are computed `threads` at a time and written in their order, so
    /// that the files have the same bytes for any number of threads.
    ///
    /// - Parameters:
    ///   - old: files of the climatology so far; nil: none.
    ///   - contributions: composites that the new climatology is made of.
    func write(
        adding positions: [Int], to old: ((BaselineFile) -> String)?, contributions: Int,
        path: (BaselineFile) -> String
    ) throws -> BaselineCoverage {
        let writers = try BaselineFile.allCases.map { file in
            try RasterWriter(
                path: path(file), description: description(of: file, contributions),
                layout: .deflated(block: stack.block))
        }
        let oldFiles = old.map { old in BaselineFile.allCases.map(old) }
        var coverage = BaselineCoverage()
        for first in stride(from: 0, to: tiles.tiles.count, by: states.count) {
            try Interruption.check()
            let batch = tiles.tiles[first..<min(first + states.count, tiles.tiles.count)]
            let found = try mapInParallel(count: batch.count, threads: threads) {
                [workers, states] worker, index in
                try workers.value(of: worker).fold(
                    batch[first + index], adding: positions, to: oldFiles, into: states[index])
            }
            for (index, tile) in batch.enumerated() {
                coverage.merge(found[index])
                try write(states[index], tile, writers)
            }
        }
        for writer in writers { try writer.close() }
        return coverage
    }

    private func write(
        _ state: ClimatologyState, _ tile: CellWindow, _ writers: [RasterWriter]
    ) throws {
        let empty: Float = stack.fitsInt16 ? Self.integerNodata : .nan
        for i in 0..<tile.count where state.count[i] == 0 {
            state.minimum[i] = empty
            state.maximum[i] = empty
        }
        for (file, writer) in zip(BaselineFile.allCases, writers) {
            // Packing the tiles of many threads takes longer than a person
            // waits.
            try Interruption.check()
            switch file {
            case .count: try writer.write(band: 1, window: tile, cells: state.count)
            case .minimum: try writer.write(band: 1, window: tile, cells: state.minimum)
            case .maximum: try writer.write(band: 1, window: tile, cells: state.maximum)
            case .mean: try writer.write(band: 1, window: tile, cells: state.mean)
            case .squaredDeviations:
                try writer.write(band: 1, window: tile, cells: state.squaredDeviations)
            }
            try writer.flush()
        }
    }

    private func description(of file: BaselineFile, _ contributions: Int) -> RasterDescription {
        let extremes: RasterDataType = stack.fitsInt16 ? .int16 : .float32
        let (type, nodata, text): (RasterDataType, Double, String) =
            switch file {
            case .count:
                (contributions <= 255 ? .uint8 : .uint16, 0, "Baseline composites with a value")
            case .minimum:
                (extremes, stack.fitsInt16 ? Double(Self.integerNodata) : .nan, "Minimum, stored units")
            case .maximum:
                (extremes, stack.fitsInt16 ? Double(Self.integerNodata) : .nan, "Maximum, stored units")
            case .mean: (.float64, .nan, "Mean, stored units")
            case .squaredDeviations:
                (.float64, .nan, "Sum of squared deviations from the mean, stored units squared")
            }
        return RasterDescription(
            spec: stack.spec, type: type, nodata: nodata,
            bands: [.init(description: text, unit: "")],
            metadata: [.init(key: "VALUE", value: "stored x \(stack.scale) + \(stack.offset)")])
    }
}

/// The working memory of one worker that folds composites into a climatology.
///
/// Not Sendable: each worker has its own.
final class BaselineTileWorker {
    /// Composites that are held at once, however many there are.
    private static let planes = 16

    private let reader: StackTileReader
    private let chunk = CellChunk(planeCapacity: planes)
    private let areIntegers: Bool

    init(_ stack: RasterStack, tileCells: Int, openFiles: Int) {
        reader = StackTileReader(
            stack: stack, planes: Self.planes, tileCells: tileCells, openFiles: openFiles)
        areIntegers = stack.fitsInt16
    }

    /// Adds composites to the climatology of a tile.
    ///
    /// - Parameter old: paths in the order of `BaselineFile`; nil: begin
    ///   without samples.
    func fold(
        _ tile: CellWindow, adding positions: [Int], to old: [String]?,
        into state: ClimatologyState
    ) throws -> BaselineCoverage {
        state.clear()
        if let old { try state.read(old, tile, pool: reader.pool) }
        for first in stride(from: 0, to: positions.count, by: Self.planes) {
            let group = Array(positions[first..<min(first + Self.planes, positions.count)])
            try reader.read(group, tile)
            for start in stride(from: 0, to: tile.count, by: CellChunk.capacity) {
                let cells = min(CellChunk.capacity, tile.count - start)
                for plane in group.indices {
                    reader.decode(plane, start, cells, into: chunk.plane(plane))
                }
                state.load(into: chunk, from: start, cells: cells)
                reader.kernels.continuedClimatology(chunk, group.count, cells, areIntegers)
                state.store(from: chunk, to: start, cells: cells)
            }
        }
        var coverage = BaselineCoverage()
        for i in 0..<tile.count { coverage.add(values: Int(state.count[i])) }
        return coverage
    }
}

extension ClimatologyState {
    /// Reads a tile of the rasters of a period, in the order of
    /// `BaselineFile`.
    func read(_ paths: [String], _ tile: CellWindow, pool: RasterPool) throws {
        for (file, path) in zip(BaselineFile.allCases, paths) {
            try Interruption.check()
            let source = try pool.source(RasterReference(name: path, path: path))
            switch file {
            case .count: try source.read(band: 1, window: tile, into: count)
            case .minimum: try source.read(band: 1, window: tile, into: minimum)
            case .maximum: try source.read(band: 1, window: tile, into: maximum)
            case .mean: try source.read(band: 1, window: tile, into: mean)
            case .squaredDeviations:
                try source.read(band: 1, window: tile, into: squaredDeviations)
            }
        }
    }
}
