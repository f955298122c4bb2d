import Calendar
import Diagnostics
import GridCore

/// What `jilaal hotspots --explain` is about.
public enum HotspotSubject: Sendable, Hashable {
    /// The hotspot of that rank, 1 being the first of hotspots.csv.
    case rank(Int)
    /// The cell at a position, in a hotspot or not; degrees, WGS 84.
    case position(longitude: Double, latitude: Double)

    /// From `3`, `hotspot-3` or `45.3,2.1`; nil when it is none of these.
    public init?(_ text: String) {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0.filter { $0 != " " })
        }
        if numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite {
            self = .position(longitude: x, latitude: y)
            return
        }
        let digits = text.hasPrefix("hotspot-") ? text.dropFirst("hotspot-".count) : text[...]
        guard let rank = Int(digits), rank > 0 else { return nil }
        self = .rank(rank)
    }

    /// Everything about it, of the events of a pipeline; nothing is
    /// published.
    ///
    /// - Parameters:
    ///   - asOf: wins over the pipeline's.
    ///   - since: an earlier night to compare with; nil: none.
    /// - Throws: `FailureList` when inputs are refused; `PipelineError` when
    ///   there is no such hotspot, or no cell at the position; `StateError`
    ///   when the earlier night is not known.
    public func explanation(
        of file: PipelineFile, asOf: CalendarDate?, threads: Int, since: HotspotSince? = nil
    ) throws -> HotspotExplanation {
        let configuration = file.configuration
        guard let section = configuration.hotspots else {
            throw PipelineError(
                .nothingToCompute, at: Place(file: file.name),
                "there is no hotspots section", mend: "Add hotspots: { cell: 5 km }")
        }
        var log = ProblemLog()
        let loader = NightLoader(
            configuration: configuration.withoutRasters, asOf: asOf ?? surveyed(configuration))
        guard let inputs = loader.load(&log), let incidents = inputs.incidents else {
            throw FailureList(log.failures)
        }
        let stage = HotspotStage(
            configuration: section, precision: configuration.incidents?.precision ?? .spread,
            deaths: (configuration.incidents?.deaths ?? .best).bound, sectors: inputs.sectors,
            districts: inputs.districts, asOf: inputs.asOf,
            threads: threads)
        let earlier = try since.map {
            ($0.date, try $0.incidents(of: file, configuration.withoutRasters))
        }
        var explanation = try HotspotExplainer(
            stage: stage, incidents: incidents.incidents, earlier: earlier
        ).explanation(of: self)
        explanation.warnings = log.warnings
        return explanation
    }

    /// The as-of date where the rasters say it.
    private func surveyed(_ configuration: PipelineConfiguration) -> CalendarDate? {
        guard configuration.drought != nil, configuration.asOf == .latest else { return nil }
        var log = ProblemLog()
        let stacks = configuration.drought.flatMap { DroughtStacks(loading: $0, &log) }
        return NightLoader(configuration: configuration, asOf: nil)
            .surveyedDate(stacks?.vegetation)
    }
}

extension PipelineConfiguration {
    /// Without drought, which events do not depend on.
    fileprivate var withoutRasters: PipelineConfiguration {
        var copy = self
        copy.drought = nil
        return copy
    }
}
