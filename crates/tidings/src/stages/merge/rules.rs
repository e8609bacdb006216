//! What no likeness overrides: two reports that cannot tell one happening.

use super::{key::Key, score::Score};
use crate::model::{Country, Precision, Status, When};

/// Days between publications within which a report without date and place can still join another.
pub const WINDOW: i32 = 10;
/// Days between publications beyond which two reports need a date that both state.
const FAR: i32 = 42;
/// Kilometres within which two places of one name table can be one venue, as a city and its airport.
const NEAR: f64 = 40.0;
/// The text likeness that stands against publication dates; those of archives are often wrong.
const ALIKE: f64 = 0.3;

/// Why two reports cannot tell the same happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Their dates do not overlap.
    Date,
    /// They took place in different cities or states.
    Place,
    /// Guest and host are swapped.
    Swapped,
    /// What one did to the other in one report, the other did to the one in the other.
    Reversed,
    /// The parties are other people.
    People,
    /// They were published too far apart, and no date holds them together.
    Published,
}

/// The rule that keeps two reports apart, if one does.
pub fn apart(a: &Key, b: &Key, score: &Score) -> Option<Apart> {
    let dated = a.when.zip(b.when);
    if a.when_sure && b.when_sure && dates_differ(a, b) {
        return Some(Apart::Date);
    }
    if a.place_sure && b.place_sure && venues_differ(a, b) {
        return Some(Apart::Place);
    }
    if let (Some((guest, host)), Some((other_guest, other_host))) = (a.visit, b.visit)
        && guest == other_host
        && host == other_guest
        && a.place.is_none() == b.place.is_none()
    {
        return Some(Apart::Swapped);
    }
    if reversed(a, b) || reversed(b, a) {
        return Some(Apart::Reversed);
    }
    if people_differ(a, b) || objects_differ(a, b) {
        return Some(Apart::People);
    }
    let gap = gap(a, b);
    let slot = dated.is_some_and(|(x, y)| fine(x) && fine(y));
    if slot || score.text >= ALIKE || a.copies == b.copies {
        return None;
    }
    let bare = |k: &Key| k.when.is_none() && k.place.is_none();
    let reach = if bare(a) || bare(b) { WINDOW } else { FAR };
    let far = match gap {
        Some(gap) => gap > reach + ahead(a).max(ahead(b)),
        None => false,
    };
    // One that states a day long before the other was published tells of something else.
    let told = told_gap(a, b).max(told_gap(b, a));
    (far || told.is_some_and(|days| days > reach)).then_some(Apart::Published)
}

/// An announcement can be printed long before.
fn ahead(key: &Key) -> i32 {
    if key.status == Status::Planned { 30 } else { 0 }
}

/// Days between the date that one report states and the publication of another that states none.
fn told_gap(dated: &Key, other: &Key) -> Option<i32> {
    if other.when.is_some() {
        return None;
    }
    let days = dated.when?.interval()?;
    let published = other.published?;
    distance(days, published)
}

fn fine(when: When) -> bool {
    match when {
        When::Days(_, precision) => precision <= Precision::Month,
        When::SomeYear(..) => true,
    }
}

/// Days between two publications, 0 where they overlap.
pub fn gap(a: &Key, b: &Key) -> Option<i32> {
    distance(a.published?, b.published?)
}

/// Days between two intervals, 0 where they overlap.
pub fn distance(a: crate::model::Interval, b: crate::model::Interval) -> Option<i32> {
    let ((a1, a2), (b1, b2)) = (a.ends()?, b.ends()?);
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| from.until(to).map_or(0, |s| s.get_days());
    Some(if a2 < b1 {
        days(a2, b1)
    } else if b2 < a1 {
        days(b2, a1)
    } else {
        0
    })
}

/// Whether both are dated, and no day fits both.
pub fn dates_differ(a: &Key, b: &Key) -> bool {
    a.when.zip(b.when).is_some_and(|(x, y)| !x.overlaps(y))
}

/// Whether both have a place, and one cannot lie in the other.
pub fn venues_differ(a: &Key, b: &Key) -> bool {
    let (Some(x), Some(y)) = (&a.place, &b.place) else { return false };
    if x.is_city() && y.is_city() {
        return x.id != y.id && x.name != y.name && x.distance(y).is_none_or(|km| km > NEAR);
    }
    // A state is coarser than a city in it, and agrees with it.
    matches!((x.country, y.country), (Some(p), Some(q)) if p != q)
}

/// Two sides expel each other's envoys in two acts: who does it in one suffers it in the other, and nobody does both.
fn reversed(a: &Key, b: &Key) -> bool {
    let (Some((doers, _)), Some((others, sufferers))) = (&a.directed, &b.directed) else { return false };
    let meet = |x: &[Country], y: &[Country]| x.iter().any(|c| y.contains(c));
    !doers.is_empty() && !others.is_empty() && !meet(doers, others) && meet(doers, sufferers)
}

/// Both say whom it was done to, and these are other people, whom the world knows: a stranger may go by two names.
fn objects_differ(a: &Key, b: &Key) -> bool {
    let known = |key: &Key| !key.objects.is_empty() && key.objects.iter().all(|p| p.id.is_some());
    known(a) && known(b) && !a.objects.iter().any(|p| b.objects.iter().any(|q| p.id == q.id))
}

/// Both name two parties or more in full, and none of them is the same person.
fn people_differ(a: &Key, b: &Key) -> bool {
    let full = |key: &Key| key.people.iter().filter(|p| p.id.is_some() || p.words > 1).count();
    if full(a) < 2 || full(b) < 2 {
        return false;
    }
    let meets = |x: &Key, y: &Key| x.people.iter().any(|p| y.people.iter().chain(&y.others).any(|q| p.same(q) > 0.0));
    !meets(a, b) && !meets(b, a)
}
