//! The database that the settings name, open.

use crate::embedded::{Cluster, Durability};
use crate::failure::Failure;
use crate::settings::{self, Settings};
use secrecy::ExposeSecret;

/// How many may look at once by queries that are done in a moment.
const STEADY_CONNECTIONS: u32 = 4;

pub struct Database {
    pub pool: store::Pool,
    /// For queries that always have the same shape.
    pub steady: store::Pool,
    cluster: Option<Cluster>,
}

impl Database {
    /// Starts or joins the private cluster when no other database is named, connects, and brings the schema up to date.
    pub async fn open(settings: &Settings) -> Result<Self, Failure> {
        let (url, cluster) = match &settings.database {
            settings::Database::External(url) => (url.expose_secret().to_owned(), None),
            settings::Database::Embedded => {
                let cluster = start_cluster(settings).await?;
                (cluster.url(), Some(cluster))
            }
        };
        let pool = store::connect(&url, settings.database_connections)
            .await
            .map_err(|error| Failure::new(format!("the database cannot be reached: {error}")))?;
        store::migrate(&pool).await?;
        let steady = store::steady(&pool, STEADY_CONNECTIONS);
        Ok(Self { pool, steady, cluster })
    }

    /// Ends the connections, then the cluster when nobody else uses it.
    pub async fn close(self) {
        self.steady.close().await;
        self.pool.close().await;
        drop(self.cluster);
    }
}

async fn start_cluster(settings: &Settings) -> Result<Cluster, Failure> {
    let data_dir = settings.data_dir.clone();
    Ok(tokio::task::spawn_blocking(move || Cluster::start(&data_dir, Durability::Full)).await??)
}
