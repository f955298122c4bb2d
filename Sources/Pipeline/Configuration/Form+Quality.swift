import Products
import Tables

extension Form where Value == [QualityRequirement] {
    /// A mapping of names of fields to lists of names of values; by the names
    /// of the fields, so that their order does not matter.
    static let qualityRequirements: Form = {
        let words = Form<[String]>.list(of: .text, count: 1...32)
        let noun = "a mapping of fields to lists of values"
        let example = "{ pixel_reliability: [good, marginal] }"
        return Form(
            noun: noun, example: example,
            schema: [
                "type": "object", "minProperties": 1, "additionalProperties": words.schema,
            ],
            read: { site in
                guard case .mapping(let members) = site.node.content, !members.isEmpty else {
                    site.wrongType(noun, example: example)
                    return nil
                }
                let requirements = members.map { member in
                    words.read(
                        ReadingSite(
                            context: site.context, path: "\(site.path).\(member.key)",
                            node: member.value)
                    ).map { QualityRequirement(member.key, $0.sorted()) }
                }
                let complete = requirements.compactMap(\.self).sorted { $0.field < $1.field }
                return complete.count == members.count ? complete : nil
            },
            render: { requirements in
                .object(requirements.map { JSONMember($0.field, words.render($0.values)) })
            })
    }()
}
