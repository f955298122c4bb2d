import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents

/// What becomes of violence in time: the cube, clusters, and the relation
/// with drought.
extension NightStages {
    func patterns(_ drought: DroughtFindings?) throws {
        _ = try runner.perform(.cube, NoFindings.self, compute: cube)
        _ = try runner.perform(.clusters, NoFindings.self, compute: clusters)
        _ = try runner.perform(.relation, NoFindings.self) { try relation($0, drought) }
    }

    func hotspotStage(_ section: HotspotsConfiguration, _ inputs: NightInputs) -> HotspotStage {
        HotspotStage(
            configuration: section,
            precision: configuration.incidents?.precision ?? .spread,
            deaths: (configuration.incidents?.deaths ?? .best).bound, sectors: inputs.sectors,
            districts: inputs.districts, asOf: asOf, threads: night.threads)
    }

    private func violence(_ stage: String, units: Int = 0) throws -> (
        HotspotsConfiguration, NightInputs, [Incident]
    ) {
        begin(stage, units: units)
        let inputs = try inputs()
        guard let section = configuration.hotspots, let incidents = inputs.incidents else {
            throw PipelineError(
                .unexpected, "the \(stage) stage has no incidents", mend: "Report this fault")
        }
        return (section, inputs, incidents.incidents)
    }

    private func credits(_ inputs: NightInputs) -> [SourceCredit] {
        inputs.incidentCredits(isSynthetic: configuration.synthetic)
    }

    private func cube(_ room: StageRunner.Room) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        let (section, inputs, incidents) = try violence("cube", units: 100)
        guard let cube = section.cube else { return (NoFindings(), { _ in }) }
        let meter = PercentMeter(progress)
        let result = try CubeStage(
            section: cube, hotspots: hotspotStage(section, inputs), threads: night.threads
        ).run(incidents) { meter.show($0) }
        let publisher = CubePublisher(
            result: result, section: cube, configuration: section, sectors: inputs.sectors,
            borders: inputs.outlines, caption: caption, credits: credits(inputs), sink: room.sink)
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let items = try publisher.items(folder: folder)
        let rasters = RasterPublisher(sink: room.sink, threads: night.threads)
        try rasters.publish(items) {}
        try rasters.draw(items) {}
        try publisher.writeTables()
        let codes = result.emerging.classes.cells
        return (
            NoFindings(),
            {
                $0.counts = [
                    .init(name: "steps", value: result.windows.count),
                    .init(
                        name: "cells_with_pattern",
                        value: codes.count { $0 != 0 && $0 != EmergingClass.nodata }),
                ]
                $0.summary = publisher.summary
                if result.emptySteps > 0 {
                    $0.warnings = [
                        Warning(
                            "steps-without-events",
                            "the first \(result.emptySteps) of \(result.windows.count) steps of "
                                + "the cube hold no event: their source may begin later")
                    ]
                }
            }
        )
    }

    private func clusters(_ room: StageRunner.Room) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        let (section, inputs, incidents) = try violence("clusters")
        let result = try ClusterStage(
            configuration: section, precision: configuration.incidents?.precision ?? .spread,
            asOf: asOf, threads: night.threads
        ).run(incidents)
        try ClusterPublisher(
            result: result, configuration: section, incidents: incidents, sectors: inputs.sectors,
            borders: inputs.outlines, caption: caption, credits: credits(inputs), sink: room.sink
        ).write()
        return (
            NoFindings(),
            {
                $0.counts = result.counts
                $0.summary = result.summary
            }
        )
    }

    private func relation(_ room: StageRunner.Room, _ drought: DroughtFindings?) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        begin("relation", units: 100)
        let inputs = try inputs()
        guard let hotspots = configuration.hotspots, let section = hotspots.relation,
            let incidents = inputs.incidents, let drought
        else {
            throw PipelineError(
                .unexpected, "the relation stage has no drought or no incidents",
                mend: "Report this fault")
        }
        let meter = PercentMeter(progress)
        let stage = RelationStage(
            section: section, hotspots: hotspotStage(hotspots, inputs), threads: night.threads)
        let result = try stage.run(incidents.incidents, drought.vegetation) { meter.show($0) }
        // The drought stage, which is upstream, has put it into the run.
        let vci = RasterReference(
            name: DroughtOutput.vci.path,
            path: runner.run.staging + "/" + DroughtOutput.vci.path)
        let moran = try stage.moran(incidents.incidents, vci: vci)
        if let moran { try publish(moran, hotspots, inputs, room) }
        try RelationPublisher(
            result: result, section: section, sectors: inputs.sectors,
            credits: credits(inputs) + vegetationCredits(inputs), sink: room.sink
        ).write()
        return (
            NoFindings(),
            {
                $0.counts =
                    [.init(name: "months_compared", value: result.months.count)]
                    + (moran?.counts ?? [])
                $0.summary = result.summary
            }
        )
    }

    private func publish(
        _ moran: RelationMoran, _ hotspots: HotspotsConfiguration, _ inputs: NightInputs,
        _ room: StageRunner.Room
    ) throws {
        guard let section = hotspots.moran else { return }
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let items = try RelationMoranPublisher(
            result: moran, configuration: hotspots, section: section,
            composite: inputs.drought?.current.date, borders: inputs.outlines, caption: caption,
            credits: credits(inputs) + vegetationCredits(inputs)
        ).items(folder: folder)
        let rasters = RasterPublisher(sink: room.sink, threads: night.threads)
        try rasters.publish(items) {}
        try rasters.draw(items) {}
    }
}
