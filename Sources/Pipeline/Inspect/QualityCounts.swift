import Geo
import GridCore
import Products

/// How many cells of a quality layer have each named value.
struct QualityCounts: Hashable {
    let layer: QualityLayer
    /// Cells by their 16-bit code.
    let codes: [Int]

    /// Reads the whole layer, some rows at a time.
    ///
    /// - Throws: `GeoError` when the cells cannot be read.
    init(of layer: QualityLayer, in source: RasterSource) throws {
        self.layer = layer
        let shape = source.info.shape
        var codes = [Int](repeating: 0, count: 65_536)
        let rowsAtOnce = max(1, min(shape.rows, Self.cellsAtOnce / max(1, shape.columns)))
        var cells = [UInt16](repeating: 0, count: rowsAtOnce * shape.columns)
        for row in stride(from: 0, to: shape.rows, by: rowsAtOnce) {
            let window = CellWindow(
                row: row, column: 0, rows: min(rowsAtOnce, shape.rows - row),
                columns: shape.columns)
            try source.read(band: 1, window: window, into: &cells)
            for cell in cells.prefix(window.count) { codes[Int(cell)] += 1 }
        }
        self.codes = codes
    }

    private static let cellsAtOnce = 1 << 20

    /// Cells that were not graded.
    var ungraded: Int { layer.fill.reduce(0) { $0 + codes[$1] } }

    /// Cells by named value of a field, in the order of the field; graded
    /// cells only.
    func counts(of field: QualityField) -> [Int] {
        field.values.map { value in
            graded.reduce(0) { sum, entry in
                value.codes.contains(field.value(in: entry.code)) ? sum + entry.count : sum
            }
        }
    }

    /// Graded cells whose value of a field has no name.
    func unnamed(in field: QualityField) -> Int {
        graded.reduce(0) { field.name(of: $1.code) == nil ? $0 + $1.count : $0 }
    }

    private var graded: [(code: Int, count: Int)] {
        codes.enumerated().filter { $1 > 0 && !layer.fill.contains($0) }.map { ($0, $1) }
    }

    /// A line for each field: `aerosol: climatology 12, low 3, ...`.
    var lines: [String] {
        let fields = layer.fields.map { field in
            var parts = zip(field.values, counts(of: field)).map { "\($0.name) \($1)" }
            let others = unnamed(in: field)
            if others > 0 { parts.append("without a name \(others)") }
            return "  \(field.name): \(parts.joined(separator: ", "))"
        }
        return ["quality layer \"\(layer.layer)\", cells by field (not graded: \(ungraded)):"] + fields
    }
}
