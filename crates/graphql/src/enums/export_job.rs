//! Lists of codes about export jobs.

use async_graphql::Enum;

/// The format of a table as a file.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::export_job::ExportFormat")]
pub enum ExportFormat {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// A workbook of Excel, at most 1,048,575 rows.
    Xlsx,
    /// A JSON object a line, then one with the number of rows and the SHA-256 of all lines before.
    Ndjson,
    /// One JSON object.
    Json,
}

/// How far an export job has come.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::export_job::ExportStatus")]
pub enum ExportStatus {
    /// It waits for its turn (đang chờ).
    Queued,
    /// It is being made (đang chạy).
    Running,
    /// Its file can be fetched (đã xong).
    Done,
    /// It ended without a file (không thành công).
    Failed,
    /// Its file was there and is removed (đã hết hạn).
    Expired,
    /// Whoever started it ended it, or gave its file back (đã hủy).
    Canceled,
}
