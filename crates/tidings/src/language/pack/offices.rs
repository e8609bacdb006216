//! `offices.tsv`: a language's titles, ranks, institutions and groups.

use super::{PackError, PackSource};
use crate::language::{Rules, pattern::Parser};

/// What a form stands for beside the ids of `data/world/offices.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// The office was held before.
    Former,
    /// The office is held for the time being.
    Acting,
    /// The other party's colleague in office.
    Counterpart,
    /// The two sides.
    Both,
    /// A word that takes up a person.
    He,
}

/// How a form covers people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfficeFlag {
    /// Several holders ("the foreign ministers of A and B").
    pub plural: bool,
    /// An adjective that says whose something is ("presidential").
    pub adjective: bool,
}

/// One form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeForm {
    /// The id in `data/world/offices.tsv`, or the special id.
    pub id: String,
    /// Set for special ids.
    pub special: Option<Special>,
    /// How it covers people.
    pub flag: OfficeFlag,
    /// The line in `offices.tsv`.
    pub line: usize,
}

/// All forms of a language.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    /// The patterns.
    pub rules: Rules,
    /// What each stands for.
    pub forms: Vec<OfficeForm>,
}

impl Offices {
    pub(super) fn read(code: &str, source: &PackSource, parser: &mut Parser<'_>) -> Result<Self, PackError> {
        let mut offices = Self::default();
        for (line, columns) in source.table(code, "offices.tsv") {
            let fail = |message: String| PackError::new(code, "offices.tsv", line, message);
            let (pattern, id, flags) = match columns[..] {
                [pattern, id] => (pattern, id, ""),
                [pattern, id, flags, ..] => (pattern, id, flags),
                _ => {
                    return Err(fail("a line is pattern, id and flags, with tabs between".into()));
                }
            };
            let special = match id {
                "former" => Some(Special::Former),
                "acting" => Some(Special::Acting),
                "counterpart" => Some(Special::Counterpart),
                "both" => Some(Special::Both),
                "he" => Some(Special::He),
                _ => None,
            };
            let mut flag = OfficeFlag::default();
            for word in flags.split([',', ' ']).filter(|f| !f.is_empty()) {
                match word {
                    "plural" | "dual" => flag.plural = true,
                    "adj" => flag.adjective = true,
                    other => return Err(fail(format!("`{other}` is no flag"))),
                }
            }
            let nodes = parser.parse(pattern).map_err(|e| fail(e.to_string()))?;
            offices.rules.add(nodes, offices.forms.len());
            offices.forms.push(OfficeForm { id: id.to_owned(), special, flag, line });
        }
        Ok(offices)
    }
}
