//! Round trips, and the lenient readings.

use jiff::ToSpan;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn value() -> impl Strategy<Value = ClaimValue> {
    let social = (".*", ".*").prop_map(|(issuer, issuer_user_id)| SocialIdentity { issuer, issuer_user_id });
    let object = (".*", ".*", ".*").prop_map(|(sign_in_type, issuer, issuer_assigned_id)| ObjectIdentity {
        sign_in_type,
        issuer,
        issuer_assigned_id,
    });
    let instant = (-62_135_596_800_i64..253_370_000_000, 0..10_000_000).prop_map(|(seconds, ticks)| {
        Timestamp::new(seconds, 0).expect("in range") + (i64::from(ticks) * 100).nanoseconds()
    });
    let duration = (any::<bool>(), 0..100_i32, 0..100_i32, 0..400_i32, 0..100_000_i64).prop_map(
        |(negative, years, months, days, milliseconds)| {
            let span = years.years().months(months).days(days).milliseconds(milliseconds);
            Duration::from_span(if negative { -span } else { span }).expect("a small interval")
        },
    );
    prop_oneof![
        any::<bool>().prop_map(ClaimValue::Boolean),
        instant.clone().prop_map(|at| ClaimValue::Date(day(at))),
        instant.prop_map(ClaimValue::DateTime),
        duration.prop_map(ClaimValue::Duration),
        any::<i32>().prop_map(ClaimValue::Int),
        any::<i64>().prop_map(ClaimValue::Long),
        ".*".prop_map(ClaimValue::String),
        prop::collection::vec(".*", 0..4).prop_map(ClaimValue::StringCollection),
        r"\+[0-9]{4,14}".prop_map(ClaimValue::PhoneNumber),
        social.clone().prop_map(ClaimValue::UserIdentity),
        prop::collection::vec(social.clone(), 0..3).prop_map(ClaimValue::UserIdentityCollection),
        prop::collection::vec(social, 0..3).prop_map(ClaimValue::AlternativeSecurityIdCollection),
        object.clone().prop_map(ClaimValue::ObjectIdentity),
        prop::collection::vec(object, 0..3).prop_map(ClaimValue::ObjectIdentityCollection),
    ]
}

proptest! {
    #[test]
    fn parked_values_come_back(value in value()) {
        let parked = serde_json::to_string(&value).expect("a value can be written");
        let back: ClaimValue = serde_json::from_str(&parked).expect("what was written can be read");
        prop_assert_eq!(back, value);
    }

    #[test]
    fn json_comes_back(value in value()) {
        prop_assert_eq!(ClaimValue::from_json(&value.to_json(), value.data_type()), Ok(value));
    }

    #[test]
    fn text_comes_back(value in value()) {
        if !matches!(value, ClaimValue::StringCollection(_)) {
            prop_assert_eq!(ClaimValue::parse(&value.to_text(), value.data_type()), Ok(value));
        }
    }

    #[test]
    fn no_text_panics(text in ".*", wanted in prop::sample::select(DataType::ALL)) {
        if let Ok(value) = ClaimValue::parse(&text, wanted) {
            prop_assert_eq!(value.data_type(), wanted);
        }
        let _ = ClaimValue::from_json(&json!({ "a": text }), wanted);
    }
}

#[test]
fn types_are_found_in_any_case() {
    assert_eq!(DataType::parse(" DATETIME "), Some(DataType::DateTime));
    assert_eq!(DataType::parse("stringcollection"), Some(DataType::StringCollection));
    assert_eq!(DataType::parse("text"), None);
    assert_eq!(
        serde_json::to_value(DataType::AlternativeSecurityIdCollection).ok(),
        Some(json!("alternativeSecurityIdCollection"))
    );
}

