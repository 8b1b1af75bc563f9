//! Boxes from a table: looked at first, then made, and made once.

use domain::failure::Problem;
use domain::ids::NapImportId;
use domain::nap_import::{NapColumn, NapProblem};
use domain::plant::Ways;
use domain::role::Role;
use domain::views::audit::AuditFilter;
use domain::views::nap_imports::{NapBecomes, NapImportDetail};
use domain::views::plant::{NapFilter, NapRow};
use workflows::permit::{EditPlant, EditSectors, SeeAudit, SeePlant};
use workflows::plant::{self, NapFile};
use workflows::{audit, sectors};

use super::plant::{hang, pon, splitter};
use super::work::staff;
use crate::provider::{Provider, problems, provider, text};

const HEAD: &str = "nombre;latitud;longitud;capacidad;sector;olt;pon;divisor;fibra";

fn file(content: &str) -> NapFile {
    NapFile { name: text("cajas.csv"), bytes: content.as_bytes().to_vec() }
}

impl Provider {
    async fn send(&self, rows: &[&str]) -> NapImportId {
        let content = format!("{HEAD}\r\n{}\r\n", rows.join("\r\n"));
        plant::send_naps(self, &self.may::<EditPlant>(), &file(&content)).await.unwrap()
    }

    async fn preview(&self, import: NapImportId) -> NapImportDetail {
        plant::show_nap_import(self, &self.may::<EditPlant>(), import).await.unwrap()
    }

    async fn confirm(&self, import: NapImportId) -> usize {
        plant::import_naps(self, &self.may::<EditPlant>(), import).await.unwrap()
    }

    async fn boxes(&self) -> Vec<NapRow> {
        plant::list_naps(self, &self.may::<SeePlant>(), &NapFilter::default()).await.unwrap().0.rows
    }

    async fn sector(&self, name: &str) {
        let form = domain::views::sectors::SectorForm { name: text(name) };
        sectors::create(self, &self.may::<EditSectors>(), &form).await.unwrap();
    }
}

/// What is wrong, with the line and the column.
fn wrong(preview: &NapImportDetail) -> Vec<(usize, NapColumn, NapProblem)> {
    let mut told = Vec::new();
    for line in &preview.lines {
        if let NapBecomes::Nothing { bad } = &line.becomes {
            told.extend(bad.iter().map(|cell| (line.line, cell.column, cell.problem.clone())));
        }
    }
    told
}

#[tokio::test]
async fn a_table_is_looked_at_then_confirmed_and_confirming_it_again_makes_nothing() {
    let provider = provider("2026-03-12").await;
    pon(&provider, "OLT-1").await;
    provider.sector("Centro").await;
    let rows = ["NAP-1;17.0610;-96.7253;8;centro;olt-1;1/0;;2400", "", "NAP-2;17,0620;-96,7253;16;;;;;"];
    let import = provider.send(&rows).await;
    let preview = provider.preview(import).await;
    assert_eq!((preview.new_boxes(), preview.wrong_lines()), (2, 0));
    assert_eq!(preview.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 4], "as an editor counts");
    assert!(provider.boxes().await.is_empty(), "looking makes nothing");

    assert_eq!(provider.confirm(import).await, 2);
    let boxes = provider.boxes().await;
    assert_eq!(boxes.iter().map(|nap| nap.name.as_str()).collect::<Vec<_>>(), ["NAP-1", "NAP-2"]);
    assert_eq!(boxes[0].sector.as_ref().unwrap().name, "Centro");
    assert_eq!((boxes[0].fill.ports, boxes[1].fill.ports), (8, 0), "the first has a splitter of its capacity");
    assert_eq!(boxes[1].position.to_string(), "17.062, -96.7253", "a comma is a point");
    let detail = plant::show_nap(&provider, &provider.may::<SeePlant>(), boxes[0].id).await.unwrap();
    assert_eq!((detail.fibre_metres, detail.splitters[0].pon.to_string()), (Some(2_400), text("OLT-1 1/0")));

    assert_eq!(provider.confirm(import).await, 0);
    let again = provider.send(&rows).await;
    let preview = provider.preview(again).await;
    assert!(preview.lines.iter().all(|line| matches!(line.becomes, NapBecomes::Same { .. })), "{preview:?}");
    assert_eq!(provider.confirm(again).await, 0, "nor does the same file sent again");
    assert_eq!(provider.boxes().await.len(), 2);
    assert_eq!(provider.preview(import).await.import.written, 2);
    let filter = AuditFilter { subject: Some(text("nap")), ..AuditFilter::default() };
    assert_eq!(audit::list(&provider, &provider.may::<SeeAudit>(), &filter).await.unwrap().rows.len(), 2);
}

