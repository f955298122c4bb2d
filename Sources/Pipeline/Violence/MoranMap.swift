import Foundation
import Geo
import GridCore
import Hotspots
import Report

/// Clusters and outliers on the working grid, by local Moran's I.
struct MoranMap: Sendable {
    /// Raw values of `LocalMoranLabel`: 1 to 4 where significant, 0 where
    /// not, 5 without neighbours; NaN in cells that take no part.
    let labels: Grid<Float>
    /// Cells by raw value, 0 to 5.
    private let cells: [Int]

    /// - Parameter moran: of the cells of `spec`, row after row.
    init(_ moran: LocalMoran, on spec: GridSpec, _ section: LocalMoranConfiguration) {
        let found = moran.labels(
            level: section.level.fraction, correction: section.correction.rule)
        labels = Grid(
            spec, cells: found.map { $0 == .masked ? .nan : Float($0.rawValue) })
        cells = (UInt8(0)...5).map { code in found.count { $0.rawValue == code } }
    }

    func count(_ label: LocalMoranLabel) -> Int {
        label == .masked ? labels.count - cells.reduce(0, +) : cells[Int(label.rawValue)]
    }
}

/// What a raster of a `MoranMap` says of itself.
struct MoranRaster {
    /// In the run directory, ending with `.tif`.
    var path: String
    var title: String
    var table: ClassTable
    /// What is mapped, and of when.
    var subject: String
    /// Beside those that every such raster has.
    var metadata: [(String, String)]

    func item(
        _ map: MoranMap, _ configuration: HotspotsConfiguration,
        _ section: LocalMoranConfiguration, caption: RunCaption, credits: [SourceCredit],
        area: WorkingArea, borders: [MultiPolygon], folder: URL
    ) throws -> RasterPublisher.Item {
        let codes = table.entries.sorted { $0.code < $1.code }.map { "\($0.code) \($0.label)" }
        let raster = WorkingGridRaster(
            path: path, title: title, unit: "", content: .classes(table),
            subtitle: [
                caption.title,
                "\(subject); eight neighbours, \(section.permutations) permutations, level "
                    + "\(section.level), correction \(section.correction.rawValue)",
                "Equal-area grid, cells of \(configuration.cell), sides in km from its centre",
            ],
            metadata: [
                ("TITLE", caption.title), ("WEIGHT", configuration.weight.rawValue),
                ("CLASSES", codes.joined(separator: "; ")),
                ("PERMUTATIONS", "\(section.permutations)"), ("LEVEL", "\(section.level)"),
                ("CORRECTION", section.correction.rawValue), ("SEED", "\(section.seed)"),
                ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
            ] + metadata + (caption.isSynthetic ? [("SYNTHETIC", "YES: invented data")] : []),
            isCategorical: true)
        return try raster.item(
            map.labels, caption: caption, credits: credits, area: area, borders: borders,
            folder: folder)
    }
}

extension LocalMoranConfiguration {
    var options: LocalMoranOptions {
        LocalMoranOptions(permutations: permutations, seed: UInt64(seed))
    }
}

extension ViolenceField {
    /// Masses in incidents; NaN in cells that are not compared.
    func masses(_ units: Grid<Int64>) -> Grid<Double> {
        Grid<Double>(
            units.spec,
            cells: zip(units.cells, valid.cells).map { units, valid in
                valid == 0 ? .nan : MassUnits(units: units).events
            })
    }

    /// Clusters and outliers of masses; nil when they are not asked for.
    func moran(of units: Grid<Int64>) throws -> MoranMap? {
        guard let section = configuration.moran else { return nil }
        let moran = try localMoran(
            of: masses(units), neighbourhood: .queen, options: section.options, threads: threads)
        return MoranMap(moran, on: units.spec, section)
    }
}
