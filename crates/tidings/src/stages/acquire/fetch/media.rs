//! What an answer says that its body is.

/// What an answer says of its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// The type in lower case, without parameters; empty where the answer does not say.
    pub name: String,
    /// The charset, as it is written.
    pub charset: Option<String>,
}

impl Media {
    /// Reads `Content-Type`.
    ///
    /// # Errors
    ///
    /// Where it is no type that is read.
    pub(super) fn of(header: Option<&str>) -> Result<Self, String> {
        let mut parts = header.unwrap_or_default().split(';');
        let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        let (kind, rest) = name.split_once('/').unwrap_or((&name, ""));
        let read = match kind {
            "" => true,
            "text" => !["css", "javascript", "csv", "calendar", "vcard"].contains(&rest),
            // Feeds go by many names.
            "application" => {
                rest.split(['+', '.', '-']).any(|part| ["xml", "xhtml", "json", "rss", "atom", "rdf"].contains(&part))
            }
            _ => false,
        };
        if read { Ok(Self { name, charset }) } else { Err(format!("it is {name}")) }
    }

    /// Whether it is plain text.
    pub fn is_plain(&self) -> bool {
        self.name == "text/plain"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_feeds_are_read_and_pictures_are_not() {
        for (header, read) in [
            (None, true),
            (Some("text/html; charset=utf-8"), true),
            (Some("Application/RSS+XML"), true),
            (Some("application/feed+json"), true),
            (Some("application/xhtml+xml"), true),
            (Some("application/x-rss"), true),
            (Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), false),
            (Some("image/svg+xml"), false),
            (Some("application/pdf"), false),
            (Some("text/css"), false),
            (Some("video/mp4"), false),
            (Some("application/octet-stream"), false),
        ] {
            assert_eq!(Media::of(header).is_ok(), read, "{header:?}");
        }
        let media = Media::of(Some("TEXT/Plain;format=flowed; Charset=\"Windows-1256\"")).unwrap();
        assert!(media.is_plain());
        assert_eq!(media.charset.as_deref(), Some("Windows-1256"));
    }
}
