use super::*;

fn read(text: &str) -> Feed {
    read_feed(text.as_bytes(), Some("https://example.com/news/feed.xml"), None)
}

fn only(text: &str) -> Entry {
    let mut feed = read(text);
    assert_eq!(feed.entries.len(), 1, "{feed:?}");
    feed.entries.remove(0)
}

#[test]
fn rss_with_its_modules() {
    let feed = read(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel><title>Example News</title><link>https://example.com/</link><language>en-GB</language>
        <atom:link href="https://example.com/news/feed.xml" rel="self" type="application/rss+xml"/>
        <image><title>Logo</title><link>https://example.com/logo</link></image>
        <item><title><![CDATA[Talks in Cairo &amp; <b>Ankara</b>]]></title><link>https://example.com/a?x=1&amp;y=2</link>
          <guid isPermaLink="false">17</guid><dc:creator>Jane Doe</dc:creator>
          <media:group><media:title>A picture</media:title><media:description>The ministers</media:description></media:group>
          <description>Short &amp;amp; plain.</description>
          <c:encoded><![CDATA[<p>The whole text.</p>]]></c:encoded>
          <pubDate>Fri, 15 Nov 2024 10:00:00 +0200</pubDate></item>
        <item><title>Second</title><guid>https://example.com/b</guid><dc:date>2024-11-14T09:00:00Z</dc:date>
          <author>desk@example.com (John Roe)</author><source url="https://example.org">Other Paper</source></item>
        </channel></rss>"#,
    );
    assert!(!feed.damaged);
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Example News"), Some("en-GB")));
    assert_eq!(feed.address.as_deref(), Some("https://example.com/"));
    let [first, second] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!(first.title.as_deref(), Some("Talks in Cairo & Ankara"));
    assert_eq!(first.address.as_deref(), Some("https://example.com/a?x=1&y=2"));
    assert_eq!(first.content.as_deref(), Some("<p>The whole text.</p>"));
    assert_eq!(first.summary.as_deref(), Some("Short &amp; plain."));
    assert_eq!((first.author.as_deref(), first.outlet.as_deref()), (Some("Jane Doe"), Some("Example News")));
    assert_eq!(first.published.as_deref(), Some("2024-11-15T10:00+02:00"));
    assert_eq!(second.address.as_deref(), Some("https://example.com/b"));
    assert_eq!((second.author.as_deref(), second.outlet.as_deref()), (Some("John Roe"), Some("Other Paper")));
    assert_eq!(second.published.as_deref(), Some("2024-11-14T09:00:00Z"));
}

#[test]
fn atom_with_bases_and_kinds() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://example.com/fr/">
        <title type="html">Deux &amp;amp; Rives</title><link rel="self" href="feed"/><link href="/"/>
        <author><name>La r&#233;daction</name></author>
        <entry xml:base="2024/"><title>Le Caire</title><link rel="enclosure" href="a.mp3"/><link href="caire"/>
          <id>tag:example.com,2024:1</id><updated>2024-11-15T10:00:00Z</updated>
          <author><name>Jeanne</name><email>j@example.com</email></author>
          <source><title>Agence</title><id>x</id><updated>2020-01-01T00:00:00Z</updated></source>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un &lt; deux</p></div></content></entry>
        <entry><title>Deux</title><summary type="text">a &lt; b</summary>
          <content type="image/png" src="x.png"/><published>2024-11-01</published><updated>2024-11-02</updated></entry>
        </feed>"#,
    );
    assert!(!feed.damaged);
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Deux & Rives"), Some("fr")));
    let [first, second] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!(first.address.as_deref(), Some("https://example.com/fr/2024/caire"));
    assert_eq!((first.author.as_deref(), first.outlet.as_deref()), (Some("Jeanne"), Some("Agence")));
    let content = first.content.as_deref().unwrap();
    assert!(content.contains("<p>Un &lt; deux</p></div>") && !content.contains("</content"), "{content}");
    assert_eq!((first.published.as_deref(), first.updated.as_deref()), (Some("2024-11-15T10:00:00Z"), None));
    assert_eq!((second.content.as_deref(), second.body()), (None, Some("<p>a &lt; b</p>\n")));
    assert_eq!((second.published.as_deref(), second.updated.as_deref()), (Some("2024-11-01"), Some("2024-11-02")));
}

#[test]
fn rdf_and_the_first_versions() {
    let feed = read(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="https://example.com/rdf"><title>Example</title><link>https://example.com/</link>
        <items><rdf:Seq><rdf:li resource="https://example.com/a"/></rdf:Seq></items></channel>
        <item rdf:about="https://example.com/a"><title>One</title><dc:date>2004-11-15</dc:date></item></rdf:RDF>"#,
    );
    assert_eq!(feed.entries[0].address.as_deref(), Some("https://example.com/a"));
    assert_eq!(feed.entries[0].published.as_deref(), Some("2004-11-15"));
    let entry = only("<rss version='0.91'><channel><item><title>A</title><link>b</link></item></channel></rss>");
    assert_eq!(entry.address.as_deref(), Some("https://example.com/news/b"));
}

