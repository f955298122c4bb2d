import Calendar
import Drought
import Geo
import GridCore
import Tables

/// Says of each stage of a night what it depends on.
struct NightDeclarations {
    let night: Night
    let survey: NightSurvey

    private var configuration: PipelineConfiguration { night.file.configuration }

    /// The stages that this night has, in the order in which they run.
    func all() -> [StageDeclaration] {
        var made: [StageDeclaration] = []
        let goal = night.goal.map { Self.needed(for: $0.stage) }
        for stage in StageName.allCases where has(stage) && goal?.contains(stage) ?? true {
            let upstream = made.filter { Self.upstream(of: stage).contains($0.stage) }
            made.append(
                StageDeclaration(
                    stage: stage, program: Self.program, inputs: inputs(of: stage) + borders(of: stage),
                    parameters: parameters(of: stage),
                    upstream: Dictionary(
                        upstream.map { ($0.stage, $0.key) }, uniquingKeysWith: { first, _ in first }
                    )
                ))
        }
        return made
    }

    private func has(_ stage: StageName) -> Bool {
        switch stage {
        case .inputs, .sectors, .map: true
        case .drought: survey.drought != nil
        case .indicators: survey.drought != nil && configuration.drought?.indicators != nil
        case .incidents: configuration.incidents != nil
        case .hotspots: configuration.incidents != nil && configuration.hotspots != nil
        case .cube: configuration.incidents != nil && configuration.hotspots?.cube != nil
        case .clusters:
            configuration.incidents != nil
                && (configuration.hotspots?.scan != nil
                    || configuration.hotspots?.nearRepeat != nil)
        case .relation:
            survey.drought != nil && configuration.incidents != nil
                && configuration.hotspots?.relation != nil
        case .bases: configuration.bases != nil
        case .coverage: configuration.coverage != nil
        case .transfer: configuration.transfer != nil
        }
    }

    /// The stage with all that it builds on.
    private static func needed(for goal: StageName) -> Set<StageName> {
        let direct = upstream(of: goal)
        return direct.reduce(into: [.inputs, goal]) { $0.formUnion(needed(for: $1)) }
    }

    private static func upstream(of stage: StageName) -> Set<StageName> {
        switch stage {
        case .inputs, .drought, .indicators, .incidents, .hotspots, .cube, .clusters: []
        case .relation: [.drought]
        case .sectors: [.drought, .hotspots]
        case .bases: [.hotspots]
        case .coverage: [.drought, .hotspots]
        case .transfer: [.drought, .hotspots, .coverage]
        case .map: [.hotspots, .sectors]
        }
    }

    private static let program: [String] =
        ["jilaal \(Jilaal.version)"] + GDALRuntime.versions.map { "\($0.name) \($0.version)" }

    // MARK: Inputs

    private func inputs(of stage: StageName) -> [StageDeclaration.Input] {
        let sectors =
            input("sectors", configuration.sectors?.file)
            + (configuration.area == .incidents ? incidents : [])
        let districts = input("districts", configuration.districts?.file)
        let livelihoodZones = input("livelihood_zones", configuration.livelihoodZones?.file)
        let zones = sectors + districts + livelihoodZones
        let settlements = input("settlements", configuration.settlements?.file)
        let bases = input("bases", configuration.bases?.file)
        let context =
            input("roads", configuration.roads?.file)
            + input("outlines", configuration.outlines?.file)
        let coverage =
            zones + settlements + incidents + bases + context + travel
        return switch stage {
        case .inputs:
            (zones + settlements + bases + context + travel + transfer + incidents + allRasters + land)
                .distinct
        case .drought: zones + usedRasters + land
        case .indicators: zones + indicatorRasters + land
        case .incidents, .clusters: (sectors + incidents).distinct
        case .hotspots, .cube, .relation: (sectors + districts + incidents).distinct
        case .sectors: (zones + incidents).distinct
        case .bases: sectors + settlements + incidents + bases
        case .coverage: coverage.distinct
        case .transfer: (coverage + transfer).distinct
        case .map: sectors + settlements + bases + context
        }
    }

    /// Stages whose pictures show the outlines, beside the map.
    private static let drawsBorders: Set<StageName> = [.hotspots, .cube, .clusters, .relation]

