import Foundation
import FoundationXML
import Report
import Testing

@Suite struct SeriesChartTests {
    private static let table = ClassTable.kogan(codes: [1, 2, 3, 4, 5])

    private func caption(banner: String? = nil, title: String = "South") -> ChartCaption {
        ChartCaption(
            title: title, subtitle: "composites of a year", baseline: "2000-2009", banner: banner,
            notes: ["A note."], source: "Source: invented")
    }

    private func series(_ name: String = "South", ndvi: [Double?] = [0.2, 0.3, nil, 0.25])
        -> ZoneSeries
    {
        ZoneSeries(
            name: name,
            points: ndvi.enumerated().map { index, value in
                ZoneSeries.Point(
                    day: 16 * index, days: 16, ndvi: value, baselineMean: 0.3,
                    baselineMinimum: 0.1, baselineMaximum: 0.5, vci: value.map { _ in -12 },
                    classCode: value.map { _ in 1 })
            })
    }

    private func chart(_ series: ZoneSeries, _ caption: ChartCaption) -> String {
        let chart = SeriesChart(
            series: series,
            ticks: [.init(day: 0, label: "Jan 2010"), .init(day: 31, label: "Feb 2010")],
            classTable: Self.table, caption: caption)
        return String(decoding: chart.svgBytes(), as: UTF8.self)
    }

    @Test func `More figures have a panel and a scale of their own each`() {
        let spi = ChartLine(
            title: "SPI <3>", limits: -3...3,
            points: [-1.5, 0, nil, 2].enumerated().map {
                .init(day: 16 * $0, days: 16, value: $1)
            })
        let free = ChartLine(title: "Free", limits: nil, points: [.init(day: 0, days: 16, value: 7)])
        func text(_ lines: [ChartLine]) -> String {
            let chart = SeriesChart(
                series: series(), ticks: [], classTable: Self.table, caption: caption(),
                quantity: "NDVI, smoothed", lines: lines)
            return String(decoding: chart.svgBytes(), as: UTF8.self)
        }
        let plain = text([])
        let more = text([spi, free])
        #expect(isWellFormed(more))
        #expect(more.contains(">NDVI, smoothed<"))
        #expect(more.contains(">SPI &lt;3&gt;<") && more.contains(">Free<"))
        // A gap breaks the line: two values joined, one alone, and another.
        #expect(count("<polyline", in: more) + count("<path", in: more)
            > count("<polyline", in: plain) + count("<path", in: plain))
        #expect(count("<circle", in: more) == count("<circle", in: plain) + 4)
        #expect(text([spi]) == text([spi]))
    }

    private func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

    private func count(_ part: String, in text: String) -> Int {
        text.components(separatedBy: part).count - 1
    }

    @Test func textIsTextAndTheSourceIsNamed() {
        let text = chart(series(), caption(banner: "SYNTHETIC DATA"))
        #expect(isWellFormed(text))
        for part in [
            ">South<", ">NDVI<", ">VCI, %<", ">SYNTHETIC DATA<", ">Source: invented<", ">Jan 2010<",
            ">A note.<", "<title>South</title>", "Extreme (below 10)", "mean of 2000-2009",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains("<path"))
        #expect(!chart(series(), caption()).contains("SYNTHETIC"))
    }

    @Test func aMissingCompositeBreaksTheLineAndHasNoColumn() {
        let text = chart(series(), caption())
        // The line of two composites; the single one after the gap is a dot.
        #expect(count("stroke=\"#0B3C6F\" stroke-width=\"2\"", in: text) == 1 + 1)
        // Three composites, and the one of the legend.
        #expect(count("<circle", in: text) == 3 + 1)
        // Three columns, and the swatch of the legend.
        #expect(count("fill=\"#8F5414\"", in: text) == 3 + 1)
    }

    @Test func aZoneWithoutValuesSaysSo() {
        let text = chart(ZoneSeries(name: "Sea", points: []), caption())
        #expect(text.contains("No value in any composite"))
        #expect(isWellFormed(text))
    }

    @Test func namesOfZonesCannotBreakTheDrawing() {
        let hostile = "a<script>&\"\u{0}\u{202E}b"
        let text = chart(series(), caption(title: hostile))
        #expect(isWellFormed(text))
        #expect(text.contains("a&lt;script&gt;&amp;&quot;\u{25A1}\u{25A1}b"))
    }

    @Test func aSheetShowsEveryZoneAndCutsLongNames() {
        let zones = (0..<9).map { series("Zone \($0) " + String(repeating: "x", count: 40)) }
        let sheet = SeriesSheet(
            series: zones, ticks: [], classTable: Self.table, caption: caption(title: "Districts"))
        let text = String(decoding: sheet.svgBytes(), as: UTF8.self)
        #expect(isWellFormed(text))
        for index in 0..<9 { #expect(text.contains(">Zone \(index) ")) }
        #expect(count("\u{2026}<", in: text) == 9)
        #expect(sheet.svgBytes() == sheet.svgBytes())
    }
}
