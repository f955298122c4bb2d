import Sectors
import Tables

/// What the map says of a sector.
struct SectorCard: Hashable, Sendable, Codable {
    /// Under its name; nil for nothing.
    var detail: String?
    /// Name of its drought class.
    var className: String?
    /// A VCI on less than half of its area: striped.
    var isPartlySeen: Bool

    /// Sectors with a VCI on less of their area are striped.
    static let wellSeenPercent = 50.0

    init(_ row: ZoneRow) {
        detail = Self.detail(row)
        className = row.drought?.className
        isPartlySeen = (row.drought?.validPercent ?? 0) < Self.wellSeenPercent
    }

    private static func detail(_ row: ZoneRow) -> String? {
        var parts: [String] = []
        if let drought = row.drought, let vci = drought.vci {
            let seen =
                drought.validPercent < 1 ? "<1" : Decimal.text(drought.validPercent.rounded())
            parts.append(
                "VCI \(Decimal.text(vci.rounded())) %"
                    + (drought.validPercent < Self.wellSeenPercent ? " (\(seen) % seen)" : ""))
        }
        if let tally = row.tally {
            let count = tally.incidents.current
            parts.append(count == 1 ? "1 incident" : "\(count) incidents")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
