//! Dossiers to import: the samples, the smallest one, and as many as a test wants.

/// The smallest dossier that says something.
pub const SMALL: &str = "\
format: phoihop/1
key: small
tenant: {slug: thai-binh, asOf: 2020-02-25}
source: {publisher: Báo Ví Dụ, coverage: FULL}
agencies:
  - {key: police, name: Công an tỉnh Thái Bình, sector: POLICE, level: PROVINCE}
programs:
  - key: main
    kind: COORDINATION_PROGRAM
    title: Chương trình phối hợp ví dụ
    level: PROVINCE
    signatories:
      - {agency: police}
";

/// The text of a sample: `seed-0`.
pub fn sample(key: &str) -> String {
    let file = format!("{key}.yaml");
    let (_, bytes) = dossier::samples().find(|(name, _)| *name == file).unwrap_or_else(|| panic!("no sample {key}"));
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// Dossiers that differ in everything: program, agencies, people, event, figures. Each is about another province.
pub fn generated(count: usize) -> Vec<(String, String)> {
    (0..count).map(|index| (format!("generated-{index}.yaml"), one(index))).collect()
}

/// Slugs of provinces of 2022.
const PROVINCES: [&str; 10] = [
    "thai-binh",
    "son-la",
    "vinh-phuc",
    "ha-giang",
    "nghe-an",
    "an-giang",
    "ca-mau",
    "lam-dong",
    "dak-lak",
    "hung-yen",
];

fn one(index: usize) -> String {
    let province = PROVINCES[index % PROVINCES.len()];
    let day = index % 28 + 1;
    format!(
        "\
format: phoihop/1
key: generated-{index}
tenant: {{slug: {province}, asOf: 2022-06-01}}
source: {{publisher: Báo số {index}, title: Bài số {index}, coverage: FULL, publishedOn: 2022-06-{day:02}}}
agencies:
  - {{key: union, name: Hội Phụ nữ số {index}, sector: WOMENS_UNION, level: PROVINCE}}
  - {{key: police, name: Công an số {index}, sector: POLICE, level: PROVINCE}}
  - {{key: office, name: Phòng số {index}, sector: POLICE, level: PROVINCE, parent: police}}
groups:
  - {{key: districts, label: Công an các huyện số {index}, sector: POLICE, level: DISTRICT, members: [office]}}
people:
  - key: chair
    name: Trần Thị Số {index}
    positions:
      - {{title: Chủ tịch, agency: union}}
      - {{title: Ủy viên, agency: police}}
documents:
  - {{key: law, kind: LAW, number: {index}/QĐ-VD, title: Quyết định số {index}, issuers: [{{agency: police}}]}}
programs:
  - key: main
    kind: COORDINATION_PROGRAM
    number: {index}/CTPH-VD
    title: Chương trình số {index}
    level: PROVINCE
    period: {{start: 2022, end: 2025}}
    signedOn: 2022-06-{day:02}
    topics: [WOMEN, CHILDREN]
    signatories:
      - {{agency: union, person: chair, positions: [Chủ tịch]}}
      - {{agency: police}}
      - {{group: districts}}
    participants:
      - {{agency: union, roles: [LEAD]}}
    citations:
      - {{document: law, article: Điều {day}}}
    areas:
      - {{label: Việc thứ nhất, topic: WOMEN, responsible: [{{agency: union}}]}}
      - {{label: Việc thứ hai}}
    targets:
      - {{indicator: TRAINING_CLASSES, label: Lớp, quantity: {{value: {day}}}}}
    results:
      - key: classes
        indicator: TRAINING_CLASSES
        label: Lớp
        quantity: {{value: {index}}}
        contributors: [{{agency: union}}]
      - {{key: staff, indicator: TRAINED_UNION_STAFF, label: Người, quantity: {{value: 5}}, ofResult: classes}}
  - key: pledge
    kind: PLEDGE
    title: Giao ước số {index}
    level: PROVINCE
    signatories: [{{agency: police}}]
    links: [{{kind: EXECUTES, program: main, basis: STATED}}]
events:
  - key: signing
    kind: SIGNING
    name: Hội nghị số {index}
    date: 2022-06-{day:02}
    programs: [main, pledge]
    attendances:
      - {{agency: union, person: chair, roles: [SPEAKER], positions: [Chủ tịch]}}
      - {{agency: police, roles: [ATTENDEE]}}
awards:
  - {{program: main, kind: Bằng khen, collectives: 1, givers: [{{agency: union}}], recipients: [{{agency: police}}]}}
directions:
  - program: main
    event: signing
    text: Chỉ đạo số {index}
    actors: [{{agency: union, person: chair}}]
    addressees: [{{group: districts}}]
    obligation: {{kind: CASCADE}}
remarks:
  - {{program: main, kind: AIM, text: Mục đích số {index}}}
"
    )
}
