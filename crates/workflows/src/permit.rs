//! Who may do what: one table. A workflow takes a `Permit<Verb>`, and only this file can make one.

use std::marker::PhantomData;
use std::ops::Deref;

use domain::failure::Failure;
use domain::ids::{CustomerId, UserId};
use domain::portal::{PortalAccess, PortalRight};
use domain::role::Role;

/// Somebody who is signed in, or the system itself acting by its own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    User {
        id: UserId,
        name: String,
        role: Role,
        customer: Option<PortalAccess>,
    },
    /// The nightly run, the worker and the command line.
    System {
        name: &'static str,
    },
}

/// That `actor` may do `V`. Cannot be made outside this file.
#[derive(Clone, Debug)]
pub struct Permit<V> {
    actor: Actor,
    verb: PhantomData<V>,
}

/// Something that needs a permit.
pub trait Verb {
    /// As written in the audit.
    const NAME: &'static str;
    const ROLES: &'static [Role];
}

macro_rules! verbs {
    ($($verb:ident = $name:literal: $($role:ident)*;)*) => {
        $(
            #[derive(Clone, Copy, Debug)]
            pub struct $verb;
            impl Verb for $verb {
                const NAME: &'static str = $name;
                const ROLES: &'static [Role] = &[$(Role::$role),*];
            }
        )*

        /// The whole table, for the screen that shows it and the test that walks it.
        pub const TABLE: &[(&str, &[Role])] = &[$(($name, <$verb as Verb>::ROLES)),*];
    };
}

