/// Character references: `&amp;`, `&#8217;`, `&#x2019;` (WHATWG HTML §13.2.5.72 ff.).
public enum HTMLEntities {
    /// Decodes the references in part of an HTML text. White space is left as it stands.
    public static func decode(_ bytes: [UInt8], _ range: Range<Int>, inAttribute: Bool = false) -> String {
        if !bytes[range].contains(where: { $0 == UInt8(ascii: "&") || $0 == 0 }) { return String(decoding: bytes[range], as: UTF8.self) }
        var out: [UInt8] = []
        append(bytes, range, inAttribute: inAttribute, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// As `decode`, appended to UTF-8 bytes.
    public static func append(_ bytes: [UInt8], _ range: Range<Int>, inAttribute: Bool = false, to out: inout [UInt8]) {
        var index = range.lowerBound
        let end = min(range.upperBound, bytes.count)
        // Runs of plain bytes are copied whole.
        var run = index
        while index < end {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "&") || byte == 0 else {
                index += 1
                continue
            }
            let found = byte == 0 ? nil : reference(bytes, index, end, inAttribute: inAttribute)
            guard byte == 0 || found != nil else {
                index += 1
                continue
            }
            out.append(contentsOf: bytes[run..<index])
            if let (scalar, next) = found {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                index = next
            } else {
                index += 1
            }
            run = index
        }
        if run < end { out.append(contentsOf: bytes[run..<end]) }
    }

    /// Reads one reference at `&`: the character and where to go on.
    static func reference(_ bytes: [UInt8], _ begin: Int, _ end: Int, inAttribute: Bool) -> (Unicode.Scalar, Int)? {
        var index = begin + 1
        guard index < end else { return nil }
        if bytes[index] == UInt8(ascii: "#") { return number(bytes, index + 1, end) }
        let nameBegin = index
        while index < end, index - nameBegin < 32, bytes[index].isLetter || bytes[index].isDigit { index += 1 }
        guard index > nameBegin else { return nil }
        if index < end, bytes[index] == UInt8(ascii: ";"), let scalar = named[String(decoding: bytes[nameBegin..<index], as: UTF8.self)] {
            return (scalar, index + 1)
        }
        // The old names also hold without their semicolon, as the longest prefix; in an attribute only before no letter, digit or `=`.
        var length = min(index - nameBegin, 6)
        while length >= 2 {
            let name = String(decoding: bytes[nameBegin..<nameBegin + length], as: UTF8.self)
            if withoutSemicolon.contains(name), let scalar = named[name] {
                let next = nameBegin + length
                if inAttribute, next < end, bytes[next].isLetter || bytes[next].isDigit || bytes[next] == UInt8(ascii: "=") { return nil }
                return (scalar, next)
            }
            length -= 1
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ begin: Int, _ end: Int) -> (Unicode.Scalar, Int)? {
        var index = begin
        var value: UInt32 = 0
        let hexadecimal = index < end && bytes[index] | 0x20 == UInt8(ascii: "x")
        if hexadecimal { index += 1 }
        let digitsBegin = index
        while index < end {
            let byte = bytes[index]
            let digit: UInt32
            if byte.isDigit {
                digit = UInt32(byte - 0x30)
            } else if hexadecimal, byte | 0x20 >= 0x61, byte | 0x20 <= 0x66 {
                digit = UInt32((byte | 0x20) - 0x61 + 10)
            } else {
                break
            }
            value = min(value * (hexadecimal ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > digitsBegin else { return nil }
        if index < end, bytes[index] == UInt8(ascii: ";") { index += 1 }
        if value >= 0x80, value <= 0x9F { value = windows1252[Int(value) - 0x80] }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", index) }
        return (scalar, index)
    }

    /// What the numbers 128 to 159 are read as.
    static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    static let named: [String: Unicode.Scalar] = {
        var table: [String: Unicode.Scalar] = [:]
        let words = names.split(whereSeparator: \.isWhitespace)
        var index = 0
        while index + 1 < words.count {
            if let value = UInt32(words[index + 1], radix: 16), let scalar = Unicode.Scalar(value) { table[String(words[index])] = scalar }
            index += 2
        }
        return table
    }()

    static let withoutSemicolon = Set(oldNames.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let oldNames = """
        AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT
        Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave
        amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt
        iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde
        ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml
        """

    private static let names = """
        AElig C6 AMP 26 Aacute C1 Abreve 102 Acirc C2 Agrave C0 Alpha 391 Aogon 104 Aring C5 Atilde C3 Auml C4 Beta 392 COPY A9
        Cacute 106 Ccaron 10C Ccedil C7 Chi 3A7 Dagger 2021 Dcaron 10E Delta 394 Dstrok 110 ETH D0 Eacute C9 Ecaron 11A Ecirc CA
        Egrave C8 Eogon 118 Epsilon 395 Eta 397 Euml CB GT 3E Gamma 393 Gbreve 11E Hat 5E Iacute CD Icirc CE Idot 130 Igrave CC
        Iota 399 Iuml CF Kappa 39A LT 3C Lambda 39B Lstrok 141 Mu 39C Nacute 143 Ncaron 147 NewLine A Ntilde D1 Nu 39D OElig 152
        Oacute D3 Ocirc D4 Odblac 150 Ograve D2 Omega 3A9 Omicron 39F Oslash D8 Otilde D5 Ouml D6 Phi 3A6 Pi 3A0 Prime 2033 Psi 3A8
        QUOT 22 REG AE Rcaron 158 Rho 3A1 Sacute 15A Scaron 160 Scedil 15E Sigma 3A3 THORN DE Tab 9 Tau 3A4 Tcaron 164 Tcedil 162
        Theta 398 Uacute DA Ucirc DB Udblac 170 Ugrave D9 Upsilon 3A5 Uring 16E Uuml DC Xi 39E Yacute DD Yuml 178 Zacute 179
        Zcaron 17D Zdot 17B ZeroWidthSpace 200B Zeta 396 aacute E1 abreve 103 acirc E2 acute B4 aelig E6 agrave E0 alefsym 2135
        alpha 3B1 amacr 101 amp 26 and 2227 ang 2220 aogon 105 apos 27 aring E5 ast 2A asymp 2248 atilde E3 auml E4 bdquo 201E
        beta 3B2 brvbar A6 bsol 5C bull 2022 cacute 107 cap 2229 ccaron 10D ccedil E7 cedil B8 cent A2 check 2713 chi 3C7 circ 2C6
        clubs 2663 colon 3A comma 2C commat 40 cong 2245 copy A9 crarr 21B5 cup 222A curren A4 dArr 21D3 dagger 2020 darr 2193
        dash 2010 dcaron 10F deg B0 delta 3B4 diams 2666 divide F7 dollar 24 dstrok 111 eacute E9 ecaron 11B ecirc EA egrave E8
        emacr 113 empty 2205 emsp 2003 ensp 2002 eogon 119 epsilon 3B5 equals 3D equiv 2261 eta 3B7 eth F0 euml EB euro 20AC excl 21
        exist 2203 fnof 192 forall 2200 frac12 BD frac14 BC frac34 BE frasl 2044 gamma 3B3 gbreve 11F ge 2265 grave 60 gt 3E
        hArr 21D4 hairsp 200A harr 2194 hearts 2665 hellip 2026 horbar 2015 iacute ED icirc EE iexcl A1 igrave EC imacr 12B
        image 2111 infin 221E inodot 131 int 222B iota 3B9 iquest BF isin 2208 iuml EF kappa 3BA lArr 21D0 lambda 3BB lang 2329
        laquo AB larr 2190 lceil 2308 lcub 7B ldquo 201C ldquor 201E le 2264 lfloor 230A lowast 2217 lowbar 5F loz 25CA lpar 28
        lrm 200E lsaquo 2039 lsqb 5B lsquo 2018 lsquor 201A lstrok 142 lt 3C macr AF mdash 2014 micro B5 middot B7 minus 2212 mu 3BC
        nabla 2207 nacute 144 nbsp A0 ncaron 148 ndash 2013 ne 2260 ni 220B not AC notin 2209 nsub 2284 ntilde F1 nu 3BD num 23
        numsp 2007 oacute F3 ocirc F4 odblac 151 oelig 153 ograve F2 oline 203E omacr 14D omega 3C9 omicron 3BF oplus 2295 or 2228
        ordf AA ordm BA oslash F8 otilde F5 otimes 2297 ouml F6 para B6 part 2202 percnt 25 period 2E permil 2030 perp 22A5 phi 3C6
        phone 260E pi 3C0 piv 3D6 plus 2B plusmn B1 pound A3 prime 2032 prod 220F prop 221D psi 3C8 quest 3F quot 22 rArr 21D2
        radic 221A rang 232A raquo BB rarr 2192 rcaron 159 rceil 2309 rcub 7D rdquo 201D rdquor 201D real 211C reg AE rfloor 230B
        rho 3C1 rlm 200F rpar 29 rsaquo 203A rsqb 5D rsquo 2019 rsquor 2019 sacute 15B sbquo 201A scaron 161 scedil 15F sdot 22C5
        sect A7 semi 3B shy AD sigma 3C3 sigmaf 3C2 sim 223C sol 2F spades 2660 star 2606 starf 2605 sub 2282 sube 2286 sum 2211
        sup 2283 sup1 B9 sup2 B2 sup3 B3 supe 2287 szlig DF tau 3C4 tcaron 165 tcedil 163 there4 2234 theta 3B8 thetasym 3D1
        thinsp 2009 thorn FE tilde 2DC times D7 trade 2122 uArr 21D1 uacute FA uarr 2191 ucirc FB udblac 171 ugrave F9 umacr 16B
        uml A8 upsih 3D2 upsilon 3C5 uring 16F uuml FC verbar 7C vert 7C weierp 2118 xi 3BE yacute FD yen A5 yuml FF zacute 17A
        zcaron 17E zdot 17C zeta 3B6 zwj 200D zwnj 200C
        """
}