    private func borders(of stage: StageName) -> [StageDeclaration.Input] {
        Self.drawsBorders.contains(stage) ? input("outlines", configuration.outlines?.file) : []
    }

    private func input(_ role: String, _ file: ConfiguredPath?) -> [StageDeclaration.Input] {
        guard let file else { return [] }
        return survey.inputs(of: file).enumerated().map { index, found in
            let suffix = found.path.split(separator: ".").last.map { " .\($0)" } ?? ""
            return StageDeclaration.Input(
                role: index == 0 ? role : role + suffix, path: found.path,
                sha256: found.digest.sha256)
        }
    }

    private var incidents: [StageDeclaration.Input] {
        (configuration.incidents?.sources ?? []).enumerated().flatMap { index, source in
            input("incidents \(index + 1)", source.file)
        }
    }

    /// What travel times are made of.
    private var travel: [StageDeclaration.Input] {
        guard let section = configuration.travel else { return [] }
        return input("population", configuration.population?.file) + input("speeds", section.speeds)
            + input("land_cover", section.landCover) + input("elevation", section.elevation)
            + input("travel_roads", section.roads?.file) + input("rivers", section.rivers?.file)
            + input("crossings", section.crossings)
    }

    private var transfer: [StageDeclaration.Input] {
        input("hubs", configuration.transfer?.hubs)
            + input("readiness", configuration.transfer?.readiness)
    }

    /// Masks and people.
    private var land: [StageDeclaration.Input] {
        (configuration.drought?.masks?.used ?? []).enumerated().flatMap { index, layer in
            input("mask \(index + 1)", layer.path)
        } + input("people", configuration.drought?.people?.file)
    }

    /// The vegetation of the periods that are reported.
    private var usedRasters: [StageDeclaration.Input] {
        guard let prepared = survey.drought else { return [] }
        let used = Set(prepared.plan.slots.flatMap { $0.baseline + $0.wanted })
        return used.sorted().flatMap { rasters(of: prepared.stack.composites[$0], .ndvi) }
    }

    /// The steps that are read of every stack.
    private var indicatorRasters: [StageDeclaration.Input] {
        guard let prepared = survey.drought, let settings = configuration.drought?.indicators,
            let plan = IndicatorPlan(prepared, settings, asOf: survey.asOf)
        else { return [] }
        let others = [(plan.temperature, DroughtSection.lst), (plan.rain, .rain)]
        return plan.vegetationSteps.flatMap { rasters(of: prepared.stack.composites[$0], .ndvi) }
            + others.flatMap { axis, section in
                (axis?.stack.composites.prefix(axis?.count ?? 0) ?? [])
                    .flatMap { rasters(of: $0, section) }
            }
    }

    private var allRasters: [StageDeclaration.Input] {
        (survey.drought?.stacks.composites ?? []).flatMap { rasters(of: $0.composite, $0.section) }
    }

    /// By date, not by name: a file that was only renamed is the same raster.
    private func rasters(
        of composite: RasterStack.Composite, _ section: DroughtSection
    ) -> [StageDeclaration.Input] {
        func input(_ kind: String, _ raster: RasterReference, _ band: Int)
            -> StageDeclaration.Input?
        {
            survey.digests[raster.path]?.first.map {
                StageDeclaration.Input(
                    role: "\(kind) \(composite.date)" + (band == 1 ? "" : " band \(band)"),
                    path: $0.path, sha256: $0.digest.sha256)
            }
        }
        return [
            input(section.inputRole, composite.raster, composite.band),
            composite.quality.flatMap { input(section.qualityRole, $0.raster, $0.band) },
        ].compactMap { $0 }
    }

    // MARK: Parameters

