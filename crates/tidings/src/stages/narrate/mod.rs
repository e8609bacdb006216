//! Events as people read them: a headline in each full language, and the order in which they were told.
//!
//! Nothing is written here that a field of the event does not hold; the words come from the language packs.

mod headline;
mod story;

pub use headline::{Teller, Title};
pub use story::story;

use rayon::prelude::*;

use crate::{
    Knowledge,
    model::{Digest, Role},
};

/// Gives each event its headlines.
pub fn narrate(digest: &mut Digest, knowledge: &Knowledge) {
    let tellers: Vec<Teller<'_>> =
        knowledge.source().full_languages().iter().filter_map(|language| Teller::new(language, knowledge)).collect();
    let Digest { reports, events } = digest;
    let titles: std::collections::HashMap<(&str, u32), Title<'_>> = reports
        .iter()
        .filter_map(|r| {
            let title = r.article.title.as_deref()?;
            let language = r.article.language.as_deref().unwrap_or_default();
            Some(((r.article.id.as_str(), r.article.part), Title { language, title }))
        })
        .collect();
    events.par_iter_mut().for_each(|event| {
        let told: Vec<Title<'_>> = event
            .reports
            .iter()
            // What a report only recalls is not what its title tells.
            .filter(|r| r.role == Role::Main)
            .filter_map(|r| titles.get(&(r.source.document.as_str(), r.source.part)).copied())
            .collect();
        event.headline = tellers.iter().filter_map(|t| Some((t.language.clone(), t.tell(event, &told)?))).collect();
    });
}
