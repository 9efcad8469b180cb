//! One claim, or one display control, as HTML.

use askama::Template;
use journeyman_engine::page::{Control, Field, FieldOption, PageItem, PageKind, PageModel, VerificationState};
use journeyman_policy::model::UserInputType;

use crate::form::{EMAIL_CHANGE, EMAIL_SEND, EMAIL_VERIFY};
use crate::page::PageContext;
use crate::text::text;
use crate::urls::Urls;

/// What every item of a page needs to know of its page.
pub(crate) struct Surroundings<'a> {
    pub(crate) page: &'a PageModel,
    pub(crate) context: &'a PageContext,
    pub(crate) urls: &'a Urls<'a>,
}

/// A submit button that does something else than submitting the page.
struct ActionButton {
    id: String,
    class: &'static str,
    look: &'static str,
    url: String,
    caption: String,
}

/// Where a verification stands, and what can be done.
struct Verification {
    state: &'static str,
    info: Option<String>,
    success: Option<String>,
    error: Option<String>,
    buttons: Vec<ActionButton>,
}

/// One part of a date.
struct DatePart {
    suffix: &'static str,
    autocomplete: &'static str,
    caption: String,
    options: Vec<FieldOption>,
}

enum Widget {
    /// A value beside its label.
    Fact(String),
    /// A text of its own.
    Prose(String),
    Input {
        kind: &'static str,
        value: Option<String>,
    },
    Select,
    /// Radio buttons or check boxes, by the `type` of their inputs.
    Group(&'static str),
    Date(Vec<DatePart>),
}

#[derive(Template)]
#[template(path = "field.html")]
struct FieldView<'a> {
    field: &'a Field,
    class: String,
    widget: Widget,
    described_by: String,
    autocomplete: Option<String>,
    numeric: bool,
    required: bool,
    read_only: bool,
    pattern: Option<String>,
    pattern_message: String,
    email: Option<EmailView>,
    forgot: Option<(String, String)>,
}

/// The built-in e-mail verification.
struct EmailView {
    verification: Verification,
    /// Label of the code box, while a code is asked for.
    code_label: Option<String>,
}

#[derive(Template)]
#[template(path = "control.html")]
struct ControlView<'a> {
    control: &'a Control,
    verification: Verification,
    fields: Vec<String>,
    label: String,
}

