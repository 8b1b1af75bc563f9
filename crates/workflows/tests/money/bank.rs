//! The bank's statements: read once, matched to customers, and booked when it is certain or somebody decided.

use domain::bank::BankRowState;
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{BankRowId, BankStatementId, ContractId};
use domain::matching::{Evidence, SURE};
use domain::service::ServiceState;
use domain::views::bank::{BankFilter, BankRowDetail, BookForm, BookLine, ColumnsForm, MatchedRow, SureForm};
use domain::views::payments::NewPayment;
use domain::views::transfers::TransferForm;
use workflows::bank::{self, Upload};
use workflows::permit::{BookStatements, ImportStatements, ReportTransfers, SeePayments};
use workflows::transfers;

use crate::provider::{Provider, problems, provider, refusal, text};

const HEAD: &str = "Fecha;Referencia;Nombre;Concepto;Monto\n";

impl Provider {
    async fn upload(&self, account: &str, content: &str) -> workflows::Result<BankStatementId> {
        let accounts = bank::accounts(self, &self.may::<ImportStatements>()).await.unwrap();
        let known = accounts.iter().find(|found| found.name == account);
        let upload = Upload {
            account: known.map(|account| account.id.to_string()).unwrap_or_default(),
            new_account: text(account),
            file_name: text("abril.csv"),
            bytes: content.as_bytes().to_vec(),
            ..Upload::default()
        };
        bank::upload(self, &self.may::<ImportStatements>(), &upload).await
    }

    /// Uploads and imports; answers how many movements were new.
    async fn import(&self, content: &str) -> u64 {
        let statement = self.upload("Banesco", content).await.unwrap();
        bank::import(self, &self.may::<ImportStatements>(), statement).await.unwrap()
    }

    async fn work(&self) -> Vec<MatchedRow> {
        let filter = BankFilter::default();
        bank::work(self, &self.may::<SeePayments>(), &filter).await.unwrap().page.rows
    }

    async fn sure(&self) -> Vec<MatchedRow> {
        bank::sure_rows(self, &self.may::<SeePayments>()).await.unwrap()
    }

    async fn book_all(&self, rows: &[MatchedRow]) -> (usize, usize) {
        let pair = |row: &MatchedRow| format!("{}:{}", row.row.id, row.suggestions[0].customer.id);
        let form = SureForm { rows: rows.iter().map(pair).collect() };
        bank::book_sure(self, &self.may::<BookStatements>(), &form).await.unwrap()
    }

    async fn book(&self, row: BankRowId, parts: &[(&str, &str)]) -> workflows::Result<()> {
        let line = |(customer, amount): &(&str, &str)| BookLine { customer: text(customer), amount: text(amount) };
        let form = BookForm { lines: parts.iter().map(line).collect() };
        bank::book(self, &self.may::<BookStatements>(), row, &form).await
    }

    async fn movement(&self, row: BankRowId) -> BankRowDetail {
        bank::row(self, &self.may::<SeePayments>(), row).await.unwrap()
    }

    async fn number_of(&self, contract: ContractId) -> String {
        let customer = self.customer_of(contract).await;
        store::customers::get(&mut self.connection().await.unwrap(), customer).await.unwrap().reference
    }
}

#[tokio::test]
async fn a_file_that_overlaps_another_doubles_nothing_and_equal_movements_of_a_day_are_kept_apart() {
    let provider = provider("2026-04-05").await;
    let monday =
        format!("{HEAD}03/04/2026;1;;DEPOSITO;10,00\n04/04/2026;88;;DEPOSITO;10,00\n04/04/2026;88;;DEPOSITO;10,00\n");
    assert_eq!(provider.import(&monday).await, 3);
    assert_eq!(provider.import(&monday).await, 0);
    let tuesday =
        format!("{HEAD}04/04/2026;88;;DEPOSITO;10,00\n04/04/2026;88;;DEPOSITO;10,00\n05/04/2026;9;;DEPOSITO;10,00\n");
    let statement = provider.upload("Banesco", &tuesday).await.unwrap();
    let preview = bank::preview(&provider, &provider.may::<ImportStatements>(), statement).await.unwrap();
    assert_eq!((preview.fresh, preview.known), (1, 2));
    assert_eq!(provider.import(&tuesday).await, 1);
    assert_eq!(provider.work().await.len(), 4);
}

