//! The names of elements.

macro_rules! tags {
    ($($tag:ident $name:literal,)*) => {
        /// What a node of a tree is: an element by its name, or one of the three that are none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Tag {
            /// The node around all others.
            Root,
            /// A text.
            Text,
            /// An element that HTML has no name for: one of a site's own, or of `SVG` and `MathML`.
            Other,
            $(#[doc = concat!("`<", $name, ">`")] $tag,)*
        }

        impl Tag {
            /// The tag of an element's name, which must be in lower case.
            ///
            /// ```
            /// use tidings::html::Tag;
            /// assert_eq!(Tag::named("p"), Tag::P);
            /// assert_eq!(Tag::named("amp-img"), Tag::Other);
            /// ```
            pub fn named(name: &str) -> Self {
                match name {
                    $($name => Self::$tag,)*
                    _ => Self::Other,
                }
            }

            /// The element's name; empty for the root, texts and elements of other names.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::Root | Self::Text | Self::Other => "",
                    $(Self::$tag => $name,)*
                }
            }
        }
    };
}

tags! {
    A "a", Abbr "abbr", Acronym "acronym", Address "address", Applet "applet", Area "area", Article "article",
    Aside "aside", Audio "audio", B "b", Base "base", Bdi "bdi", Bdo "bdo", Bgsound "bgsound", Big "big",
    Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption",
    Center "center", Cite "cite", Code "code", Col "col", Colgroup "colgroup", Data "data", Datalist "datalist",
    Dd "dd", Del "del", Details "details", Dfn "dfn", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt",
    Em "em", Embed "embed", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font",
    Footer "footer", Form "form", Frame "frame", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5",
    H6 "h6", Head "head", Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe",
    Image "image", Img "img", Input "input", Ins "ins", Kbd "kbd", Keygen "keygen", Label "label",
    Legend "legend", Li "li", Link "link", Listing "listing", Main "main", Map "map", Mark "mark",
    Marquee "marquee", Math "math", Menu "menu", Meta "meta", Meter "meter", Nav "nav", Nobr "nobr",
    Noembed "noembed", Noframes "noframes", Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup",
    Option "option", Output "output", P "p", Param "param", Picture "picture", Plaintext "plaintext", Pre "pre",
    Progress "progress", Q "q", Rb "rb", Rp "rp", Rt "rt", Rtc "rtc", Ruby "ruby", S "s", Samp "samp",
    Script "script", Search "search", Section "section", Select "select", Slot "slot", Small "small",
    Source "source", Span "span", Strike "strike", Strong "strong", Style "style", Sub "sub", Summary "summary",
    Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea",
    Tfoot "tfoot", Th "th", Thead "thead", Time "time", Title "title", Tr "tr", Track "track", Tt "tt", U "u",
    Ul "ul", Var "var", Video "video", Wbr "wbr", Xmp "xmp",
}
