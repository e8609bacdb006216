//! An article for people: as it reads, or as Markdown to be pasted.

use std::fmt::Write;

use tidings::model::{Article, SetAside};

use crate::output::Paint;

/// How articles look.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// As they read.
    Text(Paint),
    /// As Markdown (`CommonMark`), in which nothing of the article is taken for markup.
    Markdown,
}

impl Look {
    /// What stands between two articles.
    pub fn between(self) -> &'static str {
        match self {
            Self::Text(_) => "\n* * *\n",
            Self::Markdown => "\n---\n",
        }
    }
}

/// The article: its title, a line on where it is from, its paragraphs, and what was set aside where that is wanted.
pub fn shown(article: &Article, look: Look, asides: bool) -> String {
    let words = |text: &str| match look {
        Look::Text(_) => text.to_owned(),
        Look::Markdown => escaped(text),
    };
    let mut parts = Vec::new();
    if let Some(title) = article.title.as_deref() {
        parts.push(match look {
            Look::Text(paint) => paint.strong(title),
            Look::Markdown => format!("# {}", words(title)),
        });
    }
    let origin: Vec<String> = origin(article).into_iter().map(words).collect();
    if !origin.is_empty() {
        let line = origin.join(" \u{b7} ");
        let address = article.url.as_deref().filter(|address| !address.contains(['<', '>', ' ', '\n']));
        parts.push(match (look, address) {
            (Look::Text(paint), Some(address)) => format!("{}\n{}", paint.dim(&line), paint.dim(address)),
            (Look::Text(paint), None) => paint.dim(&line),
            (Look::Markdown, Some(address)) => format!("*{line}* \u{b7} <{address}>"),
            (Look::Markdown, None) => format!("*{line}*"),
        });
    }
    parts.extend(article.text.lines().filter(|line| !line.is_empty()).map(words));
    if asides && !article.set_aside.is_empty() {
        parts.push(set_aside(&article.set_aside, look));
    }
    parts.join("\n\n")
}

/// Who wrote it, from whom it is, who printed it, and when. Nobody is named twice in a row.
fn origin(article: &Article) -> Vec<&str> {
    let credits = article.credits.iter().map(String::as_str);
    let mut origin: Vec<&str> = article.author.as_deref().into_iter().chain(credits).collect();
    origin.extend(article.publisher.as_deref().filter(|publisher| !origin.contains(publisher)));
    origin.extend(article.published.as_ref().map(|published| published.value.as_str()));
    origin.extend(article.language.as_deref());
    origin.retain(|word| !word.is_empty());
    origin
}

fn set_aside(asides: &[SetAside], look: Look) -> String {
    let mut text = String::new();
    for aside in asides {
        let why = serde_json::to_value(aside.why).ok();
        let why = why.as_ref().and_then(|why| why.as_str()).unwrap_or_default();
        let lines = aside.text.lines();
        match look {
            Look::Text(paint) => lines.for_each(|line| {
                let _ = writeln!(text, "{}", paint.dim(&format!("[{why}] {line}")));
            }),
            Look::Markdown => lines.for_each(|line| {
                let _ = writeln!(text, "> **{why}**: {}\n>", escaped(line));
            }),
        }
    }
    text.truncate(text.trim_end_matches(['\n', '>']).len());
    text
}

/// One line of words, so that Markdown shows them as they are.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    // A number and its full stop at the beginning would make a list.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let begins = at == 0 && matches!(c, '#' | '>' | '+' | '-' | '=' | '~' | '|');
        let counts = at == digits && (1..=9).contains(&digits) && matches!(c, '.' | ')');
        if begins || counts || matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '`') {
            text.push('\\');
        } else if c == '&' {
            // What looks like a reference is shown as it is written.
            text.push_str("&amp;");
            continue;
        }
        text.push(if c == '\n' { ' ' } else { c });
    }
    text
}

#[cfg(test)]
mod tests {
    use tidings::model::{DateSource, Published, Why};

    use super::*;

    fn article() -> Article {
        Article {
            title: Some("Talks on #1 *river*".into()),
            author: Some("Ann Lee".into()),
            credits: vec!["AFP".into(), "example.com".into()],
            publisher: Some("example.com".into()),
            published: Some(Published { value: "2024-11-15".into(), from: DateSource::Meta }),
            url: Some("https://example.com/a_b".into()),
            language: Some("en".into()),
            text: "# No heading.\n2024. A year & a <b>.\n- Point".into(),
            set_aside: vec![SetAside { why: Why::Caption, text: "Two men\nAFP".into() }],
            ..Article::default()
        }
    }

    #[test]
    fn text_is_as_it_reads() {
        let text = shown(&article(), Look::Text(Paint::new(false, None)), true);
        let expected = "Talks on #1 *river*\n\nAnn Lee \u{b7} AFP \u{b7} example.com \u{b7} 2024-11-15 \u{b7} en\nhttps://example.com/a_b\n\n\
                        # No heading.\n\n2024. A year & a <b>.\n\n- Point\n\n[caption] Two men\n[caption] AFP";
        assert_eq!(text, expected);
    }

    #[test]
    fn markdown_shows_what_is_written() {
        let text = shown(&article(), Look::Markdown, true);
        let expected = "# Talks on #1 \\*river\\*\n\n*Ann Lee \u{b7} AFP \u{b7} example.com \u{b7} 2024-11-15 \u{b7} en* \u{b7} <https://example.com/a_b>\n\n\
                        \\# No heading.\n\n2024\\. A year &amp; a \\<b>.\n\n\\- Point\n\n> **caption**: Two men\n>\n> **caption**: AFP";
        assert_eq!(text, expected);
        let bare = shown(&Article::default(), Look::Markdown, true);
        assert_eq!(bare, "");
    }
}