#[tokio::test]
async fn a_transfer_that_names_the_invoice_is_booked_after_a_look_and_brings_the_service_back() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-28").await;
    provider.import(&format!("{HEAD}27/04/2026;771204;ANA LOPEZ;PAGO F-2026-000001;34,80\n")).await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Suspended, "importing books nothing");

    let sure = provider.sure().await;
    let best = &sure[0].suggestions[0];
    assert!(best.certainty >= SURE, "{best:?}");
    assert!(best.because.contains(&Evidence::InvoiceNumber { number: text("F-2026-000001") }));
    assert_eq!(provider.book_all(&sure).await, (1, 0));
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
    let booked = provider.movement(sure[0].row.id).await;
    assert_eq!((booked.matched.row.state, booked.payments.len()), (BankRowState::Booked, 1));
    assert_eq!(provider.book_all(&sure).await, (0, 1), "booked twice is booked once");
    assert!(provider.show(contract).await.money.credit.is_zero());
}

#[tokio::test]
async fn nothing_is_booked_on_a_name_or_an_amount_alone() {
    let provider = provider("2026-04-01").await;
    provider.active("ana.lopez").await;
    provider.import(&format!("{HEAD}01/04/2026;1;Ana.Lopez;TRANSFERENCIA;34,80\n01/04/2026;2;;;34,80\n")).await;
    let work = provider.work().await;
    let named = &work[0].suggestions[0];
    assert!(
        named.because.iter().any(|found| matches!(found, Evidence::Name { likeness } if *likeness >= 90)),
        "{named:?}"
    );
    assert!(named.certainty < SURE && work[1].suggestions.is_empty(), "{work:?}");
    assert_eq!(provider.sure().await, []);
    assert_eq!(provider.book_all(&work[..1]).await, (0, 1), "not even when somebody sends the form by hand");
}

#[tokio::test]
async fn money_that_was_reported_or_recorded_before_is_found_again_and_not_doubled() {
    let provider = provider("2026-04-01").await;
    let (ana, beto) = (provider.active("ana.lopez").await, provider.active("beto.ruiz").await);
    let reported = TransferForm {
        amount: text("34.80"),
        paid_on: text("2026-04-01"),
        bank: text("Banesco"),
        reference: text("0077-1204"),
        idempotency_key: text("report"),
        ..TransferForm::default()
    };
    let customer = provider.customer_of(ana).await;
    let report = transfers::report(&provider, &provider.may::<ReportTransfers>(), customer, &reported).await.unwrap();
    let recorded = NewPayment {
        customer: provider.customer_of(beto).await.to_string(),
        amount: text("34.80"),
        method: text("transfer"),
        reference: text("B-990"),
        idempotency_key: text("counter"),
        ..NewPayment::default()
    };
    let receipt = provider.record(recorded).await.unwrap().receipt;
    provider.import(&format!("{HEAD}01/04/2026;771204;;TRF;34,80\n01/04/2026;B990;;TRF;34,80\n")).await;

    let sure = provider.sure().await;
    assert_eq!(provider.book_all(&sure).await, (2, 0));
    let approved = transfers::show(&provider, &provider.may::<SeePayments>(), report).await.unwrap().row;
    let found = provider.movement(sure[0].row.id).await.payments;
    assert_eq!(approved.payment.as_ref(), found.first());
    assert_eq!(provider.movement(sure[1].row.id).await.payments[0].name, receipt);
    for contract in [ana, beto] {
        let money = provider.show(contract).await.money;
        assert!(money.owed.is_zero() && money.credit.is_zero(), "{money:?}");
    }
}

