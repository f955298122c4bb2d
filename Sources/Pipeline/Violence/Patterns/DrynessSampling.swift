import Geo
import GridCore

/// Takes dryness, 100 - VCI, off a raster of VCI in percent.
struct DrynessSampling {
    let source: RasterSource
    private let raster: GridSpec

    init(vci reference: RasterReference) throws {
        source = try RasterSource(reference)
        raster = try source.gridSpec()
    }

    /// Dryness of the raster's cell that holds each cell's centre; NaN where
    /// the raster has no value or does not reach.
    ///
    /// Reads the rows of the raster that are needed, one by one.
    func dryness(on spec: GridSpec) throws -> Grid<Double> {
        let columns = spec.shape.columns
        let centers = (0..<spec.shape.count).map {
            spec.center(of: CellIndex(row: $0 / columns, column: $0 % columns))
        }
        let places = try CoordinateTransform(from: spec.crs, to: raster.crs)(centers)
        let samples = places.enumerated().compactMap { cell, place in
            raster.cell(containing: place).map { (cell: cell, at: $0) }
        }.sorted { ($0.at.row, $0.at.column, $0.cell) < ($1.at.row, $1.at.column, $1.cell) }
        var dryness = [Double](repeating: .nan, count: spec.shape.count)
        var values = [Float](repeating: .nan, count: raster.shape.columns)
        var row = -1
        for sample in samples {
            if sample.at.row != row {
                row = sample.at.row
                try read(row, into: &values)
            }
            dryness[sample.cell] = 100 - Double(values[sample.at.column])
        }
        return Grid(spec, cells: dryness)
    }

    private func read(_ row: Int, into values: inout [Float]) throws {
        let window = CellWindow(row: row, column: 0, rows: 1, columns: raster.shape.columns)
        try values.withUnsafeMutableBufferPointer { cells in
            guard let base = cells.baseAddress else { return }
            try source.read(band: 1, window: window, into: base)
        }
    }
}
