//! The record of what was asked of the stand-ins, so that a test can say what was called and what was not.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::provider::Provider;

/// Calls kept; older ones are forgotten.
const KEPT: usize = 1_000;
/// Bytes of a body that the record keeps.
const LARGEST_BODY: usize = 16 * 1024;

/// A call as it came in. Credentials are not part of it.
pub(crate) struct Arrival {
    pub(crate) provider: Provider,
    pub(crate) method: String,
    /// The provider's own path.
    pub(crate) path: String,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) json: Option<Value>,
    pub(crate) at: Timestamp,
}

/// A call as the record shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    #[serde(skip)]
    number: u64,
    pub(crate) provider: Provider,
    method: String,
    path: String,
    /// Names and values; a list where a name came more than once.
    form: Value,
    /// The body of a JSON call.
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<Value>,
    /// Absent until answered, and for good when the caller gave up.
    status: Option<u16>,
    at: Timestamp,
}

/// The record, newest first.
#[derive(Default)]
pub(crate) struct Calls {
    kept: VecDeque<Call>,
    count: u64,
}

impl Calls {
    /// Writes the call down before anything else happens to it, and returns its number.
    pub(crate) fn begin(&mut self, arrival: Arrival) -> u64 {
        self.count += 1;
        self.kept.push_front(Call {
            number: self.count,
            provider: arrival.provider,
            method: arrival.method,
            path: arrival.path,
            form: form_value(arrival.form),
            json: arrival.json.map(within_bounds),
            status: None,
            at: arrival.at,
        });
        self.kept.truncate(KEPT);
        self.count
    }

    pub(crate) fn finish(&mut self, number: u64, status: u16) {
        if let Some(call) = self.kept.iter_mut().find(|call| call.number == number) {
            call.status = Some(status);
        }
    }

    pub(crate) fn of(&self, provider: Option<Provider>) -> Vec<Call> {
        self.kept.iter().filter(|call| provider.is_none_or(|wanted| wanted == call.provider)).cloned().collect()
    }
}

fn form_value(pairs: Vec<(String, String)>) -> Value {
    let mut form = Map::new();
    for (name, value) in pairs {
        match form.get_mut(&name) {
            None => _ = form.insert(name, Value::String(value)),
            Some(Value::Array(values)) => values.push(Value::String(value)),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    within_bounds(Value::Object(form))
}

fn within_bounds(body: Value) -> Value {
    let bytes = body.to_string().len();
    if bytes > LARGEST_BODY { json!({ "not_kept": format!("{bytes} bytes") }) } else { body }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(provider: Provider, form: &[(&str, &str)]) -> Arrival {
        Arrival {
            provider,
            method: "POST".into(),
            path: "/".into(),
            form: form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            json: None,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn newest_first_and_by_provider() {
        let mut calls = Calls::default();
        let first = calls.begin(arrival(Provider::SendGrid, &[]));
        calls.begin(arrival(Provider::Mailjet, &[]));
        calls.finish(first, 202);
        assert_eq!(calls.of(None).iter().map(|call| call.status).collect::<Vec<_>>(), [None, Some(202)]);
        assert_eq!(calls.of(Some(Provider::SendGrid)).len(), 1);
    }

    #[test]
    fn a_name_that_comes_twice_is_a_list() {
        let mut calls = Calls::default();
        calls.begin(arrival(Provider::TwilioApi, &[("To", "1"), ("MediaUrl", "a"), ("MediaUrl", "b")]));
        assert_eq!(calls.of(None)[0].form, json!({"To": "1", "MediaUrl": ["a", "b"]}));
    }

    #[test]
    fn the_record_is_bounded() {
        let mut calls = Calls::default();
        let long = "x".repeat(LARGEST_BODY);
        for _ in 0..=KEPT {
            calls.begin(arrival(Provider::TwilioApi, &[("Body", &long)]));
        }
        assert_eq!(calls.kept.len(), KEPT);
        assert!(calls.kept[0].form["not_kept"].is_string());
    }
}
