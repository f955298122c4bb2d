/// How far violence reaches in a zone, from the figures of its row. It tells
/// where to look; it is no scale of severity.
enum ViolenceLevel: String, Hashable, Sendable {
    /// No incident in the window, and no significant cell.
    case none
    /// Incidents, and no significant cell.
    case scattered
    /// Significant cells on less than a quarter of the zone.
    case hotspot
    /// Significant cells on a quarter of the zone or more.
    case widespread

    static let widespreadShare = 0.25

    /// nil when the run counted no incidents.
    init?(of row: FigureTable.Row, in table: FigureTable) {
        guard let incidents = table.number("incidents", of: row) else { return nil }
        let hot = table.number("hotspot_km2", of: row) ?? 0
        let area = table.number("area_km2", of: row) ?? 0
        if hot > 0 {
            self = hot >= Self.widespreadShare * area ? .widespread : .hotspot
        } else {
            self = incidents > 0 ? .scattered : .none
        }
    }
}
