import Calendar

/// What changed between two runs of one output folder.
public struct Changes: Hashable, Sendable {
    /// A run that was compared.
    public struct Run: Hashable, Sendable {
        /// As-of date and number; empty for a run that is not published yet.
        public var id: String
        public var asOf: CalendarDate

        public init(id: String, asOf: CalendarDate) {
            self.id = id
            self.asOf = asOf
        }
    }

    /// nil when there is no run before.
    public var before: Run?
    public var after: Run
    /// By subject, then in the order of the tables.
    public var list: [Change]

    public init(before: Run?, after: Run, list: [Change] = []) {
        self.before = before
        self.after = after
        self.list = list
    }

    /// How many changes each subject has, those with none left out.
    public var counts: [(subject: Change.Subject, count: Int)] {
        Change.Subject.allCases.compactMap { subject in
            let count = list.count { $0.subject == subject }
            return count > 0 ? (subject, count) : nil
        }
    }
}
