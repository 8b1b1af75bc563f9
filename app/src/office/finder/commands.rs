//! What can be done by typing it: `new customer`, `suspend C-00012`. A command is a link to the page that does it, so that
//! it asks there what it always asks; those that the reader may not use are not offered.

use domain::views::finder::Hit;

use crate::{i18n::Words, office::menu::menu, surroundings::may, ui::icon::Icon};

/// A command that needs no record.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    pub name: String,
    pub href: &'static str,
    pub icon: Icon,
}

/// A command for a contract: its first word is typed, and then what finds the contract.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OfContract {
    name: &'static str,
    /// The page under the contract's.
    page: &'static str,
    icon: Icon,
}

/// All that the reader may use. Made in a component, since permits are known there.
#[derive(Clone, Debug, PartialEq)]
pub struct Commands {
    plain: Vec<Command>,
    of_contract: Vec<OfContract>,
}

/// What was typed: a command for what is looked for, if it begins with one, and what is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    command: Option<OfContract>,
    pub rest: String,
}

/// Letters that a command's first word is known by.
const LEAST: usize = 4;

impl Commands {
    pub fn of_reader(t: Words) -> Self {
        let new = [
            ("edit_customers", t.finder.new_customer(), "/office/customers/new"),
            ("edit_contracts", t.finder.new_contract(), "/office/contracts/new"),
            ("record_payments", t.finder.new_payment(), "/office/payments/new"),
            ("open_tickets", t.finder.new_ticket(), "/office/tickets/new"),
            ("edit_quotes", t.finder.new_quote(), "/office/quotes/new"),
            ("edit_outages", t.finder.new_outage(), "/office/outages/new"),
            ("report_transfers", t.finder.new_transfer(), "/office/transfers/new"),
            ("import_statements", t.finder.upload_statement(), "/office/bank/upload"),
            ("edit_routers", t.finder.new_router(), "/office/routers/new"),
            ("edit_plans", t.finder.new_plan(), "/office/plans/new"),
            ("edit_users", t.finder.new_user(), "/office/users/new"),
        ];
        let new = new.into_iter().filter(|(verb, ..)| may(verb));
        let new = new.map(|(_, name, href)| Command { name: name.to_owned(), href, icon: Icon::Plus });
        let places = menu(t).into_iter().flat_map(|group| group.places);
        let places = places.map(|place| Command { name: place.name.to_owned(), href: place.href, icon: place.icon });
        let of_contract = [
            ("place_holds", t.finder.suspend(), "suspend", Icon::Cut),
            ("lift_holds", t.finder.restore(), "restore", Icon::Play),
            ("activate_contracts", t.finder.activate(), "activate", Icon::Check),
            ("request_changes", t.finder.change(), "change", Icon::Edit),
            ("edit_promises", t.finder.promise(), "promise", Icon::Clock),
            ("close_contracts", t.finder.close(), "close", Icon::Close),
        ];
        let of_contract = of_contract.into_iter().filter(|(verb, ..)| may(verb));
        Self {
            plain: new.chain(places).collect(),
            of_contract: of_contract.map(|(_, name, page, icon)| OfContract { name, page, icon }).collect(),
        }
    }

    /// Those that have every word that was typed, or its beginning.
    pub fn matching(&self, typed: &str) -> Vec<Command> {
        let typed = plain(typed);
        let has = |command: &&Command| {
            let name = plain(&command.name);
            typed.split_whitespace().all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
        };
        if typed.trim().is_empty() { Vec::new() } else { self.plain.iter().filter(has).cloned().collect() }
    }

    /// Takes a command for a contract off what was typed.
    pub fn asked(&self, typed: &str) -> Asked {
        let whole = || Asked { command: None, rest: typed.trim().to_owned() };
        let Some((first, rest)) = typed.trim().split_once(char::is_whitespace) else { return whole() };
        let first = plain(first);
        if first.chars().count() < LEAST {
            return whole();
        }
        let command = self.of_contract.iter().find(|command| plain(command.name).starts_with(&first)).copied();
        match command {
            Some(command) => Asked { command: Some(command), rest: rest.trim().to_owned() },
            None => whole(),
        }
    }
}

impl Asked {
    /// What the command does for a hit, and where; nothing for a hit that is about no contract.
    pub fn for_hit(&self, hit: &Hit) -> Option<(String, String, Icon)> {
        let (command, contract) = (self.command?, hit.contract?);
        let href = format!("/office/contracts/{contract}/{}", command.page);
        Some((format!("{} {}", command.name, hit.name), href, command.icon))
    }
}

/// Without case and accents, as the database compares it.
fn plain(text: &str) -> String {
    let unaccented = |c: char| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    text.to_lowercase().chars().map(unaccented).collect()
}

#[cfg(test)]
mod tests {
    use domain::{ids::ContractId, views::finder::Target};

    use super::*;

    fn commands() -> Commands {
        let command = |name: &str, href| Command { name: name.to_owned(), href, icon: Icon::Plus };
        Commands {
            plain: vec![command("Nuevo cliente", "/office/customers/new"), command("Auditoría", "/office/audit")],
            of_contract: vec![OfContract { name: "Suspender", page: "suspend", icon: Icon::Cut }],
        }
    }

    #[test]
    fn a_command_is_found_by_the_beginnings_of_its_words_in_any_order() {
        let found =
            |typed: &str| commands().matching(typed).into_iter().map(|command| command.href).collect::<Vec<_>>();
        assert_eq!(found("cli nue"), ["/office/customers/new"]);
        assert_eq!(found("AUDITORIA"), ["/office/audit"]);
        assert_eq!(found("nuevo plan"), Vec::<&str>::new());
        assert_eq!(found(" "), Vec::<&str>::new());
    }

    #[test]
    fn a_command_for_a_contract_takes_what_finds_it() {
        let asked = commands().asked("susp F-2026-000123");
        assert_eq!((asked.command.is_some(), asked.rest.as_str()), (true, "F-2026-000123"));
        let hit = |contract| Hit {
            to: Target::Contract(ContractId(7)),
            name: "F-2026-000123".to_owned(),
            detail: String::new(),
            exact: true,
            contract,
        };
        let (name, href, _) = asked.for_hit(&hit(Some(ContractId(7)))).unwrap();
        assert_eq!((name.as_str(), href.as_str()), ("Suspender F-2026-000123", "/office/contracts/7/suspend"));
        assert_eq!(asked.for_hit(&hit(None)), None);
    }

    #[test]
    fn what_begins_with_no_command_is_looked_for_whole() {
        for typed in ["Ana Suárez", "sus 12", "suspender"] {
            let asked = commands().asked(typed);
            assert_eq!((asked.command.is_some(), asked.rest.as_str()), (false, typed));
        }
    }
}
