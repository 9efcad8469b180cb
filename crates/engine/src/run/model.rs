//! What a waiting page looks like: the journey and the policy, turned into a page model.

use indexmap::IndexMap;
use journeyman_claims::{Bag, ClaimValue, Name};
use journeyman_policy::model::{
    ClaimType, ClaimUse, ContentDefinition, DisplayControl, Restriction, TechnicalProfile, UserInputType,
};

use crate::journey::PageState;
use crate::page::{
    Choice, Control, EmailVerification, Field, FieldOption, PageItem, PageKind, PageModel, VerificationState,
};
use crate::providers::{ForgotLink, SelfAsserted};
use crate::resolver::climbs;
use crate::run::Run;
use crate::run::fields::{
    Rendered, control_claims, is_code, is_password, is_shown_only, is_verification, label, options, verifies_email,
};
use crate::texts::{BuiltIn, Place, Texts, fill};

/// Page contract version where the policy names none.
const NEWEST: &str = "2.1.30";

/// Where the value of a field comes from and whether it can be changed.
struct Shown<'a> {
    /// Claims that the server knows.
    known: &'a Bag,
    /// It cannot be changed now, whatever its type.
    settled: bool,
}

impl<'p> Run<'p> {
    pub(crate) fn model(&self, page: &PageState) -> PageModel {
        let policy = self.program.policy();
        let content = page.content_definition.as_ref().and_then(|id| policy.content_definitions.get(id));
        let texts = self.texts(page.content_definition.as_ref());
        let profile = page.profile.as_ref().and_then(|id| self.program.profile(id));
        let bound = profile.and_then(|p| self.program.page(&p.id));
        let items: Vec<PageItem> = profile.map(|p| self.items(page, p)).unwrap_or_default();
        let has_form = profile.is_some();
        PageModel {
            kind: page.kind,
            instance: page.instance.clone(),
            content_definition: page.content_definition.as_ref().map(|c| c.as_str().to_owned()).unwrap_or_default(),
            version: version(content),
            template: self.template(content),
            allow_scripts: self.program.relying_party().is_some_and(|rp| rp.behaviors.allow_scripts),
            language: self.journey.language.clone(),
            heading: heading(page.kind, content, texts),
            intro: self.intro(page, &items, texts),
            texts: self.page_texts(page, profile, texts),
            items,
            choices: self.choices(page, texts),
            sign_up: page.kind == PageKind::Combined && bound.is_some_and(|b| b.sign_up.is_some()),
            forgot_password: bound.filter(|_| page.kind == PageKind::Combined).and_then(forgot),
            remember_me: page.kind == PageKind::Combined && bound.is_some_and(|b| b.remember_me) && self.keeps_alive(),
            show_continue: has_form && bound.is_none_or(|b| b.show_continue),
            show_cancel: page.kind == PageKind::SelfAsserted && bound.is_none_or(|b| b.show_cancel),
            error: page.error.clone(),
            notice: None,
            retry_limit: bound.map_or(0, |b| b.retry_limit),
            operating_mode: bound.map(|b| b.operating_mode.clone()).unwrap_or_default(),
        }
    }

    /// Staying signed in needs a number of days in the relying party too.
    fn keeps_alive(&self) -> bool {
        self.program.relying_party().is_some_and(|rp| rp.behaviors.keep_alive_days > 0)
    }

    fn template(&self, content: Option<&ContentDefinition>) -> Option<String> {
        let uri = content?.load_uri.as_ref()?.value.trim();
        if uri.is_empty() || uri.starts_with('~') {
            return None;
        }
        let encode = |value: String| {
            url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20")
        };
        let resolver = self.resolver(&self.journey.bag);
        let mut address = resolver.resolve_with(uri, encode)?;
        for (name, value) in self.program.relying_party().into_iter().flat_map(|rp| &rp.behaviors.content_parameters) {
            let sign = if address.contains('?') { '&' } else { '?' };
            let value = resolver.resolve(&value.value).unwrap_or_default();
            address = format!("{address}{sign}{}={}", encode(name.clone()), encode(value));
        }
        Some(address).filter(|address| !climbs(address))
    }

