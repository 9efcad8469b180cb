//! A sample of every page in every state that matters: for tests, previews and accessibility checks.

use indexmap::IndexMap;
use journeyman_engine::page::{
    Choice, Control, EmailVerification, Field, FieldOption, ForgotPassword, PageError, PageItem, PageKind, PageModel,
    VerificationState,
};
use journeyman_policy::model::UserInputType;
use serde_json::json;

use crate::page::{PageContext, render};
use crate::screens::{
    ErrorPage, Home, HomeLink, HomePolicy, HomeTenant, Link, TokenView, Unsupported, render_error, render_form_post,
    render_home, render_signed_out, render_token, render_unsupported,
};

/// A page, ready to be looked at.
#[derive(Clone, Debug)]
pub struct Sample {
    /// A file name without its extension.
    pub name: &'static str,
    /// The document.
    pub html: String,
}

/// Nonce of every sample.
pub const NONCE: &str = "c2FtcGxlLW5vbmNl";

/// All samples.
pub fn all() -> Vec<Sample> {
    let context = context();
    let pages = models().into_iter().map(|(name, page)| Sample { name, html: render(&page, &context) });
    pages.chain(screens()).collect()
}

/// The context that samples are rendered in.
pub fn context() -> PageContext {
    PageContext {
        base: "/bank.onmicrosoft.com/B2C_1A_Payment".into(),
        policy: "B2C_1A_Payment".into(),
        csrf: "Q1NSRi12YWx1ZQ==".into(),
        tx: "StateProperties=eyJUSUQiOiJzYW1wbGUifQ".into(),
        nonce: NONCE.into(),
        correlation_id: "7c1c2a52-5b8e-4c56-9d0a-5a1b7f4f2f10".into(),
        template: None,
        year: 2026,
    }
}

/// Models of journey pages by sample name.
pub fn models() -> Vec<(&'static str, PageModel)> {
    let mut samples = sign_in();
    samples.extend(sign_up());
    samples.extend(payment());
    samples.push(("selection", selection()));
    samples.push(("every_field", every_field()));
    samples.push(("right_to_left", right_to_left()));
    samples
}

fn page(kind: PageKind, heading: &str, intro: &str) -> PageModel {
    PageModel {
        kind,
        instance: "step-1".into(),
        content_definition: "api.sample".into(),
        version: "2.1.26".into(),
        template: None,
        allow_scripts: false,
        language: "en".into(),
        heading: heading.into(),
        intro: (!intro.is_empty()).then(|| intro.into()),
        texts: IndexMap::new(),
        items: Vec::new(),
        choices: Vec::new(),
        sign_up: false,
        forgot_password: None,
        remember_me: false,
        show_continue: true,
        show_cancel: kind == PageKind::SelfAsserted,
        error: None,
        notice: None,
        retry_limit: 7,
        operating_mode: "Email".into(),
    }
}

fn field(id: &str, label: &str, input: UserInputType) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        help: None,
        input,
        value: None,
        required: true,
        read_only: false,
        pattern: None,
        options: Vec::new(),
        error: None,
        control_claim_type: None,
        autocomplete: None,
        email_verification: None,
    }
}

fn shown(id: &str, label: &str, input: UserInputType, value: &str) -> Field {
    Field { value: Some(value.into()), required: false, read_only: true, ..field(id, label, input) }
}

fn sign_in() -> Vec<(&'static str, PageModel)> {
    let mut empty = page(PageKind::Combined, "Sign in", "Sign in with your email address");
    empty.items = vec![
        PageItem::Field(field("signInName", "Email address", UserInputType::TextBox)),
        PageItem::Field(field("password", "Password", UserInputType::Password)),
    ];
    empty.sign_up = true;
    empty.forgot_password = Some(ForgotPassword::AfterLabel);

    let mut wrong_fields = empty.clone();
    set_error(&mut wrong_fields, "signInName", "Please enter a valid email address.");
    set_error(&mut wrong_fields, "password", "Please enter your password.");

    let mut refused = empty.clone();
    refused.error =
        Some(PageError { message: "Invalid username or password.".into(), code: Some("AADB2C90225".into()) });
    refused.remember_me = true;
    set_value(&mut refused, "signInName", "ann@example.com");

    let mut providers = empty.clone();
    providers.choices = vec![choice("ContosoExchange", "Contoso employee"), choice("GoogleExchange", "Google")];
    providers.choices.push(Choice { text_link: true, ..choice("PhoneExchange", "Sign in with a phone number") });
    vec![
        ("combined", empty),
        ("combined_field_errors", wrong_fields),
        ("combined_page_error", refused),
        ("combined_providers", providers),
    ]
}

