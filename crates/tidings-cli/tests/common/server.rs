//! A web server on loopback that answers as a test wants, and remembers what it was asked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a client asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub host: String,
    pub path: String,
    /// Names in lower case; bytes beyond ASCII as Latin-1.
    pub headers: BTreeMap<String, String>,
    /// What it was answered.
    pub status: u16,
    pub at: Instant,
}

/// What it is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// The pause before each of the body's pieces of so many bytes.
    pub slow: Option<(Duration, usize)>,
}

/// Nothing but a status.
pub fn status(status: u16) -> Answer {
    Answer { status, headers: Vec::new(), body: Vec::new(), slow: None }
}

/// A page of that type.
pub fn body(media: &str, body: impl Into<Vec<u8>>) -> Answer {
    status(200).with("content-type", media).holding(body)
}

/// A page of news with that title.
pub fn news(title: &str) -> Answer {
    let text = format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{title}: {}</p></article></body></html>",
        super::NEWS.trim()
    );
    body("text/html; charset=utf-8", text)
}

/// A redirect.
pub fn redirect(code: u16, to: impl Into<String>) -> Answer {
    status(code).with("location", to)
}

impl Answer {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn holding(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

/// A server that ends with the test's process.
pub struct Server {
    pub port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
    /// For each host how many connections are open, and how many were at most.
    open: Arc<Mutex<BTreeMap<String, (usize, usize)>>>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, log: Arc::default(), open: Arc::default() };
        let (log, open, answer) = (Arc::clone(&server.log), Arc::clone(&server.open), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, open, answer) = (Arc::clone(&log), Arc::clone(&open), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &log, &open, &*answer));
            }
        });
        server
    }

    /// The address of a path on a host, which the client must take to be here.
    pub fn at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// All that it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// Hosts and paths, with the statuses, of what it was asked since `from`.
    pub fn paths(&self, from: usize) -> Vec<String> {
        self.asked()[from..].iter().map(|a| format!("{}{} {}", a.host, a.path, a.status)).collect()
    }

    /// How many connections of one host were open at a time, at most.
    pub fn most_open(&self) -> usize {
        self.open.lock().unwrap().values().map(|(_, most)| *most).max().unwrap_or(0)
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    open: &Mutex<BTreeMap<String, (usize, usize)>>,
    answer: &dyn Fn(&Asked) -> Answer,
) {
    let Some(mut asked) = ask(&stream) else { return };
    {
        let mut open = open.lock().unwrap();
        let (now, most) = open.entry(asked.host.clone()).or_default();
        *now += 1;
        *most = (*now).max(*most);
    }
    let answer = answer(&asked);
    asked.status = answer.status;
    let host = asked.host.clone();
    log.lock().unwrap().push(asked);
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if answer.status != 304 {
        let _ = write!(head, "Content-Length: {}\r\n", answer.body.len());
    }
    head.push_str("\r\n");
    // The host is free before the client can know that the answer is over.
    let done = || open.lock().unwrap().get_mut(&host).unwrap().0 -= 1;
    let head: Vec<u8> = head.chars().map(|c| u8::try_from(c).unwrap()).collect();
    match answer.slow {
        None => {
            done();
            let _ = stream.write_all(&[head, answer.body].concat());
        }
        Some((pause, size)) => {
            let _ = stream.write_all(&head);
            for piece in answer.body.chunks(size) {
                thread::sleep(pause);
                if stream.write_all(piece).is_err() {
                    break;
                }
            }
            done();
        }
    }
}

fn ask(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut bytes = Vec::new();
        reader.read_until(b'\n', &mut bytes).ok().filter(|count| *count > 0)?;
        Some(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().trim_end().to_owned())
    };
    let path = line()?.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    while let Some(header) = line().filter(|header| !header.is_empty()) {
        let (name, value) = header.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let host = headers.get("host")?.split(':').next()?.to_owned();
    Some(Asked { host, path, headers, status: 0, at: Instant::now() })
}
