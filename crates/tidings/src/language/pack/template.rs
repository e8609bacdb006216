//! A line with slots, such as `{actors} {visits|visit}[ {recipients}][ in {place}]`.
//!
//! A part in brackets is left out where a slot of it is empty; a slot outside of brackets must hold something. Two forms
//! between braces are the one for a single actor and the one for several, so that a verb agrees in any language whose
//! verbs do. Words before a slot's name stand before each of several parties: `{to recipients}` is "to A and to B".

/// A template, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

/// The slots by name, with what they hold.
pub type Slots<'s> = [(&'s str, &'s [String])];

/// A stretch of a template that stands or falls as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    optional: bool,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot { before: String, name: String },
    Number { one: String, several: String },
}

impl Template {
    /// Reads a template whose slots must be among some names.
    ///
    /// # Errors
    /// What is wrong: a bracket or brace that is not closed, or a slot that nothing fills.
    pub fn parse(text: &str, slots: &[&str]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (optional, inner, after) = if let Some(opened) = rest.strip_prefix('[') {
                let (inner, after) = opened.split_once(']').ok_or_else(|| format!("`[` is not closed in `{text}`"))?;
                (true, inner, after)
            } else {
                let end = rest.find('[').unwrap_or(rest.len());
                (false, &rest[..end], &rest[end..])
            };
            if inner.contains(['[', ']']) {
                return Err(format!("a bracket stands inside another or is not opened in `{text}`"));
            }
            parts.push(Part { optional, pieces: pieces(inner, slots).map_err(|m| format!("{m} in `{text}`"))? });
            rest = after;
        }
        if parts.is_empty() {
            return Err("a template is empty".to_owned());
        }
        Ok(Self { parts })
    }

    /// The line with its slots filled, several names of one put together by `joined`; `None` where a slot that it cannot
    /// do without is empty.
    pub fn fill(&self, slots: &Slots<'_>, several: bool, joined: impl Fn(Vec<String>) -> String) -> Option<String> {
        let mut line = String::new();
        for part in &self.parts {
            match part.fill(slots, several, &joined) {
                Some(filled) => line += &filled,
                None if part.optional => {}
                None => return None,
            }
        }
        // A slot with a hole in it leaves no gap.
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// The slots that must hold something.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(|p| !p.optional).flat_map(Part::slots)
    }

    /// All its slots.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Part::slots)
    }
}

impl Part {
    fn fill(&self, slots: &Slots<'_>, several: bool, joined: &dyn Fn(Vec<String>) -> String) -> Option<String> {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => filled += text,
                Piece::Number { several: form, .. } if several => filled += form,
                Piece::Number { one, .. } => filled += one,
                Piece::Slot { before, name } => {
                    let (_, values) = slots.iter().find(|(slot, values)| slot == name && !values.is_empty())?;
                    filled += &joined(values.iter().map(|value| format!("{before}{value}")).collect());
                }
            }
        }
        Some(filled)
    }

    fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|p| if let Piece::Slot { name, .. } = p { Some(name.as_str()) } else { None })
    }
}

fn pieces(text: &str, slots: &[&str]) -> Result<Vec<Piece>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map(|c| open + c).ok_or("`{` is not closed")?;
        if open > 0 {
            found.push(Piece::Text(rest[..open].to_owned()));
        }
        let inner = &rest[open + 1..close];
        found.push(match inner.split_once('|') {
            Some((one, several)) => Piece::Number { one: one.to_owned(), several: several.to_owned() },
            None => {
                let at = inner.rfind(' ').map_or(0, |space| space + 1);
                let (before, name) = inner.split_at(at);
                if !slots.contains(&name) {
                    return Err(format!("nothing fills `{{{inner}}}`"));
                }
                Piece::Slot { before: before.to_owned(), name: name.to_owned() }
            }
        });
        rest = &rest[close + 1..];
    }
    if rest.contains('}') {
        return Err("`}` is not opened".to_owned());
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest.to_owned()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, actors: &[&str], place: &[&str]) -> Option<String> {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let (actors, place) = (owned(actors), owned(place));
        let template = Template::parse(template, &["actors", "place"]).unwrap();
        template.fill(&[("actors", &actors), ("place", &place)], actors.len() > 1, |names| names.join(" and "))
    }

    #[test]
    fn parts_fall_out_where_they_are_empty() {
        let template = "{actors} hold talks[ in {place}]";
        assert_eq!(filled(template, &["A"], &[]).as_deref(), Some("A hold talks"));
        assert_eq!(filled(template, &["A"], &["Cairo"]).as_deref(), Some("A hold talks in Cairo"));
        assert_eq!(filled(template, &[], &["Cairo"]), None);
    }

    #[test]
    fn verbs_agree_with_one_and_with_several() {
        let template = "{actors} {visits|visit}[ {place}]";
        assert_eq!(filled(template, &["A"], &[]).as_deref(), Some("A visits"));
        assert_eq!(filled(template, &["A", "B"], &[]).as_deref(), Some("A and B visit"));
    }

    #[test]
    fn words_in_a_slot_stand_before_each_name() {
        assert_eq!(filled("visit {of actors}", &["A", "B"], &[]).as_deref(), Some("visit of A and of B"));
    }

    #[test]
    fn what_is_broken_is_told() {
        for broken in ["{actors", "[ in {place}", "a ] b", "{who}", "", "[a [b] c]", "a } b", "{actorsof}"] {
            assert!(Template::parse(broken, &["actors", "place"]).is_err(), "{broken}");
        }
    }
}
