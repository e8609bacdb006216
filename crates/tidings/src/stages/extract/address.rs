//! What an address says: the outlet, the country of its domain, the day in its path.

use std::borrow::Cow;

use jiff::civil::Date;
use url::Url;

/// The registered domain of an address, as an outlet's name: `baotintuc.vn`.
pub(super) fn outlet(address: &str) -> Option<String> {
    let url = parse(address)?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    Some(psl::domain_str(&host).unwrap_or(&host).to_owned())
}

/// The host of an address, without `www.`: `news.example.com`.
pub(super) fn host(address: &str) -> Option<String> {
    let url = parse(address)?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// The last part of the host: `vn`.
pub(super) fn top_level(address: &str) -> Option<String> {
    let last = parse(address)?.host_str()?.rsplit('.').next()?.to_ascii_lowercase();
    last.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(last)
}

/// The day that stands in the path as year, month and day, parted by strokes or hyphens or not at all.
pub(super) fn day(address: &str) -> Option<Date> {
    let url = parse(address)?;
    let path = url.path();
    let digits: Vec<(usize, &str)> = runs_of_digits(path);
    let part = |at: usize| digits.get(at).map(|(_, run)| *run);
    let joined = |at: usize| {
        let gap = |a: usize| digits[a + 1].0 - (digits[a].0 + digits[a].1.len()) == 1;
        gap(at) && gap(at + 1)
    };
    (0..digits.len()).find_map(|at| {
        let run = part(at)?;
        if run.len() == 4 && part(at + 2).is_some_and(|d| d.len() <= 2) && part(at + 1)?.len() <= 2 && joined(at) {
            return plausible(run, part(at + 1)?, part(at + 2)?);
        }
        // Eight digits are a day; longer runs that begin so are numbers of articles.
        (run.len() == 8).then(|| plausible(&run[..4], &run[4..6], &run[6..])).flatten()
    })
}

/// Whether the day stands in the path as folders, `/2024/11/15/`, under which systems file what they publish.
pub(super) fn is_path(address: &str, day: Date) -> bool {
    let Some(url) = parse(address) else { return false };
    let Some(parts) = url.path_segments() else { return false };
    let numbers: Vec<Option<i16>> = parts.map(|part| part.parse().ok()).collect();
    numbers.windows(3).any(|w| w == [Some(day.year()), Some(day.month().into()), Some(day.day().into())])
}

/// The day on which an archive saved a page, where its address says so: fourteen digits before the page's own.
pub(super) fn saved(address: &str) -> Option<Date> {
    let url = parse(address)?;
    let digits =
        url.path_segments()?.find(|part| part.len() >= 14 && part.as_bytes()[..14].iter().all(u8::is_ascii_digit))?;
    let page = url.path().contains("/http");
    plausible(&digits[..4], &digits[4..6], &digits[6..8]).filter(|_| page)
}

fn plausible(year: &str, month: &str, day: &str) -> Option<Date> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1990..2100).contains(&date.year()).then_some(date)
}

fn runs_of_digits(text: &str) -> Vec<(usize, &str)> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() == at => *run = &text[*start..=at],
            _ => runs.push((at, &text[at..=at])),
        }
    }
    runs
}

fn parse(address: &str) -> Option<Url> {
    Url::parse(address).ok().or_else(|| Url::parse(&format!("http://{address}")).ok())
}

/// The addresses that are written out in a line, and the line without them.
pub(super) fn cut_out(line: &str) -> (Cow<'_, str>, Vec<&str>) {
    if !line.contains("http") {
        return (Cow::Borrowed(line), Vec::new());
    }
    let mut rest = String::with_capacity(line.len());
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = line[from..].find("http").map(|at| from + at) {
        let address = &line[at..];
        let end = address.find(char::is_whitespace).unwrap_or(address.len());
        if address.starts_with("http://") || address.starts_with("https://") {
            rest.push_str(&line[from..at]);
            found.push(address[..end].trim_end_matches([')', ']', '.', ',', ';']));
            from = at + end;
        } else {
            rest.push_str(&line[from..at + 4]);
            from = at + 4;
        }
    }
    rest.push_str(&line[from..]);
    (Cow::Owned(rest), found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_and_days() {
        assert_eq!(outlet("https://www.example.com.vn/a").as_deref(), Some("example.com.vn"));
        assert_eq!(outlet("news.example.org").as_deref(), Some("example.org"));
        assert_eq!(outlet(""), None);
        let day = |address| day(address).map(|d| d.to_string());
        assert_eq!(day("https://example.com/2024/11/15/talks").as_deref(), Some("2024-11-15"));
        assert_eq!(day("https://example.com/talks-2024-11-5.html").as_deref(), Some("2024-11-05"));
        assert_eq!(day("https://example.com/a/20241115/c_1.htm").as_deref(), Some("2024-11-15"));
        assert_eq!(day("https://example.com/post480582.html"), None);
        assert_eq!(day("https://example.com/19825091121271051.htm"), None);
    }

    #[test]
    fn addresses_are_cut_out_of_lines() {
        let (rest, found) = cut_out("Source: https://example.com/a?b=1.");
        assert_eq!((&*rest, found), ("Source: ", vec!["https://example.com/a?b=1"]));
        assert_eq!(cut_out("the httpd server"), ("the httpd server".into(), vec![]));
    }
}