impl Surroundings<'_> {
    /// The items of the page as list items.
    pub(crate) fn items(&self) -> Vec<String> {
        let items = &self.page.items;
        let is_fact = |index: Option<usize>| {
            index
                .and_then(|index| items.get(index))
                .is_some_and(|item| matches!(item, PageItem::Field(f) if is_fact(f)))
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| match item {
                PageItem::Field(field) if is_fact(Some(index)) => {
                    let first = if is_fact(index.checked_sub(1)) { "" } else { " fact-first" };
                    let last = if is_fact(Some(index + 1)) { "" } else { " fact-last" };
                    self.field(field, &format!(" fact{first}{last}"))
                }
                PageItem::Field(field) => self.field(field, ""),
                PageItem::Control(control) => self.control(control),
            })
            .collect()
    }

    fn field(&self, field: &Field, group: &str) -> String {
        let email = field.email_verification.as_ref().map(|_| self.email(field));
        let input_type = type_name(field.input);
        let view = FieldView {
            field,
            class: format!("{input_type} {}_li{group}", field.id),
            widget: self.widget(field),
            described_by: described_by(field),
            autocomplete: self.autocomplete(field),
            numeric: is_code(field),
            required: field.required,
            read_only: field.read_only,
            pattern: field.pattern.as_ref().map(|(pattern, _)| search(pattern)),
            pattern_message: field.pattern.as_ref().map(|(_, message)| message.clone()).unwrap_or_default(),
            email,
            forgot: self.forgot_beside_label(field),
        };
        rendered(&view)
    }

    fn widget(&self, field: &Field) -> Widget {
        let value = field.value.clone().filter(|_| !is_secret(field));
        match field.input {
            UserInputType::Paragraph | UserInputType::Readonly | UserInputType::Button => {
                let value = without_bidi_controls(&value.unwrap_or_default());
                if field.label.is_empty() { Widget::Prose(value) } else { Widget::Fact(value) }
            }
            UserInputType::DropdownSingleSelect => Widget::Select,
            UserInputType::RadioSingleSelect => Widget::Group("radio"),
            UserInputType::CheckboxMultiSelect => Widget::Group("checkbox"),
            UserInputType::DateTimeDropdown => Widget::Date(self.date_parts(field)),
            UserInputType::Password if is_code(field) => Widget::Input { kind: "text", value },
            UserInputType::Password => Widget::Input { kind: "password", value },
            UserInputType::EmailBox => Widget::Input { kind: "email", value },
            UserInputType::TextBox => Widget::Input { kind: self.text_kind(field), value },
        }
    }

    fn text_kind(&self, field: &Field) -> &'static str {
        match field.control_claim_type.as_deref() {
            Some("Phone") => return "tel",
            Some("Email") => return "email",
            _ => {}
        }
        let asks_for_email = self.page.operating_mode.eq_ignore_ascii_case("email");
        if field.email_verification.is_some() || (self.page.kind == PageKind::Combined && asks_for_email) {
            "email"
        } else {
            "text"
        }
    }

    /// The policy's own hint first; then what password managers and code senders expect.
    fn autocomplete(&self, field: &Field) -> Option<String> {
        if field.autocomplete.is_some() {
            return field.autocomplete.clone();
        }
        let hint = match (field.input, field.control_claim_type.as_deref()) {
            (_, Some("VerificationCode")) => "one-time-code",
            (UserInputType::Password, _) => self.password_hint(field),
            (_, Some("Phone")) => "tel",
            (_, Some("CountryCode")) => "tel-country-code",
            (UserInputType::TextBox | UserInputType::EmailBox, _) if self.page.kind == PageKind::Combined => "username",
            (UserInputType::EmailBox, _) | (_, Some("Email")) => "email",
            (UserInputType::TextBox, _) if field.email_verification.is_some() => "email",
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// One password is the current one; of two both are new; of three the first is the current one.
    fn password_hint(&self, field: &Field) -> &'static str {
        let passwords: Vec<&str> = fields(self.page)
            .filter(|field| field.input == UserInputType::Password && !is_code(field))
            .map(|field| field.id.as_str())
            .collect();
        let first = passwords.first().is_some_and(|id| *id == field.id);
        if passwords.len() == 1 || (passwords.len() > 2 && first) { "current-password" } else { "new-password" }
    }

    fn forgot_beside_label(&self, field: &Field) -> Option<(String, String)> {
        use journeyman_engine::page::ForgotPassword::AfterLabel;
        let here = field.input == UserInputType::Password && self.page.forgot_password == Some(AfterLabel);
        here.then(|| (self.urls.forgot_password(), text(self.page, "forgotpassword_link").to_owned()))
    }

    fn date_parts(&self, field: &Field) -> Vec<DatePart> {
        let given: Vec<u32> =
            field.value.as_deref().unwrap_or_default().split(['-', 'T']).map_while(|part| part.parse().ok()).collect();
        let is = |index: usize, number: i64| given.get(index).is_some_and(|part| i64::from(*part) == number);
        let option = |index: usize, number: i64, text: String| FieldOption {
            text,
            value: number.to_string(),
            selected: is(index, number),
        };
        let birth = |part: &'static str| {
            if field.autocomplete.as_deref() == Some("bday") { part } else { "off" }
        };
        let months = (1..).zip(text(self.page, "months").split(',').take(12));
        let year = i64::from(self.context.year);
        vec![
            DatePart {
                suffix: "day",
                autocomplete: birth("bday-day"),
                caption: text(self.page, "day").to_owned(),
                options: (1..=31).map(|day| option(2, day, day.to_string())).collect(),
            },
            DatePart {
                suffix: "month",
                autocomplete: birth("bday-month"),
                caption: text(self.page, "month").to_owned(),
                options: months.map(|(number, name)| option(1, number, name.trim().to_owned())).collect(),
            },
            DatePart {
                suffix: "year",
                autocomplete: birth("bday-year"),
                caption: text(self.page, "year").to_owned(),
                options: (year - 120..=year + 20).rev().map(|year| option(0, year, year.to_string())).collect(),
            },
        ]
    }

    fn control(&self, control: &Control) -> String {
        let fields = control
            .fields
            .iter()
            .filter(|field| !is_code(field) || control.state == VerificationState::CodeSent)
            .map(|field| {
                let settled = control.state != VerificationState::Initial && !is_code(field);
                let field = Field { read_only: field.read_only || settled, ..field.clone() };
                // How to fill it in is of no use any more.
                self.field(&Field { help: field.help.clone().filter(|_| !settled), ..field }, "")
            })
            .collect();
        let first = control.fields.first();
        let view = ControlView {
            control,
            verification: self.verification(control),
            fields,
            label: first.map(|field| format!("{}_label", field.id)).unwrap_or_default(),
        };
        rendered(&view)
    }

    fn verification(&self, control: &Control) -> Verification {
        let id = &control.id;
        let button = |class, look, name: &str, action: &str| ActionButton {
            id: format!("{id}_{name}"),
            class,
            look,
            url: self.urls.action(id, action),
            caption: control.texts.get(name).map_or_else(|| text(self.page, name), String::as_str).to_owned(),
        };
        let send = || button("sendCode", "primary", "but_send_code", "SendCode");
        let change = || button("changeClaims", "quiet", "but_change_claims", "Change");
        let typed = control.fields.iter().any(|field| !is_code(field) && !is_shown_only(field));
        let mut buttons = match control.state {
            _ if control.control_type != "VerificationControl" => {
                return Verification::messages_of(control);
            }
            VerificationState::Initial => vec![send()],
            VerificationState::CodeSent => vec![
                button("verifyCode", "primary", "but_verify_code", "VerifyCode"),
                button("sendNewCode", "quiet", "but_send_new_code", "SendCode"),
            ],
            VerificationState::Verified => Vec::new(),
        };
        // Whoever mistyped an address needs a way back before the code arrives, too.
        if typed && control.state != VerificationState::Initial {
            buttons.push(change());
        }
        Verification { buttons, ..Verification::messages_of(control) }
    }

    fn email(&self, field: &Field) -> EmailView {
        let state = field.email_verification.as_ref().map(|email| email.state).unwrap_or_default();
        let id = &field.id;
        let button = |class, look, name: &str, request: &str| ActionButton {
            id: format!("{id}_{name}"),
            class,
            look,
            url: self.urls.email(request, id),
            caption: text(self.page, name).to_owned(),
        };
        let editable = !is_shown_only(field);
        let change = editable.then(|| button("changeClaims", "quiet", "ver_but_edit", EMAIL_CHANGE));
        let buttons: Vec<_> = match state {
            VerificationState::Initial => {
                vec![button("sendCode", "primary", "ver_but_send", EMAIL_SEND)]
            }
            VerificationState::CodeSent => [
                button("verifyCode", "primary", "ver_but_verify", EMAIL_VERIFY),
                button("sendNewCode", "quiet", "ver_but_resend", EMAIL_SEND),
            ]
            .into_iter()
            .chain(change)
            .collect(),
            VerificationState::Verified => change.into_iter().collect(),
        };
        let (notice, error) =
            field.email_verification.as_ref().map_or((None, None), |email| (email.notice.clone(), email.error.clone()));
        let code_label = (state == VerificationState::CodeSent).then(|| text(self.page, "ver_input").to_owned());
        EmailView { verification: Verification { buttons, ..Verification::new(state, notice, error) }, code_label }
    }
}