    private func parameters(of stage: StageName) -> [StageDeclaration.Parameter] {
        let caption = ["name", "synthetic", "notes"]
        let own: [String] =
            switch stage {
            case .inputs: night.file.canonicalParameters.memberNames
            case .drought, .indicators:
                caption + ["drought", "sectors", "districts", "livelihood_zones", "area"]
            case .incidents: [
                    "incidents", "hotspots.window", "hotspots.weight", "hotspots.cap", "sectors",
                    "area",
                ]
            case .hotspots: caption + ["incidents", "hotspots", "sectors", "districts", "area"]
            case .cube: caption + ["incidents", "hotspots", "sectors", "districts", "area"]
            case .clusters:
                caption + [
                    "incidents", "hotspots.scan", "hotspots.near_repeat", "sectors", "area",
                ]
            // A hot month and the working grid depend on most of hotspots.
            case .relation: caption + ["incidents", "hotspots", "sectors", "districts", "area"]
            case .sectors:
                caption + [
                    "drought", "incidents", "hotspots", "sectors", "districts", "livelihood_zones",
                    "area",
                ]
            case .bases:
                caption + ["incidents", "hotspots.window", "bases", "settlements", "sectors"]
            case .coverage, .transfer:
                caption + [
                    "incidents", "hotspots.window", "bases", "settlements", "sectors", "districts",
                    "roads", "outlines", "population", "travel", "coverage",
                    // What the rasters and maps of coverage show.
                    "transfer.profile",
                ] + (stage == .transfer ? ["transfer"] : [])
            case .map:
                caption + [
                    "drought", "incidents", "hotspots", "bases", "settlements", "roads", "outlines",
                    "sectors", "area",
                ]
            }
        var parameters = night.file.canonicalParameters.leaves().filter { leaf in
            (own + (Self.drawsBorders.contains(stage) ? ["outlines"] : [])).contains {
                leaf.name == $0 || leaf.name.hasPrefix($0 + ".") || leaf.name.hasPrefix($0 + "[")
            }
                && !Self.isFree(leaf.name, for: stage)
        }.map { StageDeclaration.Parameter(name: $0.name, value: $0.value.text()) }
        parameters.append(.init(name: "as_of", value: "\"\(survey.asOf)\""))
        if let prepared = survey.drought, [.drought, .indicators, .sectors, .map].contains(stage) {
            // The title is made of the pattern where no profile gives one.
            parameters.append(
                .init(
                    name: "drought.title",
                    value: JSONValue.string(prepared.stack.productTitle).text()))
        }
        return parameters
    }

    /// Parameters that no result depends on: where to publish, where a
    /// climatology is kept, names of rasters, whose content counts, and how
    /// their dates are read, which stand with the content.
    private static func isFree(_ name: String, for stage: StageName) -> Bool {
        if name == "output" || name == "as_of" || name == "drought.climatology" { return true }
        let others = ["drought.indicators", "drought.lst", "drought.rain"]
        let isOther = others.contains { name == $0 || name.hasPrefix($0 + ".") }
        if isOther, ![.indicators, .inputs].contains(stage) { return true }
        // What is said of the inputs names them.
        guard stage != .inputs else { return false }
        // Each has a stage of its own.
        let patterns = ["hotspots.cube", "hotspots.scan", "hotspots.near_repeat", "hotspots.relation"]
        let owners: [StageName] = [.cube, .clusters, .clusters, .relation]
        if name.hasPrefix("hotspots.robustness."), [.cube, .relation].contains(stage) { return true }
        for (pattern, owner) in zip(patterns, owners)
        where name.hasPrefix(pattern + ".") || name.hasPrefix(pattern + "[") {
            return stage != owner
        }
        let keys = ["file", "files", "dates", "qa.files", "qa.dates"]
        return DroughtSection.allCases.contains { section in
            keys.map { "\(section.path).\($0)" }.contains {
                name == $0 || name.hasPrefix($0 + "[")
            }
        }
    }
}

extension [StageDeclaration.Input] {
    /// Each role once.
    fileprivate var distinct: [StageDeclaration.Input] {
        var seen: Set<String> = []
        return filter { seen.insert($0.role).inserted }
    }
}

extension JSONValue {
    /// Names of the members of an object.
    var memberNames: [String] {
        if case .object(let members) = self { members.map(\.name) } else { [] }
    }

    /// The values below, with their paths, such as `drought.baseline` or
    /// `incidents.sources[1].file`.
    func leaves(_ path: String = "") -> [JSONMember] {
        switch self {
        case .object(let members):
            members.flatMap { $0.value.leaves(path.isEmpty ? $0.name : "\(path).\($0.name)") }
        case .array(let values) where !values.isEmpty:
            values.enumerated().flatMap { $1.leaves("\(path)[\($0 + 1)]") }
        default: [JSONMember(path, self)]
        }
    }
}
