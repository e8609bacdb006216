//! The scripts of the world's living languages, and which of them a text is written in.

use super::super::letters::is_letter;

macro_rules! scripts {
    ($($name:ident: $($from:literal ..= $to:literal),+;)*) => {
        /// Scripts by their ISO 15924 codes; `Jpan` stands for kana.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Script { $($name),* }

        impl Script {
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The script of a letter; none for digits, marks, punctuation and symbols.
            pub(crate) fn of(c: char) -> Option<Self> {
                if c.is_ascii() {
                    return c.is_ascii_alphabetic().then_some(Self::Latn);
                }
                if !is_letter(c) {
                    return None;
                }
                match c {
                    $($('\u{0}'..='\u{10ffff}' if ($from..=$to).contains(&u32::from(c)) => Some(Self::$name),)+)*
                    _ => None,
                }
            }
        }
    };
}

// The blocks of Unicode 17 that hold letters of living languages.
scripts! {
    Latn: 0x41..=0x24f, 0x250..=0x2af, 0x1e00..=0x1eff, 0x2c60..=0x2c7f, 0xa720..=0xa7ff, 0xff21..=0xff5a;
    Cyrl: 0x400..=0x52f, 0x1c80..=0x1c8f, 0x2de0..=0x2dff, 0xa640..=0xa69f;
    Arab: 0x600..=0x6ff, 0x750..=0x77f, 0x870..=0x8ff, 0xfb50..=0xfdff, 0xfe70..=0xfeff;
    Hani: 0x4e00..=0x9fff, 0x3400..=0x4dbf, 0x3005..=0x3007, 0xf900..=0xfaff, 0x20000..=0x3ffff;
    Jpan: 0x3041..=0x30ff, 0x31f0..=0x31ff, 0xff66..=0xff9f;
    Hang: 0xac00..=0xd7af, 0x1100..=0x11ff, 0x3130..=0x318f, 0xa960..=0xa97f;
    Deva: 0x900..=0x97f, 0xa8e0..=0xa8ff;
    Beng: 0x980..=0x9ff;
    Grek: 0x370..=0x3ff, 0x1f00..=0x1fff;
    Hebr: 0x590..=0x5ff, 0xfb1d..=0xfb4f;
    Thai: 0xe00..=0xe7f;
    Taml: 0xb80..=0xbff;
    Telu: 0xc00..=0xc7f;
    Knda: 0xc80..=0xcff;
    Mlym: 0xd00..=0xd7f;
    Gujr: 0xa80..=0xaff;
    Guru: 0xa00..=0xa7f;
    Orya: 0xb00..=0xb7f;
    Sinh: 0xd80..=0xdff;
    Laoo: 0xe80..=0xeff;
    Khmr: 0x1780..=0x17ff;
    Mymr: 0x1000..=0x109f, 0xa9e0..=0xa9ff, 0xaa60..=0xaa7f;
    Armn: 0x530..=0x58f, 0xfb13..=0xfb17;
    Geor: 0x10a0..=0x10ff, 0x1c90..=0x1cbf, 0x2d00..=0x2d2f;
    Ethi: 0x1200..=0x139f, 0x2d80..=0x2ddf, 0xab00..=0xab2f;
    Tibt: 0xf00..=0xfff;
    Thaa: 0x780..=0x7bf;
    Cans: 0x1400..=0x167f;
    Cher: 0x13a0..=0x13ff, 0xab70..=0xabbf;
    Olck: 0x1c50..=0x1c7f;
    Tfng: 0x2d30..=0x2d7f;
    Yiii: 0xa000..=0xa4cf;
}
