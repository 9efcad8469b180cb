//! Claim values: the data types of the policy language, their text and their JSON forms.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SpanFieldwise, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

macro_rules! data_types {
    ($($variant:ident $name:literal $doc:literal,)+) => {
        /// The type of a claim.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum DataType {
            $(#[doc = $doc] $variant,)+
        }

        impl DataType {
            /// Every type, in the order of the reference.
            pub const ALL: &[DataType] = &[$(Self::$variant,)+];

            /// As policies write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

data_types! {
    Boolean "boolean" "True or false.",
    Date "date" "A calendar day.",
    DateTime "dateTime" "An instant.",
    Duration "duration" "A time interval.",
    Int "int" "A 32-bit number.",
    Long "long" "A 64-bit number.",
    String "string" "Text.",
    StringCollection "stringCollection" "Texts in order.",
    PhoneNumber "phoneNumber" "A telephone number: a plus sign, country code and digits.",
    UserIdentity "userIdentity" "An account at an identity provider.",
    UserIdentityCollection "userIdentityCollection" "Accounts at identity providers.",
    AlternativeSecurityIdCollection "alternativeSecurityIdCollection" "Accounts at identity providers, the older form.",
    ObjectIdentity "objectIdentity" "A way to sign in to a directory account.",
    ObjectIdentityCollection "objectIdentityCollection" "The ways to sign in to a directory account.",
}

impl DataType {
    /// Reads a type's name in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.iter().copied().find(|data_type| data_type.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An account at an identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SocialIdentity {
    /// The identity provider.
    pub issuer: String,
    /// The user's key there, base64 encoded.
    pub issuer_user_id: String,
}

/// A way to sign in to a directory account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectIdentity {
    /// Such as `emailAddress` or `userName`.
    pub sign_in_type: String,
    /// Who assigned the identifier.
    pub issuer: String,
    /// The identifier.
    pub issuer_assigned_id: String,
}

/// A time interval. Kept as its parts (a month is not a number of days) and written in the ISO 8601 form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(SpanFieldwise);

impl Duration {
    /// Reads `PnYnMnDTnHnMnS`; an `N` in place of the `P` is a negative interval, and months may be written `Mo`.
    ///
    /// # Errors
    /// The text has another form or a part is out of range.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let wrong = || ValueError::malformed(DataType::Duration);
        let text = text.trim().to_ascii_uppercase().replace("MO", "M");
        let iso = match text.strip_prefix('N') {
            Some(rest) => format!("-P{}", rest.strip_prefix('P').unwrap_or(rest)),
            None => text,
        };
        iso.parse().ok().and_then(Self::from_span).ok_or_else(wrong)
    }

    /// An interval from its parts; none if its written form is out of range.
    pub fn from_span(span: jiff::Span) -> Option<Self> {
        // Writing merges the parts below a second, so that equal texts are equal values.
        span.to_string().parse::<jiff::Span>().ok().map(|span| Self(span.fieldwise()))
    }

    /// The interval's parts.
    pub fn span(self) -> jiff::Span {
        self.0.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.span().fmt(f)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The value of a claim. A claim without a value has no `ClaimValue`: null, never set and removed are one state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
#[expect(missing_docs, reason = "the variants are those of `DataType`")]
pub enum ClaimValue {
    Boolean(bool),
    Date(Date),
    DateTime(Timestamp),
    Duration(Duration),
    Int(i32),
    Long(i64),
    String(String),
    StringCollection(Vec<String>),
    PhoneNumber(String),
    UserIdentity(SocialIdentity),
    UserIdentityCollection(Vec<SocialIdentity>),
    AlternativeSecurityIdCollection(Vec<SocialIdentity>),
    ObjectIdentity(ObjectIdentity),
    ObjectIdentityCollection(Vec<ObjectIdentity>),
}

/// A text or JSON value that is no value of the wanted type. Says nothing of the value, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} {data_type}")]
pub struct ValueError {
    /// The wanted type.
    pub data_type: DataType,
    /// What is wrong, to be followed by the type.
    pub problem: &'static str,
}

impl ValueError {
    fn malformed(data_type: DataType) -> Self {
        Self { data_type, problem: "the value cannot be read as" }
    }

    fn null(data_type: DataType) -> Self {
        Self { data_type, problem: "null is no value of type" }
    }
}

impl ClaimValue {
    /// The value's type.
    pub fn data_type(&self) -> DataType {
        match self {
            Self::Boolean(_) => DataType::Boolean,
            Self::Date(_) => DataType::Date,
            Self::DateTime(_) => DataType::DateTime,
            Self::Duration(_) => DataType::Duration,
            Self::Int(_) => DataType::Int,
            Self::Long(_) => DataType::Long,
            Self::String(_) => DataType::String,
            Self::StringCollection(_) => DataType::StringCollection,
            Self::PhoneNumber(_) => DataType::PhoneNumber,
            Self::UserIdentity(_) => DataType::UserIdentity,
            Self::UserIdentityCollection(_) => DataType::UserIdentityCollection,
            Self::AlternativeSecurityIdCollection(_) => DataType::AlternativeSecurityIdCollection,
            Self::ObjectIdentity(_) => DataType::ObjectIdentity,
            Self::ObjectIdentityCollection(_) => DataType::ObjectIdentityCollection,
        }
    }

    /// The text form that does not depend on a language: `True` and `False`, ISO 8601 dates, decimal digits, elements
    /// joined by commas, identities as JSON.
    pub fn to_text(&self) -> String {
        match self {
            Self::Boolean(true) => "True".into(),
            Self::Boolean(false) => "False".into(),
            Self::Date(date) => date.to_string(),
            Self::DateTime(instant) => instant_text(*instant),
            Self::Duration(duration) => duration.to_string(),
            Self::Int(number) => number.to_string(),
            Self::Long(number) => number.to_string(),
            Self::String(text) | Self::PhoneNumber(text) => text.clone(),
            Self::StringCollection(texts) => texts.join(","),
            _ => self.to_json().to_string(),
        }
    }

    /// Reads a text leniently: white space around numbers and dates, booleans in any case or as `1` and `0`, dates and
    /// times without offset as UTC, one text as a collection of one.
    ///
    /// # Errors
    /// The text is no value of the type.
    pub fn parse(text: &str, data_type: DataType) -> Result<Self, ValueError> {
        let trimmed = text.trim();
        let value = match data_type {
            DataType::Boolean => parse_boolean(trimmed).map(Self::Boolean),
            DataType::Date => parse_date(trimmed).map(Self::Date),
            DataType::DateTime => parse_instant(trimmed).map(Self::DateTime),
            DataType::Duration => return Duration::parse(trimmed).map(Self::Duration),
            DataType::Int => trimmed.parse().ok().map(Self::Int),
            DataType::Long => trimmed.parse().ok().map(Self::Long),
            DataType::String => Some(Self::String(text.to_owned())),
            DataType::StringCollection => Some(Self::StringCollection(vec![text.to_owned()])),
            DataType::PhoneNumber => crate::phone::compact(trimmed).map(Self::PhoneNumber),
            _ => match serde_json::from_str(trimmed) {
                Ok(json @ (Value::Object(_) | Value::Array(_))) => return Self::from_json(&json, data_type),
                _ => None,
            },
        };
        value.ok_or(ValueError::malformed(data_type))
    }

    /// As a member of a JSON document; dates and times as ISO 8601 text.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Boolean(yes) => Value::from(*yes),
            Self::Int(number) => Value::from(*number),
            Self::Long(number) => Value::from(*number),
            Self::String(text) | Self::PhoneNumber(text) => Value::from(text.as_str()),
            Self::StringCollection(texts) => Value::from(texts.as_slice()),
            Self::Date(_) | Self::DateTime(_) | Self::Duration(_) => Value::from(self.to_text()),
            Self::UserIdentity(identity) => social_json(identity),
            Self::UserIdentityCollection(all) | Self::AlternativeSecurityIdCollection(all) => {
                all.iter().map(social_json).collect()
            }
            Self::ObjectIdentity(identity) => object_json(identity),
            Self::ObjectIdentityCollection(all) => all.iter().map(object_json).collect(),
        }
    }

    /// Reads a JSON value: the form that [`ClaimValue::to_json`] writes, and what partners send in its place, such as
    /// numbers in quotes or an instant as seconds since 1970. Objects and arrays read as text stay JSON.
    ///
    /// # Errors
    /// Null, or no value of the type.
    pub fn from_json(json: &Value, data_type: DataType) -> Result<Self, ValueError> {
        let wrong = ValueError::malformed(data_type);
        let parsed = |json: &Value| json_text(json).map_or(Err(wrong), |text| Self::parse(&text, data_type));
        match (data_type, json) {
            (_, Value::Null) => Err(ValueError::null(data_type)),
            (DataType::Boolean, Value::Bool(yes)) => Ok(Self::Boolean(*yes)),
            (DataType::DateTime, Value::Number(seconds)) => {
                let instant = seconds.as_i64().and_then(|s| Timestamp::from_second(s).ok());
                instant.filter(|i| in_range(*i)).map(Self::DateTime).ok_or(wrong)
            }
            (DataType::String, Value::Object(_) | Value::Array(_)) => Ok(Self::String(json.to_string())),
            (DataType::StringCollection, Value::Array(items)) => {
                let texts = items.iter().map(|item| json_text(item).or_else(|| nested_text(item)));
                texts.collect::<Option<_>>().map(Self::StringCollection).ok_or(wrong)
            }
            (DataType::UserIdentity, Value::Object(_)) => read(json).map(Self::UserIdentity).ok_or(wrong),
            (DataType::ObjectIdentity, Value::Object(_)) => read(json).map(Self::ObjectIdentity).ok_or(wrong),
            (DataType::UserIdentityCollection, Value::Array(_)) => {
                read(json).map(Self::UserIdentityCollection).ok_or(wrong)
            }
            (DataType::AlternativeSecurityIdCollection, Value::Array(_)) => {
                read(json).map(Self::AlternativeSecurityIdCollection).ok_or(wrong)
            }
            (DataType::ObjectIdentityCollection, Value::Array(_)) => {
                read(json).map(Self::ObjectIdentityCollection).ok_or(wrong)
            }
            _ => parsed(json),
        }
    }

    /// As a claim of a token: an instant is seconds since 1970, everything else as [`ClaimValue::to_json`].
    pub fn to_token_json(&self) -> Value {
        match self {
            Self::DateTime(instant) => Value::from(instant.as_second()),
            _ => self.to_json(),
        }
    }

    /// Whether there is nothing in it: text or collection of length zero.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::String(text) | Self::PhoneNumber(text) => text.is_empty(),
            Self::StringCollection(all) => all.is_empty(),
            Self::UserIdentityCollection(all) | Self::AlternativeSecurityIdCollection(all) => all.is_empty(),
            Self::ObjectIdentityCollection(all) => all.is_empty(),
            _ => false,
        }
    }

    /// The value as another type: numbers widen and narrow, days and instants turn into each other, everything has a
    /// text form, and text is read as by [`ClaimValue::parse`].
    ///
    /// # Errors
    /// The value has no counterpart in the type.
    pub fn convert(self, data_type: DataType) -> Result<Self, ValueError> {
        let wrong = ValueError::malformed(data_type);
        match (self, data_type) {
            (value, wanted) if value.data_type() == wanted => Ok(value),
            (Self::Int(number), DataType::Long) => Ok(Self::Long(number.into())),
            (Self::Long(number), DataType::Int) => i32::try_from(number).map(Self::Int).map_err(|_| wrong),
            (Self::Date(date), DataType::DateTime) => midnight(date).map(Self::DateTime).ok_or(wrong),
            (Self::DateTime(instant), DataType::Date) => Ok(Self::Date(day(instant))),
            (Self::UserIdentityCollection(all), DataType::AlternativeSecurityIdCollection) => {
                Ok(Self::AlternativeSecurityIdCollection(all))
            }
            (Self::AlternativeSecurityIdCollection(all), DataType::UserIdentityCollection) => {
                Ok(Self::UserIdentityCollection(all))
            }
            (value, DataType::String) => Ok(Self::String(value.to_text())),
            (Self::String(text) | Self::PhoneNumber(text), wanted) => Self::parse(&text, wanted),
            (Self::Boolean(_) | Self::Int(_) | Self::Long(_), DataType::Boolean | DataType::Int | DataType::Long) => {
                Err(wrong)
            }
            (value, DataType::StringCollection) => Ok(Self::StringCollection(vec![value.to_text()])),
            _ => Err(wrong),
        }
    }
}

