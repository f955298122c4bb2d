import Bases
import Diagnostics
import GridCore
import Sectors

/// Coverage, losses and seams of one season and profile.
struct CoverageAnalysis {
    let scene: TravelScene
    let report: CoverageReport
    let ledger: LossLedger
    let seams: SeamReport

    /// - Throws: `TravelError` of the sweeps.
    init(_ scene: TravelScene, seams borders: SectorSeams, limits: [Double]? = nil) throws {
        let model = scene.model
        let limits = limits ?? model.limits
        self.scene = scene
        var tally = CoverageTally(
            demand: scene.demand, zones: model.zones, travel: scene.times, limitsInMinutes: limits,
            threads: model.threads)
        var audit = SeamAudit(
            seams: borders, demand: scene.demand, travel: scene.times, limitsInMinutes: limits)
        try scene.forEachSector { sector, times, bases in
            tally.addOwn(minutes: times.firstMinutes, ofSector: sector)
            audit.addOwn(times, bases: bases, ofSector: sector)
        }
        report = tally.report
        seams = audit.report
        ledger = LossLedger(
            demand: scene.demand, sectors: model.zones.sectors, travel: scene.times,
            baseCount: model.bases.count, limitsInMinutes: limits, threads: model.threads)
    }
}

/// The analyses of a night, each made once: coverage and transfer look at the
/// same.
///
/// Not Sendable: one per run.
final class TravelStudy {
    let model: TravelModel
    let borders: SectorSeams
    let snap: Int
    private var scenes: [Key: TravelScene] = [:]
    private var analyses: [Key: CoverageAnalysis] = [:]

    private struct Key: Hashable {
        var season: TravelSeason
        var profile: TravelProfileChoice
    }

    init(_ model: TravelModel, _ configuration: PipelineConfiguration) throws {
        self.model = model
        snap = configuration.travel?.snap ?? 0
        borders = try SectorSeams(
            sectors: model.projectedSectors(), measure: model.measure(),
            widthInMeters: model.coverage.seamWidth.meters)
    }

    func scene(_ season: TravelSeason, _ profile: TravelProfileChoice) throws -> TravelScene {
        let key = Key(season: season, profile: profile)
        if let scene = scenes[key] { return scene }
        try Interruption.check()
        let scene = try TravelScene(model, season, profile, snap: snap)
        scenes[key] = scene
        return scene
    }

    /// Under flood, physical; nil when nobody can travel anywhere then, which
    /// is no fault of the data.
    func floodScene() throws -> TravelScene? {
        do {
            return try scene(.flood, .physical)
        } catch let error as PipelineError where error.kind == .allImpassable {
            return nil
        }
    }

    func analysis(
        _ season: TravelSeason, _ profile: TravelProfileChoice
    ) throws -> CoverageAnalysis {
        let key = Key(season: season, profile: profile)
        if let analysis = analyses[key] { return analysis }
        let analysis = try CoverageAnalysis(scene(season, profile), seams: borders)
        analyses[key] = analysis
        return analysis
    }
}
