import Diagnostics
import Geo
import GridCore
import Sectors
import Tables

/// Statistics of a raster file in the zones of a vector file, as a table.
public struct ZonalTask: Sendable {
    public static let units = ZonalRequest.Unit.allCases.map(\.rawValue)
    public static let quantileRules = ZonalRequest.QuantileRule.allCases.map(\.rawValue)

    private let raster: String
    private let band: Int
    private let zones: String
    private let zoneID: String?
    private let weights: String?
    private let statistics: [ZonalStatistic]
    private var request = ZonalRequest()

    /// - Parameters:
    ///   - raster: path of any raster that Jilaal reads.
    ///   - band: from 1.
    ///   - zones: path of polygons, which may overlap.
    ///   - zoneID: attribute that identifies them; nil: their number in the
    ///     file.
    ///   - weights: path of a raster on the same grid; its first band counts.
    ///   - unit: one of `units`.
    ///   - quantileRule: one of `quantileRules`.
    /// - Returns: nil for another unit or rule.
    public init?(
        raster: String, band: Int = 1, zones: String, zoneID: String? = nil,
        weights: String? = nil, statistics: [ZonalStatistic], unit: String, quantileRule: String
    ) {
        guard let unit = ZonalRequest.Unit(rawValue: unit),
            let rule = ZonalRequest.QuantileRule(rawValue: quantileRule)
        else { return nil }
        self.raster = raster
        self.band = band
        self.zones = zones
        self.zoneID = zoneID
        self.weights = weights
        self.statistics = statistics
        request.unit = unit
        request.classes = statistics.contains(.classes)
        request.spread = statistics.contains(.stdev) || statistics.contains(.variance)
        request.quantiles = statistics.compactMap { statistic in
            guard case .quantile(let share) = statistic else { return nil }
            return ZonalRequest.Quantile(share, rule)
        }
    }

    /// One row per zone, in the order of the file.
    ///
    /// - Throws: `FailureList` of zones that are no areas; `GeoError` and
    ///   `ZonalError` of rasters; `Interrupted`.
    public func table(threads: Int) throws -> ZonalResultTable {
        let engine = try ZonalEngine(
            values: RasterReference(name: raster, path: raster), band: band,
            weights: weights.map { RasterReference(name: $0, path: $0) })
        let zones = try readZones()
        let areas = try RasterZones.projected(zones, to: engine.spec)
        let results = try engine.statistics(of: areas, request, threads: threads)
        return ZonalResultTable(
            table: table(zones, results), description: description, sources: [raster, self.zones])
    }

    private func readZones() throws -> ZoneSet {
        let layer = try VectorSource(path: zones, writtenAs: zones).readFeatures()
        var failures: [any Diagnostic] = layer.problems
        var read: [Zone] = []
        var seen: Set<String> = []
        for (number, feature) in layer.features.enumerated() {
            let place = Place(file: zones, feature: feature.id)
            let id = zoneID.map { feature.text($0) ?? "" } ?? String(number + 1)
            if id.isEmpty {
                failures.append(missing(zoneID ?? "", in: layer, at: place))
                break
            }
            guard seen.insert(id).inserted else {
                failures.append(
                    PipelineError(
                        .duplicateIdentifier, at: place,
                        "the identifier \"\(id)\" is there twice",
                        mend: "Make it unique, or name another attribute with --zone-id"))
                continue
            }
            guard case .polygons(let area) = feature.geometry else {
                failures.append(
                    PipelineError(
                        .wrongGeometry, at: place, "is not a polygon",
                        mend: "Give areas, or remove the feature"))
                continue
            }
            read.append(Zone(id: id, name: id, area: area, areaInSquareMeters: 0))
        }
        guard failures.isEmpty else { throw FailureList(failures) }
        return ZoneSet(file: zones, zones: read, isApproximate: false)
    }

    private func missing(_ field: String, in layer: VectorLayer, at place: Place) -> PipelineError {
        let fields = layer.info.fields.map(\.name)
        return PipelineError(
            .missingColumn, at: place,
            "has no value for \"\(field)\" (found the attributes \(fields.joined(separator: ", ")))",
            mend: "Name another attribute with --zone-id, or leave it out to number the zones")
    }

    private func table(_ zones: ZoneSet, _ results: [ZonalStatistics]) -> CSVTable {
        let codes =
            request.classes ? Set(results.flatMap { $0.classes.map(\.code) }).sorted() : []
        var columns = [
            ColumnDescription("zone", .string, "Identifier of the zone"),
            ColumnDescription(
                "covered_cells", .number, unit: "cells",
                "Area of the zone inside the raster, in cells"),
        ]
        columns += statistics.compactMap(\.column)
        columns += codes.map {
            ColumnDescription("class_\($0)_km2", .number, unit: "km2", "Area of the cells of code \($0)")
        }
        var table = CSVTable(columns: columns)
        for (zone, result) in zip(zones.zones, results) {
            var row: [Cell] = [.text(zone.id), .number(result.coveredCells)]
            var quantile = 0
            for statistic in statistics where statistic != .classes {
                row.append(statistic.cell(result, quantile: quantile))
                if case .quantile = statistic { quantile += 1 }
            }
            let areas = Dictionary(
                uniqueKeysWithValues: result.classes.map { ($0.code, $0.squareMeters) })
            row += codes.map { .number((areas[$0] ?? 0) / 1e6) }
            table.append(row)
        }
        return table
    }

    private var description: String {
        let weight =
            request.unit == .area ? "the covered area in square metres" : "the covered fraction of the cell"
        let amounts = weights.map { " times its cell of \($0)" } ?? ""
        return "Statistics of \(raster), band \(band), in the zones of \(zones). A cell weighs "
            + "\(weight)\(amounts)."
    }
}

/// A table of zones, to be printed or written.
public struct ZonalResultTable: Sendable {
    public let table: CSVTable
    let description: String
    let sources: [String]

    /// The table as CSV.
    public var text: String { CSVWriter().text(table) }

    /// One object per zone.
    public var json: JSONValue { TableJSON.rows(of: table) }

    /// Writes the table as CSV with its data dictionary beside it, each of
    /// them whole or not at all.
    ///
    /// - Throws: `PublishError`.
    public func write(to path: String) throws(PublishError) {
        let stem = path.hasSuffix(".csv") ? String(path.dropLast(".csv".count)) : path
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let dictionary = DataDictionary(
            resourcePath: name, title: "Statistics by zone", description: description,
            columns: table.columns, licences: [],
            sources: sources.map { DataDictionary.Source(title: $0) })
        try WholeFile.write(Array(dictionary.text.utf8), to: stem + ".datapackage.json")
        try WholeFile.write(CSVWriter().utf8(table), to: path)
    }
}
