//! From an input to its reports, doing whatever the input has not had done yet.

use anyhow::anyhow;
use serde::de::DeserializeOwned;
use tidings::{
    Knowledge,
    model::{Article, Report},
    record::ReportRecord,
    stages::{
        acquire::{Input, ReportLine},
        extract::extract,
        interpret::interpret,
    },
};

/// The articles of an input.
pub fn articles(input: Input, knowledge: &Knowledge) -> anyhow::Result<Vec<Article>> {
    Ok(match input {
        Input::Page(page) => extract(&page, knowledge),
        Input::Article(article) => vec![article],
        Input::Report(line) => vec![read::<Article>(&line)?],
    })
}

/// The reports of an input.
pub fn reports(input: Input, knowledge: &Knowledge) -> anyhow::Result<Vec<Report>> {
    if let Input::Report(line) = &input {
        return Ok(vec![read::<ReportRecord>(line)?.into_report(knowledge)]);
    }
    Ok(articles(input, knowledge)?.into_iter().map(|a| interpret(a, knowledge)).collect())
}

fn read<T: DeserializeOwned>(line: &ReportLine) -> anyhow::Result<T> {
    serde_json::from_str(&line.text).map_err(|error| {
        // A line is one line, and its keys may have changed places: only the message is of use.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        anyhow!("no report as `tidings interpret` prints it: {message}; `tidings schema report` says what it must be")
    })
}
