//! Ranges, and what each step sends to a router that holds this or that.

use super::*;
use crate::network::Attributes;

fn plan() -> Plan {
    Plan {
        name: "R-1".to_owned(),
        server: "10.0.0.5".to_owned(),
        password: "own-4417".to_owned(),
        rescue_password: "rescue-4417".to_owned(),
        backup_password: "backup-4417".to_owned(),
    }
}

fn held(rows: &[(&str, &[(&'static str, &str)])]) -> Held {
    let mut held = Held::default();
    for (menu, row) in rows {
        let mut all = held.rows(menu).to_vec();
        all.push(row.iter().copied().collect::<Attributes>());
        held.put(menu, all);
    }
    held
}

/// Without values, and without what is nobody's secret left out.
fn sent(step: Step, held: &Held) -> Vec<String> {
    let line = |call: &Call| {
        let values = call.arguments.iter().map(|(name, value)| format!(" {name}={value}"));
        format!("{}{}", call.path, values.collect::<String>())
    };
    step.calls(&plan(), held).iter().map(line).collect()
}

#[test]
fn a_range_is_private_or_this_machine_and_no_larger_than_a_site() {
    for (text, hosts) in [("127.0.10.0/28", 14), ("192.168.88.1", 1), ("10.0.0.0/31", 2), ("172.16.0.0/22", 1022)] {
        assert_eq!(text.parse::<Range>().map(|range| range.hosts().count()), Ok(hosts), "{text}");
    }
    for (text, problem) in [
        ("", RangeProblem::NotARange),
        ("routers", RangeProblem::NotARange),
        ("10.0.0.0/33", RangeProblem::NotARange),
        ("127.0.10.1/28", RangeProblem::NotARange),
        ("10.0.0.0/21", RangeProblem::TooLarge),
        ("0.0.0.0/0", RangeProblem::TooLarge),
        ("8.8.8.0/28", RangeProblem::NotPrivate),
        ("100.64.0.0/28", RangeProblem::NotPrivate),
    ] {
        assert_eq!(text.parse::<Range>(), Err(problem), "{text}");
    }
    let range: Range = "127.0.10.0/30".parse().unwrap();
    let hosts: Vec<String> = range.hosts().map(|host| host.to_string()).collect();
    assert_eq!(hosts, ["127.0.10.1", "127.0.10.2"]);
    assert_eq!(range.to_string(), "127.0.10.0/30");
}

#[test]
fn the_steps_come_in_their_order_and_end_with_the_inventory() {
    let mut step = Step::FIRST;
    let mut walked = vec![step];
    while let Some(next) = step.next() {
        walked.push(next);
        step = next;
    }
    assert_eq!(walked, Step::ALL);
    assert_eq!(step, Step::Register);
    assert!(Step::Admin.as_admin() && !Step::Certificate.as_admin());
    assert!(Step::Services.is_encrypted() && !Step::Certificate.is_encrypted());
}

#[test]
fn a_device_mode_forbids_what_it_says_and_nothing_that_it_does_not_know() {
    let mode = held(&[("/system/device-mode", &[("mode", "home"), ("hotspot", "no"), ("scheduler", "false")])]);
    assert_eq!(forbidden(&mode), ["hotspot", "scheduler"]);
    assert_eq!(forbidden(&held(&[("/system/device-mode", &[("mode", "advanced")])])), Vec::<String>::new());
    assert_eq!(forbidden(&Held::default()), Vec::<String>::new());
}

#[test]
fn what_was_saved_before_the_first_change_is_not_saved_again() {
    let all = [
        "/system/backup/save name=ramal-before password=backup-4417 encryption=aes-sha256",
        "/export file=ramal-before",
    ];
    assert_eq!(sent(Step::Backup, &Held::default()), all);
    let half = held(&[("/file", &[("name", "flash/ramal-before.backup")])]);
    assert_eq!(sent(Step::Backup, &half), all[1..]);
    let both = held(&[("/file", &[("name", "ramal-before.backup")]), ("/file", &[("name", "ramal-before.rsc")])]);
    assert_eq!(sent(Step::Backup, &both), Vec::<String>::new());
}

#[test]
fn our_user_has_the_least_rights_and_comes_from_the_server_only() {
    let new = sent(Step::Users, &Held::default());
    assert_eq!(
        new,
        [
            "/user/group/add name=ramal policy=api,read,write,test,ftp",
            "/user/add name=ramal group=ramal password=own-4417 address=10.0.0.5 comment=ramal:onboarding",
            "/user/add name=ramal-rescue group=full password=rescue-4417 address=10.0.0.5 comment=ramal:onboarding",
        ]
    );
    let group: &[(&str, &str)] =
        &[(".id", "*4"), ("name", "ramal"), ("policy", "!local,ftp,read,write,!policy,test,api")];
    let rescue: &[(&str, &str)] =
        &[(".id", "*3"), ("name", "ramal-rescue"), ("group", "full"), ("address", "10.0.0.5/32")];
    let own: &[(&str, &str)] = &[(".id", "*2"), ("name", "ramal"), ("group", "ramal"), ("address", "10.0.0.5/32")];
    let settled = held(&[("/user/group", group), ("/user", own), ("/user", rescue)]);
    assert_eq!(sent(Step::Users, &settled), Vec::<String>::new());
    let wide: &[(&str, &str)] = &[(".id", "*4"), ("name", "ramal"), ("policy", "read,write,policy,api")];
    let open: &[(&str, &str)] = &[(".id", "*2"), ("name", "ramal"), ("group", "full"), ("address", "")];
    let loose = held(&[("/user/group", wide), ("/user", open), ("/user", rescue)]);
    assert_eq!(
        sent(Step::Users, &loose),
        [
            "/user/group/set .id=*4 policy=api,read,write,test,ftp",
            "/user/set .id=*2 group=ramal address=10.0.0.5 disabled=no",
        ]
    );
}

#[test]
fn a_group_that_may_fetch_no_login_page_is_given_what_it_lacks() {
    let before: &[(&str, &str)] = &[(".id", "*4"), ("name", "ramal"), ("policy", "!ftp,read,write,!test,api")];
    let sent = sent(Step::Users, &held(&[("/user/group", before)]));
    assert_eq!(sent[0], "/user/group/set .id=*4 policy=api,read,write,test,ftp");
}

#[test]
fn a_certificate_is_made_signed_and_installed_once() {
    let service: &[(&str, &str)] = &[(".id", "*8"), ("name", "api-ssl"), ("port", "8729"), ("certificate", "none")];
    let connected: &[(&str, &str)] = &[(".id", "*9"), ("name", "api-ssl"), ("dynamic", "true")];
    let factory = held(&[("/ip/service", connected), ("/ip/service", service)]);
    assert_eq!(
        sent(Step::Certificate, &factory),
        [
            "/certificate/add name=ramal-api common-name=R-1 \
             key-usage=digital-signature,key-encipherment,tls-server days-valid=3650",
            "/certificate/sign .id=ramal-api",
            "/ip/service/set .id=*8 certificate=ramal-api address=10.0.0.5 disabled=no",
        ]
    );
    let unsigned = held(&[("/certificate", &[("name", "ramal-api")]), ("/ip/service", service)]);
    assert_eq!(sent(Step::Certificate, &unsigned).len(), 2, "it is signed and installed");
    let print = "AB".repeat(32);
    let ours: &[(&str, &str)] =
        &[("name", "api-ssl"), ("port", "8729"), ("certificate", "ramal-api"), ("address", "10.0.0.5/32")];
    let done = held(&[("/certificate", &[("name", "ramal-api"), ("fingerprint", &print)]), ("/ip/service", ours)]);
    assert_eq!(sent(Step::Certificate, &done), Vec::<String>::new());
    assert_eq!(fingerprint(&done), Some((print, 8729)));
    assert_eq!(fingerprint(&unsigned), None);
}

#[test]
fn services_that_speak_in_clear_are_turned_off_and_the_others_stay() {
    let services = held(&[
        ("/ip/service", &[(".id", "*1"), ("name", "telnet"), ("disabled", "false")]),
        ("/ip/service", &[(".id", "*2"), ("name", "ftp"), ("disabled", "true")]),
        ("/ip/service", &[(".id", "*3"), ("name", "www")]),
        ("/ip/service", &[(".id", "*4"), ("name", "ssh")]),
        ("/ip/service", &[(".id", "*5"), ("name", "api"), ("dynamic", "true")]),
        ("/ip/service", &[(".id", "*6"), ("name", "api")]),
    ]);
    let set = |id: &str| format!("/ip/service/set .id={id} disabled=yes");
    assert_eq!(sent(Step::Services, &services), [set("*1"), set("*3"), set("*6")]);
}

#[test]
fn what_is_let_in_stands_before_what_is_not_and_both_before_the_makers_rules() {
    let counter: &[(&str, &str)] = &[(".id", "*0"), ("chain", "input"), ("dynamic", "true")];
    let theirs: &[(&str, &str)] = &[(".id", "*1"), ("chain", "input"), ("comment", "defconf: drop")];
    let forward: &[(&str, &str)] = &[(".id", "*2"), ("chain", "forward")];
    let menu = "/ip/firewall/filter";
    let rules = sent(Step::Firewall, &held(&[(menu, counter), (menu, forward), (menu, theirs)]));
    let actions: Vec<&str> = rules.iter().filter_map(|rule| rule.split(' ').nth(2)).collect();
    assert_eq!(actions, ["action=accept", "action=accept", "action=drop", "action=drop"]);
    assert!(rules.iter().all(|rule| rule.ends_with("place-before=*1")), "{rules:?}");
    assert!(rules[1].contains("src-address=10.0.0.5"));

    let known: &[(&str, &str)] = &[(".id", "*3"), ("chain", "input"), ("comment", "ramal:input:known")];
    let drop: &[(&str, &str)] = &[(".id", "*4"), ("chain", "input"), ("comment", "ramal:input:management")];
    let old: &[(&str, &str)] = &[(".id", "*5"), ("chain", "input"), ("comment", "ramal:input:server1-10.0.0.4")];
    let half = held(&[(menu, known), (menu, old), (menu, drop), (menu, theirs)]);
    let rules = sent(Step::Firewall, &half);
    assert_eq!(rules.len(), 3);
    assert!(rules[0].contains("src-address=10.0.0.5") && rules[0].ends_with("place-before=*4"), "{rules:?}");
    assert!(rules[1].contains("dst-port=161") && rules[1].ends_with("place-before=*1"), "{rules:?}");
    assert_eq!(rules[2], "/ip/firewall/filter/remove .id=*5", "what is no longer wanted goes last");
}

#[test]
fn neither_a_plan_nor_a_command_shows_a_password_when_it_is_printed() {
    let printed = format!("{:?} {:?}", plan(), Step::Users.calls(&plan(), &Held::default()));
    assert!(!printed.contains("4417"), "{printed}");
}
