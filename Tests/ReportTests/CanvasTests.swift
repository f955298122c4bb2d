import Diagnostics
import Testing

@testable import Report

@Suite struct CanvasTests {
    @Test func sidesOutsideTheLimitsAreRefused() {
        for (width, height) in [(0, 10), (10, -1), (10, Canvas.maximumSide + 1)] {
            #expect {
                let canvas = try Canvas(width: width, height: height)
                _ = try canvas.pngBytes()
            } throws: {
                ($0 as? ReportError)?.kind == .drawing
            }
        }
    }

    @Test func fillsClipsAndCopiesLandOnTheirPixels() throws {
        let canvas = try Canvas(width: 40, height: 30)
        canvas.clipped(to: Path(Rectangle(x: 10, y: 10, width: 5, height: 5))) {
            $0.fill(Path(Rectangle(x: 0, y: 0, width: 40, height: 30)), Color(0x102030))
        }
        canvas.draw(
            PixelImage(width: 2, height: 1, pixels: [0x0A0B0C, 0xFFEEDD]), x: 30, y: 20)
        let picture = try #require(DecodedPNG(try canvas.pngBytes()))
        #expect(picture[10, 10] == 0x102030)
        #expect(picture[14, 14] == 0x102030)
        #expect(picture[15, 14] == 0xFFFFFF)
        #expect(picture[9, 10] == 0xFFFFFF)
        #expect(picture[30, 20] == 0x0A0B0C)
        #expect(picture[31, 20] == 0xFFEEDD)
        #expect(picture[32, 20] == 0xFFFFFF)
    }

    @Test func holesStayOpenWhateverWayTheirRingsRun() throws {
        let canvas = try Canvas(width: 30, height: 30)
        var path = Path(Rectangle(x: 0, y: 0, width: 30, height: 30))
        path.addRing([
            Point(x: 10, y: 10), Point(x: 20, y: 10), Point(x: 20, y: 20), Point(x: 10, y: 20),
        ])
        canvas.fill(path, Color(0))
        let picture = try #require(DecodedPNG(try canvas.pngBytes()))
        #expect(picture[5, 5] == 0)
        #expect(picture[15, 15] == 0xFFFFFF)
    }

    @Test func textIsDrawnWhereItWasMeasured() throws {
        let canvas = try Canvas(width: 200, height: 40)
        let width = canvas.width(of: "Jilaal", .heading)
        // Advances of DejaVu Sans Bold in thousandths of an em: J 372, i 343,
        // l 343, a 675: the layout relies on this font.
        let expected = 14 * (0.372 + 0.343 + 0.343 + 0.675 + 0.675 + 0.343)
        #expect(abs(width - expected) < 0.1)
        #expect(canvas.width(of: "Jilaal", .title) > width)
        canvas.text("Jilaal", at: Point(x: 100, y: 25), .heading, Color(0), aligned: .right)
        let picture = try #require(DecodedPNG(try canvas.pngBytes()))
        var inked: [Int] = []
        for x in 0..<200 where (0..<40).contains(where: { picture[x, $0] != 0xFFFFFF }) {
            inked.append(x)
        }
        let first = try #require(inked.first)
        let last = try #require(inked.last)
        #expect(last <= 100 && last > 92)
        #expect(Double(first) >= 100 - width - 1 && Double(first) < 100 - width + 8)
    }

    @Test func longTextIsCutWithAnEllipsisAndShortTextIsNot() throws {
        let canvas = try Canvas(width: 1, height: 1)
        let text = "A forward operating base with a very long name"
        for limit in [20.0, 60, 120, 200] {
            let cut = canvas.truncated(text, .body, toWidth: limit)
            #expect(cut.hasSuffix("…"))
            #expect(canvas.width(of: cut, .body) <= limit)
        }
        #expect(canvas.truncated(text, .body, toWidth: 4000) == text)
        #expect(canvas.truncated("", .body, toWidth: 0) == "")
    }

    @Test func wrappedLinesFitAndKeepEveryWord() throws {
        let canvas = try Canvas(width: 1, height: 1)
        let text = "Sector lines are approximate and the borders state no view on any limit"
        let lines = canvas.wrapped(text, .small, toWidth: 150, maximumLines: 9)
        #expect(lines.count > 2)
        #expect(lines.joined(separator: " ") == text)
        #expect(lines.allSatisfy { canvas.width(of: $0, .small) <= 150 })
        let two = canvas.wrapped(text, .small, toWidth: 150, maximumLines: 2)
        #expect(two.count == 2 && two[1].hasSuffix("…"))
        #expect(canvas.wrapped("  ", .small, toWidth: 150).isEmpty)
    }

    @Test func controlCharactersDoNotEndAText() throws {
        let canvas = try Canvas(width: 1, height: 1)
        let whole = canvas.width(of: "ab cd", .body)
        #expect(canvas.width(of: "ab\u{0}cd", .body) == whole)
        #expect(canvas.width(of: "ab\ncd", .body) == whole)
    }
}
