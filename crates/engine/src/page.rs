//! The model of a page: what it shows, asks and offers, without a word of HTML.
//!
//! A page is a function of the program and the journey, so a reload, a second tab or the loser of two clicks sees where
//! the journey stands now. Values here are those that may be shown: masked where the policy masks, never a secret.

use indexmap::IndexMap;
use journeyman_policy::model::UserInputType;
use serde::{Deserialize, Serialize};

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageModel {
    /// What sort of page.
    pub kind: PageKind,
    /// Identifies this showing: it stays while the page is shown and differs for every other.
    pub instance: String,
    /// The content definition.
    pub content_definition: String,
    /// Page contract version of the content definition, e.g. `2.1.7`; the newest when the policy names none.
    pub version: String,
    /// The custom template, resolvers filled in; absent for built-in `~/` ones.
    pub template: Option<String>,
    /// The policy allows the template's scripts.
    pub allow_scripts: bool,
    /// Language tag chosen, e.g. `en` or `pt-BR`.
    pub language: String,
    /// Heading and first sentence.
    pub heading: String,
    /// A paragraph under the heading.
    pub intro: Option<String>,
    /// Every text of the page by string id, as scripts of custom templates expect it.
    pub texts: IndexMap<String, String>,
    /// What it shows and asks, in order.
    pub items: Vec<PageItem>,
    /// Other ways to go on, in order.
    pub choices: Vec<Choice>,
    /// The sign-up link leads somewhere.
    pub sign_up: bool,
    /// The forgotten-password link.
    pub forgot_password: Option<ForgotPassword>,
    /// A check box to stay signed in.
    pub remember_me: bool,
    /// A button that submits.
    pub show_continue: bool,
    /// A button that gives up.
    pub show_cancel: bool,
    /// What went wrong with the whole page.
    pub error: Option<PageError>,
    /// What just went well, to be announced.
    pub notice: Option<String>,
    /// Failed submits allowed.
    pub retry_limit: u32,
    /// `setting.operatingMode`.
    pub operating_mode: String,
}

/// What sort of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageKind {
    /// Sign-in form with ways to sign up.
    Combined,
    /// A list of providers.
    Selection,
    /// A form.
    SelfAsserted,
}

impl PageKind {
    /// The name in `SETTINGS.api` and in `/api/{name}/confirmed`.
    pub fn api(self) -> &'static str {
        match self {
            Self::Combined => "CombinedSigninAndSignup",
            Self::Selection => "IdpSelections",
            Self::SelfAsserted => "SelfAsserted",
        }
    }
}

/// A message about the whole page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageError {
    /// For the person.
    pub message: String,
    /// For scripts: `errorCode` of the JSON answer.
    pub code: Option<String>,
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PageItem {
    /// A claim.
    Field(Field),
    /// A display control.
    Control(Control),
}

/// A claim that is shown or asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Claim id: the input's `id` and `name`.
    pub id: String,
    /// Label.
    pub label: String,
    /// Help text.
    pub help: Option<String>,
    /// How it is asked for.
    pub input: UserInputType,
    /// What to show; never a password or code.
    pub value: Option<String>,
    /// Must be filled in.
    pub required: bool,
    /// Cannot be changed here and now.
    pub read_only: bool,
    /// Pattern and what to say when it does not fit.
    pub pattern: Option<(String, String)>,
    /// The list to choose from.
    pub options: Vec<FieldOption>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// `ControlClaimType` inside a control: `Email`, `Phone`, `CountryCode`, `VerificationCode`.
    pub control_claim_type: Option<String>,
    /// Value of the `autocomplete` attribute.
    pub autocomplete: Option<String>,
    /// The built-in e-mail verification, when the claim has it.
    pub email_verification: Option<EmailVerification>,
}

/// One option of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldOption {
    /// What is shown.
    pub text: String,
    /// What is sent.
    pub value: String,
    /// Chosen.
    pub selected: bool,
}

/// Where a verification stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VerificationState {
    /// Nothing sent.
    #[default]
    Initial,
    /// A code is on its way.
    CodeSent,
    /// The value is verified.
    Verified,
}

/// The built-in e-mail verification of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmailVerification {
    /// Where it stands.
    pub state: VerificationState,
    /// Good news.
    pub notice: Option<String>,
    /// Bad news.
    pub error: Option<String>,
}

/// A display control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// The id.
    pub id: String,
    /// `VerificationControl`, …
    pub control_type: String,
    /// Where it stands.
    pub state: VerificationState,
    /// Its claims, in order; the code field has `control_claim_type` `VerificationCode`.
    pub fields: Vec<Field>,
    /// Good news.
    pub notice: Option<String>,
    /// Bad news.
    pub error: Option<String>,
    /// Texts of its buttons and messages by string id (`but_send_code`, `but_verify_code`, `but_send_new_code`, `but_change_claims`, …).
    pub texts: IndexMap<String, String>,
}

/// Another way to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Claims exchange id: the button's `id`.
    pub exchange: String,
    /// Caption.
    pub caption: String,
    /// Shown as a link, not as a button.
    pub text_link: bool,
}

/// Where the forgotten-password link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the setting's own values")]
pub enum ForgotPassword {
    AfterLabel,
    AfterInput,
    AfterButtons,
}
