//! Plain text to lines.

use super::lines::Line;
use crate::model::Why;

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
            // Scrapers that write Markdown leave pictures as such.
            let hint = line.starts_with("![").then_some(Why::Caption);
            lines.push(Line { text: line.to_owned(), gap, hint, ..Line::default() });
            gap = false;
        }
    }
    unwrap(lines)
}

/// Lines that a mail program or an archive filled up to a width are joined to paragraphs again.
fn unwrap(lines: Vec<Line>) -> Vec<Line> {
    let width = |line: &Line| line.text.chars().count();
    let broken =
        |pair: &[Line]| !pair[1].gap && (WRAPPED).contains(&width(&pair[0])) && !ends_a_sentence(&pair[0].text);
    let pairs = lines.windows(2).filter(|pair| broken(pair)).count();
    let inside = lines.windows(2).filter(|pair| !pair[1].gap).count();
    // Where lines are filled, most of them end in the middle of a sentence and none is long.
    if pairs < 3 || pairs * 2 < inside || lines.iter().any(|line| width(line) > *WRAPPED.end() + 10) {
        return lines;
    }
    let mut joined: Vec<Line> = Vec::new();
    let mut filled = false;
    for line in lines {
        let next = width(&line) >= *WRAPPED.start();
        match joined.last_mut() {
            Some(last) if filled && !line.gap => {
                last.text.push(' ');
                last.text.push_str(&line.text);
            }
            _ => joined.push(line),
        }
        filled = next;
    }
    joined
}

/// How many characters a filled line has.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=90;

fn ends_a_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', ':', '\u{3002}', '\u{61f}', '\u{6d4}', '\u{964}', '\u{201d}', '\u{bb}'])
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

    #[test]
    fn filled_lines_are_joined() {
        let filled = "The three countries along the river agreed to share water levels every\nhour, \
            the commission said. Until now each of them measured alone and sent\nits figures once a day, \
            often too late for the villages that lie downstream of\nit all.\n\nEngineers come.";
        let texts: Vec<String> = lines(filled).into_iter().map(|line| line.text).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts[0].contains("every hour") && texts[0].ends_with("of it all."));
    }
}
