import Diagnostics
import Testing

@testable import Report

private func sheet() -> ScheduleSheet {
    ScheduleSheet(
        caption: MapCaption(title: "Schedule", dateLine: "As of 3 May 2024"),
        phases: [.init(label: "Today", dates: "May"), .init(label: "Phase 1", dates: "June")],
        sectors: [
            .init(
                name: "One",
                bases: [
                    .init(id: "B01", states: [.mission, .host]),
                    .init(id: "B02", states: [.mission, .closed]),
                ], coverage: [.init(share: 0.8, floor: 0.7), .init(share: 0.75, floor: 0.7)])
        ],
        certificate: .init(measure: "People protected", value: 1234, bound: 1240, gap: 0.00484))
}

/// The colours of the sheet from left to right in rows where one is found.
private func barColors(_ picture: DecodedPNG, _ states: [ScheduleSheet.State]) -> Int {
    let colors = states.map(\.color.pixel)
    return (0..<picture.height).count { y in
        var seen: [UInt32] = []
        for x in stride(from: 255, to: picture.width - 25, by: 3) {
            let pixel = picture[x, y]
            if ScheduleSheet.State.allCases.contains(where: { $0.color.pixel == pixel }),
                seen.last != pixel
            {
                seen.append(pixel)
            }
        }
        return seen == colors
    }
}

@Suite struct ScheduleSheetTests {
    @Test func `Bars run from who holds a base to who holds it next`() throws {
        let bytes = try sheet().pngBytes()
        #expect(try sheet().pngBytes() == bytes, "the same bytes again")
        let picture = try #require(DecodedPNG(bytes))
        #expect(barColors(picture, [.mission, .host]) > 8)
        #expect(barColors(picture, [.mission, .closed]) > 8)
        #expect(barColors(picture, [.host, .mission]) == 0)
    }

    @Test func `The line over the bars tells value, bound and gap`() {
        let text = ScheduleSheetDrawing.certificateText(sheet())
        #expect(text.text == "People protected: 1,234; no plan can exceed 1,240 (gap 0.48 %).")
        #expect(!text.isBad)
        var none = sheet()
        none.certificate = nil
        #expect(ScheduleSheetDrawing.certificateText(none).text == "No plan was found.")
    }

    @Test func `A broken floor is named, measured and red`() throws {
        var broken = sheet()
        broken.sectors[0].coverage[1] = .init(share: 0.66, floor: 0.7, shortfallInPeople: 12_300)
        let coverage = broken.sectors[0].coverage
        #expect(coverage.map(\.breaksFloor) == [false, true])
        #expect(coverage[1].shortfallTexts == ["4.0 points below floor", "12,300 people short"])
        #expect(coverage[0].shortfallTexts.isEmpty)
        let text = ScheduleSheetDrawing.certificateText(broken)
        #expect(text.isBad)
        #expect(text.text.hasPrefix("The floors cannot all be kept: broken in One. "))
        let red = Color(0xF7D9D9).pixel
        func isFound(_ sheet: ScheduleSheet) throws -> Bool {
            let picture = try #require(DecodedPNG(try sheet.pngBytes()))
            return (0..<picture.height).contains { picture[600, $0] == red }
        }
        #expect(try isFound(broken))
        #expect(try !isFound(sheet()))
    }

    @Test func `A share that equals its floor holds it`() {
        #expect(!ScheduleSheet.Coverage(share: 0.7, floor: 0.7).breaksFloor)
        #expect(!ScheduleSheet.Coverage(share: 0.6999, floor: 0.7).breaksFloor, "rounding")
        #expect(ScheduleSheet.Coverage(share: 0.69, floor: 0.7).breaksFloor)
        #expect(!ScheduleSheet.Coverage(share: nil, floor: 0.7).breaksFloor)
        #expect(!ScheduleSheet.Coverage(share: .nan, floor: 0.7).breaksFloor)
    }

    @Test func `The scale of coverage is of whole tens and holds every value`() {
        let range = ScheduleCoverage.range(of: [
            .init(share: 0.83, floor: 0.71), .init(share: nil, floor: .nan),
        ])
        #expect(range.lowerBound <= 0.68 && range.upperBound >= 0.86)
        #expect(ScheduleCoverage.range(of: []) == 0...1)
        for share in [0.0, 0.5, 1] {
            let range = ScheduleCoverage.range(of: [.init(share: share)])
            #expect(range.contains(share))
            #expect(range.upperBound - range.lowerBound > 0.19)
        }
    }

    @Test func `Sixty bases, none at all, and short rows are drawn; too many are refused`() throws {
        let country = InventedCountry(seed: 7, bases: 60, settlements: 0)
        let first = try country.scheduleSheet().pngBytes()
        #expect(pngHeaderSize(first)?[1] ?? 0 > 1500)
        let empty = ScheduleSheet(
            caption: MapCaption(title: "", dateLine: ""), phases: [], sectors: [],
            certificate: nil)
        #expect(pngHeaderSize(try empty.pngBytes()) != nil)
        var short = sheet()
        short.sectors[0].bases[0].states = []
        short.sectors[0].bases[1].states = [.mission, .host, .host, .host]
        short.sectors[0].bases[1].routeCutPhases = [1, 7, -1]
        short.sectors[0].coverage = [.init(share: nil)]
        #expect(pngHeaderSize(try short.pngBytes()) != nil)
        var long = sheet()
        long.sectors[0].bases = (0..<400).map { .init(id: "B\($0)", states: [.mission]) }
        #expect { try long.pngBytes() } throws: {
            let error = $0 as? ReportError
            return error?.kind == .drawing && error?.mend.contains("each sector") == true
        }
    }
}