fn choice(exchange: &str, caption: &str) -> Choice {
    Choice { exchange: exchange.into(), caption: caption.into(), text_link: false }
}

fn selection() -> PageModel {
    let mut page = page(PageKind::Selection, "How do you want to sign in?", "");
    page.choices = vec![choice("ContosoExchange", "Contoso employee"), choice("GoogleExchange", "Google")];
    page.show_continue = false;
    page.show_cancel = true;
    page
}

fn sign_up() -> Vec<(&'static str, PageModel)> {
    let mut initial =
        page(PageKind::SelfAsserted, "Create your account", "It takes a minute. First we check your email address.");
    initial.texts.insert("button_continue".into(), "Create".into());
    let new_password = Field {
        help: Some("At least 8 characters, with a digit and a capital letter.".into()),
        pattern: Some((
            "^(?=.*\\d)(?=.*[A-Z]).{8,64}$".into(),
            "Use 8 to 64 characters, with a digit and a capital letter.".into(),
        )),
        ..field("newPassword", "New password", UserInputType::Password)
    };
    initial.items = vec![
        PageItem::Control(control("emailVerificationControl", "email", "Email address", VerificationState::Initial)),
        PageItem::Field(new_password),
        PageItem::Field(field("reenterPassword", "Confirm new password", UserInputType::Password)),
        PageItem::Field(Field { required: false, ..field("displayName", "Name", UserInputType::TextBox) }),
    ];
    let sent = with_control(&initial, VerificationState::CodeSent, Some("We sent a code to ann@example.com."), None);
    let wrong =
        with_control(&initial, VerificationState::CodeSent, None, Some("That code is incorrect. Please try again."));
    let verified = with_control(&initial, VerificationState::Verified, Some("Your email address is verified."), None);
    let down = with_control(
        &initial,
        VerificationState::Initial,
        None,
        Some("We could not send the message. Nothing was changed. Please try again in a minute."),
    );
    let mut built_in = page(PageKind::SelfAsserted, "Reset your password", "");
    built_in.items = vec![PageItem::Field(Field {
        email_verification: Some(EmailVerification {
            state: VerificationState::CodeSent,
            notice: Some(
                "Verification code has been sent to your inbox. Please copy it to the input box below.".into(),
            ),
            error: None,
        }),
        value: Some("ann@example.com".into()),
        read_only: true,
        ..field("email", "Email address", UserInputType::TextBox)
    })];
    vec![
        ("control_initial", initial),
        ("control_sent", sent),
        ("control_wrong_code", wrong),
        ("control_verified", verified),
        ("control_provider_down", down),
        ("email_built_in", built_in),
    ]
}

fn control(id: &str, claim: &str, label: &str, state: VerificationState) -> Control {
    let code = Field {
        control_claim_type: Some("VerificationCode".into()),
        ..field("verificationCode", "Verification code", UserInputType::TextBox)
    };
    Control {
        id: id.into(),
        control_type: "VerificationControl".into(),
        state,
        fields: vec![field(claim, label, UserInputType::EmailBox), code],
        notice: None,
        error: None,
        texts: [
            ("but_send_code", "Send verification code"),
            ("but_verify_code", "Verify code"),
            ("but_send_new_code", "Send new code"),
            ("but_change_claims", "Change"),
        ]
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
        .into(),
    }
}

fn with_control(page: &PageModel, state: VerificationState, notice: Option<&str>, error: Option<&str>) -> PageModel {
    let mut page = page.clone();
    for item in &mut page.items {
        if let PageItem::Control(control) = item {
            control.state = state;
            control.notice = notice.map(str::to_owned);
            control.error = error.map(str::to_owned);
            if let Some(first) = control.fields.first_mut().filter(|first| first.value.is_none()) {
                first.value = Some("ann@example.com".into());
            }
        }
    }
    page
}