#[tokio::test]
async fn a_row_that_does_not_fit_the_plant_is_explained_and_keeps_no_other_from_being_made() {
    let provider = provider("2026-03-12").await;
    pon(&provider, "OLT-1").await;
    let first = provider.send(&["NAP-0;17.06;-96.72;8;;;;;"]).await;
    provider.confirm(first).await;
    let there = provider.boxes().await[0].id;
    let rows = [
        "NAP-1;17.06;-96.72;8;Norte;;;;",
        "NAP-2;17.06;-96.72;8;;OLT-9;1/0;;",
        "NAP-3;17.06;-96.72;8;;OLT-1;1/8;;",
        "NAP-4;norte;-96.72;ocho;;;;;",
        "nap-0;17.07;-96.72;8;;;;;",
        "NAP-0;17.06;-96.72;8;;OLT-1;1/0;;",
        "NAP-5;17.06;-96.72;8;;;;;",
        "nap-5;17.06;-96.72;8;;;;;",
    ];
    let import = provider.send(&rows).await;
    let preview = provider.preview(import).await;
    let told = wrong(&preview);
    let expected = [
        (2, NapColumn::Sector, NapProblem::UnknownSector),
        (3, NapColumn::Olt, NapProblem::UnknownOlt),
        (4, NapColumn::Pon, NapProblem::UnknownPon),
        (5, NapColumn::Latitude, NapProblem::NotDegrees { most: 90 }),
        (5, NapColumn::Capacity, NapProblem::NotWhole { least: 1, most: 512 }),
        (6, NapColumn::Name, NapProblem::OtherBox { nap: there }),
        (7, NapColumn::Name, NapProblem::Twice { line: 6 }),
        (9, NapColumn::Name, NapProblem::Twice { line: 8 }),
    ];
    assert_eq!(told, expected);
    assert_eq!(preview.new_boxes(), 1);
    assert_eq!(provider.confirm(import).await, 1);
    let names: Vec<_> = provider.boxes().await.into_iter().map(|nap| nap.name).collect();
    assert_eq!(names, ["NAP-0", "NAP-5"]);
    // It is there, and hangs on nothing.
    let hung = provider.send(&["NAP-0;17.06;-96.72;8;;OLT-1;1/0;;"]).await;
    let not_behind = [(2, NapColumn::Pon, NapProblem::NotBehind { nap: there })];
    assert_eq!(wrong(&provider.preview(hung).await), not_behind);
}

#[tokio::test]
async fn boxes_hang_on_what_is_left_behind_their_pon_port_and_no_two_on_the_same() {
    let provider = provider("2026-03-12").await;
    let pon = pon(&provider, "OLT-1").await;
    hang(&provider, pon, &splitter("2", "")).await.unwrap();
    let rows = [
        "NAP-1;17.06;-96.72;8;;OLT-1;1/0;4;",
        "NAP-2;17.06;-96.72;8;;OLT-1;1/0;;",
        "NAP-3;17.06;-96.72;8;;OLT-1;1/0;;",
    ];
    let import = provider.send(&rows).await;
    assert_eq!(wrong(&provider.preview(import).await), [(4, NapColumn::Pon, NapProblem::NoPortLeft)]);
    assert_eq!(provider.confirm(import).await, 2);
    let splitters = plant::show_pon(&provider, &provider.may::<SeePlant>(), pon).await.unwrap().splitters;
    let mut paths: Vec<_> = splitters.into_iter().filter(|row| row.nap.is_some()).map(|row| row.path).collect();
    paths.sort();
    assert_eq!(paths, [vec![Ways::Two, Ways::Four], vec![Ways::Two, Ways::Eight]]);
    // On a PON port on which nothing hangs there is room for one.
    let bare = ["NAP-4;17.06;-96.72;8;;OLT-1;1/1;;", "NAP-5;17.06;-96.72;8;;OLT-1;1/1;;"];
    let bare = provider.send(&bare).await;
    assert_eq!(wrong(&provider.preview(bare).await), [(3, NapColumn::Pon, NapProblem::NoPortLeft)]);
}

#[tokio::test]
async fn what_is_no_table_of_boxes_is_told_before_anything_is_read() {
    let provider = provider("2026-03-12").await;
    let permit = provider.may::<EditPlant>();
    let empty = plant::send_naps(&provider, &permit, &file(" \r\n")).await;
    assert_eq!(problems(empty), [(text("file"), Problem::Required)]);
    let many = format!("{HEAD}\n{}", "NAP;17;-96;8\n".repeat(2_001));
    let many = plant::send_naps(&provider, &permit, &file(&many)).await;
    assert_eq!(problems(many), [(text("file"), Problem::TooManyLines { most: 2_000 })]);
    let other = plant::send_naps(&provider, &permit, &file("name,street\nAna,Juárez 10\n")).await.unwrap();
    let preview = provider.preview(other).await;
    assert_eq!(preview.missing, [NapColumn::Latitude, NapColumn::Longitude, NapColumn::Capacity]);
    assert!(preview.lines.is_empty());
    assert_eq!(provider.confirm(other).await, 0);
    // As spreadsheets of Windows write it.
    let latin = NapFile {
        name: text("ca\u{f1}ada.csv"),
        bytes: b"nombre;latitud;longitud;capacidad\nCa\xf1ada;17;-96;8\n".to_vec(),
    };
    let latin = plant::send_naps(&provider, &permit, &latin).await.unwrap();
    assert_eq!(provider.preview(latin).await.lines[0].name, "Cañada");
    let technician = staff(&provider, "teo", Role::Technician).await;
    assert!(technician.permit::<EditPlant>().is_err());
}

#[tokio::test]
async fn two_confirmations_at_the_same_moment_make_the_boxes_once() {
    let provider = provider("2026-03-12").await;
    let import = provider.send(&["NAP-1;17.06;-96.72;8;;;;;"]).await;
    let (one, other) = tokio::join!(provider.confirm(import), provider.confirm(import));
    assert_eq!(one + other, 1);
    assert_eq!(provider.boxes().await.len(), 1);
}