impl From<&str> for ClaimValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for ClaimValue {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for ClaimValue {
    fn from(yes: bool) -> Self {
        Self::Boolean(yes)
    }
}

impl From<i32> for ClaimValue {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<i64> for ClaimValue {
    fn from(number: i64) -> Self {
        Self::Long(number)
    }
}

impl From<Date> for ClaimValue {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Timestamp> for ClaimValue {
    fn from(instant: Timestamp) -> Self {
        Self::DateTime(instant)
    }
}

impl From<Vec<String>> for ClaimValue {
    fn from(texts: Vec<String>) -> Self {
        Self::StringCollection(texts)
    }
}

/// The calendar day of an instant, in UTC.
pub fn day(instant: Timestamp) -> Date {
    Offset::UTC.to_datetime(instant).date()
}

/// The first instant of a day, in UTC.
pub(crate) fn midnight(date: Date) -> Option<Timestamp> {
    to_instant(date.at(0, 0, 0, 0))
}

/// Cuts an instant to the 100 ns that the language resolves.
pub(crate) fn ticks(instant: Timestamp) -> Timestamp {
    let nanoseconds = instant.as_nanosecond();
    Timestamp::from_nanosecond(nanoseconds - nanoseconds.rem_euclid(100)).unwrap_or(instant)
}

/// Reads an instant: a day alone, or with a time, with or without offset.
pub(crate) fn parse_instant(text: &str) -> Option<Timestamp> {
    // Time zone names in brackets are an extension that no policy knows; reading one could need a database.
    if text.contains('[') {
        return None;
    }
    let with_offset = text.parse::<Timestamp>().ok();
    let instant = with_offset.or_else(|| text.parse::<DateTime>().ok().and_then(to_instant))?;
    in_range(instant).then(|| ticks(instant))
}

fn to_instant(at: DateTime) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(at).ok()
}

/// Years 1 to 9999, which is what the language can write.
fn in_range(instant: Timestamp) -> bool {
    day(instant).year() >= 1
}

fn instant_text(instant: Timestamp) -> String {
    let at = Offset::UTC.to_datetime(instant);
    format!("{}T{:02}:{:02}:{:02}.{:07}Z", at.date(), at.hour(), at.minute(), at.second(), at.subsec_nanosecond() / 100)
}

fn parse_boolean(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn parse_date(text: &str) -> Option<Date> {
    let date = text.parse::<Date>().ok().or_else(|| parse_instant(text).map(day))?;
    (date.year() >= 1).then_some(date)
}

/// The text of a scalar, as claims write it.
fn json_text(json: &Value) -> Option<String> {
    match json {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(ClaimValue::Boolean(*yes).to_text()),
        _ => None,
    }
}

fn nested_text(json: &Value) -> Option<String> {
    (!json.is_null()).then(|| json.to_string())
}

fn read<T: for<'de> Deserialize<'de>>(json: &Value) -> Option<T> {
    T::deserialize(json).ok()
}

fn social_json(identity: &SocialIdentity) -> Value {
    serde_json::json!({ "issuer": identity.issuer, "issuerUserId": identity.issuer_user_id })
}

fn object_json(identity: &ObjectIdentity) -> Value {
    serde_json::json!({
        "signInType": identity.sign_in_type,
        "issuer": identity.issuer,
        "issuerAssignedId": identity.issuer_assigned_id,
    })
}

#[cfg(test)]
mod tests;
