//! Which answers are feeds, and which pages those announce.

use url::Url;

use super::super::{feed, opml, sitemap, xml};
use super::archive::Link;
use super::fetcher::Fetched;
use crate::language::charset;

/// What an answer turned out to be, where it is no page.
pub(super) enum Read {
    /// A feed or site map, and the pages that it announces.
    Links(Vec<Link>),
    /// A list of feeds, or an index of site maps.
    Feeds(Vec<Link>),
}

/// The bytes in which an answer tells what it is.
const HEAD: usize = 4096;

/// How many site maps of an index are read.
const MAPS: usize = 20;

/// What an answer announces, where it is a feed of any kind. What it says of itself decides, and not its media type: feeds
/// go by many, `text/html` among them.
pub(super) fn read(fetched: &Fetched) -> Option<Read> {
    let (body, address, header) = (&fetched.body, Some(fetched.url.as_str()), fetched.media.charset.as_deref());
    let head = charset::decode(&body[..body.len().min(HEAD)], header, None).text;
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let kind = if head.starts_with('{') && (head.contains("jsonfeed.org") || fetched.media.name.contains("feed+json")) {
        "feed".to_owned()
    } else {
        xml::root(head)?
    };
    let announced = |entries: Vec<feed::Entry>| {
        let links = entries.into_iter().filter_map(|entry| {
            let (published, title) = (entry.published, entry.title);
            link(fetched, &entry.address?, published, title)
        });
        Read::Links(links.collect())
    };
    let bare = |address: &str| link(fetched, address, None, None);
    match kind.as_str() {
        "rss" | "rdf" | "feed" => Some(announced(feed::read_feed(body, address, header).entries)),
        "urlset" => Some(announced(sitemap::read_sitemap(body, address).pages)),
        "sitemapindex" => {
            let mut maps = sitemap::read_sitemap(body, address).maps;
            // The newest first: an index goes back to a site's first day.
            maps.sort_by(|a, b| b.1.cmp(&a.1));
            maps.truncate(MAPS);
            Some(Read::Feeds(maps.iter().filter_map(|(address, _)| bare(address)).collect()))
        }
        "opml" => Some(Read::Feeds(opml::read_opml(body).iter().filter_map(|feed| bare(&feed.address)).collect())),
        _ => None,
    }
}

fn link(fetched: &Fetched, address: &str, published: Option<String>, title: Option<String>) -> Option<Link> {
    let base = Url::parse(&fetched.url).ok()?;
    Some(Link { url: base.join(address.trim()).ok()?.into(), published, title })
}
