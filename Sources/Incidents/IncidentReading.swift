/// What a table of events gave. `rowsRead` is always the number of incidents
/// and rejects together.
public struct IncidentReading: Hashable, Sendable {
    /// In the order of the table.
    public let incidents: [Incident]
    /// In the order of the table.
    public let rejects: [RejectedRecord]
    /// In the order of `IncidentWarningKind`.
    public let warnings: [CountedWarning]
    /// Data rows of the table.
    public let rowsRead: Int

    /// Incidents and deaths by how well the place is known, every grade that
    /// occurs, finest first.
    public var locationCounts: [GradeCount<LocationGrade>] { counts(by: \.locationGrade) }

    /// Incidents and deaths by how well the date is known, every grade that
    /// occurs, finest first.
    public var timeCounts: [GradeCount<TimeGrade>] { counts(by: \.timeGrade) }

    /// Rejects by reason, every reason that occurs, in the order of
    /// `RejectReason`.
    public var rejectCounts: [RejectCount] { RejectCount.counts(of: rejects) }

    /// The same without some incidents, which become rejects: by line among
    /// the others.
    ///
    /// - Parameter records: by the place of the incident in `incidents`.
    public func rejecting(_ records: [Int: RejectedRecord]) -> IncidentReading {
        guard !records.isEmpty else { return self }
        let all = rejects + records.sorted { $0.key < $1.key }.map(\.value)
        return IncidentReading(
            incidents: incidents.enumerated().filter { records[$0.offset] == nil }.map(\.element),
            rejects: all.enumerated().sorted { a, b in
                (a.element.line, a.offset) < (b.element.line, b.offset)
            }.map(\.element),
            warnings: warnings, rowsRead: rowsRead)
    }

    private func counts<Grade: CaseIterable & Hashable & Sendable>(
        by grade: (Incident) -> Grade
    ) -> [GradeCount<Grade>] {
        Grade.allCases.compactMap { value in
            let matching = incidents.filter { grade($0) == value }
            guard !matching.isEmpty else { return nil }
            return GradeCount(
                grade: value, incidents: matching.count,
                deaths: matching.reduce(0) { $0 + $1.deaths.best })
        }
    }
}

/// Incidents of one grade.
public struct GradeCount<Grade: Hashable & Sendable>: Hashable, Sendable {
    public let grade: Grade
    public let incidents: Int
    /// Best estimate.
    public let deaths: Int
}

/// Rejects with one reason.
public struct RejectCount: Hashable, Sendable {
    public let reason: RejectReason
    public let count: Int

    static func counts(of rejects: some Collection<RejectedRecord>) -> [RejectCount] {
        var counts: [RejectReason: Int] = [:]
        for reject in rejects { counts[reject.reason, default: 0] += 1 }
        return RejectReason.allCases.compactMap { reason in
            counts[reason].map { RejectCount(reason: reason, count: $0) }
        }
    }
}
