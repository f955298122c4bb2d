import Bases
import Foundation
import Geo
import GridCore
import Report
import Tables

/// Travel times as rasters; restricted only.
struct TravelRasters {
    let study: TravelStudy
    let caption: RunCaption
    let edition: Edition
    let folder: URL

    /// The rasters of a season, written plain, to be published.
    func items(_ analysis: CoverageAnalysis) throws -> [RasterPublisher.Item] {
        let season = analysis.scene.season.rawValue
        let times = analysis.scene.times
        return [
            try item(
                "travel_time_\(season)", "Minutes to the nearest base, \(season) season",
                "minutes", times.firstMinutes.map { $0 < .infinity ? Float($0) : -1 }),
            try item(
                "second_time_\(season)",
                "Minutes to the nearest base but one, \(season) season", "minutes",
                times.secondMinutes.map { $0 < .infinity ? Float($0) : -1 }),
            try item(
                "nearest_base_\(season)",
                "Nearest base, \(season) season: its number in the list of bases", "",
                times.firstBase.map { $0 == TravelTimes.noBase ? -1 : Float($0) },
                isCategorical: true),
        ]
    }

    private func item(
        _ name: String, _ title: String, _ unit: String, _ grid: Grid<Float>,
        isCategorical: Bool = false
    ) throws -> RasterPublisher.Item {
        var metadata = [
            RasterInfo.MetadataEntry(key: "EDITION", value: edition.choice.rawValue),
            RasterInfo.MetadataEntry(key: "AS_OF", value: "\(caption.asOf)"),
            RasterInfo.MetadataEntry(
                key: "PROFILE", value: study.model.travelProfileNote),
        ]
        if caption.isSynthetic {
            metadata.append(RasterInfo.MetadataEntry(key: "SYNTHETIC", value: "yes"))
        }
        if isCategorical {
            metadata.append(
                RasterInfo.MetadataEntry(
                    key: "BASES",
                    value: study.model.bases.enumerated().map { "\($0) \($1.id)" }
                        .joined(separator: "; ")))
        }
        let description = RasterDescription(
            spec: grid.spec, type: .float32, nodata: -1,
            bands: [.init(description: title, unit: unit)], metadata: metadata,
            isCategorical: isCategorical)
        let plain = folder.appendingPathComponent("\(name).plain.tif").path
        let writer = try RasterWriter(path: plain, description: description)
        var statistics = OutputStatistics()
        statistics.total = grid.count
        try grid.withCells { cells throws(GeoError) in
            for value in cells where value >= 0 { statistics.add(Double(value)) }
            guard let base = cells.baseAddress else { return }
            try writer.write(band: 1, window: CellWindow(grid.shape), cells: base)
        }
        writer.setStatistics([statistics.band])
        try writer.close()
        return RasterPublisher.Item(
            path: "coverage/\(name).tif", plain: plain, title: title, description: description,
            picture: nil)
    }
}

extension TravelModel {
    /// For the metadata of rasters.
    var travelProfileNote: String {
        "speeds by class, \(ground.rule.moves.rawValue) moves, corner rule \(ground.rule.corners.rawValue)"
    }
}
