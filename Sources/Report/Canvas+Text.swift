/// How a line of text lies about its anchor.
enum TextAlignment: Sendable {
    case left, center, right
}

extension Canvas {
    /// Draws one line whose left end, middle or right end is at `anchor`, on
    /// the baseline.
    func text(
        _ text: String, at anchor: Point, _ font: Font, _ color: Color,
        aligned alignment: TextAlignment, halo: Color? = nil
    ) {
        let shift: Double
        switch alignment {
        case .left: shift = 0
        case .center: shift = width(of: text, font) / 2
        case .right: shift = width(of: text, font)
        }
        // Whole pixels: the same word looks the same wherever it stands.
        let origin = Point(x: (anchor.x - shift).rounded(), y: anchor.y.rounded())
        self.text(text, at: origin, font, color, halo: halo)
    }

    /// `text`, or its longest beginning that fits with an ellipsis.
    func truncated(_ text: String, _ font: Font, toWidth limit: Double) -> String {
        guard width(of: text, font) > limit else { return text }
        let characters = Array(text)
        // Binary search: the width grows with the number of characters.
        var fits = 0
        var tooLong = characters.count
        while fits + 1 < tooLong {
            let middle = (fits + tooLong) / 2
            let candidate = String(characters[..<middle]) + "…"
            if width(of: candidate, font) <= limit { fits = middle } else { tooLong = middle }
        }
        var end = fits
        while end > 0, characters[end - 1] == " " { end -= 1 }
        return String(characters[..<end]) + "…"
    }

    /// The text broken at spaces into lines that fit; a word too long for a
    /// line is truncated, and so is what is beyond `maximumLines`.
    func wrapped(
        _ text: String, _ font: Font, toWidth limit: Double, maximumLines: Int = 4
    ) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if line.isEmpty || lines.count + 1 >= maximumLines
                || width(of: longer, font) <= limit
            {
                line = longer
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { truncated($0, font, toWidth: limit) }
    }

    /// Lines under each other, left-aligned; `top` is the upper edge of the
    /// first. Returns the lower edge of the last.
    @discardableResult
    func textBlock(
        _ lines: [String], x: Double, top: Double, _ font: Font, _ color: Color
    ) -> Double {
        var y = top
        for line in lines {
            text(line, at: Point(x: x, y: y + font.ascent), font, color, aligned: .left)
            y += font.lineHeight
        }
        return y
    }
}

extension Font {
    /// Height of capitals and ascenders above the baseline: DejaVu Sans
    /// reaches 0.93 em with accents.
    var ascent: Double { size * 0.93 }
    /// Depth below the baseline: 0.24 em in DejaVu Sans.
    var descent: Double { size * 0.24 }
    /// Distance of baselines in a block of text.
    var lineHeight: Double { (size * 1.32).rounded() }
}
