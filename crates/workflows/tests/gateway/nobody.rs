//! Routers and a mailbox that these stories are not about.

use domain::hotspot::HotspotWanted;
use domain::network::{Action, BaseWanted, Because, RouterIdentity};
use workflows::ports::{
    Answer, Changed, Configured, Looked, Mail, Mailer, Reconciled, RouterAccess, RouterReading, Routers, SendFailure,
    Subject, Transcript,
};

/// Routers that nobody asks for anything.
pub struct NoRouters;

fn silence<'a, T: Send + 'a>() -> Answer<'a, Result<T, Because>> {
    Box::pin(async { Err(Because::NoAnswer) })
}

impl Routers for NoRouters {
    fn reconcile<'a>(&'a self, _: &'a RouterAccess, _: &'a [Subject]) -> Answer<'a, Result<Reconciled, Because>> {
        silence()
    }

    fn look_at_hotspot<'a>(&'a self, _: &'a RouterAccess, _: &'a HotspotWanted) -> Answer<'a, Result<Looked, Because>> {
        silence()
    }

    fn configure<'a>(
        &'a self,
        _: &'a RouterAccess,
        _: &'a BaseWanted,
        _: &'a Transcript,
    ) -> Answer<'a, Result<Configured, Because>> {
        silence()
    }

    fn read<'a>(&'a self, _: &'a RouterAccess) -> Answer<'a, Result<RouterReading, Because>> {
        silence()
    }

    fn change<'a>(&'a self, _: &'a RouterAccess, _: &'a [Vec<Action>]) -> Answer<'a, Result<Vec<Changed>, Because>> {
        silence()
    }

    fn probe<'a>(&'a self, _: &'a RouterAccess) -> Answer<'a, Result<RouterIdentity, Because>> {
        silence()
    }
}

/// A mailbox that keeps nothing.
pub struct Mailbox;

impl Mailer for Mailbox {
    fn send<'a>(&'a self, _: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(async { Ok(()) })
    }
}
