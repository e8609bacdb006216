//! What ends a run, or one document of it: mistakes of the caller, readers that went away, faults of ours.

use std::{
    any::Any,
    cell::RefCell,
    fmt, io,
    panic::{self, AssertUnwindSafe},
};

/// An option or argument that makes no sense, which ends the run with the code for usage.
#[derive(Debug)]
pub struct Misuse(String);

impl Misuse {
    /// An error that says what is wrong and what would be right.
    pub fn error(message: impl Into<String>) -> anyhow::Error {
        Self(message.into()).into()
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// Whether an error only says that the reader of our output went away.
pub fn closed(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics from printing: whoever catches one tells of it in a line.
pub fn hush_panics() {
    panic::set_hook(Box::new(|info| {
        PLACE.with(|place| *place.borrow_mut() = info.location().map(|l| format!("{}:{}", l.file(), l.line())));
    }));
}

/// Does something; where that panics, the answer says what happened and where. A panic is a fault of ours and not
/// of the document that it came up in.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PLACE.with(|place| place.borrow_mut().take());
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let place = PLACE.with(|place| place.borrow_mut().take());
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        format!("a fault in tidings: {}{place}; please report it with this input", message(&*panic))
    })
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_line() {
        hush_panics();
        assert_eq!(caught(|| 1), Ok(1));
        let told = caught(|| panic!("the {} is odd", 3)).unwrap_err();
        assert!(told.starts_with("a fault in tidings: the 3 is odd (") && told.contains("failure.rs:"), "{told}");
        assert!(!told.contains('\n'));
    }
}