#[test]
fn texts_are_read_leniently() {
    for (text, data_type, wanted) in [
        ("TRUE", DataType::Boolean, "True"),
        ("0", DataType::Boolean, "False"),
        (" 42 ", DataType::Int, "42"),
        ("-9223372036854775808", DataType::Long, "-9223372036854775808"),
        ("2022-01-03T11:34:22.0000000Z", DataType::Date, "2022-01-03"),
        ("2021-11-15", DataType::DateTime, "2021-11-15T00:00:00.0000000Z"),
        ("2022-01-01T15:00:00", DataType::DateTime, "2022-01-01T15:00:00.0000000Z"),
        ("2018-01-01T01:00:00.123456789+01:00", DataType::DateTime, "2018-01-01T00:00:00.1234567Z"),
        ("1960-01-01T00:00:00.9999999Z", DataType::DateTime, "1960-01-01T00:00:00.9999999Z"),
        ("0001-01-01", DataType::DateTime, "0001-01-01T00:00:00.0000000Z"),
        ("P1Y2Mo3DT4H", DataType::Duration, "P1Y2M3DT4H"),
        ("N1DT2H", DataType::Duration, "-P1DT2H"),
        ("+1 (425) 555-0100", DataType::PhoneNumber, "+14255550100"),
        ("only", DataType::StringCollection, "only"),
    ] {
        let value = ClaimValue::parse(text, data_type).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(value.to_text(), wanted, "{text}");
    }
}

#[test]
fn what_is_no_value_is_refused_without_being_repeated() {
    for (text, data_type) in [
        ("yes", DataType::Boolean),
        ("2147483648", DataType::Int),
        ("1.5", DataType::Long),
        ("2022-02-30", DataType::Date),
        ("-000001-01-01T00:00:00Z", DataType::DateTime),
        ("2022-01-01T00:00:00Z[Europe/Berlin]", DataType::DateTime),
        ("tomorrow", DataType::DateTime),
        ("1D", DataType::Duration),
        ("hunter2", DataType::PhoneNumber),
        ("\"issuer\"", DataType::UserIdentity),
    ] {
        let error = ClaimValue::parse(text, data_type).expect_err(text).to_string();
        assert!(!error.contains(text), "{error}");
    }
}

#[test]
fn partners_json_is_understood() {
    for (json, data_type, wanted) in [
        (json!("true"), DataType::Boolean, ClaimValue::Boolean(true)),
        (json!("17"), DataType::Int, ClaimValue::Int(17)),
        (json!(9_007_199_254_740_993_i64), DataType::Long, ClaimValue::Long(9_007_199_254_740_993)),
        (json!(17), DataType::String, "17".into()),
        (json!(true), DataType::String, "True".into()),
        (json!({"a": [1]}), DataType::String, "{\"a\":[1]}".into()),
        (json!("one"), DataType::StringCollection, ClaimValue::StringCollection(vec!["one".into()])),
        (json!([1, "a"]), DataType::StringCollection, ClaimValue::StringCollection(vec!["1".into(), "a".into()])),
        (json!(0), DataType::DateTime, ClaimValue::DateTime(Timestamp::UNIX_EPOCH)),
    ] {
        assert_eq!(ClaimValue::from_json(&json, data_type), Ok(wanted), "{json}");
    }
    assert!(ClaimValue::from_json(&Value::Null, DataType::String).is_err());
    assert!(ClaimValue::from_json(&json!(["a", null]), DataType::StringCollection).is_err());
}

#[test]
fn tokens_carry_seconds() {
    let at = ClaimValue::parse("2019-06-01", DataType::DateTime).expect("a day");
    assert_eq!(at.to_token_json(), json!(1_559_347_200));
    assert_eq!(at.to_json(), json!("2019-06-01T00:00:00.0000000Z"));
}

#[test]
fn values_convert() {
    let convert = |value: ClaimValue, to| value.convert(to).map(|value| value.to_text()).ok();
    assert_eq!(convert(ClaimValue::Long(7), DataType::Int).as_deref(), Some("7"));
    assert_eq!(convert(ClaimValue::Long(i64::MAX), DataType::Int), None);
    assert_eq!(convert("1".into(), DataType::Boolean).as_deref(), Some("True"));
    assert_eq!(convert(true.into(), DataType::Int), None);
    assert_eq!(convert(true.into(), DataType::String).as_deref(), Some("True"));
    assert_eq!(convert("+1 425 555 0100".into(), DataType::PhoneNumber).as_deref(), Some("+14255550100"));
}
