//! The one error type of this crate: what could not be read, and where.

use std::{error, fmt, io};

/// Something outside of the text itself went wrong: a file, a line of input, a configuration.
///
/// Reading an article never fails, so errors come only from input, storage and configuration. An error carries
/// its cause and, before it, what was being done, from the outside in.
///
/// ```
/// use tidings::Error;
/// let error = Error::parse("expected `,`").context("line 3").context("news.jsonl");
/// assert!(error.is_parse());
/// assert_eq!(error.to_string(), "news.jsonl: line 3: expected `,`");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    cause: Cause,
    /// The innermost first.
    context: Vec<String>,
    /// What the user can do about it.
    advice: Option<&'static str>,
}

#[derive(Debug)]
enum Cause {
    Io(io::Error),
    Parse(String),
    Config(String),
}

impl Error {
    /// Something that was read is not what it should be.
    pub fn parse(message: impl Into<String>) -> Self {
        Self::new(Cause::Parse(message.into()))
    }

    /// The knowledge or an option does not make sense.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(Cause::Config(message.into()))
    }

    fn new(cause: Cause) -> Self {
        Self(Box::new(Inner { cause, context: Vec::new(), advice: None }))
    }

    /// The same error, with what was being done when it came up.
    pub fn context(mut self, doing: impl Into<String>) -> Self {
        self.0.context.push(doing.into());
        self
    }

    /// The same error, with what the user can do about it, which is told last.
    ///
    /// ```
    /// let error = tidings::Error::parse("not text").advice("convert it to text first").context("a.pdf");
    /// assert_eq!(error.to_string(), "a.pdf: not text; convert it to text first");
    /// ```
    pub fn advice(mut self, what_to_do: &'static str) -> Self {
        self.0.advice.get_or_insert(what_to_do);
        self
    }

    /// Whether reading or writing failed.
    pub fn is_io(&self) -> bool {
        matches!(self.0.cause, Cause::Io(_))
    }

    /// Whether the input was readable but not what it should be.
    pub fn is_parse(&self) -> bool {
        matches!(self.0.cause, Cause::Parse(_))
    }

    /// Whether the knowledge or an option is at fault.
    pub fn is_config(&self) -> bool {
        matches!(self.0.cause, Cause::Config(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for doing in self.0.context.iter().rev() {
            write!(f, "{doing}: ")?;
        }
        match &self.0.cause {
            Cause::Io(error) => error.fmt(f)?,
            Cause::Parse(message) | Cause::Config(message) => f.write_str(message)?,
        }
        self.0.advice.map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.0.cause {
            Cause::Io(error) => error.source(),
            Cause::Parse(_) | Cause::Config(_) => None,
        }
    }
}

impl From<io::Error> for Error {
    /// What the operating system says of a file, with advice where its kind allows any.
    fn from(error: io::Error) -> Self {
        let advice = match error.kind() {
            io::ErrorKind::NotFound => Some("check the path"),
            io::ErrorKind::PermissionDenied => Some("check who may read it"),
            _ => None,
        };
        let mut error = Self::new(Cause::Io(error));
        error.0.advice = advice;
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_reads_from_the_outside_in() {
        let error = Error::from(io::Error::other("gone")).context("a.txt").context("reading");
        assert!(error.is_io() && !error.is_parse() && !error.is_config());
        assert_eq!(error.to_string(), "reading: a.txt: gone");
    }
}
