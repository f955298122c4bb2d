import Calendar
import Diagnostics
import Foundation
import GridCore
import Hotspots
import Incidents

/// What becomes of violence in time: the cube, clusters, and the relation
/// with drought.
extension NightStages {
    func patterns(_ drought: DroughtFindings?) throws {
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

    private func violence(_ stage: String) throws -> (
        HotspotsConfiguration, NightInputs, [Incident]
    ) {
        begin(stage)
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
            caption: caption, credits: credits(inputs), sink: room.sink
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
        let result = try RelationStage(
            section: section, hotspots: hotspotStage(hotspots, inputs), threads: night.threads
        ).run(incidents.incidents, drought.vegetation) { meter.show($0) }
        try RelationPublisher(
            result: result, section: section, sectors: inputs.sectors,
            credits: credits(inputs) + vegetationCredits(inputs), sink: room.sink
        ).write()
        return (
            NoFindings(),
            {
                $0.counts = [.init(name: "months_compared", value: result.months.count)]
                $0.summary = result.summary
            }
        )
    }
}
