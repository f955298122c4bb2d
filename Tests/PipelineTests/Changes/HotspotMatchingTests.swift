import Calendar
import Testing

@testable import Pipeline

@Suite struct HotspotMatchingTests {
    private func told(
        _ before: [ClosedRange<Double>], _ after: [ClosedRange<Double>]
    ) throws -> [String] {
        func night(_ ranges: [ClosedRange<Double>]) -> NightExample {
            var night = NightExample()
            night.spots = ranges.enumerated().map {
                .init(rank: $0 + 1, longitudes: $1, sectors: "A")
            }
            return night
        }
        var later = night(after)
        later.cell = "4 km"
        return try changes(from: night(before), to: later).told
    }

    @Test(
        "Hotspots are matched by the area that they share",
        arguments: [
            ([10.0...11], [10.0...11], []),
            ([], [10.0...11], ["new >1"]),
            ([10.0...11], [], ["gone 1>"]),
            ([10.0...11], [20.0...21], ["new >1", "gone 1>"]),
            // Less than a tenth is steady, a tenth is not.
            ([10.0...11], [10.0...11.09], []),
            ([10.0...11], [10.0...11.11], ["grown 1>1"]),
            ([10.0...11], [10.0...10.91], []),
            ([10.0...11], [10.0...10.89], ["shrunk 1>1"]),
            ([10.0...10.4, 10.6...11], [10.0...11], ["merged 1+2>1"]),
            ([10.0...11], [10.6...11, 10.0...10.4], ["split 1>1+2"]),
            ([10.0...10.4, 10.6...11], [10.1...10.7, 10.8...11.2], ["regrouped 1+2>1+2"]),
            // Another rank is no change.
            ([10.0...11, 20.0...21], [20.0...21, 10.0...11], []),
            // Sharing less than a tenth of the smaller one is not the same.
            ([10.0...11], [10.95...12], ["new >1", "gone 1>"]),
        ] as [([ClosedRange<Double>], [ClosedRange<Double>], [String])])
    func matched(
        _ before: [ClosedRange<Double>], _ after: [ClosedRange<Double>], _ expected: [String]
    ) throws {
        #expect(try told(before, after) == expected.map { "hotspot \($0): changed parameter" })
    }

    @Test func `Every hotspot is in exactly one group, whatever the links`() {
        let links = [(0, 0), (0, 1), (2, 1), (3, 3)]
        for permutation in 0..<links.count {
            let turned = Array(links[permutation...] + links[..<permutation])
            let groups = HotspotMatching.groups(before: 5, after: 4, links: turned)
            #expect(
                groups == [
                    .init(before: [0, 2], after: [0, 1]), .init(before: [], after: [2]),
                    .init(before: [3], after: [3]), .init(before: [1], after: []),
                    .init(before: [4], after: []),
                ])
        }
    }

    @Test func `The incidents inside tell why a hotspot is gone`() throws {
        var night = NightExample()
        night.events = [
            .init(key: "1", day: night.window.first, zone: "A", hotspot: 1),
            .init(key: "2", day: night.window.last, zone: "B"),
        ]
        night.spots = [.init(rank: 1, longitudes: 10...11, sectors: "A")]
        var next = night
        next.asOf = night.asOf.adding(days: 1)
        next.spots = []
        next.inputs["acled.csv"] = "2"
        next.events[1].content = "c2"
        let changes = try changes(from: night, to: next)
        let hotspot = changes.list.first { $0.subject == .hotspot }
        #expect(hotspot?.evidence == [.init(.agedOut, "1 incident inside")])
    }
}
