//! Lists the knowledge files beside this script, so that `lib.rs` can embed them in a fixed order.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut files = Vec::new();
    for folder in ["languages", "world", "plover", "sites"] {
        println!("cargo::rerun-if-changed={folder}");
        list(Path::new(&root), folder, &mut files)?;
    }
    files.sort();
    for (name, include, is_table) in [("files.rs", "include_str", false), ("tables.rs", "include_bytes", true)] {
        let mut code = String::from("&[\n");
        for file in files.iter().filter(|file| file.ends_with(TABLE) == is_table) {
            let path = format!("{root}/{file}");
            writeln!(code, "    ({file:?}, {include}!({path:?})),").expect("a string takes any text");
        }
        code += "]\n";
        fs::write(Path::new(&out).join(name), code)?;
    }
    println!("cargo::rustc-env=TIDINGS_DATA_HASH={:016x}", hash(Path::new(&root), &files)?);
    Ok(())
}

/// How the names of tables end that are read from their bytes.
const TABLE: &str = ".bin";

/// FNV-1a over the paths and bytes of all files: records name the data that they were made with.
fn hash(root: &Path, files: &[String]) -> io::Result<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in file.bytes().chain(fs::read(root.join(file))?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

/// Collects the `.toml`, `.tsv` and `.bin` files under `folder`; a pack's `tests/` are not knowledge and stay out.
fn list(root: &Path, folder: &str, files: &mut Vec<String>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if !name.ends_with("/tests") {
                list(root, &name, files)?;
            }
        } else if [".toml", ".tsv", TABLE].iter().any(|end| name.ends_with(end)) {
            files.push(name);
        }
    }
    Ok(())
}
