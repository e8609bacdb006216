//! Everything that the engine is told: language packs and the world, each part read when it is first asked for.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock},
};

use crate::Error;
use crate::language::{
    Identifier, Pack, PackError, PackSource, foreign, identify,
    pack::{Headlines, Lines},
};
use crate::stages::extract::{Forms, Labels, Markup, Site};
use crate::world::{Gazetteer, World};

/// The data of a run. Cheap to share between threads; each part is built once.
///
/// ```
/// let knowledge = tidings::Knowledge::embedded();
/// assert!(knowledge.pack("sv").unwrap().code == "sv");
/// ```
#[derive(Debug, Default)]
pub struct Knowledge {
    source: PackSource,
    packs: Mutex<BTreeMap<String, Arc<Pack>>>,
    lines: OnceLock<Vec<Lines>>,
    any_lines: OnceLock<Lines>,
    headlines: Mutex<BTreeMap<String, Arc<Headlines>>>,
    gazetteers: Mutex<BTreeMap<String, Arc<Gazetteer>>>,
    world: OnceLock<World>,
    markup: OnceLock<Markup>,
    labels: OnceLock<Labels>,
    date_forms: OnceLock<Forms>,
    sites: Mutex<BTreeMap<String, Option<Arc<Site>>>>,
    has_sites: OnceLock<bool>,
    /// Where the user's folder has a table of its own.
    identifier: OnceLock<Option<Identifier>>,
}

/// Hosts that are remembered.
const MOST_SITES: usize = 10_000;

impl Knowledge {
    /// The data that the library was built with.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// A folder of the shape of `data/` laid over it, file by file.
    ///
    /// # Errors
    /// What the operating system says where the folder cannot be read.
    pub fn with_folder(folder: PathBuf) -> std::io::Result<Self> {
        Ok(Self { source: PackSource::with_folder(folder)?, ..Self::default() })
    }

    /// The data files.
    pub fn source(&self) -> &PackSource {
        &self.source
    }

    /// The pack of a language: hand-written where there is one, else what CLDR gives. A region or script that has
    /// none of its own falls back on its language.
    ///
    /// # Errors
    /// The first file and line of a pack that cannot be read.
    pub fn pack(&self, code: &str) -> Result<Arc<Pack>, PackError> {
        let code = self.known(code);
        if let Some(pack) = self.packs.lock().expect("no thread panics while it holds the packs").get(&code) {
            return Ok(Arc::clone(pack));
        }
        let pack = Pack::load(&code, &self.source)?;
        let mut packs = self.packs.lock().expect("no thread panics while it holds the packs");
        Ok(Arc::clone(packs.entry(code).or_insert(pack)))
    }

    /// Reads what every run needs, whatever its languages. Nothing depends on it: a program calls it on a thread of
    /// its own, so that the tables are read while the first document is.
    pub fn read_ahead(&self) {
        self.world().read_ahead();
        self.lines();
    }

    /// What all full languages say of single lines.
    ///
    /// A language whose files cannot be read is left out here; [`Knowledge::pack`] tells why.
    pub fn lines(&self) -> &[Lines] {
        self.lines.get_or_init(|| {
            self.source.full_languages().iter().filter_map(|code| Lines::load(code, &self.source).ok()).collect()
        })
    }

    /// What lines say in any language: for those without rules of their own. Empty where its file cannot be read.
    pub fn any_lines(&self) -> &Lines {
        self.any_lines.get_or_init(|| Lines::of_any(&self.source).unwrap_or_default())
    }

    /// How a full language tells events.
    ///
    /// # Errors
    /// The line of its templates that cannot be read.
    pub fn headlines(&self, code: &str) -> Result<Arc<Headlines>, PackError> {
        let mut headlines = self.headlines.lock().expect("no thread panics while it holds the headlines");
        if let Some(found) = headlines.get(code) {
            return Ok(Arc::clone(found));
        }
        let read = Arc::new(Headlines::load(code, &self.source)?);
        headlines.insert(code.to_owned(), Arc::clone(&read));
        Ok(read)
    }

    /// What records say they were made by: the program's version, and which data.
    pub fn made_by(&self) -> String {
        format!("tidings {}, data {}", env!("CARGO_PKG_VERSION"), &self.source.hash()[..8])
    }

    /// The world's tables.
    pub fn world(&self) -> &World {
        self.world.get_or_init(|| World::new(self.source.clone()))
    }

    /// How the language of a pack writes the world.
    pub fn gazetteer(&self, pack: &Pack) -> Arc<Gazetteer> {
        if let Some(found) = self.gazetteers.lock().expect("no thread panics while it holds the names").get(&pack.code)
        {
            return Arc::clone(found);
        }
        let built = Arc::new(Gazetteer::new(pack, &self.source.base(&pack.code), self.world()));
        let mut gazetteers = self.gazetteers.lock().expect("no thread panics while it holds the names");
        Arc::clone(gazetteers.entry(pack.code.clone()).or_insert(built))
    }