verbs! {
    Search = "search": Admin Noc Billing Support Technician;
    SaveFilters = "save_filters": Admin Noc Billing Support Technician;
    ManageReports = "manage_reports": Admin Noc Billing Support;
    SeeDashboard = "see_dashboard": Admin Noc Billing Support;
    SeeCustomers = "see_customers": Admin Noc Billing Support Technician;
    EditCustomers = "edit_customers": Admin Billing Support;
    EditPortalAccess = "edit_portal_access": Admin Billing Support;
    SeeContracts = "see_contracts": Admin Noc Billing Support Technician;
    EditContracts = "edit_contracts": Admin Billing Support;
    SignContracts = "sign_contracts": Admin Billing Support;
    ActivateContracts = "activate_contracts": Admin Noc Support Technician;
    CloseContracts = "close_contracts": Admin Billing;
    GiveDiscounts = "give_discounts": Admin Billing;
    PlaceHolds = "place_holds": Admin Noc Billing;
    LiftHolds = "lift_holds": Admin Noc Billing;
    RequestChanges = "request_changes": Admin Billing Support;
    DecideChanges = "decide_changes": Admin Billing;
    MoveContracts = "move_contracts": Admin Noc Billing Support;
    ChangeHolders = "change_holders": Admin Billing;
    SeeInvoices = "see_invoices": Admin Billing Support;
    VoidInvoices = "void_invoices": Admin Billing;
    CreditInvoices = "credit_invoices": Admin Billing;
    SendInvoices = "send_invoices": Admin Billing Support;
    SeePayments = "see_payments": Admin Billing Support;
    RecordPayments = "record_payments": Admin Billing;
    EditRates = "edit_rates": Admin Billing;
    ImportStatements = "import_statements": Admin Billing;
    BookStatements = "book_statements": Admin Billing;
    AllocatePayments = "allocate_payments": Admin Billing;
    RefundPayments = "refund_payments": Admin Billing;
    ReversePayments = "reverse_payments": Admin Billing;
    ReportTransfers = "report_transfers": Admin Billing Support;
    ReviewTransfers = "review_transfers": Admin Billing;
    SeeAccounts = "see_accounts": Admin Billing;
    SeeGateway = "see_gateway": Admin Billing;
    EditGateway = "edit_gateway": Admin;
    RepeatEvents = "repeat_events": Admin Billing;
    SeePlans = "see_plans": Admin Noc Billing Support Technician;
    EditPlans = "edit_plans": Admin Billing;
    SeeSectors = "see_sectors": Admin Noc Billing Support Technician;
    EditSectors = "edit_sectors": Admin Noc;
    EditPolicies = "edit_policies": Admin Billing;
    EditBilling = "edit_billing": Admin Billing;
    SeeRouters = "see_routers": Admin Noc Support;
    EditRouters = "edit_routers": Admin Noc;
    SeeHotspots = "see_hotspots": Admin Noc Billing Support;
    EditHotspots = "edit_hotspots": Admin Noc;
    EndHotspotSessions = "end_hotspot_sessions": Admin Noc Support;
    IssueVouchers = "issue_vouchers": Admin Noc Billing;
    SellVouchers = "sell_vouchers": Admin Billing;
    SeePools = "see_pools": Admin Noc Support Technician;
    EditPools = "edit_pools": Admin Noc;
    WorkMacs = "work_macs": Admin Noc Support;
    SeePlant = "see_plant": Admin Noc Billing Support Technician;
    EditPlant = "edit_plant": Admin Noc;
    ReservePorts = "reserve_ports": Admin Noc Billing Support;
    OnboardRouters = "onboard_routers": Admin Noc;
    SeeRouterSecrets = "see_router_secrets": Admin Noc;
    ScanRouters = "scan_routers": Admin Noc;
    AdoptRows = "adopt_rows": Admin Noc;
    PreviewCommands = "preview_commands": Admin Noc;
    EditServices = "edit_services": Admin Noc Technician;
    SeeServiceSecrets = "see_service_secrets": Admin Noc Technician;
    SeeJobs = "see_jobs": Admin Noc Support;
    ManageJobs = "manage_jobs": Admin Noc;
    SeeRuns = "see_runs": Admin Billing;
    ApproveCuts = "approve_cuts": Admin Billing;
    RetryParked = "retry_parked": Admin Billing;
    SeePromises = "see_promises": Admin Billing Support;
    EditPromises = "edit_promises": Admin Billing Support;
    SeeCollectionOrders = "see_collection_orders": Admin Noc Billing Support Technician;
    CloseCollectionOrders = "close_collection_orders": Admin Billing Support Technician;
    SeeStock = "see_stock": Admin Noc Billing Support Technician;
    MoveStock = "move_stock": Admin Noc Technician;
    EditStock = "edit_stock": Admin Noc;
    SellEquipment = "sell_equipment": Admin Billing;
    SeeOutages = "see_outages": Admin Noc Billing Support Technician;
    EditOutages = "edit_outages": Admin Noc Support;
    SeeTickets = "see_tickets": Admin Noc Billing Support Technician;
    OpenTickets = "open_tickets": Admin Noc Billing Support Technician;
    AnswerTickets = "answer_tickets": Admin Noc Billing Support Technician;
    EditTicketSettings = "edit_ticket_settings": Admin Noc;
    SeeWork = "see_work": Admin Noc Billing Support Technician;
    EditWork = "edit_work": Admin Noc Support;
    DoWork = "do_work": Admin Noc Technician;
    RunBusinessDay = "run_business_day": Admin;
    SeeMessages = "see_messages": Admin Billing Support;
    EditMessages = "edit_messages": Admin Billing;
    WriteToCustomers = "write_to_customers": Admin Noc Billing Support;
    SeeUsers = "see_users": Admin;
    EditUsers = "edit_users": Admin;
    EditAccess = "edit_access": Admin;
    SeeSettings = "see_settings": Admin;
    SeeAudit = "see_audit": Admin;
    SeeQuotes = "see_quotes": Admin Billing Support;
    EditQuotes = "edit_quotes": Admin Billing Support;
    ConfirmQuotes = "confirm_quotes": Admin Billing;
    EditDocuments = "edit_documents": Admin Billing;
    Import = "import": Admin;
}

/// What a customer's user may do beyond seeing, by name: for leaving out what would be refused.
const PAY: &str = "pay_in_portal";
const OWN: &str = "own_portal";

/// What somebody may do, by name.
pub(crate) fn names_for(role: Role, right: Option<PortalRight>) -> Vec<String> {
    let of_role = TABLE.iter().filter(|(_, roles)| roles.contains(&role)).map(|(name, _)| *name);
    let pays = right.is_some_and(PortalRight::may_pay).then_some(PAY);
    let owns = right.is_some_and(PortalRight::is_owner).then_some(OWN);
    of_role.chain(pays).chain(owns).map(str::to_owned).collect()
}

