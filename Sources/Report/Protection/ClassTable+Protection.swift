extension ClassTable {
    /// From near to far: pale yellow to dark violet, each darker than the
    /// one before, so that the eye goes to where help is far away; the last
    /// two are "unreachable" and "no people".
    private static let nearToFar: [Color] = [
        0xFFF4C2, 0xFBC987, 0xEE8A6B, 0xB3528F,
    ].map { Color($0) }
    private static let unreachable = Color(0x45297A)
    private static let unpeopled = Color(0xE4E9EC)

    /// Classes of minutes to the nearest base.
    ///
    /// Codes: 1 for at most the first limit, 2 for at most the second and so
    /// on, then one for beyond the last, one for unreachable and one for
    /// cells without people or in the sea: for three limits 4, 5 and 6.
    ///
    /// Precondition: one to three limits, ascending.
    public static func travelTime(limitsInMinutes limits: [Int]) -> ClassTable {
        precondition((1...3).contains(limits.count), "one to three limits")
        precondition(zip(limits, limits.dropFirst()).allSatisfy { $0 < $1 }, "ascending limits")
        var labels = limits.map { "At most \(NumberText.grouped($0)) min" }
        labels.append("More than \(NumberText.grouped(limits[limits.count - 1])) min")
        // With fewer limits the middle colours are left out.
        var colors = Array(nearToFar.prefix(limits.count))
        colors.append(nearToFar[nearToFar.count - 1])
        labels += ["Unreachable", "No people, or sea"]
        colors += [unreachable, unpeopled]
        return ClassTable(
            title: "Time to the nearest base",
            entries: zip(1..., zip(labels, colors)).map {
                Entry(code: $0, label: $1.0, color: $1.1)
            })
    }

    /// What changes for a cell: codes 1 lost, 2 gained, 3 covered as before,
    /// 4 not covered before or after, 5 no people or sea.
    public static let coverChange = ClassTable(
        title: "Cover after the change",
        entries: [
            Entry(code: 1, label: "Loses its last cover", color: Color(0xE58A80)),
            Entry(code: 2, label: "Gains cover", color: Color(0x8DB9E0)),
            Entry(code: 3, label: "Covered as before", color: Color(0xD2D2CE)),
            Entry(code: 4, label: "Not covered, as before", color: Color(0xB7A9C4)),
            Entry(code: 5, label: "No people, or sea", color: Color(0xEEF1F2)),
        ])

    /// Shares of people within reach: code 1 for below 20 % up to 5 for 80 %
    /// and more; the least covered are darkest.
    static let coverShare = ClassTable(
        title: "People within reach of a base",
        entries: zip(
            1..., [
                ("Below 20 %", unreachable), ("20 % to below 40 %", nearToFar[3]),
                ("40 % to below 60 %", nearToFar[2]), ("60 % to below 80 %", nearToFar[1]),
                ("80 % and more", nearToFar[0]),
            ]
        ).map { Entry(code: $0, label: $1.0, color: $1.1) })

    /// The code in `coverShare` of a percentage.
    static func coverShareCode(percent: Double) -> Int {
        min(max(Int((percent / 20).rounded(.down)), 0), 4) + 1
    }
}
