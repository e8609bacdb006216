//! Reports made by hand, and the events that they must become: one test for each rule that no likeness overrides.

mod common {
    pub mod schemas;
}

use common::schemas::hold;
use tidings::{
    Knowledge,
    model::{
        Actor, Article, Claim, Country, DateSource, DifferenceKind, Digest, Event, EventType, Interval, Place,
        PlacePrecision, Precision, Published, Quote, Report, Role, Sector, SeeAlsoWhy, Span, Status, Time, TimeType,
    },
    record,
    stages::merge::{merge, skeleton},
};

const CAIRO: (&str, u32, &str, f64, f64) = ("Cairo", 360_630, "EGY", 30.06, 31.25);
const ANKARA: (&str, u32, &str, f64, f64) = ("Ankara", 323_786, "TUR", 39.92, 32.85);

/// A report of one sentence a claim, put together word by word.
struct Teller {
    report: Report,
}

impl Teller {
    fn new(id: &str, language: &str, text: &str) -> Self {
        let article = Article {
            id: id.into(),
            part: 1,
            language: Some(language.into()),
            text: text.into(),
            ..Article::default()
        };
        let mut report = Report { article, ..Report::default() };
        let mut start = 0;
        for sentence in text.split_inclusive(". ") {
            report.sentences.push(Span::new(start, start + sentence.trim_end().len()));
            start += sentence.len();
        }
        Self { report }
    }

    fn published(mut self, day: &str) -> Self {
        self.report.article.published = Some(Published { value: day.into(), from: DateSource::Input });
        self
    }

    fn quote(&self, words: &str) -> Quote {
        let at = self.report.article.text.find(words).unwrap_or_else(|| panic!("`{words}` does not stand in the text"));
        Quote::body(Span::new(at, at + words.len()))
    }

    /// A claim that `words` tell; the first one is the main claim.
    fn claim(mut self, kind: EventType, words: &str) -> Self {
        let trigger = self.quote(words);
        let sentence = self.report.sentences.iter().position(|s| s.contains(trigger.span));
        let main = self.report.claims.is_empty();
        let status = if main { Status::Happened } else { Status::Recalled };
        self.report.claims.push(Claim { kind: Some(kind), trigger, sentence, main, status, ..Claim::default() });
        self
    }

    fn last(&mut self) -> &mut Claim {
        self.report.claims.last_mut().expect("a claim comes first")
    }

    fn on(mut self, words: &str, interval: Interval) -> Self {
        let quote = self.quote(words);
        let precision = Some(interval.precision());
        self.report.times.push(Time {
            quote,
            kind: TimeType::Date,
            value: words.into(),
            interval,
            precision,
            anchored: false,
            recalled: false,
            ahead: None,
        });
        let at = self.report.times.len() - 1;
        self.last().time = Some(at);
        self
    }

    /// A day whose year the text leaves open.
    fn on_open(self, words: &str, value: &str) -> Self {
        let mut told = self.on(words, Interval::default());
        let time = told.report.times.last_mut().expect("just added");
        (time.value, time.precision) = (value.into(), Some(Precision::Day));
        told
    }

    fn at(mut self, words: &str, (name, id, country, latitude, longitude): (&str, u32, &str, f64, f64)) -> Self {
        let quote = self.quote(words);
        self.report.places.push(Place {
            quote,
            name: name.into(),
            country: Country::new(country),
            geonames: Some(id),
            latitude: Some(latitude),
            longitude: Some(longitude),
            precision: PlacePrecision::City,
            venue: true,
        });
        let at = self.report.places.len() - 1;
        self.last().place = Some(at);
        self
    }

    fn party(&mut self, words: &str, name: Option<&str>, country: &str, office: Option<&str>) -> usize {
        let quote = self.quote(words);
        self.report.actors.push(Actor {
            quote,
            name: name.map(str::to_owned),
            original: name.map(|_| words.to_owned()),
            person: None,
            country: Country::new(country),
            sector: Sector::new("GOV"),
            office: office.map(str::to_owned),
            rank: None,
            former: false,
            organization: None,
        });
        self.report.actors.len() - 1
    }

