//! Agencies: twelve sectors in the center and in each province, four of them in each district, and the collectives that
//! sign for many. The names of offices are those of the sectors.

use domain::{Agency, AgencyGroup, AgencyGroupMember, AgencyLevel, Id, Locality, PartialDate, Tenant, Visibility};

use super::Plan;
use super::chance::Chance;
use super::id;
use super::unit::{Unit, small};

/// A sector and what its bodies are called.
pub struct Office {
    /// Code of the sector.
    pub sector: &'static str,
    central: &'static str,
    province: &'static str,
    district: Option<&'static str>,
    short: &'static str,
    /// As it stands in numbers of documents: in the center, and in a province.
    pub signs: (&'static str, &'static str),
    /// What its head is called.
    pub head: &'static str,
    ends: Option<&'static str>,
}

const fn office(
    sector: &'static str,
    [central, province, short]: [&'static str; 3],
    district: Option<&'static str>,
    signs: (&'static str, &'static str),
    head: &'static str,
) -> Office {
    Office { sector, central, province, district, short, signs, head, ends: None }
}

/// The sectors, those with bodies in the districts first.
pub const OFFICES: &[Office] = &[
    office(
        "WOMENS_UNION",
        ["Trung ương Hội Liên hiệp Phụ nữ Việt Nam", "Hội Liên hiệp Phụ nữ", "Hội LHPN"],
        Some("Hội Liên hiệp Phụ nữ"),
        ("TWHLHPN", "HLHPN"),
        "Chủ tịch Hội LHPN",
    ),
    office("POLICE", ["Bộ Công an", "Công an", "Công an"], Some("Công an"), ("BCA", "CAT"), "Giám đốc Công an"),
    office(
        "PROCURACY",
        ["Viện kiểm sát nhân dân tối cao", "Viện kiểm sát nhân dân", "VKSND"],
        Some("Viện kiểm sát nhân dân"),
        ("VKSNDTC", "VKSND"),
        "Viện trưởng",
    ),
    office(
        "COURT",
        ["Tòa án nhân dân tối cao", "Tòa án nhân dân", "TAND"],
        Some("Tòa án nhân dân"),
        ("TANDTC", "TAND"),
        "Chánh án",
    ),
    office(
        "FATHERLAND_FRONT",
        ["Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam", "UBMTTQ"],
        None,
        ("MTTW", "MTTQ"),
        "Chủ tịch Ủy ban MTTQ Việt Nam",
    ),
    office("JUSTICE", ["Bộ Tư pháp", "Sở Tư pháp", "Sở Tư pháp"], None, ("BTP", "STP"), "Giám đốc Sở Tư pháp"),
    office(
        "EDUCATION",
        ["Bộ Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo", "Sở GDĐT"],
        None,
        ("BGDĐT", "SGDĐT"),
        "Giám đốc Sở GDĐT",
    ),
    office("HEALTH", ["Bộ Y tế", "Sở Y tế", "Sở Y tế"], None, ("BYT", "SYT"), "Giám đốc Sở Y tế"),
    Office {
        ends: Some("2025-02-28"),
        ..office(
            "LABOR_SOCIAL",
            ["Bộ Lao động - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH"],
            None,
            ("BLĐTBXH", "SLĐTBXH"),
            "Giám đốc Sở LĐTBXH",
        )
    },
    office(
        "YOUTH_UNION",
        ["Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Tỉnh đoàn"],
        None,
        ("TWĐTN", "TĐTN"),
        "Bí thư Tỉnh đoàn",
    ),
    office(
        "FARMERS_UNION",
        ["Trung ương Hội Nông dân Việt Nam", "Hội Nông dân", "Hội Nông dân"],
        None,
        ("HNDTW", "HNDT"),
        "Chủ tịch Hội Nông dân",
    ),
    office(
        "TRADE_UNION",
        ["Tổng Liên đoàn Lao động Việt Nam", "Liên đoàn Lao động", "LĐLĐ"],
        None,
        ("TLĐLĐVN", "LĐLĐ"),
        "Chủ tịch Liên đoàn Lao động",
    ),
];

/// How many sectors have bodies in the districts.
pub const IN_DISTRICTS: u64 = 4;

/// The office with a number; there is one for each number, which begin anew after the last.
pub fn office_of(number: u64) -> Option<&'static Office> {
    let count = u64::try_from(OFFICES.len()).unwrap_or(1);
    OFFICES.get(usize::try_from(number.checked_rem(count)?).ok()?)
}

/// The agency of a sector in the tenant itself.
pub fn principal(plan: &Plan, tenant: &Tenant, sector: u64) -> Id<Agency> {
    id::id(plan.seed, tenant.id, sector)
}

/// The agency of a sector, one of the first, in a district.
pub fn in_district(plan: &Plan, tenant: &Tenant, district: u64, sector: u64) -> Id<Agency> {
    let before = u64::try_from(OFFICES.len()).unwrap_or(0);
    id::id(plan.seed, tenant.id, before + district * IN_DISTRICTS + sector)
}

