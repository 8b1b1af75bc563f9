//! Files of the books and of the bank, which have addresses of their own beside the server functions.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod provider;

use std::sync::{Arc, Mutex};

use app::office::lists::LISTS;
use axum::body::Body;
use domain::contact::Language;
use domain::failure::Failure;
use domain::ids::UserId;
use domain::message::MessageState;
use domain::report::FileFormat;
use domain::role::Role;
use domain::views::reports::ReportForm;
use http::{Request, StatusCode, header};
use provider::{Answer as Response, Provider, email_of, provider};
use server::adapters::lists::ListFiles;
use server::adapters::mikrotik::MikroTik;
use workflows::jobs::Worker;
use workflows::permit::{ManageReports, RunBusinessDay};
use workflows::ports::{Answer, Attachment, Lists, Mail, Mailer, SendFailure, WantedList};
use workflows::{auth, runs, scheduled_reports};

const STATEMENTS: &str = "/office/bank/upload-file";
const BOXES: &str = "/office/plant/imports/send";

async fn upload(provider: &Provider, to: &str, file: &str, origin: &str, cookie: &str) -> Response {
    let part =
        |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"abril.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    let body = format!("{}{head}{file}\r\n--b--\r\n", part("new_account", "Banesco"));
    let request = Request::post(to)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::ORIGIN, origin)
        .header(header::COOKIE, cookie)
        .body(Body::from(body));
    provider.send(request.unwrap()).await
}

#[tokio::test]
async fn the_books_are_taken_away_by_those_who_may_see_them_and_by_nobody_else() {
    let provider = provider().await;
    let files = ["accounts/journal.ledger", "export/accounts/journal.csv", "export/accounts/aged.xlsx"];
    let files = files.map(|file| format!("/office/{file}"));
    for file in &files {
        assert_ne!(provider.open(file, "").await.status, StatusCode::OK, "{file} as nobody");
    }
    for role in Role::ALL.iter().copied() {
        let cookie = provider.sign_in(role).await;
        for file in &files {
            let answer = provider.open(file, &cookie).await;
            let may = matches!(role, Role::Admin | Role::Billing);
            assert_eq!(answer.status == StatusCode::OK, may, "{file} as {role}: {}", answer.status);
            assert_eq!(answer.header("content-disposition").starts_with("attachment"), may, "{file} as {role}");
        }
    }
}

#[tokio::test]
async fn every_list_is_taken_by_those_who_see_its_page_and_by_nobody_else() {
    let provider = provider().await;
    for role in Role::ALL.iter().copied() {
        let cookie = provider.sign_in(role).await;
        let mut taken = 0;
        for list in LISTS {
            let answer = provider.open(&format!("/office/export/{list}.csv"), &cookie).await;
            match answer.status {
                StatusCode::OK => taken += 1,
                // A customer is led back to their own pages.
                StatusCode::SEE_OTHER => assert_eq!(role, Role::Customer, "{list}"),
                status => assert_eq!(status, StatusCode::FORBIDDEN, "{list} as {role}"),
            }
        }
        match role {
            Role::Admin => assert_eq!(taken, LISTS.len()),
            Role::Customer => assert_eq!(taken, 0),
            _ => assert!(taken > 0 && taken < LISTS.len(), "{role}"),
        }
    }
    for file in ["invoices.csv", "audit.xlsx"] {
        assert_ne!(
            provider.open(&format!("/office/export/{file}"), "").await.status,
            StatusCode::OK,
            "{file} as nobody"
        );
    }
    let cookie = provider.sign_in(Role::Admin).await;
    for file in ["sessions.csv", "invoices.pdf", "invoices"] {
        let answer = provider.open(&format!("/office/export/{file}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file}");
    }
}

#[tokio::test]
async fn a_list_is_taken_with_the_filters_of_its_address_and_the_audit_says_by_whom() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Admin).await;
    let all = provider.open("/office/export/customers.csv", &cookie).await;
    assert_eq!(all.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = all.text.lines().collect();
    assert!(lines[0].starts_with("\u{feff}Referencia,Nombre,"), "{}", lines[0]);
    assert_eq!(lines.len(), 3, "{lines:?}");

    let one = provider.open("/office/export/customers.csv?q=Ana&mark=no&page=7", &cookie).await;
    let lines: Vec<&str> = one.text.lines().collect();
    assert!(lines[0].starts_with("Referencia,"), "{}", lines[0]);
    assert!(lines[1].starts_with("C00001,Ana Pérez,"), "{}", lines[1]);
    assert_eq!(lines.len(), 2, "{lines:?}");

    let sheet = provider.open("/office/export/customers.xlsx", &cookie).await;
    assert!(sheet.header("content-type").contains("spreadsheetml"), "{sheet:?}");
    assert!(sheet.text.starts_with("PK"), "a spreadsheet is a packed file");

    let audit = provider.open("/office/export/audit.csv?verb=export_lists", &cookie).await.text;
    assert_eq!(audit.lines().count(), 4, "{audit}");
    assert!(audit.contains("filters: q=Ana") && audit.contains("rows: 1") && audit.contains("format: xlsx"), "{audit}");
}

