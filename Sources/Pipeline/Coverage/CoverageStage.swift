import Bases
import Diagnostics
import Foundation
import Geo
import GridCore
import Tables

/// Publishes who is reached by the bases, how fast, and who is not.
struct CoverageStage {
    let study: TravelStudy
    let profile: TravelProfileChoice
    let edition: Edition
    let caption: RunCaption
    let pictures: TravelPictures
    let threads: Int

    private var model: TravelModel { study.model }

    /// Dry and wet, of each profile that differs.
    private func analyses() throws -> [CoverageAnalysis] {
        let profiles: [TravelProfileChoice] =
            model.hotspotSquareMeters == nil ? [.physical] : [.physical, .secured]
        return try profiles.flatMap { profile in
            try [TravelSeason.dry, .wet].map { try study.analysis($0, profile) }
        }
    }

    func write(to room: StageRunner.Room) throws {
        let sink = room.sink
        let all = try analyses()
        let shown = try [TravelSeason.dry, .wet].map { try study.analysis($0, profile) }
        let tables = CoverageTables(study: study, edition: edition)
        let note = "\(edition.note) As of \(caption.asOf)."
            + (caption.isSynthetic ? " Synthetic data." : "")
        try sink.write(
            tables.sectors(all), to: "coverage/sector_coverage.csv",
            title: "Coverage by travel time, per sector", description: note, sources: [])
        if let districts = tables.districts(all) {
            try sink.write(
                districts, to: "coverage/district_coverage.csv",
                title: "Coverage by travel time, per district", description: note, sources: [])
        }
        let ground = GroundTables(edition: edition)
        try sink.write(
            ground.friction(all.map(\.scene) + [try study.floodScene()].compactMap { $0 }),
            to: "coverage/friction_log.csv", title: "Classes and speeds behind the travel times",
            description: note, sources: [])
        if let wet = shown.last {
            try sink.write(
                try pictures.sectors(wet, edition), to: "coverage/sector_coverage.png",
                title: "Map of coverage by sector", mediaType: MediaType.png)
        }
        if edition.isPublic {
            try writeGapCells(to: sink, note)
        } else {
            try writeRestricted(all, shown, ground, room, note)
        }
    }

    private func writeGapCells(to sink: OutputSink, _ note: String) throws {
        let cells = GapCells(study: study, caption: caption, edition: edition)
        try sink.write(
            try GeoJSONWriter().utf8(
                try cells.features(.wet, profile), members: [edition.member]),
            to: "coverage/gap_cells.geojson",
            title: "Share of people beyond reach on cells of 25 km, bases of 30 days before",
            mediaType: MediaType.geoJSON)
    }

    private func writeRestricted(
        _ all: [CoverageAnalysis], _ shown: [CoverageAnalysis], _ ground: GroundTables,
        _ room: StageRunner.Room, _ note: String
    ) throws {
        let sink = room.sink
        let seams = SeamTables(study: study, edition: edition, caption: caption)
        try sink.write(
            seams.table(all), to: "coverage/seam_gaps.csv",
            title: "Seams between sectors: what neither side reaches", description: note,
            sources: [])
        try sink.write(
            try GeoJSONWriter().utf8(try seams.features(shown), members: [edition.member]),
            to: "coverage/seam_gaps.geojson",
            title: "Seams between sectors", mediaType: MediaType.geoJSON)
        try sink.write(
            ground.snapped(shown.map(\.scene)), to: "coverage/snapped.csv",
            title: "Places moved to passable land, and places off the network",
            description: note, sources: [])
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rasters = TravelRasters(
            study: study, caption: caption, edition: edition, folder: folder)
        let items = try shown.flatMap { try rasters.items($0) }
        try RasterPublisher(sink: sink, threads: threads).publish(items) {}
        try sink.write(
            try pictures.coverage(shown), to: "coverage/coverage_map.png",
            title: "Map of travel times to the nearest base", mediaType: MediaType.png)
    }

    // MARK: What is said of it

    var counts: [StageRecord.Count] {
        [
            .init(name: "cells", value: model.spec.shape.count),
            .init(name: "settlements", value: model.inputs.settlements.count),
        ]
    }

    /// Names of bases stand in the restricted edition only.
    func warnings() throws -> [Warning] {
        let scene = try study.scene(.dry, .physical)
        return CoverageWarnings(study: study, scene: scene, edition: edition).all
    }

    /// The lines for the end of a run.
    func summary() throws -> [String] {
        let wet = try study.analysis(.wet, profile)
        let dry = try study.analysis(.dry, profile)
        let limit = model.mainLimit
        let name = model.coverage.limits[limit]
        func percent(_ share: Double?) -> String {
            guard let share else { return "unknown" }
            let shown = edition.isPublic
                ? (share / Edition.Step.share).rounded() * Edition.Step.share : share
            return "\(Int((shown * 100).rounded())) %"
        }
        var lines = [
            "Coverage: \(percent(dry.report.total.share(limit))) of people within \(name) of a base in "
                + "the dry season, \(percent(wet.report.total.share(limit))) in the wet; "
                + "\(percent(wet.report.total.ownShare(limit))) by their own sector's bases"
        ]
        let worst = zip(model.inputs.sectors.zones, wet.report.sectors)
            .filter { $1.all.people > 0 }
            .min { ($0.1.share(limit) ?? 1, $0.0.id) < ($1.1.share(limit) ?? 1, $1.0.id) }
        if let (zone, figures) = worst {
            lines.append(
                "Least covered: \(zone.name), \(percent(figures.share(limit))) in the wet season, "
                    + "\(percent(figures.backupShare(limit))) with a second base")
        }
        let gap = wet.seams.once[limit].gap.hotspotSquareMeters / 1e6
        if !edition.isPublic, model.hotspotSquareMeters != nil {
            lines.append(
                "Seams: \(Int(gap.rounded())) km2 of hotspots near borders between sectors are "
                    + "reached by neither side within \(name) in the wet season")
        }
        return lines
    }
}
