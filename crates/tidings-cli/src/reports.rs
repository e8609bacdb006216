//! From an input to its reports, doing whatever the input has not had done yet.

use anyhow::Context;
use tidings::{
    Knowledge,
    model::{Article, Report},
    record::ReportRecord,
    stages::{acquire::Input, extract::extract, interpret::interpret},
};

/// The articles of an input.
pub fn articles(input: Input, knowledge: &Knowledge) -> anyhow::Result<Vec<Article>> {
    Ok(match input {
        Input::Page(page) => extract(&page, knowledge),
        Input::Article(article) => vec![article],
        Input::Report(line) => vec![serde_json::from_str::<Article>(&line).context("not a report")?],
    })
}

/// The reports of an input.
pub fn reports(input: Input, knowledge: &Knowledge) -> anyhow::Result<Vec<Report>> {
    if let Input::Report(line) = &input {
        let record: ReportRecord = serde_json::from_str(line).context("not a report")?;
        return Ok(vec![record.into_report(knowledge)]);
    }
    Ok(articles(input, knowledge)?.into_iter().map(|a| interpret(a, knowledge)).collect())
}
