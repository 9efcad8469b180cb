//! From a failure to the sentence that a person reads.

use journeyman_claims::Name;
use journeyman_policy::model::TechnicalProfile;

use crate::event::{Next, RefusalCode};
use crate::providers::Failure;
use crate::run::Run;
use crate::texts::{Texts, fill};

impl Run<'_> {
    /// Texts of a content definition in the journey's language.
    pub(crate) fn texts(&self, content: Option<&Name>) -> Texts<'_> {
        Texts::new(self.program.policy(), content, &self.journey.language)
    }

    /// What to say about a failure: a localized text of the page, else the metadata of the page's profile, else that of
    /// the profile that failed, else the built-in text.
    pub(crate) fn message(
        &self,
        failure: &Failure,
        host: Option<&TechnicalProfile>,
        failed: Option<&TechnicalProfile>,
        content: Option<&Name>,
    ) -> String {
        let texts = self.texts(content);
        if failure.interrupted {
            return texts.own("interrupted").to_owned();
        }
        if let Some(message) = &failure.message {
            return fill(message, &failure.arguments);
        }
        let declared = |key: &str| host.and_then(|p| p.metadata(key)).or_else(|| failed.and_then(|p| p.metadata(key)));
        let found = failure.keys.iter().find_map(|key| texts.error(key).or_else(|| declared(key)));
        let built_in = |key: &&str| texts.built_in().text("ErrorMessage", None, key);
        let found = found.or_else(|| failure.keys.iter().find_map(built_in));
        fill(found.unwrap_or_else(|| texts.ux("unknown_error")), &failure.arguments)
    }

    /// Ends the journey because of a failure that no page can tell.
    pub(crate) fn refuse_failure(
        &mut self,
        failure: &Failure,
        host: Option<&TechnicalProfile>,
        failed: Option<&TechnicalProfile>,
        content: Option<&Name>,
    ) -> Next {
        let profile = failed.or(host).map(|p| format!("technical profile `{}`: ", p.id)).unwrap_or_default();
        let detail = format!("{profile}{}", failure.detail);
        if failure.unsupported {
            let message = format!("{} is not run yet.", failure.detail.trim_end_matches('.'));
            return self.refuse_saying(RefusalCode::Unsupported, message, detail);
        }
        let message = self.message(failure, host, failed, content);
        self.refuse_saying(RefusalCode::Catalogue(failure.code), message, detail)
    }
}
