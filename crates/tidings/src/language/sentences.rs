//! Cutting a text into sentences.

use super::{Pack, TokenKind, Tokens, pack::Abbreviation, terminals::terminal};
use crate::model::Span;

/// The sentences of a text, as token ranges with their bytes.
///
/// A sentence ends at a line break, or at a mark that Unicode calls a sentence's end, with the quotation marks and
/// brackets behind it that close. A full stop, question or exclamation mark needs white space behind it and no
/// lower-case word after that; a full stop ends none behind an abbreviation, an initial, or an ordinal, and an ellipsis
/// none in scripts without capitals. The stops of scripts that set them without a space (`。`, `।`, `۔`) end one
/// wherever they stand. A quotation of several sentences is several sentences; what says who spoke belongs to the last.
/// Scripts without stops are cut at spaces before the words with which the language begins sentences.
pub fn sentences(tokens: &Tokens<'_>, pack: &Pack) -> Vec<(usize, usize, Span)> {
    let cutter = Cutter { tokens, pack };
    let mut found = Vec::new();
    // Whether a guillemet stands open: then one that follows closes it, whatever spaces stand around it.
    let mut quoted = false;
    let (mut start, mut at, n) = (0, 0, tokens.len());
    while at < n {
        match tokens.written(at) {
            "\u{AB}" => quoted = true,
            "\u{BB}" => quoted = false,
            _ => {}
        }
        let stop = cutter.stop(at);
        let last = if stop.is_some() { cutter.behind(at, &mut quoted) } else { at };
        let breaks = last + 1 == n || tokens.list[last + 1].breaks;
        let ends = || match stop {
            Some(stop) => cutter.ends(start, at, last, stop),
            None => cutter.begins_unstopped(start, at + 1),
        };
        if breaks || ends() {
            found.push((start, last + 1, tokens.span(start, last + 1)));
            start = last + 1;
        }
        quoted &= !breaks;
        at = last + 1;
    }
    found
}

/// What kind of mark stands where a sentence may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Of a script that sets no space behind it, and uses it for nothing else.
    Sure,
    /// A question or exclamation mark.
    Mark,
    /// Three full stops.
    Ellipsis,
    /// A full stop, which abbreviations have too.
    Dot,
}

/// How many words behind a quotation are looked at for one of saying.
const SAID: usize = 6;
/// How many bytes a sentence of a script without stops has at least: half a usual one.
const UNSTOPPED: u32 = 180;

struct Cutter<'c, 't> {
    tokens: &'c Tokens<'t>,
    pack: &'c Pack,
}

impl Cutter<'_, '_> {
    fn stop(&self, at: usize) -> Option<Stop> {
        if self.tokens.list[at].kind != TokenKind::Mark {
            return None;
        }
        match self.tokens.written(at) {
            "." | "\u{2024}" => Some(Stop::Dot),
            "\u{2026}" | "\u{22EF}" => Some(Stop::Ellipsis),
            "!" | "?" | "\u{37E}" | "\u{F0D}" | "\u{203C}" | "\u{203D}" | "\u{2047}" | "\u{2048}" | "\u{2049}"
            | "\u{2E2E}" => Some(Stop::Mark),
            written if written.chars().all(terminal) => Some(Stop::Sure),
            _ => {
                let rest = &self.tokens.text[self.tokens.list[at].span.start as usize..];
                self.pack.sentences.stops.iter().any(|stop| rest.starts_with(stop.as_str())).then_some(Stop::Mark)
            }
        }
    }

    /// The last token that belongs to the stop at `at`: further stops, and what closes behind them.
    fn behind(&self, at: usize, quoted: &mut bool) -> usize {
        let list = &self.tokens.list;
        let mut last = at;
        while let Some(next) = list.get(last + 1).filter(|next| !next.breaks) {
            let written = self.tokens.written(last + 1);
            let spaced = list.get(last + 2).is_none_or(|after| !after.joined || after.kind == TokenKind::Mark);
            let closing = closes(written) && next.joined
                // Marks that open in one language close in another; what stands at a word and before a space closes.
                || opens(written) && next.joined && spaced
                || written == "\u{BB}" && *quoted && spaced;
            let stopping = next.joined && self.stop(last + 1).is_some();
            if !closing && !stopping {
                break;
            }
            *quoted &= written != "\u{BB}";
            last += 1;
        }
        last
    }

