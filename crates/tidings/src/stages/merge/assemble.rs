//! An event from its tellings: what they say together, with the words that say it.

use serde_json::{Value, json};

use super::{
    book::Book,
    differences,
    parties::{self, Drafted, most},
    telling::Telling,
};
use crate::{
    model::{
        Actor, Claim, CopyKind, Event, EventType, Interval, Party, PlacePrecision, Quantity, Quote, Report, ReportRef,
        Role, Status, Venue, When, Where,
    },
    world::{Scale, World},
};

/// What assembling needs beside the tellings.
pub struct Context<'c> {
    /// All reports, sorted.
    pub reports: &'c [Report],
    /// The group of copies of each report.
    pub copies: &'c [u32],
    /// Kind and source of each report.
    pub kinds: &'c [(CopyKind, Option<crate::model::Source>)],
    /// PLOVER's intensities.
    pub scale: &'c Scale,
    /// The world's tables.
    pub world: &'c World,
}

impl Context<'_> {
    /// The event that these tellings tell together; they are sorted, and none of them is of the same report.
    pub fn event(&self, tellings: &[Telling]) -> Event {
        let mut book = Book::new(self.reports);
        // A copy adds no answer of its own.
        let voices = self.voices(tellings);
        let mut event = Event { status: self.status(tellings), ..Event::default() };
        event.kind = self.kind(&voices, event.status);
        event.date = self.date(&voices, &mut book);
        event.place = self.place(&voices, &mut book);
        let mut drafted = parties::parties(self.reports, tellings, event.kind, self.copies, self.world);
        event.modes = self.modes(event.kind, &voices);
        if event.modes.iter().any(|m| m == VISIT) {
            let host = event.place.as_ref().and_then(|p| p.country);
            if !parties::receive(&mut drafted, host) {
                event.modes.retain(|m| m != VISIT);
            }
        }
        self.cite_acts(&mut event, &voices, &mut book);
        self.cite_parties(&drafted, &voices, &mut book);
        let counts = self.quantities(&voices, &mut book);
        event.score = event.kind.and_then(|k| self.scale.score(k, &event.modes));
        event.differences = differences::find(self, &voices, &drafted, &counts);
        event.quantities = counts.into_iter().map(|c| (c.what, c.value, c.unit)).collect();
        event.parties = drafted.into_iter().map(|d| d.party).collect();
        event.evidence = book.into_answers();
        self.list_reports(&mut event, tellings);
        event
    }

    /// One telling for each group of copies, main tellings first.
    fn voices(&self, tellings: &[Telling]) -> Vec<Telling> {
        let mut voices: Vec<Telling> = Vec::new();
        for role in [Role::Main, Role::Background] {
            for telling in tellings.iter().filter(|t| t.role == role) {
                let group = self.copies[telling.report];
                if !voices.iter().any(|v| self.copies[v.report] == group && v.role == role) {
                    voices.push(*telling);
                }
            }
        }
        voices
    }

    fn claim(&self, telling: Telling) -> Option<&Claim> {
        telling.of(self.reports)
    }

    /// The status of the most certain report: what happened is more certain than what is announced.
    fn status(&self, tellings: &[Telling]) -> Status {
        let certainty = |status: Status| match status {
            Status::Happened => 0,
            Status::Recalled => 1,
            Status::Planned => 2,
            Status::Denied => 3,
            Status::Hypothetical => 4,
        };
        let news = tellings.iter().any(|t| t.role == Role::Main);
        let said = tellings.iter().filter_map(|t| self.claim(*t)).map(|c| match c.status {
            // What one report recalls is news in another.
            Status::Recalled if news => Status::Happened,
            status => status,
        });
        said.min_by_key(|s| certainty(*s)).unwrap_or_default()
    }

    fn kind(&self, voices: &[Telling], status: Status) -> Option<EventType> {
        let certain = |t: &&Telling| {
            self.claim(**t)
                .is_some_and(|c| c.status == status || c.status == Status::Recalled && status == Status::Happened)
        };
        let kinds = |role: Role, all: bool| -> Vec<EventType> {
            let of_role = voices.iter().filter(|t| t.role == role && (all || certain(t)));
            of_role.filter_map(|t| self.claim(*t)?.kind).collect()
        };
        most(kinds(Role::Main, false))
            .or_else(|| most(kinds(Role::Main, true)))
            .or_else(|| most(kinds(Role::Background, true)))
    }

    /// The modes that half of the tellings of this type agree on.
    fn modes(&self, kind: Option<EventType>, voices: &[Telling]) -> Vec<String> {
        let of_kind = voices.iter().filter_map(|t| self.claim(*t)).filter(|c| c.kind == kind && kind.is_some());
        let modes: Vec<&Vec<String>> = of_kind.map(|c| &c.modes).filter(|m| !m.is_empty()).collect();
        let quorum = modes.len().div_ceil(2).max(1);
        listed(&modes, quorum)
    }

    /// Contexts, and the evidence for type, status, modes and contexts.
    fn cite_acts(&self, event: &mut Event, voices: &[Telling], book: &mut Book<'_>) {
        let claims: Vec<(Telling, &Claim)> = voices.iter().filter_map(|t| Some((*t, self.claim(*t)?))).collect();
        let contexts: Vec<&Vec<String>> = claims.iter().map(|(_, c)| &c.contexts).collect();
        let quorum = if contexts.len() < 3 { 1 } else { contexts.len().div_ceil(3) };
        event.contexts = listed(&contexts, quorum);
        for (telling, claim) in &claims {
            let (at, trigger) = (telling.report, claim.trigger);
            if let Some(kind) = claim.kind {
                book.cite("type", json!(kind.name()), at, trigger);
            }
            book.cite("status", json!(claim.status), at, trigger);
            for mode in claim.modes.iter().filter(|m| event.modes.contains(m)) {
                book.cite("mode", json!(mode), at, trigger);
            }
            for context in claim.contexts.iter().filter(|c| event.contexts.contains(c)) {
                book.cite("contexts", json!(context), at, self.sentence(at, trigger));
            }
        }
        event.contexts.sort();
    }

    /// The sentence around a quote, as a quote.
    fn sentence(&self, report: usize, quote: Quote) -> Quote {
        let report = &self.reports[report];
        match quote.text {
            Where::Title => quote,
            Where::Body => report.sentences.iter().find(|s| s.contains(quote.span)).map_or(quote, |s| Quote::body(*s)),
        }
    }

    /// The days that all tellings allow, the finest of them that agree.
    fn date(&self, voices: &[Telling], book: &mut Book<'_>) -> Option<When> {
        let told: Vec<(Telling, When)> = voices.iter().filter_map(|t| Some((*t, t.when(self.reports)?))).collect();
        let supported =
            |when: &When, role: Role| told.iter().filter(|(t, other)| t.role == role && when.overlaps(*other)).count();
        // The news before what recalls it, the day that most agree on before others, and then the finest.
        let mut order: Vec<usize> = (0..told.len()).collect();
        order.sort_by_key(|at| {
            let (telling, when) = &told[*at];
            (telling.role, usize::MAX - supported(when, telling.role), when.days().unwrap_or(i32::MAX))
        });
        let mut date: Option<When> = None;
        let mut agreeing = Vec::new();
        for (telling, when) in order.into_iter().map(|at| told[at]) {
            let met = match date {
                None => Some(when),
                Some(date) => date.meet(when),
            };
            if let (Some(answer), Some(met)) = (self.cite_date(telling, when, book), met) {
                agreeing.push((answer, when));
                date = Some(met);
            }
        }
        let date = date?;
        let premises: Vec<usize> = agreeing.iter().map(|(answer, _)| *answer).collect();
        if let Some((year, printed)) = self.year(date, voices, book) {
            book.infer("date", json!(written(year)), premises.into_iter().chain([printed]).collect());
            return Some(year);
        }
        if !agreeing.iter().any(|(_, when)| when.start() == date.start() && when.end() == date.end()) {
            book.infer("date", json!(written(date)), premises);
        }
        Some(date)
    }

    /// A day whose year no text names, in the year in which another report of the event was published; with the
    /// evidence for that publication.
    fn year(&self, date: When, voices: &[Telling], book: &mut Book<'_>) -> Option<(When, usize)> {
        const BEFORE: i32 = 60;
        const AFTER: i32 = 60;
        if !matches!(date, When::SomeYear(..)) {
            return None;
        }
        voices.iter().filter(|t| t.role == Role::Main).find_map(|telling| {
            let published = self.reports[telling.report].article.published.as_ref()?;
            let printed = published.interval()?;
            let near = match self.claim(*telling)?.status {
                Status::Planned => Interval { latest: printed.widened(AFTER).latest, ..printed },
                _ => Interval { earliest: printed.widened(BEFORE).earliest, ..printed },
            };
            let found = date.meet(When::Days(near, near.precision()))?;
            let raw = &published.value;
            matches!(found, When::Days(..))
                .then(|| (found, book.metadata("date", json!(raw), telling.report, published.from, raw)))
        })
    }

    fn cite_date(&self, telling: Telling, when: When, book: &mut Book<'_>) -> Option<usize> {
        let report = &self.reports[telling.report];
        let time = report.times.get(self.claim(telling)?.time?)?;
        let said = book.cite("date", json!(time.value), telling.report, time.quote)?;
        match &report.article.published {
            // "On Thursday" and the day of publication are a date together.
            Some(published) if time.anchored => {
                let value = json!(published.value);
                let printed = book.metadata("date", value, telling.report, published.from, &published.value);
                book.infer("date", json!(written(when)), vec![said, printed])
            }
            _ => Some(said),
        }
    }

    /// The place that most tellings name as the venue, the finest first.
    fn place(&self, voices: &[Telling], book: &mut Book<'_>) -> Option<Venue> {
        let mut venues = Vec::new();
        for telling in voices {
            let found = self.claim(*telling).and_then(|c| self.reports[telling.report].places.get(c.place?));
            if let Some(place) = found
                && book.cite("place", json!(place.name), telling.report, place.quote).is_some()
            {
                venues.push((telling.role, place));
            }
        }
        let role = venues.iter().map(|v| v.0).min()?;
        venues.retain(|v| v.0 == role);
        // A state is where its city is; a city is finer.
        let finest = venues.iter().map(|v| v.1.precision.max(PlacePrecision::City)).min()?;
        let names: Vec<&String> =
            venues.iter().filter(|v| v.1.precision.max(PlacePrecision::City) == finest).map(|v| &v.1.name).collect();
        let name = most(names)?.clone();
        let place = venues.iter().find(|v| v.1.name == name)?.1;
        Some(Venue {
            name,
            country: place.country,
            geonames: place.geonames,
            latitude: place.latitude,
            longitude: place.longitude,
            precision: place.precision,
        })
    }

    fn cite_parties(&self, drafted: &[Drafted], voices: &[Telling], book: &mut Book<'_>) {
        for (number, Drafted { party, mentions }) in drafted.iter().enumerate() {
            let field = format!("actors.{number}");
            let mut named = false;
            // A party that only copies name is cited from them.
            for all in [false, true] {
                for (telling, at, _) in mentions.iter().filter(|m| all || voices.contains(&m.0)) {
                    let actor = &self.reports[telling.report].actors[*at];
                    named |= cite_party(book, &field, party, telling.report, actor);
                }
                if named {
                    break;
                }
            }
        }
    }

    /// Counts that the tellings tie to the act, each kind once.
    fn quantities(&self, voices: &[Telling], book: &mut Book<'_>) -> Vec<Count> {
        let mut counts: Vec<Count> = Vec::new();
        for telling in voices {
            let report = &self.reports[telling.report];
            let mine = |q: &&Quantity| q.claim.is_some() && q.claim == telling.claim;
            for quantity in report.quantities.iter().filter(mine) {
                let same = |c: &&mut Count| c.what == quantity.what && c.unit == quantity.unit;
                match counts.iter_mut().find(same) {
                    // What a report says first of a kind is what it counts; the rest are parts of it.
                    Some(count) if count.told.iter().any(|(t, ..)| t == telling) => {}
                    Some(count) => count.told.push((*telling, quantity.value, quantity.quote)),
                    None => counts.push(Count {
                        what: quantity.what.clone(),
                        unit: quantity.unit.clone(),
                        value: quantity.value,
                        told: vec![(*telling, quantity.value, quantity.quote)],
                    }),
                }
            }
        }
        for (number, count) in counts.iter_mut().enumerate() {
            let values: Vec<f64> = count.told.iter().map(|(_, value, _)| *value).collect();
            // The last of equally frequent values is the later report's.
            let often = |v: f64| values.iter().filter(|w| same(**w, v)).count();
            if let Some(best) = (0..values.len()).max_by_key(|at| (often(values[*at]), *at)) {
                count.value = values[best];
            }
            for (telling, value, quote) in &count.told {
                book.cite(&format!("quantities.{number}"), json!(value), telling.report, *quote);
            }
        }
        counts
    }

    fn list_reports(&self, event: &mut Event, tellings: &[Telling]) {
        let latest = |t: &Telling| self.reports[t.report].article.published.as_ref().and_then(|p| moment(&p.value));
        let first = tellings.iter().filter(|t| t.role == Role::Main).filter_map(latest).min();
        event.reports = tellings
            .iter()
            .map(|t| {
                let (kind, copy_of) = self.kinds[t.report].clone();
                ReportRef {
                    source: t.source(self.reports),
                    role: t.role,
                    kind,
                    copy_of,
                    first: t.role == Role::Main && first.is_some() && latest(t) == first,
                }
            })
            .collect();
        let mut groups: Vec<u32> = tellings.iter().map(|t| self.copies[t.report]).collect();
        groups.sort_unstable();
        groups.dedup();
        event.witnesses = groups.len();
        event.languages = tellings.iter().filter_map(|t| self.reports[t.report].article.language.clone()).collect();
        event.languages.sort_unstable();
        event.languages.dedup();
    }
}

