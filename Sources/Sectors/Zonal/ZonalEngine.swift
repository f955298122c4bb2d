import Diagnostics
import Geo
import GridCore

/// Statistics of a raster file of any size in zones, with the exact covered
/// fraction of every cell.
///
/// The file is read in parts along its own blocks, on several threads; what is
/// held grows with the outlines of the zones, not with the raster. Results
/// depend neither on the threads nor on how the file is stored, bit for bit.
///
/// The weights are those of exactextract (D. Baston, ISciences): a cell counts
/// by the fraction of it that a zone covers. Zones may overlap; each is summed
/// by itself.
public struct ZonalEngine: Sendable {
    /// The grid of the raster.
    public let spec: GridSpec
    private let values: ZonalLayer
    private let weights: ZonalLayer?
    private let sign: Int
    private let scale: Double
    private let offset: Double
    /// Cells that quantiles may hold at a time, 16 bytes each.
    var mostCells = 4 << 20

    /// Opens the raster and, where cells have weights of their own, such as
    /// people, the raster of weights: on the same grid, in Float32; nodata and
    /// 0 are no weight.
    ///
    /// The values are the stored numbers times the scale plus the offset that
    /// the file states; nodata as stated, and NaN, are no value.
    ///
    /// - Parameters:
    ///   - band: from 1.
    ///   - weightBand: from 1.
    /// - Throws: `GeoError` of a file that cannot be read, has no such band or
    ///   no place on a map; `ZonalError` of weights on another grid or a scale
    ///   that is none.
    public init(
        values: RasterReference, band: Int = 1, weights: RasterReference? = nil,
        weightBand: Int = 1
    ) throws {
        let layer = try Self.open(values, band: band)
        spec = try layer.info.gridSpec()
        self.values = layer
        self.weights =
            if let weights { try Self.open(weights, band: weightBand) } else { nil }
        let stated = layer.bandInfo.scale ?? 1
        offset = layer.bandInfo.offset ?? 0
        guard stated.isFinite, stated != 0, offset.isFinite else {
            throw ZonalError(
                .wrongScale, at: layer.place,
                "states the scale \(stated) and the offset \(offset) (expected numbers, the scale "
                    + "not 0)",
                mend: "Correct them with gdal_edit.py -scale -offset")
        }
        sign = stated < 0 ? -1 : 1
        scale = abs(stated)
        if let other = self.weights { try Self.check(other, on: spec) }
    }

    /// The statistics of every zone, in their order; those of a zone outside
    /// the raster are empty.
    ///
    /// - Parameters:
    ///   - zones: in the CRS of `spec`; rings may run either way.
    ///   - threads: at least 1; the result does not depend on it.
    /// - Throws: `ZonalError` of a zone without a finite position, a weight
    ///   below 0 or classes that are none; `GeoError` of a damaged file;
    ///   `Interrupted`.
    public func statistics(
        of zones: [MultiPolygon], _ request: ZonalRequest = ZonalRequest(), threads: Int = 1
    ) throws -> [ZonalStatistics] {
        try statistics(in: coverages(of: zones, threads: threads), request, threads: threads)
    }

    /// The covered fractions of the cells of `spec`, zone by zone.
    ///
    /// - Throws: `ZonalError` of a zone without a finite position.
    public func coverages(of zones: [MultiPolygon], threads: Int = 1) throws -> [CellCoverage] {
        for (number, zone) in zones.enumerated() { try check(zone, number: number) }
        return try mapInParallel(count: zones.count, threads: threads) { _, index in
            CellCoverage(of: zones[index], on: spec)
        }
    }

    /// The statistics of zones whose cover of the cells of `spec` is known.
    ///
    /// - Throws: as `statistics(of:_:threads:)`.
    public func statistics(
        in coverages: [CellCoverage], _ request: ZonalRequest = ZonalRequest(), threads: Int = 1
    ) throws -> [ZonalStatistics] {
        switch values.bandInfo.type {
        case .uint8, .uint16, .int16, .float32:
            try sums(Float.self, coverages, request, threads).statistics()
        case .uint32, .int32, .float64:
            try sums(Double.self, coverages, request, threads).statistics()
        }
    }