/// Every agency of a unit, in the order of their ids.
pub fn all(unit: &Unit<'_>) -> Vec<Agency> {
    let mut agencies = Vec::new();
    for (sector, office) in (0..).zip(OFFICES) {
        let central = unit.is_central();
        let name = if central { office.central.to_owned() } else { format!("{} {}", office.province, unit.name) };
        let short = if central { office.signs.0.to_owned() } else { format!("{} {}", office.short, unit.kind()) };
        let mut agency = Agency {
            level: if central { AgencyLevel::Central } else { AgencyLevel::Province },
            valid_to: office.ends.and_then(|day| PartialDate::parse(day).ok()),
            ..blank(principal(unit.plan, unit.tenant, sector), office, name)
        };
        if !central {
            agency.aliases = vec![format!("{} {}", office.short, unit.name)];
        }
        agency.short_name = Some(short);
        agencies.push(agency);
    }
    for (place, district) in (0..).zip(&unit.districts) {
        for (sector, office) in (0..).zip(OFFICES) {
            let Some(name) = office.district else { continue };
            let name = format!("{name} {}", super::unit::lower(&district.name_vi));
            let end = if office.sector == "POLICE" { "2025-02-28" } else { "2025-06-30" };
            agencies.push(Agency {
                level: AgencyLevel::District,
                locality: unit.locality(district),
                valid_to: PartialDate::parse(end).ok(),
                ..blank(in_district(unit.plan, unit.tenant, place, sector), office, name)
            });
        }
    }
    agencies
}

fn blank(id: Id<Agency>, office: &Office, name_vi: String) -> Agency {
    Agency {
        id,
        sector: Some(office.sector.to_owned()),
        level: AgencyLevel::Province,
        name_vi,
        name_en: None,
        short_name: None,
        aliases: Vec::new(),
        locality: None,
        parent: None,
        valid_from: None,
        valid_to: None,
        note: None,
        visibility: Visibility::Public,
        version: 0,
    }
}

/// The collectives of a unit, one a sector that has bodies in the districts: of some the members are known, of others
/// their number or not even that.
pub fn groups(unit: &Unit<'_>) -> (Vec<AgencyGroup>, Vec<AgencyGroupMember>) {
    let mut groups = Vec::new();
    let mut members: Vec<AgencyGroupMember> = Vec::new();
    if unit.districts.is_empty() {
        return (groups, members);
    }
    let count = u64::try_from(unit.districts.len()).unwrap_or(0);
    for (sector, office) in (0..IN_DISTRICTS).zip(OFFICES) {
        let group = id::id(unit.plan.seed, unit.tenant.id, sector);
        groups.push(AgencyGroup {
            id: group,
            label: format!("{} các huyện, thị xã, thành phố thuộc {}", office.province, unit.name),
            sector: Some(office.sector.to_owned()),
            level: Some(AgencyLevel::District),
            count: (sector < 3).then(|| small(count)),
            note: None,
            visibility: Visibility::Public,
            version: 0,
        });
        for district in (0..count).filter(|_| sector < 2) {
            members.push(AgencyGroupMember {
                id: id::id(unit.plan.seed, unit.tenant.id, u64::try_from(members.len()).unwrap_or(0)),
                group,
                agency: in_district(unit.plan, unit.tenant, district, sector),
                visibility: Visibility::Public,
            });
        }
    }
    (groups, members)
}

/// One of a unit's districts, by number.
pub fn some_district(unit: &Unit<'_>, chance: &mut Chance) -> Option<(u64, &'static Locality)> {
    let number = chance.below(u64::try_from(unit.districts.len()).ok()?);
    unit.districts.get(usize::try_from(number).ok()?).map(|district| (number, *district))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::Reference;

    #[test]
    fn the_sectors_are_in_the_catalog() {
        let reference = Reference::shipped().unwrap();
        assert_eq!(OFFICES.len(), 12);
        for (number, office) in OFFICES.iter().enumerate() {
            assert!(reference.sector(office.sector).is_some(), "{}", office.sector);
            assert_eq!(office.district.is_some(), number < usize::try_from(IN_DISTRICTS).unwrap());
        }
    }

    #[test]
    fn agencies_have_the_ids_that_others_expect() {
        let plan = Plan::new(3, 1, 7).unwrap();
        let unit = Unit::new(&plan, plan.provinces[2]);
        let agencies = all(&unit);
        assert_eq!(agencies.len(), 12 + unit.districts.len() * 4);
        for (number, agency) in (0..).zip(&agencies) {
            assert_eq!(agency.id, id::id(7, unit.tenant.id, number));
            assert_eq!(agency.faults(), []);
        }
        let court = in_district(&plan, unit.tenant, 1, 3);
        assert!(agencies.iter().any(|one| one.id == court && one.name_vi.starts_with("Tòa án nhân dân ")));
    }
}
