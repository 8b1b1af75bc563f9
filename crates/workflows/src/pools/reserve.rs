//! An address that nobody is to get, and one that somebody may get again.

use std::net::Ipv4Addr;

use domain::failure::{Failure, Problem};
use domain::ids::AddressPoolId;
use domain::views::pools::ReservationForm;
use serde::Serialize;

use super::subject;
use crate::permit::{EditPools, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// # Errors
/// `Fields`: an address that is not of the network, that somebody has, that the router hands out, or that is reserved
/// already.
pub async fn reserve(
    context: &Context,
    permit: &Permit<EditPools>,
    pool: AddressPoolId,
    form: &ReservationForm,
) -> Result<()> {
    let (address, why) = form.check()?;
    let mut transaction = context.begin().await?;
    if !store::address_pools::get(&mut transaction, pool).await?.network.gives(address) {
        return Err(Failure::field("address", Problem::OutsideNetwork).into());
    }
    let reserved = store::address_pools::reserve(&mut transaction, pool, address, &why, context.clock.now()).await;
    reserved.map_err(refused)?;
    let after = Reservation { address, reserved: why };
    audit(context, &mut transaction, permit, subject(pool), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

pub async fn release(
    context: &Context,
    permit: &Permit<EditPools>,
    pool: AddressPoolId,
    address: Ipv4Addr,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let why = store::address_pools::release(&mut transaction, pool, address).await?;
    let before = Reservation { address, reserved: why };
    audit(context, &mut transaction, permit, subject(pool), Some(&before), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Reservation {
    address: Ipv4Addr,
    reserved: String,
}

fn refused(error: store::Error) -> crate::Error {
    match &error {
        store::Error::Taken { constraint } if constraint == "address_given" => {
            Failure::field("address", Problem::AlreadyGiven).into()
        }
        store::Error::Taken { constraint } if constraint == "address_dynamic" => {
            Failure::field("address", Problem::HandedOut).into()
        }
        store::Error::Taken { .. } => Failure::field("address", Problem::Reserved).into(),
        store::Error::Refused { constraint, .. } if constraint == "address_outside" => {
            Failure::field("address", Problem::OutsideNetwork).into()
        }
        _ => error.into(),
    }
}