/// PLOVER's mode of a consultation that has a guest and a host.
const VISIT: &str = "visit";

/// The values that at least `quorum` of the lists hold, the most frequent first.
fn listed(lists: &[&Vec<String>], quorum: usize) -> Vec<String> {
    let mut all: Vec<&String> = lists.iter().flat_map(|l| l.iter()).collect();
    all.sort_unstable();
    all.dedup();
    let count = |value: &String| lists.iter().filter(|l| l.contains(value)).count();
    let mut kept: Vec<&String> = all.into_iter().filter(|v| count(v) >= quorum).collect();
    kept.sort_by_key(|v| usize::MAX - count(v));
    kept.into_iter().cloned().collect()
}

/// One kind of count with what each telling says of it.
pub struct Count {
    /// What is counted.
    pub what: String,
    /// The unit of money.
    pub unit: Option<String>,
    /// The value that most tell.
    pub value: f64,
    /// Who told which value with which words.
    pub told: Vec<(Telling, f64, Quote)>,
}

/// Whether two counts are one number.
pub fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * a.abs().max(1.0)
}

/// Cites a party from one mention; whether that says who it is.
fn cite_party(book: &mut Book<'_>, field: &str, party: &Party, report: usize, actor: &Actor) -> bool {
    let mut cite = |field: &str, value: Value| book.cite(field, value, report, actor.quote).is_some();
    let bare = actor.name.is_none() && actor.office.is_none() && actor.organization.is_none();
    let stands_for = party.name.is_some() || party.office.is_some() || party.organization.is_some();
    if let Some(country) = actor.country {
        cite(&format!("{field}.country"), json!(country));
    }
    if bare && stands_for {
        return false;
    }
    let said = match (&actor.name, &actor.original, actor.country) {
        (Some(_), Some(original), _) => json!(original),
        (Some(name), None, _) => json!(name),
        (None, _, Some(country)) => json!(country),
        (None, _, None) => json!(actor.office.as_ref().or(actor.organization.as_ref())),
    };
    let found = cite(field, said);
    if let Some(office) = &actor.office {
        cite(&format!("{field}.office"), json!(office));
    }
    if let Some(sector) = actor.sector.filter(|s| party.sector == Some(*s)) {
        cite(&format!("{field}.sector"), json!(sector));
    }
    found
}

/// A date as one value: a day, or its ends.
pub fn written(when: When) -> String {
    match (when.start(), when.end()) {
        (Some(a), Some(b)) if a == b => a,
        (a, b) => format!("{}/{}", a.unwrap_or_default(), b.unwrap_or_default()),
    }
}

/// The end of a publication interval, as text that sorts by time.
fn moment(published: &str) -> Option<String> {
    let last = match published.len() {
        4 => format!("{published}-12-31T99"),
        7 => format!("{published}-31T99"),
        10 => format!("{published}T99"),
        length if length > 10 => published.to_owned(),
        _ => return None,
    };
    Some(last)
}