    /// Whether a sentence that began at `start` ends with the stop at `at`, which reaches up to `last` and does not
    /// end its line.
    fn ends(&self, start: usize, at: usize, last: usize, stop: Stop) -> bool {
        let (list, next) = (&self.tokens.list, last + 1);
        let run = || (at..=last).filter_map(|at| self.stop(at));
        let quoted = (at..=last).any(|at| quotes(self.tokens.written(at)));
        let stop = match stop {
            Stop::Dot if run().any(|s| s == Stop::Sure) => Stop::Sure,
            Stop::Dot if run().any(|s| s == Stop::Mark) => Stop::Mark,
            Stop::Dot if run().filter(|s| *s == Stop::Dot).count() > 1 => Stop::Ellipsis,
            stop => stop,
        };
        let number = |at: usize| list[at].kind == TokenKind::Number;
        // The words after a quotation say who spoke, and belong to it.
        let attributed = || quoted && self.attributes(next);
        if stop == Stop::Sure {
            let between_numbers = at > start && number(at - 1) && number(next) && list[next].joined;
            return !between_numbers && !attributed();
        }
        if list[next].joined {
            return false;
        }
        let word = (next..list.len().min(next + 4)).find(|at| list[*at].kind != TokenKind::Mark);
        if word.is_some_and(|word| self.goes_on(word)) {
            return false;
        }
        match stop {
            Stop::Mark => !attributed(),
            Stop::Ellipsis => {
                let caseless = word.is_some_and(|word| {
                    let first = self.tokens.written(word).chars().next();
                    first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
                });
                !caseless && !attributed()
            }
            Stop::Sure | Stop::Dot => !self.abbreviates(start, at, next),
        }
    }

    /// Whether a word begins no sentence: it is small, and no name such as "al-Azhar" or "iPhone".
    fn goes_on(&self, at: usize) -> bool {
        let written = self.tokens.written(at);
        let small = written.chars().next().is_some_and(char::is_lowercase);
        let capital_within = written.chars().any(char::is_uppercase);
        let list = &self.tokens.list;
        let hyphen = list.get(at + 1).is_some_and(|t| t.joined) && self.tokens.written(at + 1) == "-";
        let name = hyphen && list.get(at + 2).is_some_and(|t| t.joined && t.capital) && written.chars().count() == 2;
        small && !capital_within && !name
    }

    /// Whether what follows a quotation says who spoke.
    fn attributes(&self, next: usize) -> bool {
        let line = (next..self.tokens.len()).take_while(|at| *at == next || !self.tokens.list[*at].breaks);
        line.take(SAID).any(|at| self.pack.sentences.says(self.tokens.written(at)))
    }

    /// Whether the full stop at `mark` belongs to the word before it.
    fn abbreviates(&self, start: usize, mark: usize, next: usize) -> bool {
        if mark == start {
            return true;
        }
        let (tokens, rules, before) = (self.tokens, &self.pack.sentences, mark - 1);
        let token = &tokens.list[before];
        if !tokens.list[mark].joined {
            return false;
        }
        // Before a full stop of its own it is the next initial.
        let initial = tokens.list.get(next + 1).is_some_and(|t| t.joined) && tokens.written(next + 1) == ".";
        let begins = !initial && rules.starts(tokens.written(next));
        let written = tokens.written(before);
        if token.kind == TokenKind::Number {
            let short = token.span.end - token.span.start <= 3;
            // A numeral alone counts the paragraphs of a list.
            return short && (before == start || rules.ordinal_dot && !begins && !self.is_fraction(start, before));
        }
        if let Some(found) = rules.abbreviation(&tokens.text[..token.span.end as usize], written) {
            // What is quoted begins a sentence, and stands in no name behind these.
            let quotation = quotes(tokens.written(next));
            return found == Abbreviation::Inside || !begins && !quotation;
        }
        if token.kind != TokenKind::Word {
            return false;
        }
        if !self.pack.language.names.case {
            // Arabic and Indic letters that stand alone are initials; one syllable of other scripts is a word.
            let mut letters = written.chars().filter(|c| c.is_alphabetic());
            let only = letters.next().filter(|_| letters.next().is_none());
            return !begins && only.is_some_and(|c| matches!(c, '\u{620}'..='\u{6FF}' | '\u{900}'..='\u{DFF}'));
        }
        let roman = || written.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && written.len() <= 5;
        let initial = token.capital && written.chars().count() == 1;
        (initial || rules.ordinal_dot && roman()) && !begins
    }

