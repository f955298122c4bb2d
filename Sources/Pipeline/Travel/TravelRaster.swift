import Diagnostics
import Geo
import GridCore

/// A raster that travel is computed from, checked.
struct TravelRaster: Sendable {
    var raster: RasterReference
    var spec: GridSpec
    /// Stored number that means 'no value'.
    var nodata: Double?

    /// Checks that the file is a raster of one band with a CRS; nil after a
    /// report.
    init?(_ file: ConfiguredPath, _ log: inout ProblemLog) {
        let reference = RasterReference(name: file.written, path: file.path)
        guard let info = log.attempt({ try RasterSource(reference).info }),
            let spec = log.attempt({ try info.gridSpec() })
        else { return nil }
        guard info.bands.count == 1 else {
            log.add(
                PipelineError(
                    .wrongBandCount, at: Place(file: file.written),
                    "has \(info.bands.count) bands (expected 1)",
                    mend: "Take the band out with gdal_translate -b"))
            return nil
        }
        raster = reference
        self.spec = spec
        nodata = info.bands[0].nodata
    }

    /// All cells; NaN for nodata.
    ///
    /// - Throws: `GeoError` when the file cannot be read.
    func read() throws -> Grid<Float> { try read(CellWindow(spec.shape), of: spec) }

    private func read(_ window: CellWindow, of spec: GridSpec) throws -> Grid<Float> {
        let source = try RasterSource(raster)
        let missing = nodata.map { Float($0) }
        return try Grid(spec) { cells in
            guard let base = cells.baseAddress else { return }
            try source.read(band: 1, window: window, into: base)
            guard let missing else { return }
            for index in cells.indices where cells[index] == missing { cells[index] = .nan }
        }
    }

    /// The value at the centre of every cell of another grid: that of the
    /// cell which holds it; NaN outside and for nodata.
    ///
    /// - Throws: `GeoError` when the file cannot be read or the centres have
    ///   no place in its CRS.
    func sampled(on target: GridSpec) throws -> Grid<Float> {
        guard !spec.isSameGrid(as: target) else { return try read() }
        let transform = try CoordinateTransform(from: target.crs, to: spec.crs)
        let columns = target.shape.columns
        // Row by row, so that the way from one CRS to the other takes little
        // memory; the part of the raster that is needed is read once.
        var found: [Int32] = []
        found.reserveCapacity(target.shape.count)
        var rows = (least: Int.max, greatest: Int.min)
        for row in 0..<target.shape.rows {
            let centers = (0..<columns).map { target.center(of: CellIndex(row: row, column: $0)) }
            for center in try transform(centers) {
                guard let cell = spec.cell(containing: center) else {
                    found.append(-1)
                    continue
                }
                rows = (min(rows.least, cell.row), max(rows.greatest, cell.row))
                found.append(Int32(cell.row * spec.shape.columns + cell.column))
            }
        }
        guard rows.least <= rows.greatest else { return Grid(target, filledWith: .nan) }
        let window = CellWindow(
            row: rows.least, column: 0, rows: rows.greatest - rows.least + 1,
            columns: spec.shape.columns)
        var part = spec
        part.shape = window.shape
        let values = try read(window, of: part)
        let offset = window.row * spec.shape.columns
        return values.withCells { values in
            Grid(target) { cells in
                for index in cells.indices {
                    let cell = Int(found[index])
                    cells[index] = cell < 0 ? .nan : values[cell - offset]
                }
            }
        }
    }
}