#[derive(Default)]
struct Mailbox(Mutex<Vec<Mail>>);

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(async {
            self.0.lock().unwrap().push(mail.clone());
            Ok(())
        })
    }
}

impl Provider {
    async fn user(&self, role: Role) -> UserId {
        let mut connection = self.story.connection().await.unwrap();
        store::users::by_email(&mut connection, &email_of(role).parse().unwrap()).await.unwrap().unwrap().id
    }

    /// Whatever is to be sent is sent; the files among it.
    async fn mailed(&self) -> Vec<(String, Attachment)> {
        let mailbox = Arc::new(Mailbox::default());
        let worker = Worker::new(self.story.context.clone(), Arc::new(MikroTik::default()), mailbox.clone());
        let worker = worker.with_lists(Arc::new(ListFiles));
        while worker.work_message().await.unwrap() {}
        let mails = mailbox.0.lock().unwrap();
        mails.iter().filter_map(|mail| Some((mail.to.to_string(), mail.file.clone()?))).collect()
    }
}

#[tokio::test]
async fn a_report_is_mailed_once_a_period_with_what_its_reader_may_see() {
    let provider = provider().await;
    let story = &provider.story;
    let readers = [provider.user(Role::Billing).await, provider.user(Role::Technician).await];
    let form = ReportForm {
        name: "Pagos del mes".to_owned(),
        list: "payments".to_owned(),
        of_period: true,
        format: "csv".to_owned(),
        frequency: "monthly".to_owned(),
        language: "es".to_owned(),
        readers: readers.iter().map(|user| (format!("user-{user}"), true)).collect(),
        ..ReportForm::default()
    };
    let permit = story.may::<ManageReports>();
    let report = scheduled_reports::create(story, &permit, &form).await.unwrap();
    for _ in 0..2 {
        runs::run_day(story, &story.may::<RunBusinessDay>(), story.clock.today()).await.unwrap();
    }
    let mailed = provider.mailed().await;
    assert_eq!(mailed.len(), 1, "technicians do not see payments: {mailed:?}");
    let (to, file) = &mailed[0];
    assert_eq!((to, file.name.as_str()), (&email_of(Role::Billing), "payments-2026-03-01.csv"));
    assert!(String::from_utf8_lossy(&file.content).contains("Recibo"), "{file:?}");

    let sendings = scheduled_reports::show(story, &permit, report).await.unwrap().sendings;
    let told: Vec<_> = sendings.iter().map(|row| (row.state, row.rows, row.by_hand, row.from.to_string())).collect();
    let from = "2026-02-01".to_owned();
    assert_eq!(
        told,
        [(MessageState::Failed, None, false, from.clone()), (MessageState::Sent, Some(0), false, from)],
        "the newest first"
    );

    scheduled_reports::pause(story, &permit, report).await.unwrap();
    story.it_is("2026-04-01");
    runs::run_day(story, &story.may::<RunBusinessDay>(), story.clock.today()).await.unwrap();
    assert_eq!(provider.mailed().await, [], "it is paused");
    let (one, again) = tokio::join!(
        scheduled_reports::send_now(story, &permit, report),
        scheduled_reports::send_now(story, &permit, report)
    );
    one.unwrap();
    again.unwrap();
    scheduled_reports::send_now(story, &permit, report).await.unwrap();
    assert_eq!(provider.mailed().await.len(), 1, "by hand it goes whatever was sent before, and once for two clicks");
    scheduled_reports::send_now(story, &permit, report).await.unwrap();
    assert_eq!(provider.mailed().await.len(), 1, "once it left it can be asked for again");
}

