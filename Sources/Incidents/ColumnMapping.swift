import Products

/// Says which columns of a table of one's own hold what.
public struct ColumnMapping: Hashable, Sendable {
    /// Name of the source, for outputs.
    public var name: String
    /// Column name by role; a name that begins with `#` is an HXL tag. Dates
    /// are needed, and positions from columns or the geometry.
    public var columns: [EventRole: String]
    /// Whose precision codes and types the table uses.
    public var coding: EventCoding

    public init(name: String, columns: [EventRole: String], coding: EventCoding = .plain) {
        self.name = name
        self.columns = columns
        self.coding = coding
    }
}

/// How the columns of an event table are to be understood.
public enum IncidentSchema: Hashable, Sendable {
    /// A known source.
    case profile(EventProfile)
    /// A table of one's own.
    case mapping(ColumnMapping)

    /// Name of the source, for outputs.
    public var source: String {
        switch self {
        case .profile(let profile): profile.id.rawValue
        case .mapping(let mapping): mapping.name
        }
    }

    /// Whose codes the table uses.
    public var coding: EventCoding {
        switch self {
        case .profile(let profile):
            switch profile.id {
            case .acled: .acled
            case .ucdpGED: .ucdpGED
            }
        case .mapping(let mapping): mapping.coding
        }
    }
}
