import Diagnostics
import GridCore

/// High or low.
public enum SpotKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Significantly more than elsewhere.
    case hot
    /// Significantly less than elsewhere.
    case cold
}

/// Significant cells that touch each other, by an edge or a corner.
public struct HotspotRegion: Hashable, Sendable, Codable {
    /// 1 for the first region; the value of its cells in
    /// `HotspotRegions.membership`.
    public let number: Int
    /// Its cells by row, then column.
    public let cells: [CellIndex]
    /// The cell with the most extreme z-score; the first of several.
    public let peak: CellIndex
    /// The z-score of the peak: positive for a hot spot, negative for a cold
    /// spot.
    public let peakZ: Double
    /// The strictest bin of its cells, 1...3: 90, 95 or 99 percent.
    public let strongestBin: Int
    /// Its outline along the edges of cells, in the CRS of the grid.
    ///
    /// Parts that touch at a corner only are separate polygons, so that the
    /// interior of each is connected, as simple features want it. Exterior
    /// rings run counter-clockwise, holes clockwise; corners only.
    public let outline: MultiPolygon
    /// Number of cells times the area of a cell.
    public let areaInSquareMeters: Double
}

/// The hot or cold spots of a grid.
public struct HotspotRegions: Sendable {
    public let kind: SpotKind
    /// By the row, then the column, of their first cell.
    public let regions: [HotspotRegion]
    /// The number of the region of each cell, 0 = none.
    public let membership: Grid<Int32>

    /// The region that holds a coordinate; nil in none or outside the grid.
    /// Cells are half-open, see `GridSpec.cell(containing:)`.
    public func region(containing coordinate: Coordinate) -> HotspotRegion? {
        guard let cell = membership.spec.cell(containing: coordinate) else { return nil }
        let number = Int(membership[cell])
        return number == 0 ? nil : regions[number - 1]
    }
}

/// Written without the cells' numbers, which the regions give.
extension HotspotRegions: Codable {
    private enum CodingKeys: CodingKey {
        case kind
        case regions
        case spec
    }

    /// - Throws: `DecodingError`, also when a cell lies outside the grid.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(SpotKind.self, forKey: .kind)
        regions = try values.decode([HotspotRegion].self, forKey: .regions)
        let spec = try values.decode(GridSpec.self, forKey: .spec)
        var numbers = [Int32](repeating: 0, count: spec.shape.count)
        for (index, region) in regions.enumerated() {
            for cell in region.cells {
                guard (0..<spec.shape.rows).contains(cell.row),
                    (0..<spec.shape.columns).contains(cell.column)
                else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .regions, in: values, debugDescription: "a cell outside the grid")
                }
                numbers[cell.row * spec.shape.columns + cell.column] = Int32(index + 1)
            }
        }
        membership = Grid(spec, cells: numbers)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(kind, forKey: .kind)
        try values.encode(regions, forKey: .regions)
        try values.encode(membership.spec, forKey: .spec)
    }
}

/// Groups significant cells into regions.
///
/// - Parameters:
///   - bins: raw values of `ConfidenceBin`; nodata belongs to no region.
///   - z: scores of the same cells.
///   - minimumBin: the weakest bin that counts, 1...3.
/// - Returns: no regions when no cell is significant.
/// - Throws: `.unsuitableGrid` unless north-up and in metres; `.mismatch`
///   when the shapes differ; `.unsuitableParameter` for another bin.
/// - Complexity: O(cells).
public func hotspotRegions(
    _ kind: SpotKind = .hot, bins: Grid<Int8>, z: Grid<Double>, minimumBin: Int = 1
) throws(HotspotError) -> HotspotRegions {
    try bins.spec.checkMetric()
    try checkRegionInput(bins: bins, z: z, minimumBin: minimumBin)
    let sign = kind == .hot ? 1 : -1
    let isMember = bins.withCells { bins in
        bins.map { $0 != ConfidenceBin.nodata && Int($0) * sign >= minimumBin }
    }
    let shape = bins.shape
    let touching = CellComponents(of: isMember, shape: shape, corners: true)
    let joined = CellComponents(of: isMember, shape: shape, corners: false)
    let outlines = CellOutlines(of: joined, on: bins.spec)
    let cellArea = bins.spec.columnWidth * bins.spec.rowHeight
    let regions = touching.members.enumerated().map { index, cells in
        let places = cells.map {
            CellIndex(row: $0 / shape.columns, column: $0 % shape.columns)
        }
        let peak = places.dropFirst().reduce(places[0]) { best, cell in
            z[cell] * Double(sign) > z[best] * Double(sign) ? cell : best
        }
        // Ascending numbers, as the first cells of parts are in scan order.
        let parts = Set(cells.map { joined.label[$0] }).sorted()
        return HotspotRegion(
            number: index + 1, cells: places, peak: peak, peakZ: z[peak],
            strongestBin: places.reduce(0) { max($0, Int(bins[$1]) * sign) },
            outline: MultiPolygon(parts.map { outlines.polygons[Int($0) - 1] }),
            areaInSquareMeters: Double(cells.count) * cellArea)
    }
    return HotspotRegions(
        kind: kind, regions: regions, membership: Grid(bins.spec, cells: touching.label))
}

private func checkRegionInput(
    bins: Grid<Int8>, z: Grid<Double>, minimumBin: Int
) throws(HotspotError) {
    guard bins.shape == z.shape else {
        throw HotspotError(
            .mismatch, "the bins have another shape than the z-scores",
            mend: "Take bins and scores of the same map")
    }
    guard (1...3).contains(minimumBin) else {
        throw HotspotError(
            .unsuitableParameter, "minimum bin: \(minimumBin) (expected 1, 2 or 3)",
            mend: "Use 1 for 90 %, 2 for 95 % or 3 for 99 % confidence")
    }
}
