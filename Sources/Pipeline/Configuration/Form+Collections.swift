import Calendar
import Tables

extension Form {
    /// A list of `count` elements.
    static func list<Element: Sendable>(
        of element: Form<Element>, count: ClosedRange<Int>
    ) -> Form where Value == [Element] {
        let noun = "a list"
        let example = "[\(element.example)]"
        return Form(
            noun: noun, example: example,
            schema: [
                "type": "array", "items": element.schema, "minItems": .integer(count.lowerBound),
                "maxItems": .integer(count.upperBound),
            ],
            read: { site in
                guard case .sequence(let nodes) = site.node.content else {
                    site.wrongType(noun, example: example)
                    return nil
                }
                guard count.contains(nodes.count) else {
                    let expected =
                        count.count == 1
                        ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
                    site.report(
                        .outOfRange,
                        "has \(nodes.count) elements (expected \(expected))",
                        mend: "Write a list such as \(example)")
                    return nil
                }
                let values = nodes.enumerated().map { i, node in
                    element.read(
                        ReadingSite(
                            context: site.context, path: "\(site.path)[\(i)]", node: node))
                }
                let complete = values.compactMap(\.self)
                return complete.count == values.count ? complete : nil
            },
            render: { .array($0.map(element.render)) })
    }

    /// A mapping with the keys of `Value`.
    static func section() -> Form where Value: ConfigurationSection {
        let noun = "a mapping"
        return Form(
            noun: noun, example: "{ ... }", schema: Value.keys.schema,
            read: { site in
                guard case .mapping = site.node.content else {
                    if site.node.isNull {
                        site.report(
                            .wrongType, "has no keys below it",
                            mend: "Indent its keys below it, or remove the key")
                    } else {
                        site.wrongType(noun, example: "its keys below it, indented")
                    }
                    return nil
                }
                return Value(SectionReader(site))
            },
            render: { Value.keys.render($0) })
    }
}

extension Form where Value == ClosedRange<Double> {
    /// `[least, greatest]`.
    static let numberRange: Form = {
        let pair = Form<[Double]>.list(of: .number(example: "-2000"), count: 2...2)
            .example("[-2000, 10000]")
        return Form(
            noun: "a pair of numbers", example: pair.example, schema: pair.schema,
            read: { site in
                guard let values = pair.read(site) else { return nil }
                guard values[0] < values[1] else {
                    site.report(
                        .outOfRange,
                        "is empty (found \(Decimal.text(values[0])) to \(Decimal.text(values[1])))",
                        mend: "Write the smaller number first")
                    return nil
                }
                return values[0]...values[1]
            },
            render: { [.number($0.lowerBound), .number($0.upperBound)] })
    }()
}

extension Form where Value == DateListing {
    /// A pattern, or a list of dates.
    static let dates: Form = {
        let list = Form<[CalendarDate]>.list(of: .date, count: 1...100_000)
        let example = "\"NDVI_{yyyy}{mm}{dd}.tif\""
        return Form(
            noun: "a pattern or a list of dates", example: example,
            schema: ["anyOf": [["type": "string", "pattern": "\\{yyyy\\}"], list.schema]],
            read: { site in
                switch site.node.content {
                case .sequence:
                    guard let dates = list.read(site) else { return nil }
                    return site.distinct(dates).map(DateListing.dates)
                case .scalar(let text, _) where !site.node.isNull:
                    if let fault = DateListing.fault(ofPattern: text) {
                        site.report(
                            .badDate, "\(fault) (found \(Quoted(text)))", mend: "Write \(example)")
                        return nil
                    }
                    return .pattern(text)
                default:
                    site.wrongType("a pattern or a list of dates", example: example)
                    return nil
                }
            },
            render: {
                switch $0 {
                case .pattern(let text): .string(text)
                case .dates(let dates): list.render(dates)
                }
            })
    }()
}

extension ReadingSite {
    /// The dates, or nil after a report when one of them comes twice.
    fileprivate func distinct(_ dates: [CalendarDate]) -> [CalendarDate]? {
        var seen: Set<CalendarDate> = []
        for date in dates where !seen.insert(date).inserted {
            report(.badDate, "lists \(date) twice", mend: "Remove one of them")
            return nil
        }
        return dates
    }
}
