//! The parameters of a call, which Twilio takes as a form. Names are case sensitive; unknown ones are ignored.

use std::convert::Infallible;

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
};

use crate::intake::has_type;

/// Names and values as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// The value, if the name is there and its value is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.sent(name).filter(|value| !value.is_empty())
    }

    /// The value, empty or not.
    pub(crate) fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    /// How many values the name has.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(sent, _)| sent == name).count()
    }

    /// A switch. `Err` is a value that is neither on nor off.
    pub(crate) fn switch(&self, name: &str) -> Result<Option<bool>, ()> {
        match self.get(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(()),
        }
    }
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        if !has_type(request.headers(), "application/x-www-form-urlencoded") {
            return Ok(Self::default());
        }
        // The body was read and bounded on the way in, so this cannot fail.
        let body: Bytes = to_bytes(request.into_body(), usize::MAX).await.unwrap_or_default();
        Ok(Self(url::form_urlencoded::parse(&body).into_owned().collect()))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Form {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }
}
