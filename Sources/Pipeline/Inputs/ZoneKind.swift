/// The sets of areas that results are summed over, in the order in which
/// tables and findings have them.
enum ZoneKind: String, CaseIterable, Sendable {
    case sector
    case district
    case livelihoodZone = "livelihood_zone"

    /// Name of its table, and of its section in the pipeline file.
    var plural: String { rawValue + "s" }

    /// As a title says it.
    var title: String { self == .livelihoodZone ? "livelihood zones" : plural }
}

extension NightInputs {
    /// The sets that the pipeline has.
    var zoneSets: [(kind: ZoneKind, set: ZoneSet)] {
        ZoneKind.allCases.compactMap { kind in zones(of: kind).map { (kind, $0) } }
    }

    private func zones(of kind: ZoneKind) -> ZoneSet? {
        switch kind {
        case .sector: sectors
        case .district: districts
        case .livelihoodZone: livelihoodZones
        }
    }
}