    fn actor(mut self, words: &str, name: Option<&str>, country: &str, office: Option<&str>) -> Self {
        let at = self.party(words, name, country, office);
        self.last().actors.push(at);
        self
    }

    fn recipient(mut self, words: &str, name: Option<&str>, country: &str, office: Option<&str>) -> Self {
        let at = self.party(words, name, country, office);
        self.last().recipients.push(at);
        self
    }

    fn done(self) -> Report {
        self.report
    }
}

fn day(day: &str) -> Interval {
    Interval::day(day.parse().unwrap())
}

fn digest(reports: Vec<Report>) -> Digest {
    let digest = merge(reports, &Knowledge::embedded());
    for report in &digest.reports {
        let told = digest.events.iter().flat_map(|e| &e.reports);
        let mains = told.filter(|r| r.source.document == report.article.id && r.role == Role::Main).count();
        assert_eq!(mains, 1, "{} is the news of {mains} events", report.article.id);
    }
    digest
}

fn news(digest: &Digest) -> Vec<&Event> {
    digest.events.iter().filter(|e| e.reports.iter().any(|r| r.role == Role::Main)).collect()
}

const CHIEF: Option<&str> = Some("chief-of-general-staff");

fn english(id: &str) -> Teller {
    Teller::new(id, "en", "Chief of staff Khalifa met his colleague Gurak in the capital on 14 November. ")
        .claim(EventType::Consult, "met")
        .actor("Khalifa", Some("Ahmed Khalifa"), "EGY", CHIEF)
        .actor("Gurak", Some("Metin Gurak"), "TUR", CHIEF)
}

fn vietnamese(id: &str) -> Teller {
    Teller::new(id, "vi", "Ngày 14/11 tại thủ đô, hai tướng Khalifa và Gürak đã hội đàm. ")
        .claim(EventType::Consult, "hội đàm")
        .actor("Khalifa", Some("Ahmed Khalifa"), "EGY", CHIEF)
        .actor("Gürak", Some("Metin Gürak"), "TUR", CHIEF)
}

#[test]
fn one_meeting_in_two_languages() {
    let a = english("a").on("14 November", day("2024-11-14")).at("capital", CAIRO).done();
    let b = vietnamese("b").on("14/11", day("2024-11-14")).at("thủ đô", CAIRO).done();
    let digest = digest(vec![a, b]);
    let [event] = news(&digest)[..] else { panic!("{} events", digest.events.len()) };
    assert_eq!(event.witnesses, 2);
    assert_eq!(event.languages, ["en", "vi"]);
    assert_eq!(event.date.and_then(|d| d.start()).as_deref(), Some("2024-11-14"));
    assert_eq!(event.place.as_ref().map(|p| p.name.as_str()), Some("Cairo"));
    assert_eq!(event.parties.len(), 2);
    let turk = event.parties.iter().find(|p| p.country == Country::new("TUR")).unwrap();
    assert_eq!((&turk.names["en"], &turk.names["vi"]), (&vec!["Gurak".to_owned()], &vec!["Gürak".to_owned()]));
    for field in ["type", "status", "date", "place", "actors.0", "actors.1.office"] {
        assert!(event.evidence.iter().any(|e| e.field == field), "no evidence for {field}");
    }
}

#[test]
fn days_that_do_not_overlap_are_two_events() {
    let a = english("a").on("14 November", day("2024-11-14")).done();
    let b = vietnamese("b").on("14/11", day("2025-05-01")).done();
    let digest = digest(vec![a, b]);
    assert_eq!(news(&digest).len(), 2);
    let whys: Vec<_> = digest.events.iter().flat_map(|e| &e.see_also).map(|s| s.why).collect();
    assert_eq!(whys, [SeeAlsoWhy::Later, SeeAlsoWhy::Earlier]);
}

