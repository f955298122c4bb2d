/// Finds what explains a change among the differences between two runs.
struct CauseFinder: Sendable {
    /// What a figure depends on.
    struct Concern: Sendable {
        var roles: Set<InputRole>
        /// Sections of the pipeline file; a change of any parameter in them
        /// is a cause.
        var sections: [String]
        /// Parameters in these sections that the figure does not depend on,
        /// with all below them.
        var without: Set<String> = []
        /// Whether rasters of every date count, as in series.
        var isOfSeries = false
        /// Stages that make it.
        var stages: Set<String>
    }

    let before: PublishedResults
    let after: PublishedResults
    let difference: ManifestDifference
    /// nil when a run has no index: incident files stand for incidents then.
    let events: EventDifference?
    private let relevance: RasterRelevance

    init(before: PublishedResults, after: PublishedResults) {
        self.before = before
        self.after = after
        difference = ManifestDifference(before, after)
        events = EventDifference(
            before, after, filesChanged: difference.inputs.contains { $0.role == .incidents })
        relevance = RasterRelevance(
            parameters: after.manifest.parameters,
            composites: [before.composite, after.composite].compactMap { $0 })
    }

    /// Files that are named one by one before a count stands for the rest.
    private static let filesNamed = 3

    /// Files, parameters and programs that concern a figure.
    func evidence(_ concern: Concern) -> [ChangeEvidence] {
        inputs(of: concern) + parameters(of: concern) + programs(of: concern)
    }

    /// What is left when no incident of the windows differs: files whose
    /// other rows do (the universe `ever` reaches back beyond the windows),
    /// and time.
    var remainder: [ChangeEvidence] {
        difference.inputs.filter { $0.role == .incidents }
            .map { ChangeEvidence($0.cause, $0.path) } + time
    }

    private func inputs(of concern: Concern) -> [ChangeEvidence] {
        let inputs = difference.inputs.filter { input in
            guard concern.roles.contains(input.role) else { return false }
            switch input.role {
            case .raster: return concern.isOfSeries || relevance.includes(input.path)
            // Told incident by incident where an index says which.
            case .incidents: return events == nil
            default: return true
            }
        }
        return ChangeCause.allCases.flatMap { cause in
            let paths = inputs.filter { $0.cause == cause }.map(\.path)
            return paths.prefix(Self.filesNamed).map { ChangeEvidence(cause, $0) }
                + (paths.count > Self.filesNamed
                    ? [ChangeEvidence(cause, "\(paths.count - Self.filesNamed) more files")] : [])
        }
    }

    private func parameters(of concern: Concern) -> [ChangeEvidence] {
        difference.parameters.filter { parameter in
            func isPart(of section: String) -> Bool {
                parameter.name == section || parameter.name.hasPrefix(section + ".")
                    || parameter.name.hasPrefix(section + "[")
            }
            return !concern.without.contains(where: isPart)
                && concern.sections.contains(where: isPart)
        }.map { ChangeEvidence(.changedParameter, $0.text) }
    }

    /// Where both manifests name the versions of their stages, those decide;
    /// else any other version of the program may be the cause.
    private func programs(of concern: Concern) -> [ChangeEvidence] {
        let program = after.manifest.program.name
        return difference.programs.filter { value in
            if value.name == program { return difference.stages == nil }
            guard value.name.hasPrefix("stage ") else { return true }
            return concern.stages.contains(String(value.name.dropFirst("stage ".count)))
        }.map { ChangeEvidence(.changedProgram, $0.text) }
    }

    /// What is left when nothing else differs: time went on, and days of
    /// partly dated incidents left the window and entered it; or the night
    /// asked for lies earlier.
    var time: [ChangeEvidence] {
        let span = "as of \(before.asOf) -> \(after.asOf)"
        if after.asOf > before.asOf { return [ChangeEvidence(.agedOut, span)] }
        if after.asOf < before.asOf { return [ChangeEvidence(.changedParameter, span)] }
        return []
    }
}

extension CauseFinder.Concern {
    static func drought(_ zones: InputRole, _ section: String) -> Self {
        Self(
            roles: [.raster, zones], sections: ["drought", section],
            without: [
                "drought.series", "drought.indicators", "drought.lst", "drought.rain",
                "drought.people",
            ], stages: ["drought", "sectors"])
    }

    /// Classes by the methods on whole series.
    static func indicators(_ zones: InputRole, _ section: String) -> Self {
        Self(
            roles: [.raster, zones], sections: ["drought", section],
            without: [
                "drought.series", "drought.people", "drought.climatology", "drought.classes",
                "drought.indicators.zone_series",
            ], isOfSeries: true, stages: ["indicators"])
    }

    /// Incidents, deaths and hotspot area of zones.
    static func violence(_ zones: InputRole, _ section: String) -> Self {
        Self(
            roles: [.incidents, zones],
            sections: ["incidents", "hotspots.window", section],
            stages: ["incidents", "sectors"])
    }

    /// Anything that significant cells decide. Districts take part in it
    /// where places are known to a district only.
    static let hotspots = Self(
        roles: [.incidents, .sectors, .districts],
        sections: ["incidents", "hotspots", "sectors", "districts"],
        without: [
            "hotspots.density.kernel", "hotspots.density.half_life", "hotspots.density.edge",
            "hotspots.density.adaptive", "hotspots.density.bandwidth",
            "hotspots.density.sampling", "hotspots.robustness",
            "hotspots.moran", "hotspots.cube", "hotspots.scan", "hotspots.near_repeat",
            "hotspots.relation",
        ],
        stages: ["incidents", "hotspots", "sectors"])

    static let people = Self(
        roles: [.bases, .settlements], sections: ["bases", "settlements"], stages: ["bases"])

    /// Both together.
    func union(_ other: Self) -> Self {
        Self(
            roles: roles.union(other.roles), sections: sections + other.sections,
            without: without.intersection(other.without),
            isOfSeries: isOfSeries || other.isOfSeries, stages: stages.union(other.stages))
    }
}
