//! Files that people send with a form, and who may have them back.

use domain::failure::{Failure, Problem};
use domain::file::{self, FileKind, FileRefusal, Sent};
use domain::ids::{FileId, UserId};
use sha2::{Digest, Sha256};
use store::files::{NewFile, Owner, StoredFile};

use crate::auth::SignedIn;
use crate::permit::{Actor, SeeContracts, SeePayments, SeeTickets, SeeWork};
use crate::{Context, Result};

/// How many files of one person may wait for a record to claim them.
const MOST_UNCLAIMED: i64 = 40;

/// Keeps a file until a record claims it; answers what the form's field says of it from now on. What the file is, its
/// bytes say; what it is called is cut down to a harmless name.
pub async fn keep(context: &Context, who: &SignedIn, name: &str, bytes: &[u8]) -> Result<Sent> {
    let kind = match FileKind::of(bytes) {
        Ok(kind) => kind,
        Err(because) => return Ok(refused(because, name)),
    };
    let Some(by) = who.actor().user_id() else { return Err(Failure::NotSignedIn.into()) };
    let mut connection = context.connection().await?;
    if store::files::unclaimed(&mut connection, by).await? >= MOST_UNCLAIMED {
        return Ok(refused(FileRefusal::TooMany, name));
    }
    let name = file::name(name, kind);
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    let new = NewFile { kind, name: &name, content: bytes, sha256: &sha256, at: context.clock.now(), by };
    Ok(Sent::Kept { file: store::files::add(&mut connection, &new).await?, name })
}

/// What the form's field says of a file that was not kept.
pub fn refused(because: FileRefusal, name: &str) -> Sent {
    let name = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
    Sent::Refused { because, name }
}

/// Gives somebody's own files to the record that their form makes, in its transaction.
///
/// # Errors
/// `Fields`: a file that is not theirs, or belongs to something already.
pub(crate) async fn claim(
    context: &Context,
    transaction: &mut store::Transaction,
    by: Option<UserId>,
    files: &[FileId],
    field: &str,
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let claimed = match by {
        Some(by) => store::files::claim(transaction, files, by, context.clock.now()).await?,
        None => 0,
    };
    let all = usize::try_from(claimed).is_ok_and(|claimed| claimed == files.len());
    if all { Ok(()) } else { Err(Failure::field(field, Problem::UnknownChoice).into()) }
}

/// A file, for whoever may see the record that it belongs to. A customer's own are those of their records, and nothing of
/// an internal note.
///
/// # Errors
/// `NotFound`, also for what is another's; `Forbidden` for staff without the record's permit.
pub async fn fetch(context: &Context, actor: &Actor, file: FileId) -> Result<StoredFile> {
    let mut connection = context.connection().await?;
    let owner = store::files::owner(&mut connection, file).await?;
    match (actor.customer_scope(), owner) {
        (Ok(scope), Owner::Ticket { customer, internal, .. }) if customer == scope.customer() && !internal => {}
        (Ok(scope), Owner::Transfer { customer, .. } | Owner::Acceptance { customer, .. })
            if customer == scope.customer() => {}
        (Ok(_), _) => return Err(Failure::NotFound.into()),
        (Err(_), Owner::Ticket { .. }) => drop(actor.permit::<SeeTickets>()?),
        (Err(_), Owner::Transfer { .. }) => drop(actor.permit::<SeePayments>()?),
        (Err(_), Owner::Acceptance { .. }) => drop(actor.permit::<SeeContracts>()?),
        (Err(_), Owner::Work { .. }) => drop(actor.permit::<SeeWork>()?),
    }
    Ok(store::files::get(&mut connection, file).await?)
}
