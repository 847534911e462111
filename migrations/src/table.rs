//! Words for describing tables, so that a migration reads as a list of columns and the tenancy rules cannot be
//! forgotten: an owned table has the key `(tenant_id, id)`, and every foreign key carries the tenant.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::wall::{self, Holds, Wall};

/// Who sees a row.
pub const VISIBILITIES: &[&str] = &["DRAFT", "INTERNAL", "PUBLIC"];

/// A table being described.
pub struct Table {
    name: &'static str,
    create: TableCreateStatement,
    indexes: Vec<Index>,
    latest: Vec<(Option<&'static str>, &'static str)>,
    wall: Option<Wall>,
    links: Vec<(&'static str, &'static str, &'static str)>,
    /// Unless a row that must be there does so for it.
    names_tenant: bool,
    /// Columns that name a row or none.
    optional: Vec<&'static str>,
}

struct Index {
    columns: &'static [&'static str],
    unique: bool,
}

/// A table of the shared catalogues; its key is given by the migration.
pub fn shared(name: &'static str) -> Table {
    let mut create = sea_orm_migration::prelude::Table::create();
    create.table(Alias::new(name));
    Table {
        name,
        create,
        indexes: Vec::new(),
        latest: Vec::new(),
        wall: None,
        links: Vec::new(),
        names_tenant: false,
        optional: Vec::new(),
    }
}

/// A table whose rows belong to a tenant: key `(tenant_id, id)`, and who may see the row.
pub fn owned(name: &'static str) -> Table {
    let mut table = shared(name).int("tenant_id").uuid("id").code("visibility", VISIBILITIES).key(&["tenant_id", "id"]);
    table.names_tenant = true;
    table.walled(Wall::Records(Holds::Programs))
}

/// A table whose rows two tenants have with each other; they belong to the one that wrote them.
pub fn between(name: &'static str) -> Table {
    owned(name).check("visibility <> 'PUBLIC'").walled(Wall::Between { lasting: false })
}

impl Table {
    fn column(mut self, name: &'static str, null: bool, set: impl FnOnce(&mut ColumnDef)) -> Self {
        let mut column = ColumnDef::new(Alias::new(name));
        set(&mut column);
        if !null {
            column.not_null();
        }
        self.create.col(column);
        self
    }