#[tokio::test]
async fn an_edited_report_is_sent_as_it_is_now_to_whoever_reads_it_now() {
    let provider = provider().await;
    let story = &provider.story;
    let (admin, billing) = (provider.user(Role::Admin).await, provider.user(Role::Billing).await);
    let permit = story.may::<ManageReports>();
    let monthly = ReportForm {
        name: "Pagos".to_owned(),
        list: "payments".to_owned(),
        frequency: "monthly".to_owned(),
        readers: [(format!("user-{billing}"), true)].into(),
        ..ReportForm::usual()
    };
    let report = scheduled_reports::create(story, &permit, &monthly).await.unwrap();
    assert_eq!(scheduled_reports::begin_edit(story, &permit, report).await.unwrap().form.list, "payments");
    let night = async || {
        runs::run_day(story, &story.may::<RunBusinessDay>(), story.clock.today()).await.unwrap();
        let mailed = provider.mailed().await;
        mailed.into_iter().map(|(to, file)| (to, file.name)).collect::<Vec<_>>()
    };
    assert_eq!(night().await, [(email_of(Role::Billing), "payments-2026-03-01.xlsx".to_owned())]);

    let nobody = ReportForm { readers: [(format!("user-{admin}"), false)].into(), ..monthly.clone() };
    let refused = scheduled_reports::edit(story, &permit, report, &nobody).await;
    assert!(matches!(refused, Err(workflows::Error::Refused(Failure::Fields { .. }))), "{refused:?}");
    let daily = ReportForm {
        name: "Clientes".to_owned(),
        list: "customers".to_owned(),
        query: "q=Ana".to_owned(),
        format: "csv".to_owned(),
        frequency: "daily".to_owned(),
        readers: [(format!("user-{admin}"), true), (format!("user-{billing}"), true)].into(),
        ..monthly
    };
    scheduled_reports::edit(story, &permit, report, &daily).await.unwrap();
    story.it_is("2026-03-02");
    let customers = "customers-2026-03-02.csv".to_owned();
    let mut mailed = night().await;
    mailed.sort();
    assert_eq!(mailed, [(email_of(Role::Admin), customers.clone()), (email_of(Role::Billing), customers)]);

    let page = scheduled_reports::show(story, &permit, report).await.unwrap();
    assert_eq!((page.report.facts.query.as_str(), page.sendings.len()), ("?q=Ana", 3));
    let cookie = provider.sign_in(Role::Admin).await;
    let audit = provider.open("/office/export/audit.csv?verb=manage_reports", &cookie).await.text;
    let told = audit.matches("Cambió un informe").count();
    assert_eq!(told, 2, "made and edited, and nothing for what was refused: {audit}");
}

#[tokio::test]
async fn what_is_too_large_for_a_mail_is_not_read_to_its_end() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Admin).await;
    let token = cookie.strip_prefix("ramal_session=").unwrap();
    let reader = auth::who(&provider.story, token).await.unwrap().unwrap().signed_in().unwrap();
    let lines = async |most: usize| {
        let wanted = WantedList {
            reader: reader.clone(),
            name: "Clientes".to_owned(),
            list: "customers".to_owned(),
            query: "?".to_owned(),
            format: FileFormat::Csv,
            language: Language::Spanish,
            most,
        };
        let file = ListFiles.make(&provider.story, &wanted).await.unwrap();
        String::from_utf8(file.attachment.content).unwrap().lines().count()
    };
    assert_eq!(lines(1_000_000).await, 3);
    assert_eq!(lines(1).await, 1, "the heads are more than that already");
}