    fn intro(&self, page: &PageState, items: &[PageItem], texts: Texts<'_>) -> Option<String> {
        let localized = |id| texts.localized("UxElement", None, id).filter(|text| !text.trim().is_empty());
        match page.kind {
            PageKind::Combined => {
                let identifier = items.iter().find_map(|item| match item {
                    PageItem::Field(field) => Some(texts.within_sentence(&field.label)),
                    PageItem::Control(_) => None,
                });
                identifier.map(|name| fill(texts.ux("local_intro_generic"), &[name]))
            }
            PageKind::Selection => localized("intro").map(str::to_owned),
            PageKind::SelfAsserted => {
                let ids = ["initial_intro", "user_details_intro", "intro"];
                ids.into_iter().find_map(localized).map(str::to_owned)
            }
        }
    }

    /// Every text of the page by string id, as scripts of custom templates expect it.
    fn page_texts(
        &self,
        page: &PageState,
        profile: Option<&TechnicalProfile>,
        texts: Texts<'_>,
    ) -> IndexMap<String, String> {
        let place = match page.kind {
            PageKind::Combined => Place::SignIn,
            PageKind::Selection => Place::Selection,
            PageKind::SelfAsserted => Place::SelfAsserted,
        };
        let built_in = texts.built_in().texts(|s| s.element_type == "UxElement" && s.places.contains(&place));
        let mut all: IndexMap<_, _> = built_in.map(|(id, text)| (id.to_owned(), text.to_owned())).collect();
        for (id, text) in texts.ux_elements() {
            all.insert(id.to_owned(), text.to_owned());
        }
        // A policy may word the button in metadata; a localized text goes before it.
        let worded = profile.and_then(|p| p.metadata("language.button_continue"));
        if let Some(worded) = worded.filter(|_| texts.localized("UxElement", None, "button_continue").is_none()) {
            all.insert("button_continue".to_owned(), worded.to_owned());
        }
        if page.kind == PageKind::Combined {
            all.shift_remove("local_intro_generic");
        }
        all
    }

    fn choices(&self, page: &PageState, texts: Texts<'_>) -> Vec<Choice> {
        if page.kind == PageKind::SelfAsserted {
            return Vec::new();
        }
        let forgot = page.profile.as_ref().and_then(|id| self.program.page(id)).map(|b| &b.forgot);
        let linked = |exchange: &Name| matches!(forgot, Some(ForgotLink::Exchange(_, target)) if target == exchange);
        let targets = self.current_targets().into_iter().filter(|(exchange, _)| !linked(exchange));
        let choices = targets.map(|(exchange, profile)| {
            let localized = texts.localized("ClaimsProvider", None, exchange.as_str()).map(str::to_owned);
            let link = profile.metadata("ClaimsProviderSelectionDisplayType");
            Choice {
                caption: localized.or_else(|| profile.display_name.clone()).unwrap_or_else(|| exchange.to_string()),
                exchange: exchange.as_str().to_owned(),
                text_link: link.is_some_and(|l| l.eq_ignore_ascii_case("TextLink")),
            }
        });
        choices.collect()
    }

    fn items(&self, page: &PageState, profile: &'p TechnicalProfile) -> Vec<PageItem> {
        let known = self.page_scope(page);
        let prefill = &page.prefill;
        let items = self.rendered_on(page).into_iter().map(|item| match item {
            Rendered::Control(control) => PageItem::Control(self.control(page, control)),
            Rendered::Claim(claim, kind) => {
                let shown = Shown { known: if is_shown_only(kind) { &known } else { prefill }, settled: false };
                let mut field = self.field(page, claim, kind, &shown);
                if verifies_email(self.program, profile, claim) {
                    self.verify_email(page, claim, &mut field);
                }
                PageItem::Field(field)
            }
        });
        items.collect()
    }

