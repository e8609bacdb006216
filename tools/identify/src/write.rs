//! Writes the table; `crates/tidings/src/language/identify/table.rs` reads it and says how it is laid out.

use crate::{
    choose::Entries,
    format::{GROUP, MAGIC},
    sources::Language,
};

pub fn table(languages: &[Language], entries: &Entries) -> Vec<u8> {
    let buckets = entries.len().next_power_of_two().max(GROUP);
    let mut rows: Vec<Vec<(u64, &[(u8, u8)])>> = vec![Vec::new(); buckets];
    for (hash, found) in entries {
        rows[(hash & (buckets as u64 - 1)) as usize].push((*hash, found));
    }
    let (mut groups, mut sizes, mut prints, mut counts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut ids, mut costs) = (Vec::new(), Vec::new());
    for (bucket, row) in rows.iter().enumerate() {
        if bucket % GROUP == 0 {
            groups.extend((counts.len() as u32).to_le_bytes());
            groups.extend((ids.len() as u32).to_le_bytes());
        }
        sizes.push(u8::try_from(row.len()).expect("a bucket is short"));
        for (hash, found) in row {
            prints.extend(((hash >> 48) as u16).to_le_bytes());
            counts.push(u8::try_from(found.len()).expect("there are fewer than 256 languages"));
            ids.extend(found.iter().map(|(id, _)| id));
            costs.extend(found.iter().map(|(_, cost)| cost));
        }
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend((languages.len() as u16).to_le_bytes());
    for count in [buckets, counts.len(), ids.len()] {
        bytes.extend((count as u32).to_le_bytes());
    }
    for language in languages {
        bytes.extend(language.script.as_bytes());
        bytes.push(language.code.len() as u8);
        bytes.extend(language.code.as_bytes());
    }
    for part in [groups, sizes, prints, counts, ids, costs] {
        bytes.extend(part);
    }
    bytes
}