impl Actor {
    /// The permit, when the table gives it to the actor's role. The system's own actors may do everything.
    pub fn permit<V: Verb>(&self) -> Result<Permit<V>, Failure> {
        let allowed = match self {
            Self::System { .. } => true,
            Self::User { role, .. } => V::ROLES.contains(role),
        };
        if allowed {
            Ok(Permit { actor: self.clone(), verb: PhantomData })
        } else {
            Err(Failure::Forbidden { verb: V::NAME.to_owned() })
        }
    }

    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::System { .. } => None,
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::User { name, .. } => name,
            Self::System { name } => name,
        }
    }

    /// What a customer's own pages work through; staff have none.
    pub fn customer_scope(&self) -> Result<CustomerScope, Failure> {
        match self {
            Self::User { role: Role::Customer, customer: Some(access), .. } => {
                Ok(CustomerScope { customer: access.customer, actor: self.clone() })
            }
            _ => Err(Failure::Forbidden { verb: "see_portal".to_owned() }),
        }
    }

    /// The same for those who pay.
    pub fn payer_scope(&self) -> Result<PayerScope, Failure> {
        self.scope_of(PortalRight::may_pay, PAY).map(PayerScope)
    }

    /// The same for those who decide.
    pub fn owner_scope(&self) -> Result<OwnerScope, Failure> {
        self.scope_of(PortalRight::is_owner, OWN).map(PayerScope).map(OwnerScope)
    }

    fn scope_of(&self, may: fn(PortalRight) -> bool, verb: &str) -> Result<CustomerScope, Failure> {
        let scope = self.customer_scope()?;
        match self {
            Self::User { customer: Some(access), .. } if may(access.right) => Ok(scope),
            _ => Err(Failure::Forbidden { verb: verb.to_owned() }),
        }
    }
}

impl<V: Verb> Permit<V> {
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn verb(&self) -> &'static str {
        V::NAME
    }
}

/// One customer's own records. The portal's workflows take this and no customer id: what is another's cannot be named.
#[derive(Clone, Debug)]
pub struct CustomerScope {
    customer: CustomerId,
    actor: Actor,
}

impl CustomerScope {
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// One customer's own records, for somebody who may pay: what moves that customer's money takes this.
#[derive(Clone, Debug)]
pub struct PayerScope(CustomerScope);

/// One customer's own records, for somebody who decides there: what binds that customer takes this.
#[derive(Clone, Debug)]
pub struct OwnerScope(PayerScope);

/// Who pays also sees.
impl Deref for PayerScope {
    type Target = CustomerScope;
    fn deref(&self) -> &CustomerScope {
        &self.0
    }
}

/// Who decides also pays.
impl Deref for OwnerScope {
    type Target = PayerScope;
    fn deref(&self) -> &PayerScope {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_gets_no_permit_for_anything_of_the_office() {
        for (verb, roles) in TABLE {
            assert!(!roles.contains(&Role::Customer), "{verb}");
            assert!(roles.contains(&Role::Admin), "{verb}");
        }
    }

    #[test]
    fn who_sees_a_portal_neither_pays_nor_decides_there() {
        let may = |right| {
            let customer = Some(PortalAccess { customer: CustomerId(1), right });
            let actor = Actor::User { id: UserId(1), name: "Ana".to_owned(), role: Role::Customer, customer };
            (actor.customer_scope().is_ok(), actor.payer_scope().is_ok(), actor.owner_scope().is_ok())
        };
        assert_eq!(may(PortalRight::Viewer), (true, false, false));
        assert_eq!(may(PortalRight::Payer), (true, true, false));
        assert_eq!(may(PortalRight::Owner), (true, true, true));
        let staff = Actor::User { id: UserId(2), name: "Eva".to_owned(), role: Role::Admin, customer: None };
        assert!(staff.customer_scope().is_err() && staff.owner_scope().is_err());
    }
}
