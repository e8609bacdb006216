//! Writing to standard output.

use std::{
    ffi::OsStr,
    io::{self, BufWriter, Stdout, Write},
};

/// Prints one line like `println!`, as an error where the reader is gone and not as a panic.
macro_rules! say {
    ($($text:tt)*) => {{
        use std::io::Write;
        writeln!(std::io::stdout().lock(), $($text)*)?
    }};
}
pub(crate) use say;

/// Lines on standard output.
pub struct Lines(BufWriter<Stdout>);

impl Lines {
    /// Standard output, written in large pieces.
    pub fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Prints one line.
    pub fn print(&mut self, line: &str) -> anyhow::Result<()> {
        self.0.write_all(line.as_bytes())?;
        self.0.write_all(b"\n")?;
        Ok(())
    }

    /// Writes out what is left; an output that is not whole must not look like one that is.
    pub fn finish(mut self) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // Whoever reads may be gone already; there is nobody left to tell.
        let _ = self.0.flush();
    }
}

/// Colours and weights, where the reader is a terminal that wants them.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    colour: bool,
}

impl Paint {
    /// Colours for standard output: on a terminal only, and not where `NO_COLOR` is set.
    pub fn for_stdout() -> Self {
        use std::io::IsTerminal;
        Self::new(io::stdout().is_terminal(), std::env::var_os("NO_COLOR").as_deref())
    }

    /// Colours for a terminal, or none; any value of `NO_COLOR` but the empty one turns them off.
    pub fn new(terminal: bool, no_color: Option<&OsStr>) -> Self {
        Self { colour: terminal && no_color.is_none_or(OsStr::is_empty) }
    }

    fn styled(self, style: anstyle::Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// What names something.
    pub fn strong(self, text: &str) -> String {
        self.styled(anstyle::Style::new().bold(), text)
    }

    /// A headline.
    pub fn title(self, text: &str) -> String {
        self.styled(anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Cyan.into())), text)
    }

    /// What stands beside.
    pub fn dim(self, text: &str) -> String {
        self.styled(anstyle::Style::new().dimmed(), text)
    }

    /// What is good to know.
    pub fn good(self, text: &str) -> String {
        self.styled(anstyle::Style::new().fg_color(Some(anstyle::AnsiColor::Green.into())), text)
    }

    /// What to look at twice.
    pub fn warn(self, text: &str) -> String {
        self.styled(anstyle::Style::new().fg_color(Some(anstyle::AnsiColor::Yellow.into())), text)
    }

    /// Words that carry a value: underlined, or between brackets where there is no colour.
    pub fn mark(self, text: &str) -> String {
        if self.colour { self.styled(anstyle::Style::new().underline().bold(), text) } else { format!("[{text}]") }
    }
}