fn payment() -> Vec<(&'static str, PageModel)> {
    let mut initial =
        page(PageKind::SelfAsserted, "Approve this payment", "Check every line before you ask for the code.");
    initial.texts.insert("button_continue".into(), "Approve".into());
    let phone = shown("maskedPhone", "Code goes to", UserInputType::Readonly, "+44 •••• ••• 123");
    let mut approval = control("phoneVerificationControl", "maskedPhone", "", VerificationState::Initial);
    approval.fields = vec![phone].into_iter().chain(approval.fields.into_iter().skip(1)).collect();
    approval.texts.insert("but_send_code".into(), "Send code".into());
    initial.items = vec![
        PageItem::Field(shown("amount", "Amount", UserInputType::Paragraph, "1,250.00")),
        PageItem::Field(shown("currency", "Currency", UserInputType::Paragraph, "EUR")),
        PageItem::Field(shown("payee", "Payee", UserInputType::Paragraph, "Nordwind Heating & Plumbing Ltd")),
        PageItem::Control(approval),
    ];
    let sent = with_control(
        &initial,
        VerificationState::CodeSent,
        Some("A text message with your code is on its way. It names the amount and the payee."),
        None,
    );
    let blocked = with_control(
        &initial,
        VerificationState::CodeSent,
        None,
        Some("Too many wrong codes. This payment cannot be approved any more; go back and start it again."),
    );
    vec![("payment", initial), ("payment_sent", sent), ("payment_blocked", blocked)]
}

fn every_field() -> PageModel {
    let mut page = page(PageKind::SelfAsserted, "Your details", "Please provide the following details.");
    let options = |chosen: &str| {
        [("Chess", "chess"), ("Rowing", "rowing"), ("Long walks", "walks")]
            .map(|(text, value)| FieldOption { text: text.into(), value: value.into(), selected: value == chosen })
            .to_vec()
    };
    page.notice = Some("Your phone number is saved.".into());
    page.items = vec![
        PageItem::Field(shown(
            "intro",
            "",
            UserInputType::Paragraph,
            "We ask for this once.\nYou can change it later.",
        )),
        PageItem::Field(shown("memberId", "Member number", UserInputType::Readonly, "M-10293")),
        PageItem::Field(field("country", "Country", UserInputType::DropdownSingleSelect)),
        PageItem::Field(Field {
            value: Some("1990-04-05".into()),
            ..field("born", "Date of birth", UserInputType::DateTimeDropdown)
        }),
        PageItem::Field(field("contact", "How may we reach you?", UserInputType::RadioSingleSelect)),
        PageItem::Field(Field { required: false, ..field("hobbies", "Hobbies", UserInputType::CheckboxMultiSelect) }),
    ];
    for item in &mut page.items {
        if let PageItem::Field(field) = item {
            match field.id.as_str() {
                "country" => {
                    field.options = vec![FieldOption { text: "France".into(), value: "FR".into(), selected: true }]
                }
                "contact" => {
                    field.options = options("");
                    field.error = Some("Choose one.".into());
                }
                "hobbies" => field.options = options("walks"),
                _ => {}
            }
        }
    }
    page
}

fn right_to_left() -> PageModel {
    let mut page = page(PageKind::Combined, "تسجيل الدخول", "استخدم بريدك الإلكتروني");
    page.language = "ar".into();
    page.items = vec![
        PageItem::Field(field("signInName", "البريد الإلكتروني", UserInputType::TextBox)),
        PageItem::Field(field("password", "كلمة المرور", UserInputType::Password)),
    ];
    page.forgot_password = Some(ForgotPassword::AfterLabel);
    page.sign_up = true;
    page.texts = [
        ("button_signin", "تسجيل الدخول"),
        ("forgotpassword_link", "هل نسيت كلمة المرور؟"),
        ("createaccount_intro", "ليس لديك حساب؟"),
        ("createaccount_one_link", "أنشئ حسابًا"),
    ]
    .map(|(id, text)| (id.to_owned(), text.to_owned()))
    .into();
    page.error = Some(PageError {
        message: "اسم المستخدم أو كلمة المرور غير صحيحة.".into(), code: None
    });
    page
}

fn set_error(page: &mut PageModel, id: &str, message: &str) {
    for item in &mut page.items {
        if let PageItem::Field(field) = item
            && field.id == id
        {
            field.error = Some(message.into());
        }
    }
}