#[test]
fn json_feeds() {
    let text = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Example","home_page_url":"https://example.com/",
        "items":[{"id":1,"url":"/a","title":"Talks &amp; more","content_text":"One.\n\nTwo < three.",
        "date_published":"2024-11-15T10:00:00+02:00","authors":[{"name":"Jane"},{"name":"John"}]},
        {"id":"2","content_html":"<p>x</p>"},{"id":"3","ti"#;
    for (text, damaged) in [
        (format!("{}]}}", text.rsplit_once(',').unwrap().0.replace(r#",{"id":"3""#, "")), false),
        (text.to_owned(), true),
    ] {
        let feed = read(&text);
        assert_eq!((feed.entries.len(), feed.damaged), (2, damaged), "{feed:?}");
        let first = &feed.entries[0];
        assert_eq!(first.address.as_deref(), Some("https://example.com/a"));
        assert_eq!(first.title.as_deref(), Some("Talks & more"));
        assert_eq!(first.author.as_deref(), Some("Jane, John"));
        assert_eq!(first.body(), Some("<p>One.</p>\n<p>Two &lt; three.</p>\n"));
    }
}

#[test]
fn broken_feeds_give_what_can_be_read() {
    // Entities of HTML, a bare ampersand, markup that nobody escaped, a title without end, no dates, the end cut off.
    let feed = read(
        "<rss><channel><title>A & B</title><item><title>Caf&eacute; d&rsquo;Orient</title><link>/a</link>\
         <description><p>Not escaped<br>at all &nbsp;</p></description></item>\
         <item><title>No end<link>/b</link></item><item><title>Nested<item><title>Three</title>\
         <description>cut o",
    );
    assert!(feed.damaged);
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["Caf\u{e9} d\u{2019}Orient", "No end/b", "Nested", "Three"]);
    assert_eq!(feed.title.as_deref(), Some("A & B"));
    assert_eq!(feed.entries[0].summary.as_deref(), Some("<p>Not escaped<br>at all &nbsp;</p>"));
    assert_eq!(feed.entries[3].summary.as_deref(), Some("cut o"));
    for nothing in ["", "<", "<rss", "<rss>", "{", "{}", "[1]", "words", "<item>", "<entry><title></title></entry>"] {
        assert_eq!(read(nothing).entries, [], "{nothing}");
    }
}

#[test]
fn the_wrong_charset_is_found_out() {
    let text = "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>\u{41c}\u{438}\u{43d}\u{438}\u{441}\u{442}\u{440}\u{44b} \u{432} \u{41a}\u{430}\u{438}\u{440}\u{435}</title></item></channel></rss>";
    let bytes = encoding_rs::WINDOWS_1251.encode(text).0;
    let title = read_feed(&bytes, None, Some("utf-8")).entries.remove(0).title.unwrap();
    assert!(title.starts_with('\u{41c}') && title.ends_with('\u{435}'), "{title}");
}

#[test]
fn bombs_do_not_go_off() {
    let mut laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'>".to_owned();
    for (this, last) in ('b'..='j').zip('a'..='i') {
        laughs.push_str(&["<!ENTITY ", &this.to_string(), " '", &format!("&{last};").repeat(10), "'>"].concat());
    }
    laughs += "]><rss><channel><item><title>&j;</title></item></channel></rss>";
    assert_eq!(only(&laughs).title.as_deref(), Some("&j;"));
    let deep = format!("<rss><channel><item><description>{}</description></item>", "<a>".repeat(100_000));
    assert_eq!(read(&deep).entries.len(), 1);
    assert_eq!(read(&"<item>".repeat(100_000)).entries.len(), 0);
}

/// What each entry has from its feed is short, however long the feed's title and address are.
#[test]
fn entries_copy_no_more_of_a_feed_than_a_line() {
    const ENTRIES: usize = 10_000;
    let long = "\u{e9}".repeat(1 << 20);
    let entries = "<item><title>T</title><link>a?b</link></item>".repeat(ENTRIES);
    let rss =
        format!("<rss><channel><title>{long}</title><link>https://example.com/{long}/</link>{entries}</channel></rss>");
    let entries = "<entry><title>T</title><link href='a?b'/></entry>".repeat(ENTRIES);
    let atom = format!("<feed xml:base='https://example.com/{long}/'><title>{long}</title>{entries}</feed>");
    let entries = vec!["{\"title\":\"T\",\"url\":\"a?b\"}"; ENTRIES].join(",");
    let json =
        format!("{{\"title\":\"{long}\",\"home_page_url\":\"https://example.com/{long}/\",\"items\":[{entries}]}}");
    for text in [rss, atom, json] {
        let feed = read_feed(text.as_bytes(), None, None);
        assert_eq!((feed.entries.len(), feed.title.map(|title| title.len())), (ENTRIES, Some(TITLE)));
        let entry = &feed.entries[ENTRIES - 1];
        assert_eq!((entry.address.as_deref(), entry.outlet.as_ref().map(String::len)), (Some("a?b"), Some(TITLE)));
    }
}
