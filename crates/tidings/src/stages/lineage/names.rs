//! Names for documents that came with one id.

use std::collections::HashSet;

use crate::model::Article;

/// Gives documents that came with one id names of their own: in the order of their contents the first keeps the id,
/// and the others are called `id#2`, `id#3`. What cites a document must not mean two, and which of them came first
/// must not matter.
///
/// ```
/// use tidings::{model::Article, stages::lineage::tell_apart};
/// let article = |text: &str| Article { id: "a".into(), part: 1, text: text.into(), ..Article::default() };
/// let mut articles = [article("Later in the alphabet."), article("Earlier.")];
/// tell_apart(&mut articles);
/// assert_eq!((articles[0].id.as_str(), articles[1].id.as_str()), ("a#2", "a"));
/// ```
pub fn tell_apart<'a>(articles: impl IntoIterator<Item = &'a mut Article>) {
    let mut articles: Vec<&mut Article> = articles.into_iter().collect();
    let published = |a: &Article| a.published.as_ref().map(|p| p.value.clone());
    articles.sort_by(|a, b| {
        let names = (&a.id, a.part).cmp(&(&b.id, b.part));
        names
            .then_with(|| published(a).cmp(&published(b)))
            .then_with(|| (&a.title, &a.text, &a.url).cmp(&(&b.title, &b.text, &b.url)))
    });
    let repeated = |pair: &[&mut Article]| (&pair[0].id, pair[0].part) == (&pair[1].id, pair[1].part);
    if !articles.windows(2).any(repeated) {
        return;
    }
    let mut taken: HashSet<(String, u32)> = articles.iter().map(|a| (a.id.clone(), a.part)).collect();
    let mut seen = HashSet::new();
    for article in articles {
        if seen.insert((article.id.clone(), article.part)) {
            continue;
        }
        let mut number = 2;
        while taken.contains(&(format!("{}#{number}", article.id), article.part)) {
            number += 1;
        }
        article.id = format!("{}#{number}", article.id);
        taken.insert((article.id.clone(), article.part));
    }
}
