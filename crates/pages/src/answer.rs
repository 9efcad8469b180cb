//! The JSON that a page's script, and every client that plays one, gets for a post.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Answer to `SelfAsserted` and to display-control actions. The HTTP status is 200 in both cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `{"status":"200"}`: go on with `confirmed`, or fetch the page again after an action.
    Accepted,
    /// `{"status":"400",…}`: the page stays.
    Rejected {
        /// For scripts, e.g. `AADB2C90225`.
        code: Option<String>,
        /// For the person.
        message: String,
    },
}

impl Answer {
    /// The body.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts always serialize")
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("Answer", 3)?;
        match self {
            Self::Accepted => body.serialize_field("status", "200")?,
            Self::Rejected { code, message } => {
                body.serialize_field("status", "400")?;
                if let Some(code) = code {
                    body.serialize_field("errorCode", code)?;
                }
                body.serialize_field("message", message)?;
            }
        }
        body.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn bodies_are_those_of_the_contract() {
        assert_eq!(Answer::Accepted.to_json(), r#"{"status":"200"}"#);
        let rejected = Answer::Rejected { code: Some("AADB2C90225".into()), message: "No \"such\" user.".into() };
        assert_eq!(rejected.to_json(), r#"{"status":"400","errorCode":"AADB2C90225","message":"No \"such\" user."}"#);
        let rejected = Answer::Rejected { code: None, message: "No.".into() };
        assert_eq!(rejected.to_json(), r#"{"status":"400","message":"No."}"#);
    }
}