#[tokio::test]
async fn a_movement_is_split_over_several_customers_to_the_cent() {
    let provider = provider("2026-04-01").await;
    let (ana, beto) = (provider.active("ana.lopez").await, provider.active("beto.ruiz").await);
    let (of_ana, of_beto) = (provider.number_of(ana).await, provider.number_of(beto).await);
    provider.import(&format!("{HEAD}01/04/2026;500;;CONDOMINIO;69,60\n")).await;
    let row = provider.work().await[0].row.id;

    let refused = provider.book(row, &[(&of_ana, "34.80"), (&of_beto, "34.79")]).await;
    let of = provider.movement(row).await.matched.row.amount;
    assert_eq!(problems(refused), [(text("lines.0.amount"), Problem::NotTheSum { of })]);
    let refused = provider.book(row, &[("nobody", "69.60")]).await;
    assert_eq!(problems(refused), [(text("lines.0.customer"), Problem::UnknownChoice)]);

    provider.book(row, &[(&of_ana, "34.80"), (&of_beto, "34.80"), ("", "")]).await.unwrap();
    assert_eq!(provider.movement(row).await.payments.len(), 2);
    for contract in [ana, beto] {
        assert!(provider.show(contract).await.money.owed.is_zero());
    }
    let decided = Failure::Blocked { what: Blocker::AlreadyDecided };
    assert_eq!(refusal(provider.book(row, &[(&of_ana, "69.60")]).await), decided);
}

#[tokio::test]
async fn what_is_no_customers_leaves_the_list_with_a_reason_and_can_come_back() {
    let provider = provider("2026-04-01").await;
    provider.import(&format!("{HEAD}01/04/2026;1;;INTERESES;3,00\n01/04/2026;2;;COMISION;-1,50\n")).await;
    let work = provider.work().await;
    assert_eq!(work.len(), 1, "money that went out is nobody's payment");
    let row = work[0].row.id;
    let permit = provider.may::<BookStatements>();
    assert_eq!(problems(bank::not_ours(&provider, &permit, row, "").await), [(text("reason"), Problem::Required)]);
    bank::not_ours(&provider, &permit, row, "interest").await.unwrap();
    assert_eq!(provider.work().await.len(), 0);
    bank::reopen(&provider, &permit, row).await.unwrap();
    assert_eq!(provider.work().await.len(), 1);
}

#[tokio::test]
async fn the_columns_of_a_bank_are_remembered_and_bad_lines_are_named() {
    let provider = provider("2026-04-05").await;
    let permit = provider.may::<ImportStatements>();
    let strange = "x,y,z\n04/03/2026,10.00,A1\nnext line is odd,,\n";
    let statement = provider.upload("Otro", strange).await.unwrap();
    let columns = ColumnsForm {
        date: text("0"),
        date_order: text("month_first"),
        amount: text("1"),
        reference: text("2"),
        ..ColumnsForm::default()
    };
    let missing = ColumnsForm { date: String::new(), ..columns.clone() };
    let refused = bank::set_columns(&provider, &permit, statement, &missing).await;
    assert_eq!(problems(refused), [(text("date"), Problem::Required)]);
    bank::set_columns(&provider, &permit, statement, &columns).await.unwrap();

    let again = provider.upload("Otro", strange).await.unwrap();
    let preview = bank::preview(&provider, &permit, again).await.unwrap();
    assert_eq!(preview.movements[0].booked_on.to_string(), "2026-04-03");
    assert_eq!(preview.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3]);
    assert_eq!(bank::bad_lines(&provider, &permit, again).await.unwrap(), preview.bad);
}

#[tokio::test]
async fn a_damaged_or_an_empty_file_is_refused_and_nothing_is_kept_of_it() {
    let provider = provider("2026-04-05").await;
    assert_eq!(problems(provider.upload("Banesco", " \n").await), [(text("file"), Problem::Required)]);
    let refused = problems(provider.upload("Banesco", "<Document><BkToCstmrStmt>\n<Stmt></Ntry>").await);
    assert!(matches!(refused[0].1, Problem::Damaged { line: Some(2) }), "{refused:?}");
    let statements = bank::statements(&provider, &provider.may::<SeePayments>(), Default::default()).await.unwrap();
    assert_eq!(statements.total, 0);
    assert_eq!(bank::accounts(&provider, &provider.may::<ImportStatements>()).await.unwrap(), []);
}