#[test]
fn other_cities_are_two_events_without_any_date() {
    let a = english("a").at("capital", CAIRO).done();
    let b = vietnamese("b").at("thủ đô", ANKARA).done();
    assert_eq!(news(&digest(vec![a, b])).len(), 2);
}

#[test]
fn guest_and_host_are_not_exchanged() {
    let visit = |id: &str, words: &str, guest: &str, host: &str| {
        Teller::new(id, "en", words)
            .claim(EventType::Consult, "visit")
            .actor("guest", None, guest, CHIEF)
            .recipient("host", None, host, CHIEF)
            .done()
    };
    let a = visit("a", "A guest pays a visit to his host. ", "EGY", "TUR");
    let b = visit("b", "The guest was on a visit, said the host. ", "TUR", "EGY");
    let c = visit("c", "Another guest, another visit to a host. ", "EGY", "TUR");
    assert_eq!(news(&digest(vec![a, b, c])).len(), 2);
}

#[test]
fn a_report_without_day_and_place_joins_near_its_publication_only() {
    let a = || english("a").on("14 November", day("2024-11-14")).at("capital", CAIRO).published("2024-11-15").done();
    let near = vietnamese("b").published("2024-11-16").done();
    assert_eq!(news(&digest(vec![a(), near])).len(), 1);
    let far = vietnamese("b").published("2025-01-20").done();
    assert_eq!(news(&digest(vec![a(), far])).len(), 2);
}

#[test]
fn other_people_of_the_same_states_are_another_meeting() {
    let a = english("a").published("2024-11-15").done();
    let b = Teller::new("b", "vi", "Hai bộ trưởng Abdelatty và Fidan đã hội đàm. ")
        .published("2024-11-15")
        .claim(EventType::Consult, "hội đàm")
        .actor("Abdelatty", Some("Badr Abdelatty"), "EGY", Some("foreign-minister"))
        .actor("Fidan", Some("Hakan Fidan"), "TUR", Some("foreign-minister"))
        .done();
    assert_eq!(news(&digest(vec![a, b])).len(), 2);
}

#[test]
fn what_is_recalled_stands_beside_the_news() {
    let may = || Interval::month(2024, 5).unwrap();
    let recalling = |id: &str, text: &str, words: &str, when: &str, place| {
        Teller::new(id, "en", text)
            .claim(EventType::Consult, "met")
            .actor("Khalifa", Some("Ahmed Khalifa"), "EGY", CHIEF)
            .actor("Gurak", Some("Metin Gurak"), "TUR", CHIEF)
            .on(words, day(when))
            .at("capital", place)
            .claim(EventType::Consult, "came")
            .actor("Askar", Some("Osama Askar"), "EGY", CHIEF)
            .recipient("Turkey", None, "TUR", None)
            .on("May", may())
            .done()
    };
    let a = recalling(
        "a",
        "Khalifa met Gurak in the capital on 14 November. Askar came to Turkey in May. ",
        "14 November",
        "2024-11-14",
        CAIRO,
    );
    let b = recalling(
        "b",
        "On Thursday Khalifa met Gurak in their capital. In May Askar came to Turkey. ",
        "Thursday",
        "2025-05-08",
        ANKARA,
    );
    let digest = digest(vec![a, b]);
    assert_eq!(news(&digest).len(), 2);
    let recalled: Vec<&Event> =
        digest.events.iter().filter(|e| e.reports.iter().all(|r| r.role == Role::Background)).collect();
    assert_eq!(recalled.len(), 1);
    assert_eq!(recalled[0].reports.len(), 2);
    assert_eq!(recalled[0].status, Status::Recalled);
}