    /// Whether the numeral at `at` is the end of a fraction or a time of day and so counts nothing: "3,5", "9.30", but
    /// not the day "14.11".
    fn is_fraction(&self, start: usize, at: usize) -> bool {
        let (tokens, list) = (self.tokens, &self.tokens.list);
        if at < start + 2 || !list[at].joined || !list[at - 1].joined || list[at - 2].kind != TokenKind::Number {
            return false;
        }
        let value = |at: usize| tokens.digits(at).parse::<u32>().unwrap_or(u32::MAX);
        let day = (1..=31).contains(&value(at - 2)) && (1..=12).contains(&value(at));
        matches!(tokens.written(at - 1), "," | ":" | "\u{66B}") || tokens.written(at - 1) == "." && !day
    }

    /// Whether the token at `next` begins a sentence in a script that ends none by a mark.
    fn begins_unstopped(&self, start: usize, next: usize) -> bool {
        let token = &self.tokens.list[next];
        let from = token.span.start;
        !token.joined
            && from - self.tokens.list[start].span.start >= UNSTOPPED
            && self.tokens.written(next).starts_with(|c: char| ('\u{E00}'..'\u{F00}').contains(&c))
            && self.pack.sentences.opens(&self.tokens.text[from as usize..])
    }
}

/// Marks that close a quotation or a bracket, in whatever language.
fn closes(mark: &str) -> bool {
    matches!(
        mark,
        "\"" | "'"
            | ")"
            | "]"
            | "}"
            | "\u{BB}"
            | "\u{2019}"
            | "\u{201D}"
            | "\u{203A}"
            | "\u{300B}"
            | "\u{300D}"
            | "\u{300F}"
            | "\u{3009}"
            | "\u{3011}"
            | "\u{FF02}"
            | "\u{FF07}"
            | "\u{FF09}"
            | "\u{FF3D}"
            | "\u{FF5D}"
            | "\u{FF63}"
    )
}

/// Quotation marks that open in most languages and close in some.
fn opens(mark: &str) -> bool {
    matches!(mark, "\u{AB}" | "\u{2018}" | "\u{201C}" | "\u{2039}")
}

