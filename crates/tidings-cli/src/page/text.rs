//! Text on a terminal: how wide it is, what keeps its direction to itself, what must not reach the terminal at all.

/// Columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// A text of at most so many columns, with an ellipsis where it was cut.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out) >= columns {
            out.pop();
            break;
        }
    }
    out.trim_end().to_owned() + "…"
}

/// A text filled up with spaces to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

/// A text without what moves a terminal's cursor or turns its lines around, and with plain spaces between words.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A text between marks that keep one with right-to-left letters from turning its line around.
pub fn isolated(text: &str) -> String {
    if runs_left(text) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// Two names with a comma between, which scripts that run to the left write the other way around.
pub fn joined(one: &str, other: &str) -> String {
    format!("{one}{} {other}", if runs_left(one) { '\u{60C}' } else { ',' })
}

fn runs_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}

/// A count without a fraction that it does not have, in groups of three where it is long.
pub fn number(value: f64) -> String {
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return value.to_string();
    }
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 { format!("-{out}") } else { out }
}

/// `1 report`, `2 reports`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_many_scripts() {
        assert_eq!(padded("新华社", 8), "新华社  ");
        assert_eq!(padded("Phương Nam", 12), "Phương Nam  ");
        assert_eq!(width(&isolated("المرفأ")), width("المرفأ"));
        assert_eq!(cut("海棠通讯社 + 各通讯社", 8), "海棠通…");
        assert_eq!(cut("Port Observer and agencies", 12), "Port Observ…");
    }

    #[test]
    fn only_what_runs_to_the_left_is_isolated() {
        assert_eq!(isolated("المرفأ"), "\u{2068}المرفأ\u{2069}");
        assert_eq!(isolated("Sông Hồng 江"), "Sông Hồng 江");
    }

    #[test]
    fn nothing_of_a_text_moves_the_cursor() {
        assert_eq!(clean("a\u{1b}[2J\u{202e}b\n \tc\u{2069}"), "a[2Jb c");
    }

    #[test]
    fn counts_have_no_fraction_that_is_none() {
        assert_eq!(number(16.0), "16");
        assert_eq!(number(2.5), "2.5");
        assert_eq!(number(1500.0), "1500");
        assert_eq!(number(40_000_000.0), "40,000,000");
    }
}
