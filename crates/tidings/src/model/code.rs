//! Three-letter codes: countries and PLOVER's sectors.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 3]);

        impl $name {
            /// The code, if it is three ASCII capitals.
            pub const fn new(code: &str) -> Option<Self> {
                let b = code.as_bytes();
                if b.len() != 3 || !b[0].is_ascii_uppercase() || !b[1].is_ascii_uppercase() || !b[2].is_ascii_uppercase() {
                    return None;
                }
                Some(Self([b[0], b[1], b[2]]))
            }

            /// The three letters.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or("")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not three capital letters")))
            }
        }
    };
}

code! {
    /// A country: ISO 3166-1 alpha-3, `EUU` for the European Union, or an organization's code
    /// (`IGO`, `UNO`, `NGO`, `IMG`, `MNC`, `ISM`).
    ///
    /// ```
    /// use tidings::model::Country;
    /// assert_eq!(Country::new("EGY").unwrap().to_string(), "EGY");
    /// assert!(Country::new("eg").is_none());
    /// ```
    Country
}

code! {
    /// PLOVER's sector of an actor, such as `GOV` or `MIL`.
    Sector
}

impl Country {
    /// As a number, for annotations.
    pub(crate) fn to_payload(self) -> i64 {
        self.0.iter().fold(0, |n, b| n << 8 | i64::from(*b))
    }

    /// From the number of [`Country::to_payload`].
    pub(crate) fn from_payload(payload: i64) -> Option<Self> {
        let [_, _, _, _, _, a, b, c] = payload.to_be_bytes();
        Self::new(std::str::from_utf8(&[a, b, c]).ok()?)
    }

    /// Whether this stands for a kind of organization and not for a state or the European Union.
    pub fn is_organization(self) -> bool {
        matches!(self.as_str(), "IGO" | "UNO" | "NGO" | "IMG" | "MNC" | "ISM")
    }
}
