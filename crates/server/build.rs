//! Compiles the crate again when a file of an embedded folder comes or goes; what is in the files is watched by
//! rust-embed itself.

fn main() {
    println!("cargo::rerun-if-changed=web");
    println!("cargo::rerun-if-changed=../../docs/cookbook");
}