    fn verify_email(&self, page: &PageState, claim: &ClaimUse, field: &mut Field) {
        let verification = page.emails.get(&claim.claim.value).cloned().unwrap_or_default();
        if let Some(address) = verification.values.get(&claim.claim.value) {
            field.value = Some(address.to_text());
            field.read_only = true;
        }
        field.email_verification = Some(EmailVerification {
            state: verification.state,
            notice: verification.notice,
            error: verification.error,
        });
    }

    fn control(&self, page: &PageState, control: &'p DisplayControl) -> Control {
        let texts = self.texts(page.content_definition.as_ref());
        let verification = page.controls.get(&control.id).cloned().unwrap_or_default();
        let sent = verification.state != VerificationState::Initial;
        let mut known = self.page_scope(page);
        let mut prefill = self.control_prefill(page, control);
        known.extend(&prefill);
        if sent {
            known.extend(&verification.values);
            prefill.extend(&verification.values);
        }
        let verifies = is_verification(control);
        let claims = control_claims(self.program, control)
            .filter(|(claim, _)| !(verifies && is_code(claim)) || verification.state == VerificationState::CodeSent);
        let fields = claims.map(|(claim, kind)| {
            let shown_only = is_shown_only(kind);
            let shown =
                Shown { known: if shown_only || sent { &known } else { &prefill }, settled: sent && !is_code(claim) };
            self.field(page, claim, kind, &shown)
        });
        Control {
            id: control.id.as_str().to_owned(),
            control_type: control.control_type.value.clone(),
            state: verification.state,
            fields: fields.collect(),
            notice: verification.notice,
            error: verification.error,
            texts: control_texts(control, texts),
        }
    }

    fn field(&self, page: &PageState, claim: &ClaimUse, kind: &ClaimType, shown: &Shown<'_>) -> Field {
        let texts = self.texts(page.content_definition.as_ref());
        let id = &claim.claim.value;
        let input = kind.input_type.as_ref().map_or(UserInputType::TextBox, |i| i.value);
        let code = is_code(claim);
        let read_only = shown.settled || is_shown_only(kind);
        let value = self.shown_value(page, claim, kind, shown).filter(|_| !code && !is_password(kind));
        let rules = self.program.rules(id).filter(|_| read_only);
        let value = value.map(|text| rules.map_or_else(|| text.clone(), |rules| rules.masked(&text)));
        let chosen: Vec<&str> = value.as_deref().map(|v| v.split(',').collect()).unwrap_or_default();
        let listed = options(self.program, texts, id).into_iter().map(|item| FieldOption {
            selected: if chosen.is_empty() { item.select_by_default } else { chosen.contains(&item.value.as_str()) },
            text: item.text,
            value: item.value,
        });
        Field {
            id: id.as_str().to_owned(),
            label: label(texts, kind),
            help: help(texts, kind),
            input,
            options: listed.collect(),
            required: claim.required && !read_only,
            read_only,
            pattern: pattern(texts, kind).filter(|_| !read_only),
            error: page.field_errors.get(id).cloned(),
            control_claim_type: claim.control_claim_type.as_ref().map(|t| t.value.clone()),
            autocomplete: autocomplete(page.kind, claim, kind, input).filter(|_| !read_only),
            email_verification: None,
            value,
        }
    }

    fn shown_value(&self, page: &PageState, claim: &ClaimUse, kind: &ClaimType, shown: &Shown<'_>) -> Option<String> {
        let id = &claim.claim.value;
        if let Some(typed) = page.typed.get(id).filter(|_| !shown.settled && !is_shown_only(kind)) {
            return Some(typed.clone());
        }
        let value = self.value_of(claim, shown.known).filter(|claim| !claim.secret).map(|claim| claim.value);
        value.as_ref().map(ClaimValue::to_text)
    }
}

