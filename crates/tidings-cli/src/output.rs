//! Writing to standard output.

use std::io::{self, BufWriter, ErrorKind, Stdout, Write};

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
}

impl Drop for Lines {
    fn drop(&mut self) {
        // Whoever reads may be gone already; there is nobody left to tell.
        let _ = self.0.flush();
    }
}

/// Whether an error only says that the reader of our output went away.
pub fn closed(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe))
}
