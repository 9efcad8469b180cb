//! At least one example of every claims transformation, and what must hold of all of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use journeyman_claims::transformations::{
    ALL, Call, Env, Fault, Given, Input, Output, Reads, Role, Surroundings, TransformError, Transformation, Usage, find,
};
use journeyman_claims::{ClaimValue, DataType, Name};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What every call of these tests sees.
#[derive(Default)]
struct World {
    parameter_types: BTreeMap<String, DataType>,
}

impl Surroundings for World {
    fn tenant(&self) -> &str {
        "fabrikam.example"
    }

    fn technical_profile(&self) -> &str {
        "Check-Code"
    }

    fn authenticator_issuer(&self) -> &str {
        "Fabrikam & {Co}"
    }

    fn localized(&self, string_id: &str) -> Option<String> {
        match string_id {
            "greeting" => Some("Hello".to_owned()),
            "code_for" => Some("{1} is the code for {0}".to_owned()),
            _ => None,
        }
    }

    fn options(&self, _: &Name) -> Vec<(String, String)> {
        vec![("E1".to_owned(), "Locked".to_owned()), ("E2".to_owned(), "Too young".to_owned())]
    }

    fn pattern(&self, _: &Name) -> Option<String> {
        Some("^[0-9]+$".to_owned())
    }

    fn parameter_type(&self, id: &str) -> Option<DataType> {
        self.parameter_types.get(id).copied()
    }

    fn policy_key(&self, name: &str) -> Option<String> {
        (name == "B2C_1A_Pepper").then(|| "s3cret".to_owned())
    }
}

const RANDOM: u64 = 0x0123_4567_89ab_cdef;

fn env<'a>(world: &'a World, random: &'a dyn Fn() -> u64) -> Env<'a> {
    let now = Timestamp::constant(1_718_452_800, 123_456_789);
    Env { now, random, surroundings: world }
}

