//! Whole files through the whole way: what is refused, with which words at which place, and what comes out.

mod accepted;
mod generated;
mod refused;
mod table;

use domain::Bundle;
use domain::bundle::{Known, Needs, Resolved};
use uuid::Uuid;

use crate::{Checked, Reference};

/// The smallest dossier that says something.
const SMALL: &str = "\
format: phoihop/1
key: small
tenant: {slug: thai-binh, asOf: 2020-02-25}
source: {publisher: Báo Thái Bình, coverage: FULL}
agencies:
  - {key: police, name: Công an tỉnh Thái Bình, sector: POLICE, level: PROVINCE}
programs:
  - key: main
    kind: COORDINATION_PROGRAM
    title: Chương trình phối hợp
    level: PROVINCE
    signatories:
      - {agency: police}
";

/// A store that knows nothing yet: everything is new.
fn answer(needs: &Needs) -> Known {
    let mut known = Known::default();
    let shared = needs.agencies.iter().map(|need| (&need.path, need.tenant));
    let shared = shared.chain(needs.documents.iter().map(|need| (&need.path, need.tenant)));
    let shared = shared.chain(needs.programs.iter().map(|need| (&need.path, need.tenant)));
    let shared = shared.chain(needs.same.iter().map(|need| (&need.path, needs.tenant)));
    let all = shared.chain(needs.own.iter().map(|need| (&need.path, need.tenant)));
    for (index, (path, tenant)) in all.enumerate() {
        let uuid = Uuid::from_u128(index as u128 + 1);
        known.entries.insert(path.clone(), Resolved { tenant, uuid, owner: true, version: 0, visibility: None });
    }
    known.localities = needs.localities.iter().map(|need| (need.path.clone(), need.uuid)).collect();
    known
}

#[track_caller]
fn checked(text: &str) -> Checked {
    crate::read("test.yaml", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
fn compiled(text: &str) -> Bundle {
    let (checked, reference) = (checked(text), Reference::shipped().unwrap());
    let needs = checked.needs(reference).unwrap();
    checked.compile(reference, &answer(&needs)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The problems of a file as they are shown.
#[track_caller]
fn refused(bytes: &[u8]) -> Vec<String> {
    let problems = crate::read("test.yaml", bytes).expect_err("the file must be refused");
    problems.to_string().lines().map(str::to_owned).collect()
}
