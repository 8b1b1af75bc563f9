//! Messages, to take away.

use domain::views::messages::{MessageList, MessageRow};

use super::api::list_messages;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::message::{channel_name, message_state, purpose_name};

pub(in crate::office) fn messages(t: Words) -> Listing {
    Columns::<MessageRow>::begin()
        .moment(t.messages.written(), |row| row.at)
        .text(t.money.customer(), |row| row.customer.as_ref().map(|customer| customer.name.clone()))
        .text(t.messages.about(), move |row| purpose_name(row.purpose, t))
        .text(t.messages.channel(), move |row| channel_name(row.channel, t))
        .text(t.messages.to(), |row| row.to.clone())
        .text(t.exports.subject(), |row| row.subject.clone())
        .text(t.messages.state(), move |row| message_state(row.state, t))
        .moment(t.exports.sent(), |row| row.sent_at)
        .text(t.messages.answer(), |row| row.answer.clone())
        .of(list_messages, |list: MessageList| list.page)
}
