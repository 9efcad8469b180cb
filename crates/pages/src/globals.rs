//! The globals of a page: `SETTINGS`, `SA_FIELDS`, `CONTENT`, `CP`, as scripts made for B2C read them.

use journeyman_engine::page::{Control, Field, ForgotPassword, PageItem, PageModel};
use journeyman_policy::model::UserInputType;
use serde::Serialize;
use serde_json::{Value, json};

use crate::field::{is_secret, type_name};
use crate::inline_json::inline_json;
use crate::page::PageContext;

/// The script that declares them, a line each.
pub(crate) fn globals(page: &PageModel, context: &PageContext) -> String {
    format!(
        "var CP = {};\nvar SA_FIELDS = {};\nvar CONTENT = {};\nvar SETTINGS = {};\n",
        inline_json(&providers(page)),
        inline_json(&self_asserted(page)),
        inline_json(&page.texts),
        inline_json(&settings(page, context)),
    )
}

/// Scripts read the texts `"true"` and `"false"` here.
fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn settings(page: &PageModel, context: &PageContext) -> Value {
    let (language, country) = page.language.split_once('-').unwrap_or((&page.language, ""));
    let forgot = match page.forgot_password {
        Some(ForgotPassword::AfterLabel) => "AfterLabel",
        Some(ForgotPassword::AfterInput) => "AfterInput",
        Some(ForgotPassword::AfterButtons) => "AfterButtons",
        None => "None",
    };
    json!({
        "remoteResource": page.template.as_deref().unwrap_or_default(),
        "retryLimit": page.retry_limit,
        "trimSpacesInPassword": false,
        "api": page.kind.api(),
        "csrf": context.csrf,
        "transId": context.tx,
        "pageViewId": page.instance,
        "isPageViewIdSentWithHeader": false,
        "hosts": {"tenant": context.base, "policy": context.policy, "static": ""},
        "locale": {"lang": language, "country": country},
        "xhrSettings": {"retryEnabled": false},
        "config": {
            "showSignupLink": flag(page.sign_up),
            "showCancelButton": flag(page.show_cancel),
            "showContinueButton": flag(page.show_continue),
            "operatingMode": page.operating_mode,
            "forgotPasswordLinkLocation": forgot,
            "enableRememberMe": flag(page.remember_me),
            "sendHintOnSignup": "false",
            "includePasswordRequirements": "true",
            "announceVerCompleteMsg": "true",
            "retryLimit": page.retry_limit,
        },
    })
}

fn providers(page: &PageModel) -> Value {
    let list: Vec<Value> =
        page.choices.iter().map(|choice| json!({"id": choice.exchange, "description": choice.caption})).collect();
    json!({ "list": list })
}

fn self_asserted(page: &PageModel) -> Value {
    let fields: Vec<Value> = page
        .items
        .iter()
        .map(|item| match item {
            PageItem::Field(field) => json!(AttributeField::new(field)),
            PageItem::Control(control) => control_entry(control),
        })
        .collect();
    json!({ "AttributeFields": fields })
}

fn control_entry(control: &Control) -> Value {
    let fields: Vec<_> = control.fields.iter().map(AttributeField::new).collect();
    json!({
        "ID": control.id,
        "USER_INPUT_TYPE": "DisplayControl",
        "UX_INPUT_TYPE": control.control_type,
        "DISPLAY_FIELDS": fields,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct AttributeField<'a> {
    id: &'a str,
    ux_input_type: &'static str,
    user_input_type: &'static str,
    is_text: bool,
    is_email: bool,
    is_password: bool,
    is_date: bool,
    is_radio: bool,
    is_drop: bool,
    is_text_in_paragraph: bool,
    is_check_multi: bool,
    is_link: bool,
    verify: bool,
    dn: &'a str,
    u_help: &'a str,
    pre: &'a str,
    pat: &'a str,
    pat_desc: &'a str,
    is_req: bool,
    is_rdo: bool,
    options: Vec<FieldChoice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control_claim: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day_pre: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month_pre: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year_pre: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct FieldChoice<'a> {
    val: &'a str,
    disp: &'a str,
}

impl<'a> AttributeField<'a> {
    fn new(field: &'a Field) -> Self {
        let is = |input| field.input == input;
        let name = type_name(field.input);
        let value = field.value.as_deref().filter(|_| !is_secret(field)).unwrap_or_default();
        let (pattern, pattern_help) =
            field.pattern.as_ref().map_or(("", ""), |(pattern, help)| (pattern.as_str(), help.as_str()));
        let date: Vec<&str> =
            if is(UserInputType::DateTimeDropdown) { value.split(['-', 'T']).collect() } else { Vec::new() };
        Self {
            id: &field.id,
            ux_input_type: name,
            user_input_type: name,
            is_text: is(UserInputType::TextBox),
            is_email: is(UserInputType::EmailBox),
            is_password: is(UserInputType::Password),
            is_date: is(UserInputType::DateTimeDropdown),
            is_radio: is(UserInputType::RadioSingleSelect),
            is_drop: is(UserInputType::DropdownSingleSelect),
            is_text_in_paragraph: is(UserInputType::Paragraph),
            is_check_multi: is(UserInputType::CheckboxMultiSelect),
            is_link: false,
            verify: field.email_verification.is_some(),
            dn: &field.label,
            u_help: field.help.as_deref().unwrap_or_default(),
            pre: value,
            pat: pattern,
            pat_desc: pattern_help,
            is_req: field.required,
            is_rdo: field.read_only || is(UserInputType::Readonly),
            options: field
                .options
                .iter()
                .map(|option| FieldChoice { val: &option.value, disp: &option.text })
                .collect(),
            control_claim: field.control_claim_type.as_deref(),
            day_pre: date.get(2).copied(),
            month_pre: date.get(1).copied(),
            year_pre: date.first().copied(),
        }
    }
}