fn quotes(mark: &str) -> bool {
    mark == "\u{201E}"
        || opens(mark)
        || closes(mark) && !matches!(mark, ")" | "]" | "}" | "\u{FF09}" | "\u{FF3D}" | "\u{FF5D}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn cut<'t>(code: &str, text: &'t str) -> Vec<&'t str> {
        let pack = Knowledge::embedded().pack(code).unwrap();
        let tokens = Tokens::new(text, &pack.cutting);
        sentences(&tokens, &pack).into_iter().map(|(.., span)| span.of(text)).collect()
    }

    #[test]
    fn languages_without_a_pack_end_sentences_by_their_own_stops() {
        for (code, text) in [
            (
                "de",
                "Am 15. November kam Dr. Meier an.| Er blieb bis 18 Uhr.| „Wann?“, fragte er.| Am 3. Mai z. B. nicht.",
            ),
            (
                "de",
                "Rom fiel 476 n. Chr. im Herbst.| Caesar starb 44 v. Chr. in Rom.| Gen. a. D. Meier kam um 9.30.| Berlin gab 3,5.| Köln gab nichts usw.| Dann ging er.",
            ),
            ("pl", "Żył w m. Kraków do godz. 9.30.| Rzym upadł."),
            ("ru", "Он жил в с. Ивановка.| Ген. А. Б. Петров ушёл.| Он купил 3,5 кг.| На ул. Мира пусто."),
            ("fa", "دکتر ا. ب. رضایی آمد.| سپس رفت."),
            ("hi", "प्रो. अ. ब. शर्मा आए।|फिर वे गए।"),
            (
                "zh",
                "他说：“她问‘谁赢了？’|我没回答。”|然后……他走了。|第No.5号在12.3公里处。|（他没来。）|真的吗？！|是的。",
            ),
            ("ja", "彼は来た。|3.5%増。|詳細はexample.jp/a.b?x=1.2。|（終了。）"),
            ("de", "Er rief: „Halt.“| Dann ging er."),
            ("ru", "Переговоры прошли в 2024 г. в Москве.| Они длились до 2025 г.| В них участвовал А. С. Иванов."),
            ("pl", "W 2023 r. gen. Nowak odszedł.| Było ich 5 tys.| To dużo."),
            ("zh", "他说:“我们走。”|然后离开。|真的吗？！|是的。|增长了3.5%。"),
            ("ja", "首相は「合意した。」|と述べた。|会談は終わった。"),
            ("hi", "डॉ. सिंह आए।|वे बोले: \"क्यों?\"| कोई नहीं जानता।"),
            ("ur", "وزیر پہنچے۔|ان کا استقبال ہوا۔| کیا معاہدہ ہوگا؟| معلوم نہیں۔"),
            ("my", "ဝန်ကြီး ရောက်ရှိသည်။|တွေ့ဆုံသည်၊ ဆွေးနွေးသည်။"),
            ("km", "រដ្ឋមន្ត្រីបានមកដល់។|ពួកគេបានជួបគ្នា។"),
            ("hy", "Նախարարը ժամանեց։| Նա հանդիպեց նախագահին:| Հետո մեկնեց։"),
            ("am", "ሚኒስትሩ ደረሱ።|ተወያዩ።| ተመለሱ::"),
            ("el", "Ποιος ήρθε;| Ο κ. Παπαδόπουλος.| Έφυγε στις 8 π.μ. με το τρένο."),
            ("fa", "وزیر رسید.| آیا توافق می‌شود؟| معلوم نیست."),
            ("id", "Mayjen. Budi tiba di Jl. Merdeka No. 5.| Ia disambut."),
            ("ko", "장관이 도착했다.| 회담은 3.5시간 이어졌다."),
        ] {
            let wanted: Vec<&str> = text.split('|').map(str::trim).collect();
            assert_eq!(cut(code, &text.replace('|', "")), wanted, "{code}");
        }
    }

    #[test]
    fn thai_is_cut_before_the_words_that_begin_sentences() {
        let (first, second) = (
            "นายกรัฐมนตรีเดินทางถึงกรุงไคโรเมื่อวันที่ 14 พฤศจิกายน 2567 เพื่อหารือกับประธานาธิบดีอียิปต์เรื่องการค้าและความมั่นคง",
            "ทั้งนี้ ทั้งสองฝ่ายจะพบกันอีกครั้งในเดือนหน้า",
        );
        let text = format!("{first} {second}");
        assert_eq!(cut("th", &text), [first, second]);
    }

    #[test]
    fn runs_of_marks_take_time_that_grows_with_them_alone() {
        let started = std::time::Instant::now();
        for piece in ["\"", ".", "!)", "a. ", "U.S. ", "\u{AB}\u{BB}. ", "\u{2026}", "“A?” b "] {
            let text = piece.repeat(200_000 / piece.len());
            assert!(!cut("en", &text).is_empty());
        }
        assert!(started.elapsed().as_secs() < 8, "{:?}", started.elapsed());
    }
}
