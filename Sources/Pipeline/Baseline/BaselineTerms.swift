import Calendar
import GridCore
import Tables

/// What two climatologies must agree in so that cell stands for cell and
/// number for number.
struct BaselineTerms: Hashable, Sendable, Decodable {
    /// Raised when the same files would give other bytes.
    static let algorithm = 1

    struct Grid: Hashable, Sendable, Decodable {
        var rows: Int
        var columns: Int
        /// GDAL's six numbers.
        var geotransform: [Double]
        var crs: String
    }

    struct Block: Hashable, Sendable, Decodable {
        var rows: Int
        var columns: Int
    }

    var algorithm: Int
    var grid: Grid
    /// Cells that are stored together, as in the stack.
    var block: Block
    var periods: String
    /// `Int16` or `Float32`: how samples are read.
    var samples: String
    var scale: Double
    var offset: Double
    var fill: [Double]
    var validRange: [Double]
    /// SHA-256 of the list of accepted quality codes; nil when quality is not
    /// looked at.
    var quality: String?

    enum CodingKeys: String, CodingKey {
        case algorithm, grid, block, periods, samples, scale, offset, fill
        case validRange = "valid_range"
        case quality
    }

    init(_ stack: RasterStack) {
        let transform = stack.spec.geotransform
        algorithm = Self.algorithm
        grid = Grid(
            rows: stack.spec.shape.rows, columns: stack.spec.shape.columns,
            geotransform: [
                transform.originX, transform.cellWidth, transform.rowRotation, transform.originY,
                transform.columnRotation, transform.cellHeight,
            ], crs: stack.spec.crs.text)
        block = Block(rows: stack.block.rows, columns: stack.block.columns)
        periods = stack.scheme.rawValue
        samples = stack.fitsInt16 ? "Int16" : "Float32"
        scale = stack.scale
        offset = stack.offset
        fill = stack.rule.fill.map { Double($0) }
        validRange = [
            Double(stack.rule.validRange.lowerBound), Double(stack.rule.validRange.upperBound),
        ]
        quality = stack.acceptedQuality.map { accepted in
            Digest(of: accepted.map { $0 ? 1 : 0 }).sha256
        }
    }

    var json: JSONValue {
        [
            "algorithm": .integer(algorithm),
            "grid": [
                "rows": .integer(grid.rows), "columns": .integer(grid.columns),
                "geotransform": .array(grid.geotransform.map { .number($0) }),
                "crs": .string(grid.crs),
            ],
            "block": ["rows": .integer(block.rows), "columns": .integer(block.columns)],
            "periods": .string(periods), "samples": .string(samples), "scale": .number(scale),
            "offset": .number(offset), "fill": .array(fill.map { .number($0) }),
            "valid_range": .array(validRange.map { .number($0) }), "quality": .optional(quality),
        ]
    }

    /// In what these terms differ from `wanted`, for people; nil when they
    /// agree.
    func difference(from wanted: BaselineTerms) -> String? {
        guard self != wanted else { return nil }
        func found(_ name: String, _ mine: some Equatable, _ theirs: some Equatable) -> String {
            "\(name) (found \(mine), expected \(theirs))"
        }
        if algorithm != wanted.algorithm {
            return found("version of its algorithm", algorithm, wanted.algorithm)
        }
        if grid != wanted.grid { return found("grid", grid.summary, wanted.grid.summary) }
        if periods != wanted.periods { return found("periods", periods, wanted.periods) }
        if samples != wanted.samples { return found("type of samples", samples, wanted.samples) }
        if scale != wanted.scale { return found("scale", scale, wanted.scale) }
        if offset != wanted.offset { return found("offset", offset, wanted.offset) }
        if fill != wanted.fill { return found("fill", fill, wanted.fill) }
        if validRange != wanted.validRange {
            return found("valid_range", validRange, wanted.validRange)
        }
        if quality != wanted.quality { return "rule for quality" }
        return found(
            "block", "\(block.rows) x \(block.columns)",
            "\(wanted.block.rows) x \(wanted.block.columns)")
    }
}

extension BaselineTerms.Grid {
    fileprivate var summary: String {
        guard geotransform.count == 6 else { return "\(rows) x \(columns) cells" }
        let name = crs.hasPrefix("EPSG:") ? crs : "its own CRS"
        return "\(rows) x \(columns) cells of \(geotransform[1]) from (\(geotransform[0]), "
            + "\(geotransform[3])), \(name)"
    }
}
