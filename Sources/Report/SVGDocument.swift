/// A drawing as SVG 1.1 text, built element by element. Text stays text, so
/// that it can be searched, read aloud and edited.
///
/// The same calls give the same bytes on every machine: coordinates are
/// written with two decimals, made of whole numbers.
struct SVGDocument {
    /// Fonts that the usual systems have, sans serif at last.
    static let fonts = "DejaVu Sans, Verdana, Arial, sans-serif"

    enum Anchor: String {
        case start, middle, end
    }

    let width: Double
    let height: Double
    /// For those who cannot see the drawing.
    let title: String
    let description: String
    private var body = ""

    init(width: Double, height: Double, title: String, description: String) {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    var utf8: [UInt8] {
        let size = "\(Self.number(width)) \(Self.number(height))"
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" \
            height="\(Self.number(height))" viewBox="0 0 \(size)" role="img" \
            font-family="\(Self.fonts)">
            <title>\(Self.escaped(title))</title>
            <desc>\(Self.escaped(description))</desc>

            """
        return Array((text + body + "</svg>\n").utf8)
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: Color, stroke: Color? = nil
    ) {
        let outline =
            stroke.map { " stroke=\"\(Self.hexadecimal($0))\" stroke-width=\"0.5\"" } ?? ""
        body +=
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
            + "height=\"\(Self.number(height))\" fill=\"\(Self.hexadecimal(fill))\"\(outline)/>\n"
    }

    /// A line through points; nothing for fewer than two.
    mutating func line(
        _ points: [(x: Double, y: Double)], _ color: Color, width: Double, dashes: String? = nil
    ) {
        guard points.count > 1 else { return }
        let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        body +=
            "<polyline points=\"\(Self.list(points))\" fill=\"none\" "
            + "stroke=\"\(Self.hexadecimal(color))\" stroke-width=\"\(Self.number(width))\" "
            + "stroke-linejoin=\"round\"\(dash)/>\n"
    }

    /// A filled area; nothing for fewer than three points.
    mutating func area(_ points: [(x: Double, y: Double)], _ fill: Color) {
        guard points.count > 2 else { return }
        body += "<polygon points=\"\(Self.list(points))\" fill=\"\(Self.hexadecimal(fill))\"/>\n"
    }

    mutating func dot(x: Double, y: Double, radius: Double, _ fill: Color) {
        body +=
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" "
            + "fill=\"\(Self.hexadecimal(fill))\"/>\n"
    }

    mutating func text(
        _ text: String, x: Double, y: Double, size: Double, _ color: Color = Ink.text,
        anchor: Anchor = .start, isBold: Bool = false
    ) {
        let weight = isBold ? " font-weight=\"bold\"" : ""
        body +=
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" "
            + "fill=\"\(Self.hexadecimal(color))\" text-anchor=\"\(anchor.rawValue)\"\(weight)>"
            + "\(Self.escaped(text))</text>\n"
    }

    /// Two decimals, none when they are zero.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(sign)\(whole)" }
        return
            "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest.isMultiple(of: 10) ? rest / 10 : rest)"
    }

    /// Text in XML: its own characters escaped, those that XML does not allow
    /// and the marks that turn the direction of writing shown as a box.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: result += "&amp;"
            case 0x3C: result += "&lt;"
            case 0x3E: result += "&gt;"
            case 0x22: result += "&quot;"
            case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069,
                0xFFFE...0xFFFF:
                result += "\u{25A1}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func list(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    private static func hexadecimal(_ color: Color) -> String {
        let digits = String(color.pixel, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
