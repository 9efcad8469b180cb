//! The messages that would have been sent, newest first.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

use crate::provider::Provider;

/// Messages kept; older ones are forgotten.
const KEPT: usize = 500;
/// Bytes of text kept over all messages.
const KEPT_BYTES: usize = 16 * 1024 * 1024;

/// How a message reaches people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Channel {
    Sms,
    Email,
}

/// A message to one recipient.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) provider: Provider,
    pub(crate) channel: Channel,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    /// The code to type, as far as one is recognised.
    pub(crate) code: Option<String>,
    pub(crate) received_at: Timestamp,
    /// What a code approves.
    #[serde(skip)]
    pub(crate) payment: Option<Payment>,
}

/// The two facts that a PSD2 code is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) amount: String,
    pub(crate) payee: String,
}

impl Message {
    fn bytes(&self) -> usize {
        let optional = [&self.subject, &self.text, &self.html];
        self.from.len()
            + self.to.len()
            + optional.iter().map(|text| text.as_ref().map_or(0, String::len)).sum::<usize>()
    }
}

/// Bounded by count and by size; the newest message always stays.
#[derive(Default)]
pub(crate) struct Inbox {
    messages: VecDeque<Message>,
    bytes: usize,
}

impl Inbox {
    pub(crate) fn add(&mut self, message: Message) {
        self.bytes += message.bytes();
        self.messages.push_front(message);
        while self.messages.len() > KEPT || (self.bytes > KEPT_BYTES && self.messages.len() > 1) {
            self.bytes -= self.messages.pop_back().map_or(0, |oldest| oldest.bytes());
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// Those to one recipient, or all.
    pub(crate) fn to<'a>(&'a self, recipient: Option<&'a str>) -> impl Iterator<Item = &'a Message> {
        self.messages.iter().filter(move |message| recipient.is_none_or(|to| message.to.eq_ignore_ascii_case(to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, bytes: usize) -> Message {
        Message {
            id: id.into(),
            provider: Provider::SendGrid,
            channel: Channel::Email,
            from: String::new(),
            to: "Ann@example.com".into(),
            subject: None,
            text: Some("x".repeat(bytes)),
            html: None,
            code: None,
            received_at: Timestamp::UNIX_EPOCH,
            payment: None,
        }
    }

    fn ids(inbox: &Inbox) -> Vec<&str> {
        inbox.to(None).map(|message| message.id.as_str()).collect()
    }

    #[test]
    fn old_messages_make_room() {
        let mut inbox = Inbox::default();
        (0..KEPT + 3).for_each(|number| inbox.add(message(&number.to_string(), 1)));
        assert_eq!(inbox.len(), KEPT);
        assert_eq!(ids(&inbox)[0], (KEPT + 2).to_string());
    }

    #[test]
    fn large_messages_make_room_and_the_newest_stays() {
        let mut inbox = Inbox::default();
        inbox.add(message("a", KEPT_BYTES / 2));
        inbox.add(message("b", KEPT_BYTES / 2));
        assert_eq!(ids(&inbox), ["b"]);
        inbox.add(message("c", KEPT_BYTES * 2));
        assert_eq!(ids(&inbox), ["c"]);
        inbox.clear();
        assert_eq!((inbox.len(), inbox.bytes), (0, 0));
    }

    #[test]
    fn a_recipient_is_found_in_any_letter_case() {
        let mut inbox = Inbox::default();
        inbox.add(message("a", 1));
        assert_eq!(inbox.to(Some("ann@example.com")).count(), 1);
        assert_eq!(inbox.to(Some("ann@example.co")).count(), 0);
    }
}