#[tokio::test]
async fn a_kept_filter_is_a_link_for_its_owner_and_nobody_else_forgets_it() {
    let provider = provider().await;
    let (admin, billing) = (provider.sign_in(Role::Admin).await, provider.sign_in(Role::Billing).await);
    let form = "filter[list]=invoices&filter[query]=%3Fstanding%3Doverdue&filter[name]=Los+de+hoy&filter[shared]=true";
    let save = "/do/app/office/list_tools/api/save_filter";
    let answer = provider.submit(save, form, "/office/invoices", &admin).await;
    assert_eq!(answer.header("location"), "/office/invoices?standing=overdue&done=saved", "{answer:?}");

    let link = "href=\"/office/invoices?standing=overdue\"";
    let is_there = async |cookie: &str| {
        let page = provider.open("/office/invoices", cookie).await.text;
        page.contains("Los de hoy") && page.contains(link)
    };
    assert!(is_there(&admin).await);
    assert!(!is_there(&billing).await, "it is shared with the owner's role");
    let remove = "/do/app/office/list_tools/api/remove_filter";
    provider.submit(remove, "filter=1", "/office/invoices", &billing).await;
    assert!(is_there(&admin).await);
    provider.submit(remove, "filter=1", "/office/invoices", &admin).await;
    assert!(!is_there(&admin).await);
}

#[tokio::test]
async fn a_statement_is_taken_from_those_who_may_send_one_and_leads_to_what_is_in_it() {
    let provider = provider().await;
    let file = "Fecha;Referencia;Monto\n01/03/2026;77;10,00\nodd;;\n";
    let own = provider.story.context.public_url.clone();
    assert!(upload(&provider, STATEMENTS, file, &own, "").await.status != StatusCode::OK);
    for role in Role::ALL.iter().copied().filter(|role| !matches!(role, Role::Admin | Role::Billing)) {
        let answer = upload(&provider, STATEMENTS, file, &own, &provider.sign_in(role).await).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
    }
    let cookie = provider.sign_in(Role::Billing).await;
    assert_eq!(
        upload(&provider, STATEMENTS, file, "https://evil.example", &cookie).await.status,
        StatusCode::FORBIDDEN
    );

    let answer = upload(&provider, STATEMENTS, file, &own, &cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let page = answer.header("location").to_owned();
    assert!(page.starts_with("/office/bank/statements/"), "{page}");
    assert_eq!(provider.open(&page, &cookie).await.status, StatusCode::OK);
    let bad = provider.open(&format!("{page}/bad.csv"), &cookie).await.text;
    assert!(bad.contains("3,no_date,odd"), "{bad}");

    let answer = upload(&provider, STATEMENTS, " ", &own, &cookie).await;
    let back = answer.header("location").to_owned();
    assert_eq!(back, "/office/bank/upload?problem=no_file&new_account=Banesco");
    assert!(provider.open(&back, &cookie).await.text.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_table_of_boxes_is_taken_from_those_who_build_the_plant_and_leads_to_what_is_in_it() {
    let provider = provider().await;
    let file = "nombre;latitud;longitud;capacidad\nNAP-1;17.06;-96.72;8\nNAP-2;norte;-96.72;8\n";
    let own = provider.story.context.public_url.clone();
    let example = "/office/plant/imports/example.csv?language=es";
    for role in Role::ALL.iter().copied().filter(|role| !matches!(role, Role::Admin | Role::Noc)) {
        let cookie = provider.sign_in(role).await;
        assert_eq!(upload(&provider, BOXES, file, &own, &cookie).await.status, StatusCode::FORBIDDEN, "{role}");
        assert_ne!(provider.open(example, &cookie).await.status, StatusCode::OK, "{role}");
    }
    let cookie = provider.sign_in(Role::Noc).await;
    assert_eq!(upload(&provider, BOXES, file, "https://evil.example", &cookie).await.status, StatusCode::FORBIDDEN);
    assert!(provider.open(example, &cookie).await.text.contains("nombre,latitud,longitud,capacidad,sector,olt,pon"));

    let answer = upload(&provider, BOXES, file, &own, &cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let page = answer.header("location").to_owned();
    assert!(page.starts_with("/office/plant/imports/"), "{page}");
    let shown = provider.open(&page, &cookie).await.text;
    assert!(shown.contains("NAP-1") && shown.contains("Latitud «norte»"), "{shown}");

    let answer = upload(&provider, BOXES, " ", &own, &cookie).await;
    let back = answer.header("location").to_owned();
    assert_eq!(back, "/office/plant/imports?problem=no_file");
    assert!(provider.open(&back, &cookie).await.text.contains("role=\"alert\""));
}
