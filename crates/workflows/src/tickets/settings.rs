//! What is promised, when people work, and what tickets are about.

use domain::failure::Failure;
use domain::ids::TicketCategoryId;
use domain::views::ticket_forms::{CategoryForm, HoursForm, PromisesForm};
use domain::views::tickets::TicketSettings;
use serde::Serialize;
use store::ticket_settings::{self, Limits};

use crate::permit::{EditTicketSettings, Permit, SeeTickets};
use crate::record::{Subject, audit};
use crate::refused::{Fields, taken};
use crate::{Context, Error, Result};

const SUBJECT: Subject = Subject { kind: "ticket_settings", id: 1 };
const FIELDS: Fields = &[("ticket_categories_name_es_key", "name_es"), ("ticket_categories_name_en_key", "name_en")];

pub async fn settings(context: &Context, _: &Permit<SeeTickets>) -> Result<TicketSettings> {
    let mut connection = context.connection().await?;
    let hours = ticket_settings::hours(&mut connection).await?;
    let limits = ticket_settings::limits(&mut connection).await?;
    Ok(TicketSettings {
        slas: ticket_settings::slas(&mut connection).await?,
        hours: hours.0.map(|day| day.to_string()),
        close_after_days: limits.close_after_days,
        credit_from_days: limits.credit_from_days,
        categories: ticket_settings::categories(&mut connection).await?,
    })
}

/// Holds for tickets from now on, and for those whose clock goes on or whose priority is changed.
///
/// # Errors
/// `Fields`.
pub async fn save_promises(context: &Context, permit: &Permit<EditTicketSettings>, form: &PromisesForm) -> Result<()> {
    let slas = form.check()?;
    let mut transaction = context.begin().await?;
    let before = ticket_settings::slas(&mut transaction).await?;
    for sla in &slas {
        ticket_settings::save_sla(&mut transaction, sla).await?;
    }
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&slas)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Rules {
    hours: [String; 7],
    limits: Limits,
}

/// # Errors
/// `Fields`.
pub async fn save_rules(context: &Context, permit: &Permit<EditTicketSettings>, form: &HoursForm) -> Result<()> {
    let rules = form.check()?;
    let limits = Limits {
        close_after_days: i32::try_from(rules.close_after_days).map_err(Error::internal)?,
        credit_from_days: rules.credit_from_days.map(i32::try_from).transpose().map_err(Error::internal)?,
    };
    let mut transaction = context.begin().await?;
    let before = Rules {
        hours: ticket_settings::hours(&mut transaction).await?.0.map(|day| day.to_string()),
        limits: ticket_settings::limits(&mut transaction).await?,
    };
    ticket_settings::save_hours(&mut transaction, &rules.hours).await?;
    ticket_settings::save_limits(&mut transaction, limits).await?;
    let after = Rules { hours: rules.hours.0.map(|day| day.to_string()), limits };
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `Fields`.
pub async fn add_category(
    context: &Context,
    permit: &Permit<EditTicketSettings>,
    form: &CategoryForm,
) -> Result<TicketCategoryId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let id = ticket_settings::add_category(&mut transaction, &facts)
        .await
        .map_err(|error| taken(error, FIELDS, &facts.name.es))?;
    audit(context, &mut transaction, permit, category(id), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// One that is archived stays with the tickets that have it, and is offered no more.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn edit_category(
    context: &Context,
    permit: &Permit<EditTicketSettings>,
    id: TicketCategoryId,
    form: &CategoryForm,
) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let categories = ticket_settings::categories(&mut transaction).await?;
    let before = categories.into_iter().find(|known| known.id == id).ok_or(Failure::NotFound)?;
    ticket_settings::edit_category(&mut transaction, id, &facts, context.clock.now())
        .await
        .map_err(|error| taken(error, FIELDS, &facts.name.es))?;
    audit(context, &mut transaction, permit, category(id), Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn category(id: TicketCategoryId) -> Subject {
    Subject { kind: "ticket_category", id: id.0 }
}
