//! Words of which seeded records are made. The people, figures and documents are invented; agencies, places, topics and
//! kinds of instruments are called as they are.

/// What programs are about: topics, and how a title says it.
pub struct Theme {
    /// Codes of topics.
    pub topics: [&'static str; 2],
    /// After "Chương trình phối hợp".
    pub title: &'static str,
    /// The same in English.
    pub title_en: &'static str,
}

const fn theme(topics: [&'static str; 2], title: &'static str, title_en: &'static str) -> Theme {
    Theme { topics, title, title_en }
}

/// What programs are about.
pub const THEMES: &[Theme] = &[
    theme(
        ["WOMEN_PROTECTION", "GIRLS_PROTECTION"],
        "thực hiện công tác bảo vệ phụ nữ và trẻ em gái",
        "on the protection of women and girls",
    ),
    theme(["DOMESTIC_VIOLENCE", "FAMILY"], "phòng, chống bạo lực gia đình", "against domestic violence"),
    theme(["HUMAN_TRAFFICKING", "CRIME_PREVENTION"], "phòng, chống mua bán người", "against human trafficking"),
    theme(
        ["DRUGS_SOCIAL_EVILS", "CRIME_PREVENTION"],
        "phòng, chống ma túy và tệ nạn xã hội",
        "against drugs and social evils",
    ),
    theme(
        ["SECURITY_ORDER", "NATIONAL_SECURITY_MOVEMENT"],
        "bảo đảm an ninh trật tự, xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc",
        "on security and order",
    ),
    theme(
        ["LEGAL_EDUCATION", "LEGAL_AID"],
        "phổ biến, giáo dục pháp luật và trợ giúp pháp lý",
        "on legal education and legal aid",
    ),
    theme(
        ["JUDGMENT_ENFORCEMENT", "CIVIL_ADMINISTRATIVE_CASES"],
        "công tác thi hành án dân sự",
        "on the enforcement of civil judgments",
    ),
    theme(
        ["CRIMINAL_PROCEDURE", "JUDICIAL_AFFAIRS"],
        "giải quyết các vụ án, vụ việc thuộc lĩnh vực tư pháp",
        "on the handling of criminal cases",
    ),
    theme(
        ["SOCIAL_SUPERVISION", "COMPLAINTS_DENUNCIATIONS"],
        "giám sát và phản biện xã hội, giải quyết khiếu nại, tố cáo",
        "on social supervision",
    ),
    theme(
        ["BORDER_SECURITY", "ADJACENT_AREAS"],
        "giữ gìn an ninh biên giới và địa bàn giáp ranh",
        "on the security of borders and adjacent areas",
    ),
    theme(
        ["PUBLIC_OPINION", "COMMUNICATION"],
        "tuyên truyền và nắm bắt dư luận xã hội",
        "on communication and public opinion",
    ),
    theme(
        ["SOCIAL_INSURANCE", "LABOR"],
        "phát triển người tham gia bảo hiểm xã hội tự nguyện",
        "on voluntary social insurance",
    ),
    theme(["OLDER_PERSONS", "FAMILY"], "chăm sóc và phát huy vai trò người cao tuổi", "on the care for older persons"),
    theme(
        ["ETHNIC_AFFAIRS", "GENDER_EQUALITY"],
        "thực hiện công tác dân tộc và bình đẳng giới",
        "on ethnic affairs and gender equality",
    ),
    theme(["CHILD_PROTECTION", "ABUSE_PREVENTION"], "phòng, chống xâm hại trẻ em", "against the abuse of children"),
];

/// Family names, the frequent ones several times: people share names.
pub const FAMILY_NAMES: &[&str] = &[
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Phan",
    "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lò", "Giàng",
];

/// Middle and given names of women.
pub const WOMEN: (&[&str], &[&str]) = (
    &["Thị", "Thị", "Thị", "Thị Thu", "Thị Thanh", "Ngọc", "Thị Bích"],
    &["Hà", "Lan", "Hương", "Mai", "Thủy", "Hòa", "Nga", "Phượng", "Yến", "Hạnh", "Thúy", "Oanh", "Dung", "Liên"],
);

/// Middle and given names of men.
pub const MEN: (&[&str], &[&str]) = (
    &["Văn", "Văn", "Văn", "Đức", "Hữu", "Quang", "Minh"],
    &["Hùng", "Dũng", "Tuấn", "Sơn", "Hải", "Thành", "Cường", "Long", "Quý", "Khánh", "Bình", "Toàn", "Thắng", "Huy"],
);

/// Both places of a tone mark are printed.
pub const SPELLINGS: &[(&str, &str)] = &[("Thủy", "Thuỷ"), ("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Quý", "Quí")];

/// What cooperation areas say.
pub const AREAS: &[&str] = &[
    "Tuyên truyền, phổ biến chủ trương của Đảng, pháp luật của Nhà nước",
    "Trao đổi thông tin về tình hình, vụ việc phát sinh",
    "Tiếp nhận, giải quyết vụ việc và bảo vệ quyền lợi của nạn nhân",
    "Tập huấn, bồi dưỡng nghiệp vụ cho cán bộ",
    "Xây dựng và nhân rộng mô hình ở cơ sở",
    "Kiểm tra, giám sát việc thực hiện",
    "Sơ kết, tổng kết và khen thưởng",
];

/// What is directed.
pub const DIRECTIONS: &[&str] = &[
    "Cấp huyện ký kết chương trình của mình và báo cáo kết quả",
    "Cụ thể hóa các nội dung thành kế hoạch hằng năm",
    "Duy trì giao ban và sơ kết định kỳ",
    "Đẩy mạnh tuyên truyền trên cổng thông tin điện tử và mạng xã hội",
    "Nhân rộng các mô hình có hiệu quả ra toàn địa bàn",
];

/// Named days for which activities are planned, with month and day.
pub const OCCASIONS: &[(&str, u32, u32)] =
    &[("Ngày Quốc tế Phụ nữ", 3, 8), ("Ngày Gia đình Việt Nam", 6, 28), ("Ngày Pháp luật Việt Nam", 11, 9)];

/// What remarks say: aims, significance and limitations, and one that is stated without being named.
pub const REMARKS: [&str; 4] = [
    "Nâng cao trách nhiệm của các bên và hiệu quả phối hợp",
    "Tạo bước chuyển về nhận thức trong nhân dân",
    "Việc trao đổi thông tin giữa các ngành có lúc chưa kịp thời",
    "Còn một số hạn chế",
];

/// Where results were reached, and who was reached.
pub const SITES: &[&str] = &["khu dân cư", "trường học", "khu công nghiệp", "xã biên giới", "chợ"];
/// Who was reached.
pub const AUDIENCES: &[&str] =
    &["hội viên phụ nữ", "học sinh", "người lao động", "đồng bào dân tộc thiểu số", "thanh niên"];
/// Named models.
pub const MODELS: &[&str] =
    &["An toàn cho phụ nữ", "Dòng họ tự quản", "Cổng trường an toàn", "Địa chỉ tin cậy", "Tiếng loa an ninh"];

/// Findings without a figure.
pub const STATEMENTS: &[&str] = &[
    "Các bên phối hợp chặt chẽ, đúng chức năng",
    "Vụ việc được giải quyết đúng thời hạn",
    "Hoạt động của ban đi vào nền nếp",
];

/// Awards as they are called.
pub const AWARDS: &[&str] = &["Bằng khen", "Giấy khen", "Kỷ niệm chương", "Giấy chứng nhận"];

/// Police ranks.
pub const RANKS: &[&str] = &["Thượng tá", "Đại tá", "Trung tá", "Thiếu tướng"];

/// Kinds of documents of the center: kind as the domain has it, what its number ends with, title.
pub const LAWS: &[(&str, &str, &str)] = &[
    ("LAW", "/QH14", "Luật về công tác phối hợp"),
    ("DIRECTIVE", "-CT/TW", "Chỉ thị về tăng cường công tác phối hợp"),
    ("RESOLUTION", "-NQ/TW", "Nghị quyết về công tác vận động nhân dân"),
    ("DECISION", "/QĐ-TTg", "Quyết định phê duyệt đề án phối hợp"),
    ("CIRCULAR", "/TT-BTP", "Thông tư hướng dẫn công tác phối hợp"),
];
