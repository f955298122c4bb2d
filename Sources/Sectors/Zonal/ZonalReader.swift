import Diagnostics
import Geo
import GridCore

/// One band of a raster, and what its stored numbers mean.
struct ZonalLayer: Sendable {
    let raster: ClosedRaster
    let info: RasterInfo
    let band: Int

    var bandInfo: RasterBandInfo { info.bands[band - 1] }
    var place: Place { Place(file: info.name, band: band) }
}

/// Hands the cells of zones to visitors, unit after unit of a raster, on
/// several threads. Cells of no zone are not read.
struct ZonalReader<Value: ZonalValue>: Sendable {
    let layer: ZonalLayer
    /// 1, or -1 to turn values over as they are read.
    let sign: Int
    let weights: ZonalLayer?
    let tiling: ZonalTiling
    let coverages: [CellCoverage]
    /// Weight of a whole cell by row; nil: 1.
    let cellWeights: CellAreas?

    /// Lets every visitor, one per thread, see its part of the cells.
    ///
    /// - Parameter endUnit: called once for every unit of `tiling`, with the
    ///   visitor that saw it.
    /// - Throws: `GeoError` of a file that cannot be read, `ZonalError` of a
    ///   visitor or a negative weight, `Interrupted`.
    func visit<Visitor: ZonalVisitor>(
        with visitors: [Visitor], endUnit: @Sendable (Visitor, _ unit: Int) -> Void = { _, _ in }
    ) throws where Visitor.Value == Value {
        let workers = PerWorker(workers: visitors.count) { try ZonalWorker<Value>(self) }
        _ = try mapInParallel(count: tiling.count, threads: visitors.count) { worker, index in
            try Interruption.check()
            let unit = tiling[index]
            let zones = coverages.indices.filter {
                !coverages[$0].window.intersection(unit).isEmpty
            }
            if !zones.isEmpty {
                let cells = try workers.value(of: worker)
                try cells.read(window(of: zones, in: unit), self)
                for (strip, tile) in tiling.tiles(of: unit) {
                    for zone in zones {
                        try visit(zone, strip, tile, cells, visitors[worker])
                    }
                }
            }
            endUnit(visitors[worker], index)
        }
    }

    /// The part of a unit that zones cover.
    private func window(of zones: [Int], in unit: CellWindow) -> CellWindow {
        let parts = zones.map { coverages[$0].window.intersection(unit) }
        let row = parts.map(\.row).min() ?? unit.row
        let column = parts.map(\.column).min() ?? unit.column
        return CellWindow(
            row: row, column: column,
            rows: (parts.map { $0.row + $0.rows }.max() ?? row) - row,
            columns: (parts.map { $0.column + $0.columns }.max() ?? column) - column)
    }

    private func visit<Visitor: ZonalVisitor>(
        _ zone: Int, _ strip: Int, _ tile: CellWindow, _ cells: ZonalWorker<Value>,
        _ visitor: Visitor
    ) throws(ZonalError) where Visitor.Value == Value {
        let coverage = coverages[zone]
        let meeting = coverage.window.intersection(tile)
        guard !meeting.isEmpty else { return }
        coverage.fractions.withUnsafeBufferPointer { fractions in
            for row in meeting.row..<meeting.row + meeting.rows {
                let start = (row - cells.window.row) * cells.window.columns - cells.window.column
                let unit = cellWeights?[row] ?? 1
                for run in coverage.runs(inRow: row) {
                    let first = max(run.firstColumn, tile.column)
                    let end = min(run.endColumn, tile.column + tile.columns)
                    guard first < end else { continue }
                    let partial = run.fractionOffset.flatMap { offset in
                        fractions.baseAddress.map { $0 + offset + first - run.firstColumn }
                    }
                    visitor.visit(
                        zone: zone,
                        ZonalSegment(
                            row: row, firstColumn: first, count: end - first,
                            values: cells.values + start + first, fractions: partial, unit: unit,
                            amounts: cells.amounts.map { UnsafePointer($0 + start + first) }))
                }
            }
        }
        try visitor.endTile(zone: zone, strip: strip)
    }
}

/// The open files and buffers of one worker.
private final class ZonalWorker<Value: ZonalValue> {
    private let source: RasterSource
    private let weightSource: RasterSource?
    private(set) var window = CellWindow(row: 0, column: 0, rows: 0, columns: 0)
    private var capacity = 0
    /// The cells of `window`, row after row; NaN = no value, zero is positive.
    private(set) var values: UnsafeMutablePointer<Value>
    /// The weights of the same cells; 0 = none.
    private(set) var amounts: UnsafeMutablePointer<Float>?

    init(_ reader: ZonalReader<Value>) throws(GeoError) {
        source = try RasterSource(reader.layer.raster)
        weightSource =
            if let weights = reader.weights { try RasterSource(weights.raster) } else { nil }
        values = .allocate(capacity: 0)
    }

    deinit {
        values.deallocate()
        amounts?.deallocate()
    }

    func read(_ window: CellWindow, _ reader: ZonalReader<Value>) throws {
        self.window = window
        if window.count > capacity {
            values.deallocate()
            amounts?.deallocate()
            amounts = nil
            capacity = window.count
            values = .allocate(capacity: capacity)
            if weightSource != nil { amounts = .allocate(capacity: capacity) }
        }
        try Value.read(source, band: reader.layer.band, window: window, into: values)
        clean(reader)
        guard let weightSource, let amounts, let weights = reader.weights else { return }
        try weightSource.read(band: weights.band, window: window, into: amounts)
        guard Self.cleanWeights(amounts, window.count, nodata: weights.bandInfo.nodata) else {
            throw ZonalError(
                .negativeWeight, at: weights.place,
                "holds a weight below 0 (expected amounts such as people)",
                mend: "State its nodata value with gdal_edit.py -a_nodata, or correct the raster")
        }
    }

    private func clean(_ reader: ZonalReader<Value>) {
        let sign = Value(reader.sign)
        let nodata = Self.sentinel(reader.layer.bandInfo.nodata) * sign
        let values = values
        for i in 0..<window.count {
            // Adding 0 leaves one zero.
            let value = values[i] * sign + 0
            values[i] = value == nodata || value != value ? .nan : value
        }
    }

    /// Returns false when one of them is below 0.
    private static func cleanWeights(
        _ amounts: UnsafeMutablePointer<Float>, _ count: Int, nodata: Double?
    ) -> Bool {
        let nodata = ZonalWorker<Float>.sentinel(nodata)
        var least: Float = 0
        for i in 0..<count {
            let amount = amounts[i]
            let known = amount == nodata || amount != amount ? 0 : amount
            amounts[i] = known
            least = min(least, known)
        }
        return least >= 0
    }

    /// NaN, which equals nothing, where no cell can hold the number.
    private static func sentinel(_ nodata: Double?) -> Value {
        guard let nodata else { return .nan }
        let number = Value(nodata)
        return number.isFinite || nodata.isInfinite ? number : .nan
    }
}
