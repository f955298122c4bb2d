import Foundation
import Geo
import GridCore
import Tables

/// The indicators stage of a night: computes, publishes and says what there
/// is.
struct IndicatorJob {
    let plan: IndicatorPlan
    let prepared: PreparedDrought
    let inputs: NightInputs
    let caption: RunCaption
    let credits: [SourceCredit]
    let threads: Int

    /// What the stage's record says.
    struct Account {
        var counts: [StageRecord.Count]
        var summary: [String]
    }

    func run(in room: StageRunner.Room, progress: @escaping @Sendable (Double) -> Void) throws
        -> Account
    {
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sets = inputs.zoneSets.map(\.set)
        let spec = plan.vegetation.stack.spec
        let zones = try RasterZones.index(sets, on: spec)
        let publisher = IndicatorPublisher(
            plan: plan, caption: caption, credits: credits, sink: room.sink)
        let methods = try plan.makeMethods()
        let stage = IndicatorStage(plan: plan, prepared: prepared, zones: zones, threads: threads)
        let result = try stage.run(folder: folder, metadata: publisher.metadata) { progress($0) }
        let outlines = try RasterZones.projected(inputs.sectors, to: spec)
        let items = try publisher.items(methods, folder: folder, outlines: outlines)
        let rasters = RasterPublisher(sink: room.sink, threads: threads)
        try rasters.publish(items) {}
        try rasters.draw(items) {}
        let described = SeriesZone.all(inputs)
        let context = IndicatorZoneContext(
            zones: described, isMasked: prepared.mask != nil, hasPeople: prepared.people != nil)
        try room.sink.write(
            publisher.zoneTable(result, methods, context),
            to: "indicators/zones.csv",
            title: "Indicators by zone",
            description: "As of \(plan.asOf), baseline \(plan.baseline), series "
                + "\(plan.seriesText).",
            sources: credits.map(\.dictionarySource))
        try room.sink.write(
            publisher.classTable(result, methods, context), to: IndicatorClasses.path,
            title: "Classes of zones by indicators",
            description: "As of \(plan.asOf), baseline \(plan.baseline), series "
                + "\(plan.seriesText).",
            sources: credits.map(\.dictionarySource))
        try publisher.writeSeries(result, methods, context)
        if let rule = plan.runRule, plan.settings.compute.contains(.runs) {
            try room.sink.write(
                publisher.runTable(result, rule, zones: described), to: "indicators/runs.csv",
                title: "Droughts of zones by their mean VCI",
                description: "VCI below \(Decimal.text(rule.threshold)), composites from "
                    + "\(plan.vegetation.dates[plan.runSteps.lowerBound]) to \(plan.asOf).",
                sources: credits.map(\.dictionarySource))
        }
        return account(result, methods)
    }

    private func account(_ result: IndicatorResult, _ methods: [any IndicatorMethod]) -> Account {
        var counts: [StageRecord.Count] = [
            .init(name: "indicator_steps", value: plan.vegetationSteps.count)
        ]
        for (output, statistics) in zip(methods.flatMap(\.outputs), result.statistics) {
            counts.append(.init(name: "cells_with_\(output.name)", value: statistics.count))
        }
        let names = methods.map { $0.outputs.map(\.name).joined(separator: ", ") }
        return Account(
            counts: counts,
            summary: ["Indicators: \(names.joined(separator: ", ")) (indicators/zones.csv)"])
    }
}
