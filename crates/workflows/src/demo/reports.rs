//! Lists that the demo's people come back to, and reports that they get.

use std::collections::BTreeMap;

use domain::role::Role;
use domain::views::reports::ReportForm;
use domain::views::saved_filters::SaveFilterForm;

use super::examples::somebody;
use crate::permit::{Actor, EditUsers, ManageReports, Permit};
use crate::{Context, Result, saved_filters, scheduled_reports};

/// As those who deal with money would.
///
/// # Errors
/// `NotFound` without the people of the demo.
pub async fn schedule_reports(context: &Context, _: &Permit<EditUsers>) -> Result<()> {
    let (admin, billing) = (somebody(context, Role::Admin).await?, somebody(context, Role::Billing).await?);
    keep(context, &billing, "invoices", "?standing=overdue", "Facturas vencidas").await?;
    keep(context, &billing, "contracts", "?debt=overdue&service=suspended", "Suspendidos por mora").await?;
    keep(context, &admin, "contracts", "?is=out_of_step", "Red distinta de lo que debe").await?;
    let permit: Permit<ManageReports> = billing.permit()?;
    let overdue = ReportForm {
        name: "Facturas vencidas".to_owned(),
        list: "invoices".to_owned(),
        query: "?standing=overdue&sort=due".to_owned(),
        ..weekly(&[&admin, &billing])
    };
    scheduled_reports::create(context, &permit, &overdue).await?;
    let close = ReportForm {
        name: "Cierre del mes".to_owned(),
        list: "accounts/close".to_owned(),
        of_period: true,
        frequency: "monthly".to_owned(),
        ..weekly(&[&billing])
    };
    scheduled_reports::create(context, &permit, &close).await?;
    Ok(())
}

async fn keep(context: &Context, whose: &Actor, list: &str, query: &str, name: &str) -> Result<()> {
    let form = SaveFilterForm { list: list.to_owned(), query: query.to_owned(), name: name.to_owned(), shared: true };
    saved_filters::save(context, &whose.permit()?, &form).await?;
    Ok(())
}

fn weekly(readers: &[&Actor]) -> ReportForm {
    let ids = readers.iter().filter_map(|reader| reader.user_id());
    ReportForm {
        readers: ids.map(|id| (format!("user-{id}"), true)).collect::<BTreeMap<_, _>>(),
        ..ReportForm::usual()
    }
}
