//! What comes back from a page, read into what a person did.
//!
//! One reader serves the page's script, plain forms and clients that play a browser; [`crate::urls`] lists what they
//! send. Which claims count is for the engine to say: everything but the names that are the page's own is passed on.

use std::collections::HashMap;

use indexmap::IndexMap;
use journeyman_claims::Name;
use journeyman_engine::effect::Secret;
use journeyman_engine::event::{EmailInput, PageInput};

/// `request_type` of a submit.
pub const SUBMIT: &str = "RESPONSE";
/// `request_type` that sends a code to an e-mail address.
pub const EMAIL_SEND: &str = "VERIFICATION_REQUEST";
/// `request_type` that checks the code.
pub const EMAIL_VERIFY: &str = "VALIDATION_REQUEST";
/// `request_type` that starts over with another address.
pub const EMAIL_CHANGE: &str = "CHANGE_REQUEST";

/// Names of a post that are not claims.
const OWN: [&str; 9] =
    ["csrf_token", "request_type", "tx", "p", "claim_id", "claim_value", "user_input", "rememberMe", "diags"];

/// The CSRF value of a plain form.
pub fn csrf_token(body: &[(String, String)]) -> Option<&str> {
    find(body, "csrf_token")
}

/// Whether the box "keep me signed in" of a plain form is ticked.
pub fn remember_me(body: &[(String, String)]) -> bool {
    find(body, "rememberMe").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// Reads a post to `SelfAsserted`, names and values decoded. `None` for a request type that does not exist, or an e-mail
/// verification that names no claim.
pub fn page_input(query: &[(String, String)], body: &[(String, String)]) -> Option<PageInput> {
    let named = |name| find(query, name).or_else(|| find(body, name));
    let request_type = named("request_type").unwrap_or(SUBMIT);
    if request_type == SUBMIT {
        return Some(PageInput::Submit(typed(body)));
    }
    let claim = named("claim_id")?;
    let input = match request_type {
        EMAIL_SEND => {
            EmailInput::Send(find(body, "claim_value").or_else(|| find(body, claim)).unwrap_or("").trim().into())
        }
        EMAIL_VERIFY => {
            let code = find(body, "user_input").or_else(|| find(body, &format!("{claim}_ver_input")));
            EmailInput::Verify(Secret::new(code.unwrap_or("").trim()))
        }
        EMAIL_CHANGE => EmailInput::Change,
        _ => return None,
    };
    Some(PageInput::Email { claim: Name::new(claim), input })
}

/// Reads a post to a display control's action; control and action are those of the path.
pub fn action_input(control: &str, action: &str, body: &[(String, String)]) -> PageInput {
    PageInput::Action { control: Name::new(control), action: Name::new(action), fields: typed(body) }
}

/// The claims of a post: several boxes of one name become a list with commas, the three parts of a date one date.
fn typed(body: &[(String, String)]) -> IndexMap<Name, Secret> {
    let mut values: IndexMap<&str, String> = IndexMap::new();
    for (name, value) in body.iter().filter(|(name, _)| !OWN.contains(&name.as_str())) {
        match values.get_mut(name.as_str()) {
            Some(list) => {
                list.push(',');
                list.push_str(value);
            }
            None => {
                values.insert(name, value.clone());
            }
        }
    }
    join_dates(values).into_iter().map(|(name, value)| (Name::new(&name), Secret::new(value))).collect()
}

/// `x_year`, `x_month` and `x_day` become `x`, unless `x` is there itself.
fn join_dates(values: IndexMap<&str, String>) -> Vec<(String, String)> {
    let part = |claim: &str, suffix: &str| values.get(format!("{claim}_{suffix}").as_str());
    let dates: HashMap<&str, String> = values
        .keys()
        .filter_map(|name| name.strip_suffix("_day"))
        .filter(|claim| !values.contains_key(claim))
        .filter_map(|claim| {
            let (year, month, day) = (part(claim, "year")?, part(claim, "month")?, part(claim, "day")?);
            let empty = [year, month, day].iter().all(|part| part.is_empty());
            Some((claim, if empty { String::new() } else { format!("{year:0>4}-{month:0>2}-{day:0>2}") }))
        })
        .collect();
    let is_part = |name: &str| {
        ["_day", "_month", "_year"]
            .iter()
            .any(|suffix| name.strip_suffix(suffix).is_some_and(|claim| dates.contains_key(claim)))
    };
    let plain =
        values.iter().filter(|(name, _)| !is_part(name)).map(|(name, value)| ((*name).to_owned(), value.clone()));
    let joined = dates.iter().map(|(claim, date)| ((*claim).to_owned(), date.clone()));
    plain.chain(joined).collect()
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn submitted(body: &[(&str, &str)]) -> Vec<(String, String)> {
        let Some(PageInput::Submit(fields)) = page_input(&[], &pairs(body)) else { panic!("a submit") };
        fields.iter().map(|(name, value)| (name.to_string(), value.expose().to_owned())).collect()
    }

    #[test]
    fn a_submit_holds_the_claims_only() {
        let fields =
            submitted(&[("csrf_token", "c"), ("request_type", "RESPONSE"), ("signInName", "ann"), ("password", " p ")]);
        assert_eq!(fields, pairs(&[("signInName", "ann"), ("password", " p ")]));
    }

    #[test]
    fn ticked_boxes_become_a_list() {
        assert_eq!(submitted(&[("hobbies", "chess"), ("hobbies", "go")]), pairs(&[("hobbies", "chess,go")]));
    }

    #[test]
    fn three_parts_become_a_date() {
        let parts = [("born_day", "5"), ("born_month", "4"), ("born_year", "1990"), ("rest_day", "Sunday")];
        assert_eq!(submitted(&parts), pairs(&[("rest_day", "Sunday"), ("born", "1990-04-05")]));
        let parts = [("born_day", ""), ("born_month", ""), ("born_year", "")];
        assert_eq!(submitted(&parts), pairs(&[("born", "")]));
    }

    #[test]
    fn the_query_of_a_button_wins_over_the_form() {
        let query = pairs(&[("request_type", "VALIDATION_REQUEST"), ("claim_id", "email")]);
        let body = pairs(&[("request_type", "RESPONSE"), ("email", "a@b.example"), ("email_ver_input", " 123456 ")]);
        let expected = PageInput::Email { claim: Name::new("email"), input: EmailInput::Verify(Secret::new("123456")) };
        assert_eq!(page_input(&query, &body), Some(expected));
    }

    #[test]
    fn scripts_name_claim_and_value_in_the_body() {
        let body =
            pairs(&[("request_type", "VERIFICATION_REQUEST"), ("claim_id", "email"), ("claim_value", "a@b.example")]);
        let expected = PageInput::Email { claim: Name::new("email"), input: EmailInput::Send("a@b.example".into()) };
        assert_eq!(page_input(&[], &body), Some(expected));
    }

    #[test]
    fn an_unknown_request_is_refused() {
        assert_eq!(page_input(&[], &pairs(&[("request_type", "NONSENSE"), ("claim_id", "x")])), None);
        assert_eq!(page_input(&[], &pairs(&[("request_type", "VERIFICATION_REQUEST")])), None);
    }
}