    private func sums<Value: ZonalValue>(
        _ type: Value.Type, _ coverages: [CellCoverage], _ request: ZonalRequest, _ threads: Int
    ) throws(GeoError) -> ZonalSums<Value> {
        let areas =
            request.unit == .area || request.classes ? try CellAreas(of: spec) : nil
        let reader = ZonalReader<Value>(
            layer: values, sign: sign, weights: weights,
            tiling: ZonalTiling(shape: spec.shape, block: values.bandInfo.block),
            coverages: coverages, cellWeights: request.unit == .area ? areas : nil)
        return ZonalSums(
            reader: reader, request: request, classAreas: request.classes ? areas : nil,
            threads: max(1, threads), mostCells: mostCells, scale: scale, offset: offset)
    }

    private static func open(_ reference: RasterReference, band: Int) throws(GeoError)
        -> ZonalLayer
    {
        let source = try RasterSource(reference)
        guard source.info.bands.indices.contains(band - 1) else {
            throw GeoError(
                .noSuchBand, at: Place(file: reference.name, band: band),
                "there is no such band (found \(source.info.bands.count) bands)",
                mend: "Name one of them, from 1")
        }
        return ZonalLayer(raster: source.closed, info: source.info, band: band)
    }

    private static func check(_ weights: ZonalLayer, on spec: GridSpec) throws {
        let other = try weights.info.gridSpec()
        let (a, b) = (spec.geotransform, other.geotransform)
        // A thousandth of a cell over the whole raster: rounding, no shift.
        let tolerance = 1e-3
        let columns = Double(spec.shape.columns)
        let rows = Double(spec.shape.rows)
        let isSamePlane = try SpatialReference(spec.crs).isSame(as: SpatialReference(other.crs))
        let isSame =
            isSamePlane && other.shape == spec.shape
            && abs(a.originX - b.originX) <= tolerance * a.cellWidth
            && abs(a.originY - b.originY) <= tolerance * -a.cellHeight
            && abs(a.cellWidth - b.cellWidth) * columns <= tolerance * a.cellWidth
            && abs(a.cellHeight - b.cellHeight) * rows <= tolerance * -a.cellHeight
        guard isSame else {
            throw ZonalError(
                .otherGrid, at: weights.place,
                "lies on another grid (found \(other.shape.rows) x \(other.shape.columns) cells of "
                    + "\(b.cellWidth) x \(-b.cellHeight) from \(b.originX), \(b.originY); expected "
                    + "\(spec.shape.rows) x \(spec.shape.columns) of \(a.cellWidth) x "
                    + "\(-a.cellHeight) from \(a.originX), \(a.originY))",
                mend: "Warp it onto the grid of the values with gdalwarp -te -ts, with -r sum for "
                    + "amounts such as people")
        }
    }

    private func check(_ zone: MultiPolygon, number: Int) throws(ZonalError) {
        // Beyond this, fractions of cells cannot be told.
        let limit = 1e12
        let transform = spec.geotransform
        for polygon in zone.polygons {
            for ring in [polygon.exterior] + polygon.holes {
                for vertex in ring {
                    let column = (vertex.x - transform.originX) / transform.cellWidth
                    let row = (vertex.y - transform.originY) / transform.cellHeight
                    if abs(column) <= limit, abs(row) <= limit { continue }
                    throw ZonalError(
                        .wrongPosition, at: Place(feature: "zone \(number + 1)"),
                        "has the vertex \(vertex.x), \(vertex.y), which is no place near the "
                            + "raster",
                        mend: "Check the CRS of the zones, and cut them to the area of the raster")
                }
            }
        }
    }
}

extension CellAreas {
    /// The areas of the cells of a grid: on the ellipsoid where it is one of
    /// longitude and latitude, else width times height in metres.
    ///
    /// - Throws: `GeoError` when the CRS is unknown.
    public init(of spec: GridSpec) throws(GeoError) {
        if let meters = try SpatialReference(spec.crs).metersPerUnit {
            self.init(projected: spec, metersPerUnit: meters)
        } else {
            self.init(geographic: spec)
        }
    }
}
