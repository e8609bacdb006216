//! What a host asks of robots (RFC 9309): which of its paths, and how often.
//!
//! Ours, since the one crate for it has seen no release for three years and brings a regex engine for 150 lines.

use std::fmt::Write;
use std::time::Duration;

/// How much of a robots.txt is read, in bytes.
pub(super) const LONGEST: usize = 500 << 10;

/// The longest pause between two requests that a host may ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What one host asks of one robot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// The pause between two requests that it asks for.
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allows: bool,
    /// With `*` and a last `$` as they stand, everything else in one form of percent-encoding.
    pattern: Vec<u8>,
}

impl Robots {
    /// Reads what a robots.txt says to a robot: its own groups, or else those for all. Lines that make no sense are
    /// passed over.
    pub(super) fn read(bytes: &[u8], robot: &str) -> Self {
        let bytes = &bytes[..bytes.len().min(LONGEST)];
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let (mut own, mut all) = (None::<Self>, Self::default());
        // The agents of the group that is being read, and whether they may still become more.
        let (mut is_own, mut is_all, mut naming) = (false, false, false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (is_own, is_all, naming) = (false, false, true);
                }
                let end = value.find(|c: char| !c.is_ascii_alphabetic() && !"-_".contains(c)).unwrap_or(value.len());
                is_own |= value[..end].eq_ignore_ascii_case(robot);
                is_all |= value == "*";
                if is_own {
                    own.get_or_insert_default();
                }
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            naming = false;
            for group in [own.as_mut().filter(|_| is_own), is_all.then_some(&mut all)].into_iter().flatten() {
                group.take(&key, value);
            }
        }
        own.unwrap_or(all)
    }

    fn take(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let delay = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            self.delay = delay.map(|delay| delay.min(LONGEST_DELAY)).or(self.delay);
        } else if !value.is_empty() {
            // An empty rule says nothing.
            self.rules.push(Rule { allows: key == "allow", pattern: one_form(value, b"*$") });
        }
    }

    /// Whether a path with its query may be asked for. The longest rule that fits decides, and of two as long the one that
    /// allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = one_form(path, b"");
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }

    /// The same rules as a robots.txt for all, which is short where the original was long.
    pub(super) fn to_text(&self) -> String {
        let mut text = "User-agent: *\n".to_owned();
        for rule in &self.rules {
            let pattern = String::from_utf8_lossy(&rule.pattern);
            let _ = writeln!(text, "{}: {pattern}", if rule.allows { "Allow" } else { "Disallow" });
        }
        if let Some(delay) = self.delay {
            let _ = writeln!(text, "Crawl-delay: {}", delay.as_secs_f64());
        }
        text
    }
}

/// Percent-encoding in one form: what needs none has none, everything else has it in capitals. `wild` characters stay.
fn one_form(text: &str, wild: &[u8]) -> Vec<u8> {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    let mut form = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (byte, encoded) = match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => ((high << 4 | low) as u8, true),
            (byte, ..) => (byte, false),
        };
        at += if encoded { 3 } else { 1 };
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let kept = !encoded && byte.is_ascii_graphic() && (!b"*$".contains(&byte) || wild.contains(&byte));
        if plain || kept {
            form.push(byte);
        } else {
            form.extend(format!("%{byte:02X}").bytes());
        }
    }
    form
}

/// Whether a pattern fits the beginning of a path, or with a last `$` all of it.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let (mut at, mut here) = (0, 0);
    // Where the last star stood, and where in the path it was tried last.
    let mut star = None::<(usize, usize)>;
    loop {
        if at < pattern.len() && pattern[at] == b'*' {
            star = Some((at, here));
            at += 1;
        } else if at == pattern.len() && (!whole || here == path.len()) {
            return true;
        } else if at < pattern.len() && here < path.len() && pattern[at] == path[here] {
            (at, here) = (at + 1, here + 1);
        } else if let Some((stood, tried)) = star
            && tried < path.len()
        {
            star = Some((stood, tried + 1));
            (at, here) = (stood + 1, tried + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::read(robots.as_bytes(), "tidings").allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: *\nDisallow: /\nAllow: /news/\nDisallow: /news/*.pdf$\nDisallow: /news/print?\n";
        for (path, allowed) in [
            ("/", false),
            ("/news", false),
            ("/news/a", true),
            ("/news/a.pdf", false),
            ("/news/a.pdf?x", true),
            ("/news/print?id=1", false),
            ("/news/printed", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(allows(robots, path), allowed, "{path}");
        }
        assert!(allows("user-agent: *\nallow: /p\ndisallow: /p", "/p/x"));
        assert!(allows("", "/") && allows("User-agent: *\nDisallow:\n", "/x"));
    }

    #[test]
    fn a_robot_reads_its_own_groups_alone() {
        let robots = "Disallow: /before\nUser-agent: other\nDisallow: /other\n\nUser-agent: Tidings/2.0 # ours\n\
                      User-Agent: third\nDisallow: /ours\nSitemap: https://a.example/s.xml\nCrawl-Delay: 2.5\n\n\
                      user-agent: *\ndisallow: /\nuser-agent: tidings\ndisallow: /too";
        let read = Robots::read(robots.as_bytes(), "tidings");
        for (path, allowed) in [("/ours", false), ("/too", false), ("/other", true), ("/before", true), ("/x", true)] {
            assert_eq!(read.allows(path), allowed, "{path}");
        }
        assert_eq!(read.delay, Some(Duration::from_millis(2500)));
        assert!(!allows("User-agent: tidingsbot\nAllow: /\nUser-agent: *\nDisallow: /", "/x"));
        assert!(allows("User-agent: tidings\nUser-agent: *\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x"));
    }

    #[test]
    fn percent_encoding_makes_no_difference() {
        let robots = "User-agent: *\nDisallow: /a%2db\nDisallow: /tin-tức\nDisallow: /x%2A\nDisallow: /%3F";
        for (path, allowed) in [
            ("/a-b", false),
            ("/a%2Db", false),
            ("/tin-t%e1%bb%a9c/1", false),
            ("/x*", false),
            ("/xy", true),
            ("/?", true),
        ] {
            assert_eq!(allows(robots, path), allowed, "{path}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        for robots in ["<html>404</html>", "\u{feff}user-agent\n:\n::", "User-agent: *\nCrawl-delay: soon\nDisallow"] {
            assert_eq!(Robots::read(robots.as_bytes(), "tidings"), Robots::default(), "{robots}");
        }
        let read = Robots::read(b"User-agent: *\rCrawl-delay: 1e99\rCrawl-delay: 900\rDisallow: /a", "tidings");
        assert_eq!(read.delay, Some(LONGEST_DELAY));
        assert!(!read.allows("/a"));
        // Stars that could be tried in many ways take no time.
        let stars = format!("User-agent: *\nDisallow: /{}b", "*a".repeat(2000));
        assert!(allows(&stars, &format!("/{}", "a".repeat(4000))));
    }

    #[test]
    fn the_short_text_says_the_same() {
        let read =
            Robots::read("User-agent: tidings\nDisallow: /é*$\nAllow: /b\nCrawl-delay: 0.5".as_bytes(), "tidings");
        assert_eq!(Robots::read(read.to_text().as_bytes(), "tidings"), read);
    }
}