impl Verification {
    fn messages_of(control: &Control) -> Self {
        Self::new(control.state, control.notice.clone(), control.error.clone())
    }

    fn new(state: VerificationState, notice: Option<String>, error: Option<String>) -> Self {
        let (state, success, info) = match state {
            VerificationState::Initial => ("initial", None, notice),
            VerificationState::CodeSent => ("code-sent", None, notice),
            VerificationState::Verified => ("verified", notice, None),
        };
        Self { state, info, success, error, buttons: Vec::new() }
    }
}

/// Every field of a page, those of its controls included.
pub(crate) fn fields(page: &PageModel) -> impl Iterator<Item = &Field> {
    page.items.iter().flat_map(|item| match item {
        PageItem::Field(field) => std::slice::from_ref(field),
        PageItem::Control(control) => control.fields.as_slice(),
    })
}

/// Where a link in the list of mistakes leads: the input, or the first of several.
pub(crate) fn focus_target(field: &Field) -> String {
    match field.input {
        UserInputType::DateTimeDropdown => format!("{}_day", field.id),
        UserInputType::RadioSingleSelect | UserInputType::CheckboxMultiSelect => {
            format!("{}_1", field.id)
        }
        _ => field.id.clone(),
    }
}

/// The value of `UserInputType`, as class and in `SA_FIELDS`.
pub(crate) fn type_name(input: UserInputType) -> &'static str {
    match input {
        UserInputType::TextBox => "TextBox",
        UserInputType::EmailBox => "EmailBox",
        UserInputType::Password => "Password",
        UserInputType::DateTimeDropdown => "DateTimeDropdown",
        UserInputType::RadioSingleSelect => "RadioSingleSelect",
        UserInputType::DropdownSingleSelect => "DropdownSingleSelect",
        UserInputType::CheckboxMultiSelect => "CheckboxMultiSelect",
        UserInputType::Readonly => "Readonly",
        UserInputType::Paragraph => "Paragraph",
        UserInputType::Button => "Button",
    }
}

pub(crate) fn is_code(field: &Field) -> bool {
    field.control_claim_type.as_deref() == Some("VerificationCode")
}

/// The model should hold none of these; a page shows none even if it does.
pub(crate) fn is_secret(field: &Field) -> bool {
    is_code(field) || field.input == UserInputType::Password
}

fn is_shown_only(field: &Field) -> bool {
    matches!(field.input, UserInputType::Readonly | UserInputType::Paragraph | UserInputType::Button)
}

fn is_fact(field: &Field) -> bool {
    is_shown_only(field) && !field.label.is_empty()
}

fn described_by(field: &Field) -> String {
    let help = field.help.as_ref().map(|_| format!("{}_help ", field.id)).unwrap_or_default();
    format!("{help}{}_error", field.id)
}

/// The language's patterns are searched for; HTML's must match as a whole.
fn search(pattern: &str) -> String {
    format!(".*(?:{pattern}).*")
}

/// Without the characters that reorder what stands around them: a payee must not be able to rewrite an amount.
fn without_bidi_controls(value: &str) -> String {
    value.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

fn rendered(view: &impl Template) -> String {
    view.render().expect("writing to a string cannot fail")
}
