//! Builders of small archives, as crawlers and people make them.

#![allow(dead_code)] // Each test file uses a part.

/// A record of a WARC archive.
pub fn warc_record(kind: &str, address: &str, media: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-11-20T01:02:03Z\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

/// A record of an answer that went well.
pub fn warc_response(address: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let answer = [b"HTTP/1.1 200 OK\r\n", fields.as_bytes(), b"\r\n", body].concat();
    warc_record("response", address, "application/http; msgtype=response", &answer)
}

/// A gzip member of some bytes, stored as they are.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut chunks = bytes.chunks(0xffff).peekable();
    if chunks.peek().is_none() {
        packed.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(chunk) = chunks.next() {
        let length = chunk.len() as u16;
        packed.push(u8::from(chunks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(chunk);
    }
    packed.extend(crc32(bytes).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

/// The checksum of gzip and ZIP.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    })
}

/// A file of a ZIP archive: path, method, flags, the bytes, and the bytes as they are packed.
pub type Zipped<'a> = (&'a str, u16, u16, &'a [u8], &'a [u8]);

/// A ZIP archive of files that are stored as they are.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: Vec<Zipped<'_>> = files.iter().map(|(path, bytes)| (*path, 0, 0, *bytes, *bytes)).collect();
    zip_of(&files)
}

/// A ZIP archive.
pub fn zip_of(files: &[Zipped<'_>]) -> Vec<u8> {
    let (mut archive, mut table) = (Vec::new(), Vec::new());
    for (path, method, flags, bytes, packed) in files {
        let mut row = Vec::new();
        for number in [20u16, *flags, *method, 0, 0] {
            row.extend(number.to_le_bytes());
        }
        for number in [crc32(bytes), packed.len() as u32, bytes.len() as u32] {
            row.extend(number.to_le_bytes());
        }
        row.extend((path.len() as u16).to_le_bytes());
        row.extend([0, 0]);
        table.extend(b"PK\x01\x02\x14\x00");
        table.extend(&row);
        table.extend([0; 10]);
        table.extend((archive.len() as u32).to_le_bytes());
        table.extend(path.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(row);
        archive.extend(path.as_bytes());
        archive.extend(*packed);
    }
    let start = archive.len() as u32;
    archive.extend(&table);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend((files.len() as u16).to_le_bytes());
    archive.extend((files.len() as u16).to_le_bytes());
    archive.extend((table.len() as u32).to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A TAR archive.
pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (path, bytes) in files {
        if path.len() > 100 {
            archive.extend(tar_file("././@LongLink", b'L', path.as_bytes()));
        }
        archive.extend(tar_file(&path[..path.len().min(100)], b'0', bytes));
    }
    archive.extend([0; 1024]);
    archive
}

/// A file of a TAR archive with its header.
pub fn tar_file(path: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[..path.len()].copy_from_slice(path.as_bytes());
    block[100..107].copy_from_slice(b"0000644");
    block[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    block.extend(bytes);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

/// A page that a browser saved.
pub fn mhtml(address: &str, html: &str) -> Vec<u8> {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: x\r\n\
         Date: Wed, 20 Nov 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
         \ttype=\"text/html\";\r\n\tboundary=\"----x----\"\r\n\r\n\r\n------x----\r\nContent-Type: text/html\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {address}\r\n\r\n{}\r\n------x------\r\n",
        html.replace('=', "=3D")
    )
    .into_bytes()
}