#[test]
fn a_recollection_joins_the_news_that_it_recalls() {
    let a = english("a").on("14 November", day("2024-11-14")).at("capital", CAIRO).published("2024-11-15").done();
    let b = Teller::new("b", "en", "Protesters marched in the square. Khalifa and Gurak talked on 14 November. ")
        .published("2025-01-10")
        .claim(EventType::Protest, "marched")
        .actor("Protesters", None, "EGY", None)
        .claim(EventType::Consult, "talked")
        .actor("Khalifa", Some("Ahmed Khalifa"), "EGY", CHIEF)
        .actor("Gurak", Some("Metin Gurak"), "TUR", CHIEF)
        .on("14 November", day("2024-11-14"))
        .done();
    let digest = digest(vec![a, b]);
    assert_eq!(digest.events.len(), 2);
    let meeting = digest.events.iter().find(|e| e.kind == Some(EventType::Consult)).unwrap();
    let roles: Vec<Role> = meeting.reports.iter().map(|r| r.role).collect();
    assert_eq!(roles, [Role::Main, Role::Background]);
}

#[test]
fn a_day_is_finer_than_its_month() {
    let a = english("a").on("14 November", day("2024-11-14")).at("capital", CAIRO).published("2024-11-15").done();
    let b = vietnamese("b").on("14/11", Interval::month(2024, 11).unwrap()).published("2024-11-15").done();
    let digest = digest(vec![a, b]);
    let [event] = news(&digest)[..] else { panic!("{} events", digest.events.len()) };
    assert_eq!(event.date.map(|d| d.precision()), Some(Precision::Day));
    let difference = event.differences.iter().find(|d| d.field == "date").unwrap();
    assert_eq!(difference.kind, DifferenceKind::Finer);
}

#[test]
fn an_open_year_is_that_of_another_report() {
    let open = || english("a").on_open("14 November", "XXXX-11-14").at("capital", CAIRO).done();
    let alone = digest(vec![open()]);
    assert_eq!(alone.events[0].date.and_then(|d| d.start()).as_deref(), Some("XXXX-11-14"));
    let printed = vietnamese("b").at("thủ đô", CAIRO).published("2024-11-16").done();
    let digest = digest(vec![open(), printed]);
    let [event] = news(&digest)[..] else { panic!("{} events", digest.events.len()) };
    assert_eq!(event.date.and_then(|d| d.start()).as_deref(), Some("2024-11-14"));
    let inferred = event.evidence.iter().find(|e| e.field == "date" && !e.premises.is_empty()).unwrap();
    assert_eq!(inferred.value, "2024-11-14");
    assert_eq!(inferred.premises.len(), 2);
}

#[test]
fn no_order_of_input_changes_the_records() {
    let reports = || {
        vec![
            english("a").on("14 November", day("2024-11-14")).at("capital", CAIRO).published("2024-11-15").done(),
            vietnamese("b").on("14/11", day("2024-11-14")).at("thủ đô", CAIRO).done(),
            english("c").published("2024-11-16").done(),
            vietnamese("d").on("14/11", day("2025-05-01")).at("thủ đô", ANKARA).done(),
            english("e").on("14 November", day("2025-05-01")).published("2025-05-02").done(),
            english("f").done(),
        ]
    };
    let printed = |reports: Vec<Report>| -> Vec<String> {
        let digest = digest(reports);
        let records = record::events(&digest, "test").map(|e| serde_json::to_value(&e).unwrap());
        records.inspect(|record| hold(record)).map(|record| record.to_string()).collect()
    };
    let expected = printed(reports());
    let count = reports().len();
    for turn in 1..count {
        let mut turned = reports();
        turned.rotate_left(turn);
        turned.swap(0, count - 1 - turn % 3);
        assert_eq!(printed(turned), expected, "turned by {turn}");
    }
}

#[test]
fn one_name_in_many_scripts() {
    for forms in [
        ["Trump", "ترامب", "Трамп"],
        ["Khalifa", "خليفة", "Халифа"],
        ["Zelensky", "زيلينسكي", "Зеленский"],
        ["Washington", "Вашингтон", "Washington"],
        ["Gürak", "غوراك", "Гюрак"],
    ] {
        let skeletons: Vec<String> = forms.iter().map(|f| skeleton(f)).collect();
        assert!(skeletons.iter().all(|s| *s == skeletons[0]), "{forms:?}: {skeletons:?}");
    }
    assert_ne!(skeleton("Putin"), skeleton("Biden"));
}
