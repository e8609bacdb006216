//! The table of what each language spells how often, read in place from its bytes.
//!
//! Its keys are sequences of up to [`LONGEST`] letters and whole words, hashed; under each stand the languages that
//! write it and what it costs them. `tools/identify` writes it.
//!
//! All numbers are little-endian: the magic; how many languages (`u16`), buckets (a power of two), keys and costs
//! (`u32`); the languages (script of four letters, length and code); for each eighth bucket its first key and first
//! cost (`u32`); for each bucket how many keys it has; for each key 16 bits of its hash, then for each how many
//! languages write it; then all their places among the languages, then all their costs. Like stands by like, so that
//! the table packs well.

use super::script::Script;

/// The most letters of a sequence, with the marks of a word's beginning and end.
pub(crate) const LONGEST: usize = 5;
/// Stands before the first letter of a word and after its last one.
pub(crate) const START: char = '^';
pub(crate) const END: char = '$';
/// Costs are quarters of a natural logarithm.
pub(crate) const UNIT: i16 = 4;
pub(crate) const MAGIC: &[u8; 8] = b"TDGLANG1";
/// How many buckets share one place.
pub(crate) const GROUP: usize = 8;

/// The hash of a sequence of letters, taken from its last letter to its first, so that a longer one goes on from a
/// shorter one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) const SEQUENCE: Self = Self(0x51_7cc1_b727_220a);
    pub(crate) const WORD: Self = Self(0x2545_f491_4f6c_dd1d);

    #[must_use]
    pub(crate) fn before(self, c: char) -> Self {
        Self((self.0.rotate_left(23) ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn of_word(letters: &[char]) -> Self {
        letters.iter().rev().fold(Self::WORD, |key, &c| key.before(c))
    }

    /// Mixed once more: a product's low bits know nothing of its high ones.
    pub(crate) fn value(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

/// A language of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    pub(crate) code: &'t str,
    pub(crate) script: Script,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Table<'t> {
    /// Languages of one script stand together.
    pub(crate) rows: Vec<Row<'t>>,
    mask: u64,
    groups: &'t [u8],
    sizes: &'t [u8],
    prints: &'t [u8],
    counts: &'t [u8],
    languages: &'t [u8],
    costs: &'t [u8],
}

impl<'t> Table<'t> {
    /// Nothing where the bytes are no such table.
    pub(crate) fn new(bytes: &'t [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<2>()?;
        let (sizes, mut rest) = rest.split_first_chunk::<12>()?;
        let [buckets, keys, costs] = [0, 4, 8].map(|at| number(sizes, at));
        let mut rows = Vec::new();
        for _ in 0..u16::from_le_bytes(*count) {
            let (script, after) = rest.split_first_chunk::<4>()?;
            let (length, after) = after.split_first()?;
            let (code, after) = after.split_at_checked(usize::from(*length))?;
            let script = Script::named(std::str::from_utf8(script).ok()?)?;
            rows.push(Row { code: std::str::from_utf8(code).ok()?, script });
            rest = after;
        }
        let (groups, rest) = rest.split_at_checked(buckets / GROUP * 8)?;
        let (sizes, rest) = rest.split_at_checked(buckets)?;
        let (prints, rest) = rest.split_at_checked(keys * 2)?;
        let (counts, rest) = rest.split_at_checked(keys)?;
        let (languages, rest) = rest.split_at_checked(costs)?;
        let whole = buckets.is_power_of_two() && buckets >= GROUP && rest.len() == costs && rows.len() <= 256;
        let mask = (buckets as u64).wrapping_sub(1);
        whole.then_some(Self { rows, mask, groups, sizes, prints, counts, languages, costs: rest })
    }

    /// The languages that write a sequence or word, and what it costs each.
    pub(crate) fn get(&self, key: Key) -> Option<(&'t [u8], &'t [u8])> {
        let hash = key.value();
        let bucket = (hash & self.mask) as usize;
        let size = usize::from(*self.sizes.get(bucket)?);
        if size == 0 {
            return None;
        }
        let group = bucket / GROUP;
        let sum = |bytes: &[u8]| bytes.iter().map(|&b| usize::from(b)).sum::<usize>();
        let first = number(self.groups, group * 8);
        let start = first + sum(&self.sizes[group * GROUP..bucket]);
        let print = ((hash >> 48) as u16).to_le_bytes();
        let at = start + self.prints.get(start * 2..(start + size) * 2)?.chunks_exact(2).position(|p| p == print)?;
        let start = number(self.groups, group * 8 + 4) + sum(self.counts.get(first..at)?);
        let own = start..start + usize::from(self.counts[at]);
        Some((self.languages.get(own.clone())?, self.costs.get(own)?))
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    let chunk = bytes[at..].first_chunk::<4>();
    chunk.map_or(0, |chunk| u32::from_le_bytes(*chunk) as usize)
}
