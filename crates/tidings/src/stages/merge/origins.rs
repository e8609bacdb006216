//! Where reports were published.

use crate::{
    Knowledge,
    language::{Reading, Tokens},
    model::{Country, Report},
    world::Named,
};

/// Country-code domains that outlets of every country use.
const GENERIC: [&str; 12] = ["ai", "cc", "co", "fm", "gg", "io", "ly", "me", "so", "to", "tv", "ws"];

/// The state where a report was published: that of the outlet that its host or its publisher's name is known to be,
/// else of its host's domain, else the one that its publisher's name tells.
pub fn country(report: &Report, knowledge: &Knowledge) -> Option<Country> {
    let article = &report.article;
    let host = article.url.as_deref().and_then(|u| url::Url::parse(u).ok()?.host_str().map(str::to_owned));
    let publisher = article.publisher.as_deref();
    let outlets = knowledge.world().outlets();
    let known = host.as_deref().and_then(|host| outlets.of_host(host));
    let known = known.or_else(|| publisher.and_then(|name| outlets.named(name)));
    if let Some(country) = known.and_then(|outlet| outlet.country) {
        return Some(country);
    }
    let domain = |host: &str| {
        let last = host.rsplit_once('.')?.1.to_lowercase();
        (last.len() == 2 && !GENERIC.contains(&last.as_str())).then_some(last)
    };
    let by_domain = host
        .as_deref()
        .and_then(domain)
        .or_else(|| publisher.filter(|p| !p.contains(' ')).and_then(domain))
        .and_then(|d| knowledge.world().country_of_domain(&d));
    by_domain.or_else(|| {
        let name = publisher.filter(|p| !p.contains('.'))?;
        let pack = knowledge.pack(article.language.as_deref()?).ok()?;
        let reading = Reading::new(Tokens::new(name, &pack.cutting), &pack.lexicon, &pack.affixes);
        let world = knowledge.world();
        knowledge.gazetteer(&pack).find(&reading, &pack).iter().filter(|h| !h.doubtful).find_map(|h| match h.named {
            Named::Country(code) | Named::Nation(code) => Some(code),
            Named::City(at) => world.cities()[at as usize].country,
            _ => None,
        })
    })
}
