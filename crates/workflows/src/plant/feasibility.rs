//! "Can we serve this address?"

use domain::geo::{Bounds, distance};
use domain::position::Position;
use domain::views::plant::{Feasibility, FeasibilityQuestion, NearNap};

use crate::permit::{Permit, SeePlant};
use crate::{Context, Result};

/// How much farther than the longest drop is looked, so that one knows what is missing.
const BEYOND: u32 = 5;
/// Shown within reach, and beyond it.
const WITHIN_REACH: usize = 20;
const OUT_OF_REACH: usize = 5;

/// The boxes near a position, or near where a contract or a customer is.
pub async fn feasibility(
    context: &Context,
    _: &Permit<SeePlant>,
    question: &FeasibilityQuestion,
) -> Result<Feasibility> {
    let connection = &mut *context.connection().await?;
    let longest_drop_metres = store::plant::settings(connection).await?.longest_drop_metres;
    let mut answer = Feasibility { longest_drop_metres, ..Feasibility::default() };
    match question.at.trim().parse::<Position>() {
        Ok(position) => answer.position = Some(position),
        Err(_) if question.at.trim().is_empty() => {}
        Err(_) => locate(connection, question, &mut answer).await?,
    }
    if let Some(position) = answer.position {
        answer.naps = nearest(context, connection, position, longest_drop_metres).await?;
    }
    Ok(answer)
}

/// Who is meant, and where they are as far as that is clear.
async fn locate(
    connection: &mut store::Connection,
    question: &FeasibilityQuestion,
    answer: &mut Feasibility,
) -> Result<()> {
    let Some(named) = store::plant::who(connection, &question.at).await? else {
        answer.unknown = true;
        return Ok(());
    };
    answer.addresses = store::plant::placed_addresses(connection, named.who.customer.id).await?;
    let wanted = question.address.or(named.address);
    let meant = match (wanted, answer.addresses.as_slice()) {
        (Some(wanted), addresses) => addresses.iter().find(|address| address.id == wanted),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    answer.position = meant.map(|address| address.position);
    answer.reserve_for = named.who.typed(&named.reference);
    answer.for_whom = Some(named.who);
    Ok(())
}

async fn nearest(
    context: &Context,
    connection: &mut store::Connection,
    position: Position,
    longest_drop: u32,
) -> Result<Vec<NearNap>> {
    let bounds = Bounds::around(position, longest_drop.saturating_mul(BEYOND));
    let found = store::plant::near(connection, bounds, context.clock.now()).await?.into_iter();
    let mut naps: Vec<_> = found.map(|nap| NearNap { metres: distance(position, nap.position), nap }).collect();
    naps.sort_by_key(|near| (near.metres, near.nap.id));
    let within = naps.iter().take_while(|near| near.metres <= longest_drop).count();
    naps.truncate(if within == 0 { OUT_OF_REACH } else { within.min(WITHIN_REACH) });
    Ok(naps)
}