fn set_value(page: &mut PageModel, id: &str, value: &str) {
    for item in &mut page.items {
        if let PageItem::Field(field) = item
            && field.id == id
        {
            field.value = Some(value.into());
        }
    }
}

fn screens() -> Vec<Sample> {
    let link = |href: &str, text: &str| Link { href: href.into(), text: text.into() };
    let error = ErrorPage {
        title: "We cannot continue".into(),
        message: "The application sent an address that it is not registered with. Go back to it and try again; if that does not help, tell its support the code below.".into(),
        code: Some("AADB2C90006".into()),
        correlation_id: context().correlation_id,
        timestamp: "2026-03-01 10:20:30Z".into(),
        language: "en".into(),
        return_link: Some(link("/", "Back to the start")),
        detail: Some("redirect_uri 'https://app.example/back' is not among those of client 'bank'.".into()),
        template: None,
    };
    let unsupported = Unsupported {
        policy: "B2C_1A_Saml".into(),
        features: vec![
            "Technical profile 'Contoso-SAML2': protocol SAML2 (TrustFrameworkExtensions.xml, line 40)".into(),
        ],
        correlation_id: context().correlation_id,
        language: "en".into(),
        return_link: Some(link("/", "Back to the start")),
    };
    let fields = [("state".to_owned(), "xyz".to_owned()), ("code".to_owned(), "sample-code".to_owned())];
    vec![
        Sample { name: "error", html: render_error(&error, NONCE) },
        Sample { name: "form_post", html: render_form_post("https://app.example/back", &fields, "en", NONCE) },
        Sample { name: "signed_out", html: render_signed_out(Some(&link("/", "Back to the start")), "en", NONCE) },
        Sample { name: "home", html: render_home(&home(), NONCE) },
        Sample { name: "token", html: render_token(&token(), NONCE) },
        Sample { name: "unsupported", html: render_unsupported(&unsupported, NONCE) },
    ]
}

fn home() -> Home {
    let place = |href: &str, text: &str, description: &str| HomeLink {
        href: href.into(),
        text: text.into(),
        description: description.into(),
    };
    let policy = |id: &str, description: &str| HomePolicy {
        id: id.into(),
        description: description.into(),
        run: Some(format!("/run/bank.onmicrosoft.com/{id}")),
        discovery: Some(format!("/bank.onmicrosoft.com/{id}/v2.0/.well-known/openid-configuration")),
        problems: Vec::new(),
    };
    let broken = HomePolicy {
        run: None,
        discovery: None,
        problems: vec!["JM0102: no claim type 'emial'; did you mean 'email'? (SignUp.xml, line 12)".into()],
        ..policy("B2C_1A_Broken", "")
    };
    Home {
        title: "Journeyman".into(),
        lead: "Policies that this engine runs. Run one to walk through it and see the token it issues.".into(),
        links: vec![
            place("http://127.0.0.1:4001", "Bank", "Send a payment and approve it."),
            place("http://localhost:4002", "Inbox", "Text messages and mail, as they arrive."),
        ],
        tenants: vec![HomeTenant {
            name: "bank.onmicrosoft.com".into(),
            policies: vec![
                policy("B2C_1A_PSD2_SUSI", "Sign up or sign in"),
                policy("B2C_1A_PSD2_StepUp", "Approve a payment"),
                broken,
            ],
        }],
    }
}

fn token() -> TokenView {
    let object = |value: serde_json::Value| value.as_object().cloned().unwrap_or_default();
    TokenView {
        policy: "B2C_1A_PSD2_SUSI".into(),
        verdict: "The signature is that of the published key.".into(),
        header: object(json!({"alg": "RS256", "kid": "a1b2c3", "typ": "JWT"})),
        claims: object(json!({
            "iss": "http://localhost:4000/11111111-2222-3333-4444-555555555555/v2.0/", "sub": "8c0f5d0e-52c5-4d3c-8d2c-3e7f0f1f9a55",
            "exp": 1_772_362_830, "name": "Ann Example", "emails": ["ann@example.com"], "newUser": true,
        })),
        links: vec![
            Link { href: "/run".into(), text: "Run again".into() },
            Link { href: "/".into(), text: "Home".into() },
        ],
    }
}