/// Method, input claims, parameters, results. A null input is a claim without a value, a null result takes a value
/// away. In place of results: the key of an assertion's message, or `error`.
type Example = (&'static str, Value, Value, Value);

fn examples() -> Vec<Example> {
    [booleans(), dates(), general(), numbers(), json_texts(), phones(), accounts(), texts(), patterns(), collections()]
        .concat()
}

fn booleans() -> Vec<Example> {
    let unequal = json!("UserMessageIfClaimsTransformationBooleanValueIsNotEqual");
    vec![
        ("AndClaims", json!({"inputClaim1": true, "inputClaim2": true}), json!({}), json!({"outputClaim": true})),
        ("AndClaims", json!({"inputClaim1": null, "inputClaim2": false}), json!({}), json!({"outputClaim": false})),
        ("AndClaims", json!({"inputClaim1": true, "inputClaim2": null}), json!({}), json!({"outputClaim": null})),
        ("OrClaims", json!({"inputClaim1": false, "inputClaim2": false}), json!({}), json!({"outputClaim": false})),
        ("OrClaims", json!({"inputClaim1": null, "inputClaim2": true}), json!({}), json!({"outputClaim": true})),
        ("OrClaims", json!({"inputClaim1": false, "inputClaim2": null}), json!({}), json!({"outputClaim": null})),
        ("NotClaims", json!({"inputClaim": false}), json!({}), json!({"outputClaim": true})),
        ("NotClaims", json!({"inputClaim": null}), json!({}), json!({"outputClaim": null})),
        ("AssertBooleanClaimIsEqualToValue", json!({"inputClaim": true}), json!({"valueToCompareTo": true}), json!({})),
        ("AssertBooleanClaimIsEqualToValue", json!({"inputClaim": null}), json!({"valueToCompareTo": false}), unequal),
        (
            "AssertBooleanClaimIsEqualToValue",
            json!({"inputClaim": true}),
            json!({"valueToCompareTo": "yes"}),
            json!("error"),
        ),
        (
            "CompareBooleanClaimToValue",
            json!({"inputClaim": false}),
            json!({"valueToCompareTo": false}),
            json!({"compareResult": true}),
        ),
        (
            "SetClaimIfBooleansMatch",
            json!({"claimToMatch": true}),
            json!({"matchTo": "TRUE", "outputClaimIfMatched": "yes"}),
            json!({"outputClaim": "yes"}),
        ),
        (
            "SetClaimIfBooleansMatch",
            json!({"claimToMatch": false}),
            json!({"matchTo": "true", "outputClaimIfMatched": "yes"}),
            json!({}),
        ),
    ]
}

fn dates() -> Vec<Example> {
    let later = json!({"leftOperand": "2024-03-02T10:00:00", "rightOperand": "2024-03-02T09:59:00Z"});
    let half_open = json!({"leftOperand": "2024-03-02", "rightOperand": null});
    let born = json!({"dateOfBirth": "2010-02-03", "countryCode": "DE", "consentProvidedForMinor": "granted"});
    vec![
        ("AssertDateTimeIsGreaterThan", later.clone(), json!({}), json!({})),
        (
            "AssertDateTimeIsGreaterThan",
            later,
            json!({"TreatAsEqualIfWithinMillseconds": 60_000}),
            json!("DateTimeGreaterThan"),
        ),
        ("AssertDateTimeIsGreaterThan", half_open.clone(), json!({}), json!("DateTimeGreaterThan")),
        ("AssertDateTimeIsGreaterThan", half_open, json!({"AssertIfRightOperandIsNotPresent": true}), json!({})),
        (
            "AssertDateTimeIsGreaterThan",
            json!({"leftOperand": "soon", "rightOperand": "2024-03-02"}),
            json!({}),
            json!("error"),
        ),
        (
            "ConvertDateTimeToDateClaim",
            json!({"inputClaim": "2024-02-29T23:30:00-01:00"}),
            json!({}),
            json!({"outputClaim": "2024-03-01"}),
        ),
        (
            "ConvertDateToDateTimeClaim",
            json!({"inputClaim": "2024-02-29"}),
            json!({}),
            json!({"outputClaim": "2024-02-29T00:00:00.0000000Z"}),
        ),
        (
            "DateTimeComparison",
            json!({"firstDateTime": "2024-06-15T11:59:00Z", "secondDateTime": null}),
            json!({"operator": "Later Than", "timeSpanInSeconds": 61}),
            json!({"result": true}),
        ),
        (
            "DateTimeComparison",
            json!({"firstDateTime": "9999-12-30", "secondDateTime": null}),
            json!({"operator": "same", "timeSpanInSeconds": 2_147_483_647}),
            json!("error"),
        ),
        (
            "IsTermsOfUseConsentRequired",
            json!({"termsOfUseConsentDateTime": "2024-01-01"}),
            json!({"termsOfUseTextUpdateDateTime": "2024-01-01"}),
            json!({"result": false}),
        ),
        ("GetCurrentDateTime", json!({}), json!({}), json!({"currentDateTime": "2024-06-15T12:00:00.1234567Z"})),
        (
            "GetAgeGroupConsentProvidedAndRequiresConsent",
            born.clone(),
            json!({}),
            json!({"ageGroup": "Minor", "requiresParentalConsent": true, "consentProvidedForMinor": "granted"}),
        ),
        (
            "GetAgeGroupConsentProvidedAndRequiresConsent",
            json!({"dateOfBirth": null, "countryCode": "DE", "consentProvidedForMinor": null}),
            json!({}),
            json!({"ageGroup": null, "requiresParentalConsent": null, "consentProvidedForMinor": null}),
        ),
        (
            "GetAgeGroupAndConsentProvided",
            born,
            json!({}),
            json!({
                "ageGroup": "Minor",
                "doRegulationsRequireParentalConsent": true,
                "consentProvidedForMinor": "granted"
            }),
        ),
    ]
}

fn general() -> Vec<Example> {
    let to_hash = json!({"plaintext": "text", "salt": "salt"});
    vec![
        ("CopyClaim", json!({"inputClaim": "a"}), json!({}), json!({"outputClaim": "a"})),
        ("CopyClaim", json!({"inputClaim": null}), json!({}), json!({"outputClaim": null})),
        ("DoesClaimExist", json!({"inputClaim": ""}), json!({}), json!({"outputClaim": true})),
        ("DoesClaimExist", json!({"inputClaim": null}), json!({}), json!({"outputClaim": false})),
        (
            "Hash",
            to_hash.clone(),
            json!({"randomizerSecret": "B2C_1A_Pepper"}),
            json!({"hash": "HBdonX1fXkOgEXWHxsoqG2nf0yw8SxWDLhTUGlb/T6I="}),
        ),
        ("Hash", to_hash, json!({"randomizerSecret": "B2C_1A_Other"}), json!("error")),
        ("NullClaim", json!({}), json!({}), json!({"claim_to_null": null})),
        ("GetLocalizedStringsTransformation", json!({}), json!({}), json!({"greeting": "Hello", "farewell": null})),
        (
            "GetMappedValueFromLocalizedCollection",
            json!({"mapFromClaim": "E2"}),
            json!({}),
            json!({"restrictionValueClaim": "Too young"}),
        ),
        (
            "GetMappedValueFromLocalizedCollection",
            json!({"mapFromClaim": "E9"}),
            json!({}),
            json!({"restrictionValueClaim": null}),
        ),
        ("CopyClaimIfPredicateMatch", json!({"inputClaim": "4711"}), json!({}), json!({"outputClaim": "4711"})),
        ("CopyClaimIfPredicateMatch", json!({"inputClaim": "bob"}), json!({}), json!({})),
    ]
}

fn numbers() -> Vec<Example> {
    vec![
        ("AdjustNumber", json!({"inputClaim": 41}), json!({"Operator": "increment"}), json!({"outputClaim": 42})),
        ("AdjustNumber", json!({"inputClaim": 2_147_483_647}), json!({}), json!("error")),
        (
            "AssertNumber",
            json!({"inputClaim": 3}),
            json!({"Operator": "LessThan", "CompareToValue": 4, "throwError": false}),
            json!({"outputClaim": true}),
        ),
        (
            "AssertNumber",
            json!({"inputClaim": 3}),
            json!({"Operator": "NotEqual", "CompareToValue": 4}),
            json!("AssertNumberError"),
        ),
        ("ConvertNumberToStringClaim", json!({"inputClaim": -7}), json!({}), json!({"outputClaim": "-7"})),
        (
            "CreateRandomString",
            json!({}),
            json!({"randomGeneratorType": "guid"}),
            json!({"outputClaim": "01234567-89ab-4def-8123-456789abcdef"}),
        ),
        (
            "CreateRandomString",
            json!({}),
            json!({"randomGeneratorType": "INTEGER", "maximumNumber": 1000, "stringFormat": "id-{0}", "base64": true}),
            json!({"outputClaim": "aWQtODk1"}),
        ),
        (
            "CreateRandomString",
            json!({}),
            json!({"randomGeneratorType": "INTEGER", "maximumNumber": 100, "seed": 42}),
            json!({"outputClaim": "66"}),
        ),
        (
            "CreateRandomString",
            json!({}),
            json!({"randomGeneratorType": "INTEGER", "maximumNumber": -1}),
            json!("error"),
        ),
        (
            "GuidAndRandomGenerator",
            json!({}),
            json!({"randomGeneratorType": "GUID"}),
            json!({"outputClaim": "01234567-89ab-4def-8123-456789abcdef"}),
        ),
        ("CreateOtpSecret", json!({}), json!({}), json!({"outputClaim": "pptx2e6mpptx2e6m"})),
    ]
}

fn json_texts() -> Vec<Example> {
    let entries = r#"[{"k":"name","v":"Ann"},{"k":"age","v":7},{"k":"nick","v":""}]"#;
    let names = json!({
        "errorOnMissingClaims": false, "includeEmptyClaims": true, "jsonSourceKeyName": "k", "jsonSourceValueName": "v"
    });
    vec![
        ("CreateJsonArray", json!({"inputClaim": "a\"b"}), json!({}), json!({"outputClaim": r#"["a\"b"]"#})),
        (
            "GenerateJson",
            json!({"to.0.mail": "ann@fabrikam.example", "to.0.name": null, "tags.0": null, "tags.1": "x"}),
            json!({"template.id": 7, "template.live": true, "note": "7"}),
            json!({"outputClaim":
                r#"{"to":[{"mail":"ann@fabrikam.example"}],"tags":[null,"x"],"template":{"id":7,"live":true},"note":"7"}"#
            }),
        ),
        ("GenerateJson", json!({"a": "x", "a.b": "y"}), json!({}), json!("error")),
        ("GenerateJson", json!({"a.1": "x"}), json!({}), json!("error")),
        ("GenerateJson", json!({"a": null}), json!({}), json!({"outputClaim": "{}"})),
        (
            "GetClaimFromJson",
            json!({"inputJson": r#"{"a":{"b":1}}"#}),
            json!({"claimToExtract": "a"}),
            json!({"extractedClaim": r#"{"b":1}"#}),
        ),
        ("GetClaimFromJson", json!({"inputJson": "[1]"}), json!({"claimToExtract": "a"}), json!("error")),
        ("GetClaimFromJson", json!({"inputJson": null}), json!({"claimToExtract": "a"}), json!("error")),
        (
            "GetNumericClaimFromJson",
            json!({"inputJson": r#"{"id":9007199254740995}"#}),
            json!({"claimToExtract": "id"}),
            json!({"extractedClaim": 9_007_199_254_740_995_i64}),
        ),
        (
            "GetNumericClaimFromJson",
            json!({"inputJson": r#"{"id":1.5}"#}),
            json!({"claimToExtract": "id"}),
            json!("error"),
        ),
        (
            "GetClaimsFromJsonArray",
            json!({"jsonSource": entries}),
            names.clone(),
            json!({"name": "Ann", "age": "7", "nick": "", "city": null}),
        ),
        (
            "GetClaimsFromJsonArrayV2",
            json!({"jsonSource": [r#"{"k":"name","v":"Ann"}"#, r#"{"k":"name","v":"Bob"}"#]}),
            names,
            json!({"name": "Ann"}),
        ),
        (
            "GetSingleItemFromJson",
            json!({"inputJson": r#"{"de":"Anna","en":"Ann"}"#}),
            json!({}),
            json!({"key": "de", "value": "Anna"}),
        ),
        ("GetSingleItemFromJson", json!({"inputJson": "{}"}), json!({}), json!("error")),
        (
            "GetSingleValueFromJsonArray",
            json!({"inputJsonClaim": "[true, 2]"}),
            json!({}),
            json!({"extractedClaim": "True"}),
        ),
        ("GetSingleValueFromJsonArray", json!({"inputJsonClaim": "[]"}), json!({}), json!("error")),
        (
            "XmlStringToJsonString",
            json!({"xml": "<?xml version='1.0'?><o n='1'><i>a</i><i>b</i><e/><t c=\"d\">x</t></o>"}),
            json!({}),
            json!({"json": r##"{"o":{"@n":"1","i":["a","b"],"e":null,"t":{"@c":"d","#text":"x"}}}"##}),
        ),
        (
            "XmlStringToJsonString",
            json!({"xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            json!({}),
            json!("error"),
        ),
        (
            "XmlStringToJsonString",
            json!({"xml": format!("{}{}", "<a>".repeat(9_000), "</a>".repeat(9_000))}),
            json!({}),
            json!("error"),
        ),
        (
            "XmlStringToJsonString",
            json!({"xml": format!("<a>{}</a>", "<b/>".repeat(10_000))}),
            json!({}),
            json!("error"),
        ),
        ("GetClaimFromJson", json!({"inputJson": "[".repeat(100_000)}), json!({"claimToExtract": "a"}), json!("error")),
    ]
}

fn phones() -> Vec<Example> {
    let invalid = json!("UserMessageIfClaimsTransformationInvalidPhoneNumber");
    vec![
        (
            "ConvertPhoneNumberClaimToString",
            json!({"phoneNumber": "+4917000000"}),
            json!({}),
            json!({"phoneNumberString": "+4917000000"}),
        ),
        (
            "ConvertStringToPhoneNumberClaim",
            json!({"phoneNumberString": "0171/123 45 67", "country": "DE"}),
            json!({}),
            json!({"outputClaim": "+491711234567"}),
        ),
        (
            "ConvertStringToPhoneNumberClaim",
            json!({"inputClaim": "+1 425 555 0199"}),
            json!({}),
            json!({"outputClaim": "+14255550199"}),
        ),
        ("ConvertStringToPhoneNumberClaim", json!({"phoneNumberString": null}), json!({}), invalid),
        (
            "GetNationalNumberAndCountryCodeFromPhoneNumberString",
            json!({"phoneNumber": "+81 90 1234 5678"}),
            json!({}),
            json!({"nationalNumber": "9012345678", "countryCode": "+81"}),
        ),
        (
            "GetNationalNumberAndCountryCodeFromPhoneNumberString",
            json!({"phoneNumber": "none"}),
            json!({"throwExceptionOnFailure": true}),
            json!("UserMessageIfPhoneNumberParseFailure"),
        ),
    ]
}

fn accounts() -> Vec<Example> {
    let ann = json!({"issuer": "a.example", "issuerUserId": "QW5u"});
    let bob = json!({"issuer": "b.example", "issuerUserId": "Qm9i"});
    let both = json!([ann, bob]);
    vec![
        (
            "CreateAlternativeSecurityId",
            json!({"key": "Ann", "identityProvider": "a.example"}),
            json!({}),
            json!({"alternativeSecurityId": ann.to_string()}),
        ),
        (
            "CreateAlternativeSecurityId",
            json!({"key": null, "identityProvider": "a.example"}),
            json!({}),
            json!("error"),
        ),
        (
            "AddItemToAlternativeSecurityIdCollection",
            json!({"item": bob.to_string(), "collection": [ann]}),
            json!({}),
            json!({"collection": both}),
        ),
        (
            "AddItemToAlternativeSecurityIdCollection",
            json!({"item": bob.to_string(), "collection": [bob]}),
            json!({}),
            json!({"collection": [bob]}),
        ),
        (
            "GetIdentityProvidersFromAlternativeSecurityIdCollectionTransformation",
            json!({"alternativeSecurityIdCollection": [ann, bob, ann]}),
            json!({}),
            json!({"identityProvidersCollection": ["a.example", "b.example"]}),
        ),
        (
            "RemoveAlternativeSecurityIdByIdentityProvider",
            json!({"identityProvider": "a.example", "collection": both}),
            json!({}),
            json!({"collection": [bob]}),
        ),
        (
            "CreateUserIdentity",
            json!({"issuerUserId": "Bob", "issuer": "b.example"}),
            json!({}),
            json!({"userIdentity": bob}),
        ),
        (
            "AddItemToUserIdentityCollection",
            json!({"item": ann, "collection": null}),
            json!({}),
            json!({"collection": [ann]}),
        ),
        (
            "RemoveUserIdentityFromCollectionByIssuer",
            json!({"issuer": "A.example", "collection": both}),
            json!({}),
            json!({"collection": both}),
        ),
        (
            "GetIssuersFromUserIdentityCollectionTransformation",
            json!({"userIdentityCollection": null}),
            json!({}),
            json!({"issuersCollection": []}),
        ),
    ]
}

fn texts() -> Vec<Example> {
    let not_equal = json!("UserMessageIfClaimsTransformationStringsAreNotEqual");
    let two = |first: Value, second: Value| json!({"inputClaim1": first, "inputClaim2": second});
    let ignoring_case = json!({"stringComparison": "ordinalignorecase"});
    let lookup = json!({"Ann": "admin", "errorOnFailedLookup": true});
    vec![
        ("AssertStringClaimsAreEqual", two(json!("É"), json!("é")), ignoring_case.clone(), json!({})),
        ("AssertStringClaimsAreEqual", two(json!(null), json!(null)), ignoring_case, not_equal),
        (
            "BuildUri",
            json!({"path": "Fabrikam:a b%3A/é?", "query.secret": "k"}),
            json!({"scheme": "otpauth", "host": "totp", "query.issuer": "{AuthenticatorIssuer}"}),
            json!({"outputClaim": "otpauth://totp/Fabrikam:a%20b%3A/%C3%A9%3F?secret=k&issuer=Fabrikam+%26+%7BCo%7D"}),
        ),
        ("ChangeCase", json!({"inputClaim1": "Maß"}), json!({"toCase": "upper"}), json!({"outputClaim": "MAß"})),
        ("ChangeCase", json!({"inputClaim1": "a"}), json!({"toCase": "title"}), json!("error")),
        ("CompareClaims", two(json!(null), json!("true")), json!({"operator": "EQUAL"}), json!({"outputClaim": false})),
        (
            "CompareClaims",
            two(json!(null), json!(null)),
            json!({"operator": "NOT EQUAL"}),
            json!({"outputClaim": false}),
        ),
        ("CompareClaims", two(json!("a"), json!("A")), json!({"operator": "equal"}), json!({"outputClaim": false})),
        (
            "CompareClaimToValue",
            json!({"inputClaim1": "v2"}),
            json!({"compareTo": "V2", "operator": "EQUAL", "ignoreCase": "true"}),
            json!({"outputClaim": true}),
        ),
        (
            "CompareClaimToValue",
            json!({"inputClaim1": "v2"}),
            json!({"compareTo": "V2", "operator": "EQUAL", "ignoreCase": true}),
            json!("error"),
        ),
        (
            "CreateStringClaim",
            json!({}),
            json!({"value": "{TechnicalProfileId}/{Other}/{RelyingPartyTenantId}"}),
            json!({"createdClaim": "Check-Code/{Other}/fabrikam.example"}),
        ),
        (
            "FormatStringClaim",
            json!({"inputClaim": "ann"}),
            json!({"stringFormat": "{0}@{RelyingPartyTenantId} of {AuthenticatorIssuer}"}),
            json!({"outputClaim": "ann@fabrikam.example of Fabrikam & {Co}"}),
        ),
        (
            "FormatStringClaim",
            json!({"inputClaim": null}),
            json!({"stringFormat": "_{0}_"}),
            json!({"outputClaim": null}),
        ),
        ("FormatStringClaim", json!({"inputClaim": null}), json!({"stringFormat": "ok"}), json!({"outputClaim": "ok"})),
        (
            "FormatStringMultipleClaims",
            two(json!("a"), json!(null)),
            json!({"stringFormat": "{0}-{1}"}),
            json!({"outputClaim": "a-"}),
        ),
        (
            "FormatLocalizedString",
            json!({"person": "Ann", "code": "123"}),
            json!({"stringFormatId": "code_for"}),
            json!({"outputClaim": "123 is the code for Ann"}),
        ),
        ("FormatLocalizedString", json!({"a": "b"}), json!({"stringFormatId": "none"}), json!({"outputClaim": null})),
        ("LookupValue", json!({"inputParameterId": "Ann"}), lookup.clone(), json!({"outputClaim": "admin"})),
        ("LookupValue", json!({"inputParameterId": "ann"}), lookup.clone(), json!("LookupNotFound")),
        ("LookupValue", json!({"inputParameterId": "errorOnFailedLookup"}), lookup, json!("LookupNotFound")),
        ("LookupValue", json!({"inputParameterId": null}), json!({"Ann": "admin"}), json!({"outputClaim": null})),
        (
            "ParseDomain",
            json!({"emailAddress": "ann@fabrikam.example"}),
            json!({}),
            json!({"domain": "fabrikam.example"}),
        ),
        ("ParseDomain", json!({"emailAddress": "a@evil.example@b.example"}), json!({}), json!({"domain": null})),
        ("ParseDomain", json!({"emailAddress": "ann@"}), json!({}), json!({"domain": null})),
    ]
}

fn patterns() -> Vec<Example> {
    let digits =
        json!({"matchTo": r"(?<Number>\d+)(?<unit>cm)?", "outputClaimIfMatched": "length", "extractGroups": true});
    let equal = json!({
        "matchTo": "V1", "stringComparison": "OrdinalIgnoreCase", "stringMatchMsg": "old", "stringMatchMsgCode": "O1"
    });
    let text = |text: &str| json!({"inputClaim": text});
    vec![
        (
            "SetClaimsIfRegexMatch",
            json!({"claimToMatch": "is 12"}),
            digits.clone(),
            json!({"outputClaim": "length", "regexCompareResultClaim": true, "number": "12", "unit": null}),
        ),
        (
            "SetClaimsIfRegexMatch",
            json!({"claimToMatch": null}),
            digits,
            json!({"outputClaim": null, "regexCompareResultClaim": false, "number": null}),
        ),
        ("SetClaimsIfRegexMatch", json!({"claimToMatch": "a"}), json!({"matchTo": "("}), json!("error")),
        (
            "SetClaimsIfStringsAreEqual",
            text("v1"),
            equal,
            json!({"stringCompareResultClaim": true, "outputClaim1": "old", "outputClaim2": "O1"}),
        ),
        (
            "SetClaimsIfStringsMatch",
            json!({"claimToMatch": null}),
            json!({"matchTo": "x", "stringComparison": "Ordinal", "outputClaimIfMatched": "y"}),
            json!({"stringCompareResultClaim": false, "outputClaim": null}),
        ),
        (
            "StringContains",
            text("Admins, Writers"),
            json!({"contains": "writ", "ignoreCase": "true"}),
            json!({"outputClaim": true}),
        ),
        ("StringContains", json!({"inputClaim": null}), json!({"contains": ""}), json!({"outputClaim": false})),
        ("StringSubstring", text("é😀x"), json!({"startIndex": 1, "length": 2}), json!({"outputClaim": "😀"})),
        ("StringSubstring", text("é😀x"), json!({"startIndex": 1, "length": 1}), json!("error")),
        ("StringSubstring", text("abc"), json!({"startIndex": 3, "length": 0}), json!({"outputClaim": ""})),
        ("StringSubstring", text("abc"), json!({"startIndex": -1, "length": 1}), json!("error")),
        ("StringReplace", text("a-b-c"), json!({"oldValue": "-", "newValue": ""}), json!({"outputClaim": "abc"})),
        ("StringReplace", text("abc"), json!({"oldValue": "", "newValue": "x"}), json!("error")),
        ("StringReplace", text(&"a".repeat(100_000)), json!({"oldValue": "a", "newValue": "1234"}), json!("error")),
        ("StringJoin", json!({"inputClaim": []}), json!({"delimiter": ", "}), json!({"outputClaim": ""})),
        ("StringJoin", json!({"inputClaim": ["a", "b"]}), json!({"delimiter": ", "}), json!({"outputClaim": "a, b"})),
        ("StringSplit", text("a,,b,"), json!({"delimiter": ","}), json!({"outputClaim": ["a", "", "b", ""]})),
        ("StringSplit", json!({"stringToSplit": "ab"}), json!({"delimiter": ""}), json!({"outputClaim": ["ab"]})),
        ("StringSplit", text(""), json!({"delimiter": ","}), json!("error")),
    ]
}

fn collections() -> Vec<Example> {
    vec![
        (
            "AddItemToStringCollection",
            json!({"item": "b", "collection": ["a", "B"]}),
            json!({}),
            json!({"collection": ["a", "B", "b"]}),
        ),
        (
            "AddItemToStringCollection",
            json!({"item": null, "collection": ["a"]}),
            json!({}),
            json!({"collection": ["a"]}),
        ),
        (
            "AddItemToStringCollection",
            json!({"item": null, "collection": null}),
            json!({}),
            json!({"collection": null}),
        ),
        (
            "AddParameterToStringCollection",
            json!({"collection": null}),
            json!({"item": "a"}),
            json!({"collection": ["a"]}),
        ),
        (
            "GetSingleItemFromStringCollection",
            json!({"collection": ["b", "a"]}),
            json!({}),
            json!({"extractedItem": "b"}),
        ),
        ("GetSingleItemFromStringCollection", json!({"collection": []}), json!({}), json!({"extractedItem": null})),
        (
            "StringCollectionContains",
            json!({"inputClaim": ["Writers"]}),
            json!({"item": "writers"}),
            json!({"outputClaim": false}),
        ),
        (
            "StringCollectionContainsClaim",
            json!({"collection": ["Writers"], "item": "writers"}),
            json!({"ignoreCase": "true"}),
            json!({"outputClaim": true}),
        ),
    ]
}

/// The type that a claim of an example has: the first that its role may have, or that of its value.
fn data_type(roles: &[Role], name: &str, value: &Value) -> DataType {
    let named = roles.iter().find(|role| !role.many && role.name.eq_ignore_ascii_case(name));
    let role = named.or_else(|| roles.iter().find(|role| role.many));
    role.and_then(|role| role.types.first().copied()).unwrap_or(match value {
        Value::Bool(_) => DataType::Boolean,
        Value::Number(_) => DataType::Int,
        _ => DataType::String,
    })
}

/// The text of a parameter and the data type that a policy would write for it.
fn parameter(value: &Value) -> (String, DataType) {
    match value {
        Value::String(text) => (text.clone(), DataType::String),
        Value::Bool(yes) => (yes.to_string(), DataType::Boolean),
        other => (other.to_string(), DataType::Int),
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn check((method, inputs, parameters, expected): &Example) -> Result<(), String> {
    let transformation = find(method).ok_or("no such method")?;
    let parameters: Vec<_> = members(parameters).map(|(id, value)| (id, parameter(value))).collect();
    let inputs: Vec<_> =
        members(inputs).map(|(role, value)| (role, data_type(transformation.inputs, role, value), value)).collect();
    let outputs: Vec<_> =
        members(expected).map(|(role, value)| (role, data_type(transformation.outputs, role, value), value)).collect();
    let names: Vec<Name> = inputs.iter().map(|(role, ..)| Name::new(role)).collect();
    let output_names: Vec<Name> = transformation.outputs.iter().map(|role| Name::new(role.name)).collect();

    let world = World { parameter_types: parameters.iter().map(|(id, (_, kind))| ((*id).to_owned(), *kind)).collect() };
    let read = |value: &Value, kind| (!value.is_null()).then(|| ClaimValue::from_json(value, kind)).transpose();
    let mut call = Call {
        inputs: Vec::new(),
        parameters: parameters.iter().map(|(id, (text, _))| (*id, text.as_str())).collect(),
        outputs: Vec::new(),
    };
    for ((role, kind, value), claim) in inputs.iter().zip(&names) {
        let value = read(value, *kind).map_err(|error| format!("{role}: {error}"))?;
        call.inputs.push(Input { role, claim, data_type: *kind, value });
    }
    let declared = transformation.outputs.iter().zip(&output_names).filter(|(role, _)| !role.many);
    for (role, claim) in declared {
        let data_type = role.types.first().copied().unwrap_or(DataType::String);
        call.outputs.push(Output { role: role.name, claim, data_type, before: None });
    }
    let further: Vec<_> = outputs
        .iter()
        .filter(|(role, ..)| !transformation.outputs.iter().any(|r| !r.many && r.name.eq_ignore_ascii_case(role)))
        .map(|(role, kind, _)| (*role, Name::new(role), *kind))
        .collect();
    for (role, claim, kind) in &further {
        call.outputs.push(Output { role, claim, data_type: *kind, before: None });
    }

    match ((transformation.apply)(&call, &env(&world, &|| RANDOM)), expected.as_str()) {
        (Err(TransformError::Runtime(_)), Some("error")) => Ok(()),
        (Err(TransformError::Assertion(key)), Some(wanted)) if key == wanted => Ok(()),
        (Ok(found), None) => {
            let mut wanted = Vec::new();
            for (role, kind, value) in &outputs {
                let value = read(value, *kind).map_err(|error| format!("{role}: {error}"))?;
                wanted.push((role.to_ascii_lowercase(), value));
            }
            let mut found: Vec<_> =
                found.0.into_iter().map(|(role, value)| (role.to_ascii_lowercase(), value)).collect();
            wanted.sort_by(|a, b| a.0.cmp(&b.0));
            found.sort_by(|a, b| a.0.cmp(&b.0));
            if found == wanted { Ok(()) } else { Err(format!("gave {found:?}, not {wanted:?}")) }
        }
        (outcome, _) => Err(format!("gave {outcome:?}, not {expected}")),
    }
}

#[test]
fn examples_hold() {
    let wrong: Vec<_> = examples()
        .iter()
        .filter_map(|example| check(example).err().map(|why| format!("{} {}: {why}", example.0, example.1)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_method_has_an_example() {
    let shown: BTreeSet<_> = examples().iter().map(|(method, ..)| *method).collect();
    let without: Vec<_> = ALL.iter().map(|t| t.method).filter(|method| !shown.contains(method)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn names_are_unique() {
    let mut seen = BTreeSet::new();
    for transformation in ALL {
        assert!(seen.insert(transformation.method.to_ascii_lowercase()), "{} is there twice", transformation.method);
        assert!(!transformation.summary.is_empty() && !transformation.summary.ends_with('.'), "{transformation:?}");
        for roles in [transformation.inputs, transformation.outputs] {
            let names: BTreeSet<_> = roles.iter().map(|role| role.name.to_ascii_lowercase()).collect();
            assert_eq!(names.len(), roles.len(), "{}", transformation.method);
            assert!(roles.iter().filter(|role| role.many).count() <= 1, "{}", transformation.method);
        }
    }
    assert_eq!(find(" setclaimsifREGEXmatch ").map(|t| t.method), Some("SetClaimsIfRegexMatch"));
    assert!(find("Join").is_none());
}

#[test]
fn wrong_uses_are_told() {
    let check = |method: &str,
                 inputs: &[(&'static str, DataType)],
                 parameters: &[(&'static str, &'static str)],
                 outputs: &[(&'static str, DataType)]| {
        let typed =
            |claims: &[(&'static str, DataType)]| claims.iter().map(|(role, kind)| (*role, Some(*kind))).collect();
        let given = |text: &'static str| Given { text: Some(text), data_type: Some(DataType::String) };
        let parameters = parameters.iter().map(|(id, text)| (*id, given(text))).collect();
        let usage = Usage { inputs: typed(inputs), parameters, outputs: typed(outputs) };
        find(method).expect("a method").faults(&usage).iter().map(Fault::to_string).collect::<Vec<_>>()
    };
    let (text, yes, day) = (DataType::String, DataType::Boolean, DataType::DateTime);
    assert_eq!(
        check(
            "CompareClaims",
            &[("INPUTCLAIM1", text), ("other", text)],
            &[("Operator", "SAME")],
            &[("outputClaim", text)]
        ),
        [
            "the method has no input claim `other`, and `inputClaim2` is missing",
            "the parameter `Operator` cannot be used: it must be `EQUAL` or `NOT EQUAL`",
            "the output claim `outputClaim` is of type string, it must be boolean",
        ]
    );
    assert_eq!(
        check("StringReplace", &[("inputClaim", yes)], &[("oldValue", "a")], &[("outputClaim", text), ("more", text)]),
        [
            "the input claim `inputClaim` is of type boolean, it must be string",
            "the parameter `newValue` is missing",
            "the method has no output claim `more`",
        ]
    );
    let copied = [("outputClaim", day)];
    assert_eq!(
        check("CopyClaim", &[("inputClaim", text)], &[], &copied),
        ["the output claim `outputClaim` is of type dateTime, it must be string"]
    );
    assert_eq!(
        check("StringSplit", &[], &[("delimiter", ",")], &[("outputClaim", DataType::StringCollection)]),
        ["the input claim `inputClaim` is missing"]
    );
    for (method, id, value, wrong) in [
        ("AdjustNumber", "Operator", "increment", false),
        ("AdjustNumber", "Operator", "ADD", true),
        ("FormatStringClaim", "stringFormat", "{0}@{RelyingPartyTenantId}", false),
        ("FormatStringClaim", "stringFormat", "{1}", true),
        ("FormatStringMultipleClaims", "stringFormat", "{1} {0}", false),
        ("SetClaimsIfRegexMatch", "matchTo", "(", true),
        ("AssertDateTimeIsGreaterThan", "TreatAsEqualIfWithinMillseconds", "5 minutes", true),
        ("IsTermsOfUseConsentRequired", "termsOfUseTextUpdateDateTime", "2024-02-30", true),
        ("CompareClaims", "ignoreCase", "yes", true),
    ] {
        let usage = Usage {
            parameters: vec![(id, Given { text: Some(value), data_type: Some(DataType::String) })],
            ..Usage::default()
        };
        let faults = find(method).expect("a method").faults(&usage);
        assert_eq!(faults.iter().any(|fault| matches!(fault, Fault::Value { .. })), wrong, "{method} {id} {value}");
    }
    let boolean = [("ignoreCase", Given { text: Some("true"), data_type: Some(yes) })];
    let faults =
        find("CompareClaims").expect("a method").faults(&Usage { parameters: boolean.to_vec(), ..Usage::default() });
    assert!(faults.iter().any(|fault| matches!(fault, Fault::Value { .. })));
    let group = [("regexCompareResultClaim", yes), ("mailAlias", text)];
    assert!(check("setClaimsIfRegexMatch", &[("claimToMatch", text)], &[("matchTo", "a")], &group).is_empty());
    let ignored = check(
        "OrClaims",
        &[("inputClaim1", yes), ("inputClaim2", yes)],
        &[("compareTo", "x")],
        &[("outputClaim", yes)],
    );
    assert_eq!(ignored, ["the method has no parameter `compareTo`"]);
}

#[test]
fn the_words_of_a_parameter_are_those_that_the_method_reads() {
    for transformation in ALL {
        for parameter in transformation.parameters {
            let Reads::Words(words) = parameter.reads else { continue };
            for (word, fits) in words.iter().map(|word| (*word, true)).chain([("no such word", false)]) {
                let read = find_word(transformation, parameter.name, word);
                assert_eq!(read, fits, "{} {} {word}", transformation.method, parameter.name);
            }
        }
    }
}

/// Whether some example of a method, with another text for a parameter, does not fail because of that parameter.
fn find_word(transformation: &Transformation, id: &str, word: &str) -> bool {
    let all = examples();
    let mut own = all.iter().filter(|(method, ..)| method.eq_ignore_ascii_case(transformation.method));
    own.all(|(method, inputs, parameters, expected)| {
        let mut parameters = parameters.clone();
        parameters[id] = json!(word);
        let refused = format!("parameter `{id}` is n");
        !check(&(method, inputs.clone(), parameters, expected.clone())).is_err_and(|why| why.contains(&refused))
    })
}

#[test]
fn a_random_number_is_evenly_drawn() {
    // Draws beyond the last whole multiple of the bound are thrown away.
    let draws = std::cell::RefCell::new(vec![5_u64, u64::MAX]);
    let random = || draws.borrow_mut().pop().unwrap_or_default();
    let call = Call {
        inputs: vec![],
        parameters: vec![("randomGeneratorType", "INTEGER"), ("maximumNumber", "10")],
        outputs: vec![],
    };
    let method = find("CreateRandomString").expect("a method");
    let outputs = (method.apply)(&call, &env(&World::default(), &random)).expect("a number");
    assert_eq!(outputs.get("outputClaim"), Some(Some(&ClaimValue::from("5"))));
    assert!(draws.borrow().is_empty());
}

/// A text that must not turn up in an error, nor in what is printed of a call.
const SECRET: &str = "hunter2";

fn some_value() -> impl Strategy<Value = Option<ClaimValue>> {
    let text = prop_oneof![
        Just(SECRET.to_owned()),
        Just(format!("{{\"{SECRET}\":[\"{SECRET}\"]}}")),
        Just(format!("[{{\"{SECRET}\"")),
        Just(format!("<a><b>{SECRET}</a>")),
        "[+]?[0-9 ]{0,12}",
        ".{0,8}",
    ];
    prop_oneof![
        Just(None),
        any::<bool>().prop_map(|yes| Some(yes.into())),
        any::<i64>().prop_map(|number| Some(number.into())),
        text.clone().prop_map(|text| Some(text.into())),
        prop::collection::vec(text, 0..3).prop_map(|texts| Some(texts.into())),
    ]
}

fn some_parameter() -> impl Strategy<Value = String> {
    let words = [
        "",
        "true",
        "false",
        "0",
        "-1",
        "5",
        "2147483647",
        "EQUAL",
        "same",
        "earlier than",
        "Ordinal",
        "GUID",
        "INTEGER",
        "LOWER",
        "LessThan",
        "{0}",
        "{1}",
        "{",
        "(a+)+$",
        "(?<x>.)",
        "B2C_1A_Pepper",
        "a.b",
        "ISO3166",
        ",",
    ];
    prop_oneof![prop::sample::select(words.to_vec()).prop_map(str::to_owned), "[{}0-9a-z.(*]{0,6}"]
}

fn apply(
    transformation: &Transformation,
    values: &[Option<ClaimValue>],
    texts: &[String],
) -> Result<(), TransformError> {
    let claim = Name::new("claim");
    let roles = transformation.inputs.iter().zip(values.iter().cycle());
    let inputs = roles.map(|(role, value)| {
        let data_type = role.types.first().copied().unwrap_or(DataType::String);
        Input { role: role.name, claim: &claim, data_type, value: value.clone() }
    });
    let parameters = transformation.parameters.iter().zip(texts.iter().cycle());
    let outputs = transformation.outputs.iter().map(|role| {
        let data_type = role.types.first().copied().unwrap_or(DataType::String);
        Output { role: role.name, claim: &claim, data_type, before: None }
    });
    let call = Call {
        inputs: inputs.collect(),
        parameters: parameters.map(|(parameter, text)| (parameter.name, text.as_str())).collect(),
        outputs: outputs.collect(),
    };
    assert!(!format!("{:?} {:?}", call.inputs, call.outputs).contains(SECRET));
    let outputs = (transformation.apply)(&call, &env(&World::default(), &|| RANDOM))?;
    assert!(!format!("{:?}", outputs).contains(SECRET));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_call_panics_or_tells_a_value(
        values in prop::collection::vec(some_value(), 3),
        texts in prop::collection::vec(some_parameter(), 4),
    ) {
        for transformation in ALL {
            if let Err(error) = apply(transformation, &values, &texts) {
                let told = error.to_string();
                prop_assert!(!told.contains(SECRET) && !told.contains("s3cret"), "{}: {told}", transformation.method);
            }
        }
    }
}
