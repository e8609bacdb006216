//! How far a run is, on standard error, where a person watches it for longer than a second.

use std::{
    io::{IsTerminal, Write, stderr, stdout},
    sync::mpsc::{Sender, channel},
    thread,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The time that a run may take before anything is shown of it.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAWN: Duration = Duration::from_millis(200);

/// The bar of a run, if it has one. It is gone when this is dropped.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// Closed at the end, so that a bar that never came up does not come up later.
    _over: Sender<()>,
}

impl Progress {
    /// For a run that prints at its end: a bar, where standard error is a terminal.
    pub fn before_output() -> Self {
        Self::new(stderr().is_terminal())
    }

    /// For a run that prints as it goes: where its lines come to the terminal, they show how far it is.
    pub fn beside_output() -> Self {
        Self::new(stderr().is_terminal() && !stdout().is_terminal())
    }

    fn new(wanted: bool) -> Self {
        let (over, is_over) = channel::<()>();
        let bar = wanted.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        if let Some(bar) = bar.clone() {
            thread::spawn(move || {
                if is_over.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(REDRAWN);
                }
            });
        }
        let progress = Self { bar, _over: over };
        progress.style("{spinner} {pos} documents");
        progress
    }

    fn style(&self, template: &str) {
        if let Some(bar) = &self.bar {
            bar.set_style(ProgressStyle::with_template(template).expect("the template is one of ours"));
        }
    }

    /// How many documents there will be, where that is known by now.
    pub fn known(&self, documents: Option<usize>) {
        let Some(bar) = &self.bar else { return };
        match documents {
            Some(documents) => {
                bar.set_length(documents as u64);
                self.style("{bar:30} {pos}/{len} documents");
            }
            None => self.style("{spinner} {pos} documents"),
        }
    }

    /// One more document is done.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Documents are done, and something is made of them all.
    pub fn now(&self, doing: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(doing);
            self.style("{spinner} {msg} {elapsed}");
        }
    }

    /// Says something on standard error, above the bar. That nobody reads there is no reason to stop.
    pub fn tell(&self, text: &str) {
        let tell = || {
            let _ = writeln!(stderr().lock(), "tidings: {text}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Says something on standard error where there is no bar.
pub fn tell(text: &str) {
    let _ = writeln!(stderr().lock(), "tidings: {text}");
}
