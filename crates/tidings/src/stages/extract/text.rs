//! Plain text to lines.

use super::lines::Line;

/// Lines that begin so were put there by whoever made the sample and not by whoever wrote the report.
const SAMPLE_NOTICE: &str = "# Written for Tidings";

/// The lines of a plain text that hold anything, and whether an empty one stands before each.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = false;
    for line in text.split("\r\n").flat_map(|part| part.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{c}']))
    {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'));
        if line.is_empty() {
            gap = true;
        } else if !(lines.is_empty() && line.starts_with(SAMPLE_NOTICE)) {
            lines.push(Line { text: line.to_owned(), gap, ..Line::default() });
            gap = false;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_are_remembered() {
        let lines = lines("\u{feff}# Written for Tidings.\r\nOne \r\n\r\n Two\u{2028}Three");
        let texts: Vec<(&str, bool)> = lines.iter().map(|line| (line.text.as_str(), line.gap)).collect();
        assert_eq!(texts, [("One", false), ("Two", true), ("Three", false)]);
    }
}
