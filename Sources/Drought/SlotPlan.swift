import Calendar

/// Which composites of an archive are read for which period of the year.
public struct SlotPlan: Sendable, Hashable {
    /// One period of the year.
    public struct Slot: Sendable, Hashable {
        /// `0 ..< periodsPerYear`.
        public let index: Int
        /// Composites of the baseline, by position in the archive, in date
        /// order: the planes of the climatology.
        public let baseline: [Int]
        /// Composites whose indices are wanted, in date order.
        public let wanted: [Int]
    }

    /// Slots with something wanted, in order of the year.
    public let slots: [Slot]
    /// Position of the composite of the as-of date in the archive.
    public let current: Int
    /// Positions of all wanted composites, in date order; the last is
    /// `current`.
    public let series: [Int]

    /// Most planes that a slot needs at once.
    ///
    /// - Parameter isKept: whether the climatology of a period of the year is
    ///   at hand, so that no composite of its baseline is read.
    public func mostPlanes(isKept: (_ slot: Int) -> Bool = { _ in false }) -> Int {
        slots.map { slot in
            guard !isKept(slot.index) else { return slot.wanted.count }
            return slot.baseline.count + slot.wanted.count { !slot.baseline.contains($0) }
        }.max() ?? 0
    }

    /// The same night without the composites that `known` names, which need
    /// not be computed; `current` always is.
    public func without(_ known: Set<Int>) -> SlotPlan {
        let due = series.filter { $0 == current || !known.contains($0) }
        let slots = slots.compactMap { slot -> Slot? in
            let wanted = slot.wanted.filter { due.contains($0) }
            guard !wanted.isEmpty else { return nil }
            return Slot(index: slot.index, baseline: slot.baseline, wanted: wanted)
        }
        return SlotPlan(slots: slots, current: current, series: due)
    }

    private init(slots: [Slot], current: Int, series: [Int]) {
        self.slots = slots
        self.current = current
        self.series = series
    }

    /// - Parameters:
    ///   - dates: first day of each composite, ascending, no duplicates.
    ///   - current: position of the composite to report.
    ///   - seriesStart: first day of the series; composites from there to
    ///     `current` are wanted.
    ///
    /// A monitored composite inside the baseline years stays in its own
    /// climatology, as published baselines do.
    public init(
        dates: [CalendarDate], scheme: PeriodScheme, baseline: YearRange, current: Int,
        seriesStart: CalendarDate
    ) {
        let series = dates.indices.filter { $0 <= current && dates[$0] >= seriesStart }
        let wanted = series.contains(current) ? series : series + [current]
        var baselineBySlot: [Int: [Int]] = [:]
        for position in dates.indices where baseline.contains(dates[position].year) {
            baselineBySlot[scheme.slot(of: dates[position]), default: []].append(position)
        }
        let wantedBySlot = Dictionary(grouping: wanted) { scheme.slot(of: dates[$0]) }
        slots = wantedBySlot.keys.sorted().map { slot in
            Slot(
                index: slot, baseline: baselineBySlot[slot] ?? [],
                wanted: wantedBySlot[slot] ?? [])
        }
        self.current = current
        self.series = wanted
    }
}
