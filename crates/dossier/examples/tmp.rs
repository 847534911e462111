fn main() {
    let mut args = std::env::args().skip(1);
    let first = args.next().unwrap();
    if first == "--schema" { print!("{}", dossier::json_schema()); return; }
    for f in std::iter::once(first).chain(args) {
        let t = std::time::Instant::now();
        match dossier::read_file(std::path::Path::new(&f)).and_then(|b| dossier::read(&f, &b)) {
            Ok(c) => { let n = c.needs(dossier::Reference::shipped().unwrap()).unwrap(); println!("ok {f} own={} agencies={} docs={} programs={} {:?}", n.own.len(), n.agencies.len(), n.documents.len(), n.programs.len(), t.elapsed()); }
            Err(p) => println!("{p}\n-- {:?}", t.elapsed()),
        }
    }
}