    /// Text that is never absent.
    pub fn text(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.text();
        })
    }

    /// Text that may be unknown.
    pub fn text_null(self, name: &'static str) -> Self {
        self.column(name, true, |c| {
            c.text();
        })
    }

    /// Text compared byte by byte: codes and folded text. PostgreSQL's own collations would break prefix ranges.
    pub fn bytes_text(self, backend: DbBackend, name: &'static str, null: bool) -> Self {
        self.column(name, null, |c| {
            if backend == DbBackend::Postgres {
                c.custom(Alias::new("text collate \"C\""));
            } else {
                c.text();
            }
        })
    }

    /// One of a list of codes.
    pub fn code(self, name: &'static str, codes: &[&str]) -> Self {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let mut table = self.column(name, false, |c| {
            c.text();
        });
        table.create.check(Expr::col(Alias::new(name)).is_in(codes));
        table
    }

    /// One of a list of codes, or unknown.
    pub fn code_null(self, name: &'static str, codes: &[&str]) -> Self {
        let codes = codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let mut table = self.text_null(name);
        table.create.check(Expr::col(Alias::new(name)).is_in(codes));
        table
    }

    /// A whole number.
    pub fn int(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.integer();
        })
    }

    /// A whole number or unknown.
    pub fn int_null(self, name: &'static str) -> Self {
        self.column(name, true, |c| {
            c.integer();
        })
    }

    /// A large whole number.
    pub fn bigint(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.big_integer();
        })
    }

    /// A large whole number or unknown.
    pub fn bigint_null(self, name: &'static str) -> Self {
        self.column(name, true, |c| {
            c.big_integer();
        })
    }

    /// Yes or no.
    pub fn bool(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.boolean();
        })
    }

    /// A day or unknown.
    pub fn date_null(self, name: &'static str) -> Self {
        self.column(name, true, |c| {
            c.date();
        })
    }

    /// A day.
    pub fn date(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.date();
        })
    }

    /// A uuid.
    pub fn uuid(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.uuid();
        })
    }

    /// A uuid or none.
    pub fn uuid_null(mut self, name: &'static str) -> Self {
        self.optional.push(name);
        self.column(name, true, |c| {
            c.uuid();
        })
    }

    /// When the row was written, by the database's own clock.
    pub fn moment(self, backend: DbBackend, name: &'static str) -> Self {
        let now = if backend == DbBackend::Postgres {
            "clock_timestamp()"
        } else {
            "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
        };
        self.column(name, false, |c| {
            c.timestamp_with_time_zone().default(Expr::cust(now));
        })
    }

    /// The transaction that wrote the row. On SQLite, which has one writer at a time, they are not told apart.
    pub fn transaction(self, backend: DbBackend) -> Self {
        self.column("xid", false, |c| {
            let own = if backend == DbBackend::Postgres { "(pg_current_xact_id()::text::bigint)" } else { "0" };
            c.big_integer().default(Expr::cust(own));
        })
    }

    /// The row's place in the order in which transactions became visible, `(xid, seq)`. On SQLite the writer counts.
    pub fn position(self, backend: DbBackend) -> Self {
        self.transaction(backend).column("seq", false, |c| {
            if backend == DbBackend::Postgres {
                c.custom(Alias::new("bigint generated by default as identity"));
            } else {
                c.big_integer();
            }
        })
    }

    /// A collation key.
    pub fn sort_key(self, name: &'static str) -> Self {
        self.column(name, false, |c| {
            c.blob();
        })
    }

    /// An EDTF text with the outer bounds of the days it can mean.
    pub fn edtf(self, name: &'static str, earliest: &'static str, latest: &'static str) -> Self {
        self.text_null(name).date_null(earliest).date_null(latest)
    }

    /// A stored condition on the row.
    pub fn check(mut self, condition: &'static str) -> Self {
        self.create.check(Expr::cust(condition));
        self
    }

    /// The primary key.
    pub fn key(mut self, columns: &[&'static str]) -> Self {
        let mut key = sea_orm_migration::prelude::Index::create();
        for column in columns {
            key.col(Alias::new(*column));
        }
        self.create.primary_key(&mut key);
        self
    }

    /// Lets children keep their visibility equal to this row's by foreign key.
    pub fn parent_of_children(self) -> Self {
        self.unique(&["tenant_id", "id", "visibility"])
    }

    /// The row lives and dies with `parent` and is exactly as visible: the database keeps the two equal. Of several parents
    /// one is there, which a condition must say.
    pub fn child_of(mut self, column: &'static str, parent: &'static str) -> Self {
        self.names_tenant = false;
        self.references(&["tenant_id", column, "visibility"], parent, &["tenant_id", "id", "visibility"], true);
        self
    }

    /// A reference inside the tenant.
    pub fn refers(mut self, column: &'static str, parent: &'static str) -> Self {
        self.names_tenant &= self.optional.contains(&column);
        self.references(&["tenant_id", column], parent, &["tenant_id", "id"], false);
        self
    }

    /// A reference that crosses tenants on purpose: both columns are the row's own.
    pub fn refers_across(mut self, tenant: &'static str, column: &'static str, parent: &'static str) -> Self {
        self.references(&[tenant, column], parent, &["tenant_id", "id"], false);
        self.links.push((tenant, column, parent));
        self
    }

    /// A reference that crosses tenants to a row that leads back to this one's tenant: it names the same `(tenant_id,
    /// column)` as `(back.0, back.1)`.
    pub fn refers_back(
        mut self,
        (tenant, column): (&'static str, &'static str),
        parent: &'static str,
        own: &'static str,
        back: (&'static str, &'static str),
    ) -> Self {
        self.references(&[tenant, column, "tenant_id", own], parent, &["tenant_id", "id", back.0, back.1], false);
        self.links.push((tenant, column, parent));
        self
    }

    /// A reference to a shared catalogue.
    pub fn refers_shared(mut self, column: &'static str, parent: &'static str, key: &'static str) -> Self {
        self.references(&[column], parent, &[key], false);
        self
    }

    fn references(&mut self, columns: &[&'static str], parent: &'static str, keys: &[&'static str], cascade: bool) {
        let mut key = ForeignKey::create();
        key.name(format!("fk_{}_{}", self.name, columns.join("_")))
            .from_tbl(Alias::new(self.name))
            .to_tbl(Alias::new(parent));
        for column in columns {
            key.from_col(Alias::new(*column));
        }
        for column in keys {
            key.to_col(Alias::new(*column));
        }
        if cascade {
            key.on_update(ForeignKeyAction::Cascade);
        }
        self.create.foreign_key(&mut key);
    }

    /// Whose rows they are.
    pub fn walled(mut self, wall: Wall) -> Self {
        self.wall = Some(wall);
        self
    }

    /// The rows say who people are.
    pub fn people(self) -> Self {
        self.walled(Wall::Records(Holds::People))
    }

    /// The rows are about records of other tables, whose kind the column `kind` names.
    pub fn by_kind(self) -> Self {
        self.walled(Wall::Records(Holds::ByKind))
    }

    /// An index for a list or an edge. That of an edge that few rows have holds no others: it is small, and costs the
    /// others nothing.
    pub fn index(mut self, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index { columns, unique: false });
        self
    }

    /// An index for a list that begins with the latest day, what is unknown at the end: all rows', and each tenant's.
    pub fn latest_first(mut self, column: &'static str) -> Self {
        self.latest.extend([(None, column), (Some("tenant_id"), column)]);
        self
    }

    /// A key besides the primary one.
    pub fn unique(mut self, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index { columns, unique: true });
        self
    }

    /// Creates the table and its indexes.
    pub async fn create(mut self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        if self.names_tenant {
            self.references(&["tenant_id"], "tenants", &["id"], false);
        }
        manager.create_table(self.create).await?;
        for index in self.indexes {
            let mut statement = sea_orm_migration::prelude::Index::create();
            statement.name(format!(
                "{}_{}_{}",
                if index.unique { "uq" } else { "ix" },
                self.name,
                index.columns.join("_")
            ));
            statement.table(Alias::new(self.name));
            for column in index.columns {
                statement.col(Alias::new(*column));
                if self.optional.contains(column) && !index.unique {
                    statement.and_where(Expr::col(Alias::new(*column)).is_not_null());
                }
            }
            if index.unique {
                statement.unique();
            }
            manager.create_index(statement).await?;
        }
        // sea-query has no word for the place of nulls in an index. SQLite has none either: there DESC puts them last.
        let nulls = if manager.get_database_backend() == DbBackend::Postgres { " NULLS LAST" } else { "" };
        for (lead, column) in self.latest {
            let table = self.name;
            let (name, lead) =
                lead.map_or((String::new(), String::new()), |lead| (format!("{lead}_"), format!("{lead}, ")));
            let sql =
                format!("CREATE INDEX ix_{table}_{name}{column}_latest ON {table} ({lead}{column} DESC{nulls}, id)");
            execute(manager, &sql).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            let mut walls = self.wall.map_or_else(|| wall::shared(self.name), |wall| wall::around(self.name, wall));
            walls.extend(self.links.iter().flat_map(|(tenant, column, to)| wall::link(self.name, tenant, column, to)));
            for sql in walls {
                execute(manager, &sql).await?;
            }
        }
        Ok(())
    }
}

/// Executes what sea-query cannot say.
#[expect(clippy::disallowed_methods, reason = "only migrations change the schema")]
pub async fn execute(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Drops tables, children first.
pub async fn drop(manager: &SchemaManager<'_>, names: &[&'static str]) -> Result<(), DbErr> {
    for name in names {
        manager.drop_table(sea_orm_migration::prelude::Table::drop().table(Alias::new(*name)).to_owned()).await?;
    }
    Ok(())
}
