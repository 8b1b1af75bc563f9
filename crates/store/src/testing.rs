//! A database for each test, copied from a migrated template. Needs a connection that may create databases, as
//! `TEST_DATABASE_URL` or `DATABASE_URL`; `make test` starts a throw-away cluster and sets it.

pub mod broken;
pub mod changes;
pub mod documents;
pub mod due;
pub mod figures;
pub mod gateway;
pub mod network;
pub mod nights;
pub mod office;
pub mod periods;
pub mod stock;
pub mod subscriber;
pub mod totals;

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::ids::RouterId;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{Connection, Pool};

/// A migrated, empty database that goes away with this value.
pub struct Database {
    pool: Pool,
    name: String,
    url: String,
}

impl Deref for Database {
    type Target = Pool;
    fn deref(&self) -> &Pool {
        &self.pool
    }
}

impl Database {
    /// For a program that the test starts.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop_database = format!("drop database if exists {} with (force)", self.name);
        let dropping = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if let Ok(mut connection) = PgConnection::connect(&administrator_url()).await {
                    connection.execute(sqlx::AssertSqlSafe(drop_database)).await.ok();
                }
            });
        });
        dropping.join().ok();
    }
}

/// Takes the jobs that wait for a router off the queue, without a trace: for stories that are not about them.
pub async fn forget_waiting_jobs(connection: &mut Connection, router: RouterId) -> crate::Result<()> {
    sqlx::query!("delete from jobs where router_id = $1 and state = 'waiting'", router.0).execute(connection).await?;
    Ok(())
}

/// Creates the database of one test.
///
/// # Panics
/// When there is no PostgreSQL to create it in: run the tests with `make test`.
#[expect(clippy::expect_used, reason = "a test without a database must fail, and say why")]
pub async fn fresh() -> Database {
    let mut connection = PgConnection::connect(&administrator_url())
        .await
        .expect("set TEST_DATABASE_URL to a PostgreSQL that may create databases, or run `make test`");
    let template = template(&mut connection).await.expect("the template database is migrated");
    created_from(&mut connection, &template).await
}

/// The same data once more. Nobody else may be using `database`: its own connections are closed.
///
/// # Panics
/// As [`fresh`].
#[expect(clippy::expect_used, reason = "a test without a database must fail, and say why")]
pub async fn copy_of(database: &Database) -> Database {
    let mut connection = PgConnection::connect(&administrator_url()).await.expect("the server answers");
    database.pool.close().await;
    created_from(&mut connection, &database.name).await
}

#[expect(clippy::expect_used, reason = "a test without a database must fail, and say why")]
async fn created_from(connection: &mut PgConnection, template: &str) -> Database {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("ramal_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let create = format!("create database {name} template {template}");
    connection.execute(sqlx::AssertSqlSafe(create)).await.expect("a database is created from the template");
    let url = url_of(&name);
    let pool = crate::connect(&url, 16).await.expect("the new database answers");
    Database { pool, name, url }
}

/// After much was written at once: statistics for the planner, and nothing left to write to the disk.
pub async fn settle(connection: &mut Connection) -> crate::Result<()> {
    sqlx::raw_sql("vacuum analyze").execute(&mut *connection).await?;
    sqlx::raw_sql("checkpoint").execute(&mut *connection).await?;
    Ok(())
}

/// The template with today's migrations, created by the first test that asks; the others wait for it.
async fn template(administrator: &mut PgConnection) -> crate::Result<String> {
    let migrator = sqlx::migrate!("../../migrations");
    let fingerprint = migrator
        .iter()
        .flat_map(|migration| migration.checksum.iter())
        .fold(17_u64, |hash, byte| hash.wrapping_mul(1_099_511_628_211) ^ u64::from(*byte));
    let name = format!("ramal_template_{fingerprint:016x}");
    administrator.execute("select pg_advisory_lock(7264)").await?;
    let exists: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1 and datistemplate)")
            .bind(&name)
            .fetch_one(&mut *administrator)
            .await?;
    if !exists {
        administrator.execute(sqlx::AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await?;
        administrator.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await?;
        let pool = crate::connect(&url_of(&name), 1).await?;
        migrator.run(&pool).await?;
        pool.close().await;
        administrator.execute(sqlx::AssertSqlSafe(format!("alter database {name} is_template true"))).await?;
    }
    administrator.execute("select pg_advisory_unlock(7264)").await?;
    Ok(name)
}

fn administrator_url() -> String {
    std::env::var("TEST_DATABASE_URL").or_else(|_| std::env::var("DATABASE_URL")).unwrap_or_default()
}

/// The administrator's address with another database in it.
fn url_of(database: &str) -> String {
    let url = administrator_url();
    let (address, options) =
        url.split_once('?').map_or((url.as_str(), None), |(address, options)| (address, Some(options)));
    let server = match address.splitn(4, '/').collect::<Vec<_>>()[..] {
        [scheme, empty, host, ..] => format!("{scheme}/{empty}/{host}"),
        _ => address.to_owned(),
    };
    options.map_or_else(|| format!("{server}/{database}"), |options| format!("{server}/{database}?{options}"))
}