fn version(content: Option<&ContentDefinition>) -> String {
    let uri = content.and_then(|c| c.data_uri.as_ref()).map(|u| u.value.trim()).unwrap_or_default();
    let last = uri.rsplit(':').next().unwrap_or_default();
    let numbered = last.split('.').count() == 3 && last.split('.').all(|part| part.parse::<u32>().is_ok());
    if numbered { last.to_owned() } else { NEWEST.to_owned() }
}

fn heading(kind: PageKind, content: Option<&ContentDefinition>, texts: Texts<'_>) -> String {
    let localized = texts.localized("UxElement", None, "heading").or_else(|| {
        // Sign-in pages of policies that are older than `heading` word their title as `intro`.
        texts.localized("UxElement", None, "intro").filter(|_| kind == PageKind::Combined)
    });
    let declared = content.and_then(|c| c.metadata.get(&Name::new("DisplayName"))).map(|d| d.value.trim());
    let own = match kind {
        PageKind::Combined => "title_combined",
        PageKind::Selection => "title_selection",
        PageKind::SelfAsserted => "title_selfasserted",
    };
    let found = localized.or(declared).filter(|text| !text.trim().is_empty());
    found.unwrap_or_else(|| texts.own(own)).to_owned()
}

fn forgot(bound: &SelfAsserted) -> Option<crate::page::ForgotPassword> {
    match &bound.forgot {
        ForgotLink::None => None,
        ForgotLink::Application(at) | ForgotLink::Exchange(at, _) => Some(*at),
    }
}

fn help(texts: Texts<'_>, kind: &ClaimType) -> Option<String> {
    let localized = texts.localized("ClaimType", Some(kind.id.as_str()), "UserHelpText");
    let text = localized.or(kind.user_help_text.as_deref())?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn pattern(texts: Texts<'_>, kind: &ClaimType) -> Option<(String, String)> {
    match &kind.restriction {
        Some(Restriction::Pattern { expression, .. }) => {
            Some((expression.value.clone(), crate::rules::pattern_help(kind, texts)))
        }
        _ => None,
    }
}

fn control_texts(control: &DisplayControl, texts: Texts<'_>) -> IndexMap<String, String> {
    let place = match control.control_type.value.to_ascii_lowercase().as_str() {
        "verificationcontrol" => Place::Verification,
        "captchacontrol" => Place::Captcha,
        _ => Place::Authenticator,
    };
    let id = control.id.as_str();
    let own = |string: &BuiltIn| string.places.contains(&place) && string.is("DisplayControl", Some(id), string.id);
    let built_in = texts.built_in().texts(own);
    built_in.map(|(string, _)| (string.to_owned(), texts.control(id, string).to_owned())).collect()
}

/// What a browser may fill in, told by the control's word for the claim, its input type, or its OpenID Connect name.
fn autocomplete(kind: PageKind, claim: &ClaimUse, claim_type: &ClaimType, input: UserInputType) -> Option<String> {
    let control = claim.control_claim_type.as_ref().map(|t| t.value.to_ascii_lowercase());
    match control.as_deref() {
        Some("verificationcode") => return Some("one-time-code".to_owned()),
        Some("phone") => return Some("tel".to_owned()),
        Some("email") => return Some("email".to_owned()),
        Some("countrycode") => return Some("tel-country-code".to_owned()),
        _ => {}
    }
    if input == UserInputType::Password {
        let purpose = if kind == PageKind::Combined { "current-password" } else { "new-password" };
        return Some(purpose.to_owned());
    }
    if kind == PageKind::Combined {
        return Some("username".to_owned());
    }
    let outside = claim_type.default_partner_names.iter().find(|p| p.protocol.eq_ignore_ascii_case("OpenIdConnect"));
    let known = match outside.map(|p| p.partner.to_ascii_lowercase()).as_deref() {
        Some("given_name") => "given-name",
        Some("family_name") => "family-name",
        Some("name") => "name",
        Some("email") => "email",
        Some("phone_number") => "tel",
        Some("birthdate") => "bday",
        _ if input == UserInputType::EmailBox => "email",
        _ => return None,
    };
    Some(known.to_owned())
}