    /// The language of a text and how sure that is, as [`identify`] tells it.
    pub fn identify(&self, text: &str) -> Option<(&str, f32)> {
        match self.identifier() {
            Some(identifier) => identifier.identify(text),
            None => identify(text),
        }
    }

    /// The language of a line of a page that is written in `main`, where it is surely another, as [`foreign`] tells it.
    pub fn foreign(&self, line: &str, main: &str) -> Option<(&str, f32)> {
        match self.identifier() {
            Some(identifier) => identifier.foreign(line, main),
            None => foreign(line, main),
        }
    }

    fn identifier(&self) -> Option<&Identifier> {
        let own = || self.source.laid_over(Identifier::LIST).map(|list| Identifier::new(list, true));
        self.identifier.get_or_init(own).as_ref()
    }

    /// The same knowledge, with the sites' files of a folder: `<host>.toml`, as [`Site::read`] takes them.
    ///
    /// # Errors
    /// Where the folder cannot be read, or the first file that is none.
    pub fn with_sites(mut self, folder: &std::path::Path) -> Result<Self, Error> {
        for (path, text) in self.source.lay_sites(folder)? {
            Site::read(&text).map_err(|error| {
                let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
                Error::config(error.message()).context(format!("{}:{line}", path.display()))
            })?;
        }
        (self.sites, self.has_sites) = Default::default();
        Ok(self)
    }

    /// Whether anything is known of any site.
    pub(crate) fn has_sites(&self) -> bool {
        *self.has_sites.get_or_init(|| self.source.paths().into_iter().any(is_site))
    }

    /// What is known of the site of a host, or else of the domain that it belongs to; nothing where its file cannot be
    /// read.
    pub(crate) fn site(&self, host: &str) -> Option<Arc<Site>> {
        let mut sites = self.sites.lock().expect("no thread panics while it holds the sites");
        if let Some(known) = sites.get(host) {
            return known.clone();
        }
        let read = |host: &str| Site::read(self.source.file(&Site::path(host))?).ok().map(Arc::new);
        let domain = psl::domain_str(host).filter(|domain| *domain != host);
        let site = read(host).or_else(|| read(domain?));
        // A crawl of many sites would otherwise fill the memory with what is not known of them.
        if sites.len() < MOST_SITES {
            sites.insert(host.to_owned(), site.clone());
        }
        site
    }

    /// What the parts of news pages are called in their markup; nothing where the table cannot be read.
    pub(crate) fn markup(&self) -> &Markup {
        self.markup.get_or_init(|| Markup::read(self.source.file(Markup::PATH).unwrap_or_default()).unwrap_or_default())
    }

    /// What pages call the facts about their article; nothing where the table cannot be read.
    pub(crate) fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| Labels::read(self.source.file(Labels::PATH).unwrap_or_default()).unwrap_or_default())
    }

    /// Forms of full dates beside those of the packs; nothing where the table cannot be read.
    pub(crate) fn date_forms(&self) -> &Forms {
        self.date_forms
            .get_or_init(|| Forms::read(self.source.file(Forms::PATH).unwrap_or_default()).unwrap_or_default())
    }

    /// Whether the tables of names in markup and the files of sites can be read.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub(crate) fn check_markup(&self) -> Result<(), PackError> {
        let check = |path: &str, read: &dyn Fn(&str) -> Result<(), toml::de::Error>| {
            let text = self.source.file(path).unwrap_or_default();
            read(text).map_err(|error| {
                let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
                PackError { file: path.to_owned(), line, message: error.message().to_owned() }
            })
        };
        check(Markup::PATH, &|text| Markup::read(text).map(drop))?;
        check(Labels::PATH, &|text| Labels::read(text).map(drop))?;
        check(Forms::PATH, &|text| Forms::read(text).map(drop))?;
        let mut sites = self.source.paths().into_iter().filter(|path| is_site(path));
        sites.try_for_each(|path| check(path, &|text| Site::read(text).map(drop)))
    }

    /// The code under which a language is known: `de-AT` is `de`, `zh-TW` is what CLDR has of it.
    fn known(&self, code: &str) -> String {
        if self.source.has(code, "language.toml") {
            return code.to_owned();
        }
        let language = code.split('-').next().unwrap_or(code);
        if self.source.has(language, "language.toml") || !self.source.has_base(code) {
            return language.to_owned();
        }
        code.to_owned()
    }
}

/// Whether a file of the data is one site's, and not a table for all of them.
fn is_site(path: &str) -> bool {
    path.starts_with("sites/") && path.ends_with(".toml") && ![Markup::PATH, Labels::PATH, Forms::PATH].contains(&path)
}
