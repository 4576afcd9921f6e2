/// The attributes that safe HTML may have, by what becomes of their values.
enum SafeAttribute {
    case style, link, source, background, colour
    /// Kept as it stands.
    case plain

    static let all: [String: SafeAttribute] = {
        var all: [String: SafeAttribute] = [
            "style": .style, "href": .link, "src": .source, "background": .background, "bgcolor": .colour, "color": .colour,
        ]
        for name in [
            "abbr", "align", "alt", "border", "cellpadding", "cellspacing", "colspan", "dir", "face", "height", "lang", "nowrap",
            "reversed",
            "rowspan", "scope", "size", "span", "start", "title", "valign", "width",
        ] { all[name] = .plain }
        return all
    }()
}
